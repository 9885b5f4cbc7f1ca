// SPDX-License-Identifier: Apache-2.0
// The one place that decides what may be done to a case and what follows from it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cases/case_command.h"
#include "cases/case_file.h"
#include "cases/case_outcome.h"

namespace ys::cases {

/// Does what is asked and changes `file`, or refuses and leaves it as it was.
///
/// now      never earlier than what was done last (else time_runs_back)
/// returns  the history to be appended, what must happen, and when to send ClockFired
/// errors   cases::Errc; each has a sentence. Looked at in this order: not_filed / already_filed,
///          time_runs_back, not_now, not_your_role, then what the command itself needs
Result<CaseOutcome> on(const CaseRules& rules, CaseFile& file, UtcTime now,
                       const CaseCommand& command);

/// When the next warning, breach or end of a pause is due, by what is known now; nothing when no
/// clock runs. May lie in the past: then ClockFired is overdue.
std::optional<UtcTime> next_wake(const CaseRules& rules, const CaseFile& file);

/// Until when the citizen is promised that it is done; nothing while they are asked, or when it is
/// over.
std::optional<UtcTime> closing_deadline(const CaseRules& rules, const CaseFile& file);

/// Who may own this case when nobody else does: the first fallback owner not complained of.
UnitId fallback_owner(const UnitTree& units, const CaseFile& file);

/// Who handles it again when the citizen objects: the nearest unit above the handler that neither
/// handled it before nor is complained of, else such a fallback owner, else none.
UnitId second_handler(const UnitTree& units, const CaseFile& file);

}  // namespace ys::cases
