// SPDX-License-Identifier: Apache-2.0
// Defects and suggestions (缺陷、建议): contacts of one cause are one thing to be mended elsewhere,
// and it is over only when the contacts have fallen.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/moves.h"
#include "base/time.h"

namespace ys::cases {

/// 待认领, 已认领, 已排期, 已修复, 已关闭, 重新打开, 不采纳.
enum class DefectState : std::uint8_t { Open, Owned, Scheduled, Done, Closed, Reopened, Dropped };

enum class DefectVerb : std::uint8_t {
    Own,       ///< somebody sees to it; again for another owner
    Schedule,  ///< it is to be mended by this day; again when the day moves
    Finish,    ///< it is mended: from here on its contacts must fall
    Close,     ///< they have
    Reopen,    ///< they have not, or rose again
    Drop,      ///< it will not be mended, or is none
};

struct DefectMove {
    DefectState from;
    DefectVerb on;
    DefectState to;
};

// clang-format off
inline constexpr std::array defect_moves{
    DefectMove{DefectState::Open,      DefectVerb::Own,      DefectState::Owned},
    DefectMove{DefectState::Open,      DefectVerb::Drop,     DefectState::Dropped},
    DefectMove{DefectState::Owned,     DefectVerb::Own,      DefectState::Owned},
    DefectMove{DefectState::Owned,     DefectVerb::Schedule, DefectState::Scheduled},
    DefectMove{DefectState::Owned,     DefectVerb::Finish,   DefectState::Done},
    DefectMove{DefectState::Owned,     DefectVerb::Drop,     DefectState::Dropped},
    DefectMove{DefectState::Scheduled, DefectVerb::Own,      DefectState::Scheduled},
    DefectMove{DefectState::Scheduled, DefectVerb::Schedule, DefectState::Scheduled},
    DefectMove{DefectState::Scheduled, DefectVerb::Finish,   DefectState::Done},
    DefectMove{DefectState::Scheduled, DefectVerb::Drop,     DefectState::Dropped},
    DefectMove{DefectState::Done,      DefectVerb::Close,    DefectState::Closed},
    DefectMove{DefectState::Done,      DefectVerb::Reopen,   DefectState::Reopened},
    DefectMove{DefectState::Closed,    DefectVerb::Reopen,   DefectState::Reopened},
    DefectMove{DefectState::Dropped,   DefectVerb::Reopen,   DefectState::Reopened},
    DefectMove{DefectState::Reopened,  DefectVerb::Own,      DefectState::Owned},
    DefectMove{DefectState::Reopened,  DefectVerb::Schedule, DefectState::Scheduled},
    DefectMove{DefectState::Reopened,  DefectVerb::Finish,   DefectState::Done},
    DefectMove{DefectState::Reopened,  DefectVerb::Drop,     DefectState::Dropped},
};
// clang-format on

constexpr std::optional<DefectState> next(DefectState from, DefectVerb on) {
    return next_in(defect_moves, from, on);
}
static_assert(is_unambiguous(defect_moves));
static_assert(!next(DefectState::Open, DefectVerb::Close), "what nobody mended is never closed");
static_assert(!next(DefectState::Scheduled, DefectVerb::Close), "a promise is no repair");
static_assert(!next(DefectState::Open, DefectVerb::Schedule), "a day needs somebody who keeps it");

/// "open" "owned" ..., "own" "schedule" ...: the words of rows, JSON and message files.
std::string_view word(DefectState state);
std::string_view word(DefectVerb verb);
std::optional<DefectState> defect_state_from(std::string_view word);
std::optional<DefectVerb> defect_verb_from(std::string_view word);

inline constexpr std::chrono::days week{7};

/// [from, to)
struct TimeSpan {
    UtcTime from, to;
    friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// What is held against what. Weeks are counted from the minute it was mended, so that each has
/// every day of the week once and none has a part of both times.
struct FixWeeks {
    TimeSpan before;                ///< the seven days up to the repair
    std::optional<TimeSpan> since;  ///< the last full seven days after it; none yet in the first
    UtcTime ready_at;               ///< when the first of them is over
    friend bool operator==(const FixWeeks&, const FixWeeks&) = default;
};
FixWeeks weeks_of_fix(UtcTime done_at, UtcTime now);
/// The last seven days and those before them, of what is not mended yet.
FixWeeks weeks_up_to(UtcTime now);

/// How many contacts each of the two weeks caused.
struct WeekCounts {
    std::int64_t before = 0;
    std::optional<std::int64_t> since{};  ///< none while no week is over
    friend bool operator==(const WeekCounts&, const WeekCounts&) = default;
};

struct Defect {
    DefectState state = DefectState::Open;
    std::string owner;    ///< who sees to it, a person or a department
    std::string partner;  ///< the organisation that is told and may answer; "" for none
    std::string due_on;   ///< "2026-12-01"; "" while nobody said
    std::optional<UtcTime> done_at{};
    std::int32_t close_below_percent = 50;  ///< of the week before the repair
    friend bool operator==(const Defect&, const Defect&) = default;
};

struct DefectCommand {
    DefectVerb verb = DefectVerb::Own;
    UtcTime now;
    std::string owner{}, partner{};
    std::string due_on{};
    std::string words{};               ///< why; needed to reopen and to drop
    std::optional<UtcTime> done_at{};  ///< "finish": when it went into use, else now
};

enum class DefectRefusal {
    NotNow,       ///< the table has no such move
    NeedsOwner,   ///< "own" names nobody
    NeedsDay,     ///< "schedule" without a day of the calendar
    NeedsWords,   ///< "reopen", "drop"
    BadDone,      ///< mended in the future
    WeekNotOver,  ///< "close": no full week has passed since the repair
    NotFallen,    ///< "close": the contacts have not fallen far enough
};
/// "not_now" "needs_owner" ...: keys of the message files.
std::string_view word(DefectRefusal why);

/// From so many contacts a week on it is not closed; 1 when there were none before.
std::int64_t too_many_from(const Defect& defect, const WeekCounts& counts);
/// Why it may not be closed now; nothing when it may.
std::optional<DefectRefusal> held_open(const Defect& defect, const WeekCounts& counts);

/// Does it, or says why not and changes nothing.
/// counts  of weeks_of_fix(); asked by "close" only
std::optional<DefectRefusal> on(Defect& defect, const DefectCommand& command,
                                const WeekCounts& counts);

}  // namespace ys::cases
