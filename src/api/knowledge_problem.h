// SPDX-License-Identifier: Apache-2.0
// Why something was not done to an article, as its editor is told.
#pragma once

#include <optional>
#include <string_view>

#include "api/problem.h"

namespace ys::api {

/// Nothing when the error is none of knowledge::Errc.
std::optional<Problem> problem_of_knowledge(const Error& error);

/// "" for a word that only knowledge::Errc would have, and has not.
std::string_view knowledge_sentence(std::string_view word, std::string_view language);

}  // namespace ys::api
