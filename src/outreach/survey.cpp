// SPDX-License-Identifier: Apache-2.0
#include "outreach/survey.h"

#include <algorithm>
#include <array>

#include "base/later.h"

namespace ys::outreach {
namespace {

constexpr std::array<std::string_view, 5> off_words{"", "switched_off", "no_gateway", "no_address",
                                                    "no_template"};
// source  police, fire brigade, ambulance, traffic police
constexpr std::array<std::string_view, 4> emergency_targets{"number:110", "number:119",
                                                            "number:120", "number:122"};

}  // namespace

std::string_view word(Off off) { return off_words[static_cast<std::size_t>(off)]; }

std::string_view hindrance(const SurveyRules& rules, const SurveyCandidate& who, UtcTime now) {
    if (who.has_said) return "has_said";
    if (who.has_stopped) return "stopped";
    if (who.is_barred) return "barred";
    if (who.is_confidential) return "confidential";
    if (who.was_emergency) return "emergency";
    if (who.asked_last && now < later(*who.asked_last, rules.every)) return "too_soon";
    return who.can_be_written ? "" : "cannot_be_written";
}

bool is_emergency_target(std::string_view target) {
    return std::ranges::find(emergency_targets, target) != emergency_targets.end();
}

}  // namespace ys::outreach
