// SPDX-License-Identifier: Apache-2.0
// What became true of a case and what must happen now.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cases/case_command.h"

namespace ys::cases {

enum class CaseEventKind {
    Done,         ///< somebody did `verb`
    ClockWarned,  ///< `clock` nears its end
    ClockBroken,  ///< `clock` ran out
};

/// One line of the history of a case: who, when, what and why. Written once, never changed.
struct CaseEvent {
    CaseEventKind kind = CaseEventKind::Done;
    Verb verb = Verb::File;
    UtcTime at;
    CaseActor by;
    CaseState from = CaseState::Filed;
    CaseState to = CaseState::Filed;
    UnitId unit;         ///< the unit it is about: dispatched to, co-handling, taking over
    UnitId responsible;  ///< afterwards
    std::optional<ClockName> clock;
    int level = 0;  ///< of supervision, afterwards
    std::string why;
    friend bool operator==(const CaseEvent&, const CaseEvent&) = default;
};

/// Show it to a unit. `reason` is a key of the message files: "dispatched" "assigned" "taken_over"
/// "urged" "supervised" "co_handle" "second_handling" "sent_back" "clock_warning" "clock_broken"
/// "returned" "disputed" "reopened" "review" "approved" "resumed" "follow_up" "withdrawn"
struct NoticeToUnit {
    UnitId unit;
    std::string reason;
    std::optional<ClockName> clock;
    friend bool operator==(const NoticeToUnit&, const NoticeToUnit&) = default;
};
/// Tell the citizen, by outreach's templates: "filed" "accepted" "reply" "supervised" "extended"
/// "paused" "second_handling" "out_of_scope" "closed" "reopened" "withdrawn"
struct NoticeToCitizen {
    std::string reason;
    std::string words;
    std::optional<UtcTime> until;  ///< the new time they are promised
    friend bool operator==(const NoticeToCitizen&, const NoticeToCitizen&) = default;
};
/// Give the other case the same link.
struct LinkBack {
    CaseId other;
    friend bool operator==(const LinkBack&, const LinkBack&) = default;
};
using CaseEffect = std::variant<NoticeToUnit, NoticeToCitizen, LinkBack>;

struct CaseOutcome {
    std::vector<CaseEvent> events;
    std::vector<CaseEffect> effects;
    std::optional<UtcTime> wake_at;  ///< send ClockFired then; replaces what was asked before
};

}  // namespace ys::cases
