// SPDX-License-Identifier: Apache-2.0
// One running deadline: how much time was promised, used and left, and an account of every second.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "cases/office_hours.h"
#include "cases/promise.h"

namespace ys::cases {

using Micros = std::chrono::microseconds;

/// A time that does not count although it otherwise would: a pause somebody approved, or a rest by
/// rule (the citizen is asked whether it is solved; the case was closed and is opened again).
struct Pause {
    UtcTime from;
    std::optional<UtcTime> until;  ///< nothing: until somebody ends it
    std::string cause;             ///< as shown: "waits for the citizen"
    UserId approver;               ///< none for a rest by rule
    friend bool operator==(const Pause&, const Pause&) = default;
};

/// 延期
struct Extension {
    UtcTime at;
    Promise by;
    std::string cause;
    UserId approver;
    friend bool operator==(const Extension&, const Extension&) = default;
};

/// Plain values, stored as they are. What was promised is turned into counted time once, at the
/// start, so that a promise of working days and one of hours pause and extend alike.
struct WorkClock {
    UtcTime started_at;
    Promise promise;
    std::string hours;          ///< row of the calendar; unused when counting is natural
    Micros allowed{};           ///< counted time, extension included
    std::vector<Pause> pauses;  ///< in order, never overlapping
    std::optional<Extension> extension;
    std::optional<UtcTime> stopped_at;  ///< the work was done

    bool is_running() const { return !stopped_at; }
    /// The pause in which `at` lies, or nullptr.
    const Pause* pause_at(UtcTime at) const;
    friend bool operator==(const WorkClock&, const WorkClock&) = default;
};

/// errors   never_open when the office hours never hold that much time
Result<WorkClock> start_clock(const Calendar& calendar, UtcTime at, const Promise& promise,
                              const std::string& hours);

/// Counted time from the start until `at`, or until the clock stopped if that was earlier.
Micros used(const WorkClock& clock, const Calendar& calendar, UtcTime at);

/// The first moment when `amount` is used, by the pauses known now; nothing when a pause without
/// end comes before it, or ten years are not enough. A stopped clock is asked as if it ran on.
std::optional<UtcTime> when_used(const WorkClock& clock, const Calendar& calendar, Micros amount);

/// When all that is allowed is used. Done at this very moment is in time.
std::optional<UtcTime> deadline(const WorkClock& clock, const Calendar& calendar);

/// Late: stopped after the deadline, or `at` is after it and the clock runs.
bool is_broken(const WorkClock& clock, const Calendar& calendar, UtcTime at);

/// The account of every second from the start until `until` (or the stop, if earlier): no gap, no
/// overlap; the lines that count add up to used(). With `until` at the deadline it also shows what
/// lies ahead.
std::vector<Stretch> explain(const WorkClock& clock, const Calendar& calendar, UtcTime until);

/// errors   clock_stopped; already_paused; pause_needs_end; time_runs_back
Result<Done> pause(WorkClock& clock, const Pause& pause);
/// Ends the pause in which `at` lies.
/// errors   clock_stopped; not_paused
Result<Done> resume(WorkClock& clock, UtcTime at);
/// Once, and only while there is time left. "wd" counts from the deadline that was.
/// errors   clock_stopped; clock_rests (paused without end); extended_before; past_deadline;
///          never_open
Result<Done> extend(WorkClock& clock, const Calendar& calendar, const Extension& extension);
/// errors   clock_stopped; time_runs_back
Result<Done> stop(WorkClock& clock, UtcTime at);
/// A stopped clock goes on: what was used stays used, the time between does not count.
/// errors   clock_rests when it was never stopped; time_runs_back
Result<Done> go_on(WorkClock& clock, UtcTime at, const std::string& cause);

/// When somebody is warned: after a part of the time, or some counted time before the end.
struct Warning {
    int after_percent = 0;  ///< 1..100 of what is allowed; 0 when `before` is meant
    Micros before{};        ///< counted time
    friend bool operator==(const Warning&, const Warning&) = default;
};

/// Used time at which each warning falls due, in rising order. A warning longer before the end
/// than all that is allowed is left out: it would come at the start.
std::vector<Micros> warning_marks(const WorkClock& clock, const std::vector<Warning>& warnings);

/// "" or the rule of this header that these values break: for a test and for what was stored.
std::string broken_invariant(const WorkClock& clock);

}  // namespace ys::cases
