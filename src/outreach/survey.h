// SPDX-License-Identifier: Apache-2.0
// Who is asked by link whether they were helped, when, and what their answer asks of us.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/time.h"

namespace ys::outreach {

struct SurveyRules {
    bool is_on = true;
    std::set<CentreId> not_in;  ///< centres that ask nobody
    Seconds after{120};         ///< from the end of a call: the agent may still write down a 举报
    Seconds every{7 * 86'400};  ///< one question to a person in so long
    Seconds valid_for{7 * 86'400};
};

/// Why a hotline asks nobody by link; Off::No when it does.
enum class Off {
    No,
    SwitchedOff,
    NoGateway,   ///< neither SMS nor mail is set up
    NoAddress,   ///< pages of ours have no address that citizens could open
    NoTemplate,  ///< the hotline's book has no message for it
};
/// "" "switched_off" "no_gateway" "no_address" "no_template"
std::string_view word(Off off);

/// What is known of somebody whose call or case has ended, at the moment they would be asked.
struct SurveyCandidate {
    bool can_be_written = false;  ///< a mobile and an SMS gateway, or a mail address and a server
    bool has_said = false;        ///< on the keys, or when asked whether it is solved
    bool has_stopped = false;     ///< they want no messages
    bool is_barred = false;
    bool is_confidential = false;       ///< 举报
    bool was_emergency = false;         ///< an announcement, or handed on to 110, 119, 120, 122
    std::optional<UtcTime> asked_last;  ///< about anything
};
/// "" when they are asked, else "has_said" "stopped" "barred" "confidential" "emergency" "too_soon"
/// "cannot_be_written", the first that holds.
std::string_view hindrance(const SurveyRules& rules, const SurveyCandidate& who, UtcTime now);

/// Numbers one is not asked about afterwards: "number:110" and its like, a transfer's target.
bool is_emergency_target(std::string_view target);

struct SurveyAnswer {
    bool is_solved = false;
    std::int32_t score = 0;  ///< 1 to 5
    std::string words;
};
inline constexpr std::int32_t score_min = 1, score_max = 5;
/// 3 is 基本满意.
inline bool is_satisfied(std::int32_t score) { return score >= 3; }

/// Somebody has to go back to them.
inline bool needs_work(const SurveyAnswer& answer) {
    return !answer.is_solved || !is_satisfied(answer.score);
}

}  // namespace ys::outreach
