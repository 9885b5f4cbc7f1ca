// SPDX-License-Identifier: Apache-2.0
// Why a desk command was not carried out: keys of the desk's message files.
#pragma once

namespace ys::interactions::codes {

inline constexpr const char* not_in_a_call = "not_in_a_call";
inline constexpr const char* not_now = "not_now";  ///< the call is not in a state for this
inline constexpr const char* not_allowed = "not_allowed";
inline constexpr const char* reason_needed = "reason_needed";    ///< of a supervisor's act
inline constexpr const char* another_person = "another_person";  ///< must confirm
inline constexpr const char* not_signed_in = "not_signed_in";
inline constexpr const char* already_in_a_call = "already_in_a_call";
inline constexpr const char* target_not_free = "target_not_free";
inline constexpr const char* no_such_target = "no_such_target";
inline constexpr const char* consult_first = "consult_first";  ///< end the consult before this
inline constexpr const char* in_conference = "in_conference";  ///< others are in the call
inline constexpr const char* no_consult = "no_consult";
inline constexpr const char* only_to_supervisor = "only_to_supervisor";  ///< third hop
inline constexpr const char* party_not_reached = "party_not_reached";
inline constexpr const char* consult_not_reached = "consult_not_reached";
inline constexpr const char* rules_do_not_fit = "rules_do_not_fit";
inline constexpr const char* draining = "draining";

}  // namespace ys::interactions::codes
