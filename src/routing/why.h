// SPDX-License-Identifier: Apache-2.0
// Why this agent, in words.
#pragma once

#include <string>
#include <string_view>

#include "routing/effects.h"

namespace ys::routing {

/// "longest_idle" "fewest_calls" "least_talk" "preferred": what the journal calls the rule.
std::string_view rule_of(const Decision& decision);

/// One sentence: why this agent, and why this caller now.
std::string in_words(const Decision& decision);
std::string in_english(const Decision& decision);

}  // namespace ys::routing
