// SPDX-License-Identifier: Apache-2.0
// What a page asks to be done to a case, as the engine's command.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/described.h"
#include "cases/case_command.h"

namespace ys::api {

/// Which fields a verb reads is said in the README of this folder.
struct CaseActForm {
    std::optional<std::int64_t> version;  ///< of the progress that was shown
    std::string verb;
    cases::UnitId unit;
    std::string why, text, legal_basis, channel, outcome, by;
    std::map<std::string, std::string> answers;  ///< by number of the demand
    std::optional<bool> solved, satisfied;
    std::optional<UtcTime> until;
    UserId approver;
    CaseId other;
};
BOOST_DESCRIBE_STRUCT(CaseActForm, (),
                      (version, verb, unit, why, text, legal_basis, channel, outcome, by, answers,
                       solved, satisfied, until, approver, other))

/// errors  bad_field:verb for a word that nobody may ask for; bad_field and too_long of a field;
///         promise_does_not_read
Result<cases::CaseAction> action_of(const CaseActForm& form);

}  // namespace ys::api
