// SPDX-License-Identifier: Apache-2.0
// Why a case cannot be moved, as the browser is told it.
#pragma once

#include <optional>
#include <string_view>

#include "api/problem.h"

namespace ys::api {

/// Nothing when the error is none of cases::Errc. A demand without an answer is a field
/// "answers.2".
std::optional<Problem> problem_of_case(const Error& error);

/// "" for a word that is none of cases::Errc, or that problem.cpp has.
std::string_view case_sentence(std::string_view word, std::string_view language);

}  // namespace ys::api
