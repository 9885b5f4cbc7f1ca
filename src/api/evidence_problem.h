// SPDX-License-Identifier: Apache-2.0
// Why a photo or video was not taken, as its sender is told.
#pragma once

#include <optional>
#include <string_view>

#include "api/problem.h"

namespace ys::api {

/// Nothing when the error is none of cases::EvidenceErrc.
std::optional<Problem> problem_of_evidence(const Error& error);

/// "" for a word that is none of cases::EvidenceErrc.
std::string_view evidence_sentence(std::string_view word, std::string_view language);

}  // namespace ys::api
