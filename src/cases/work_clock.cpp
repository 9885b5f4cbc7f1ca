// SPDX-License-Identifier: Apache-2.0
// Arithmetic of deadlines: office hours first, then what was paused.
#include "cases/work_clock.h"

#include <algorithm>

#include "cases/errc.h"

namespace ys::cases {
namespace {

constexpr std::int64_t week_us = 7LL * 86'400 * 1'000'000;
constexpr int horizon_weeks = 522;

/// What counts without pauses.
std::vector<Stretch> base_lines(const WorkClock& clock, const Calendar& calendar, UtcTime from,
                                UtcTime until) {
    if (clock.promise.counting != Counting::Natural)
        return office_stretches(calendar, clock.hours, from, until);
    std::vector<Stretch> out;
    append(out, {from, until, true, Because::Natural, ""});
    return out;
}

/// The same with the pauses cut in.
std::vector<Stretch> lines_between(const WorkClock& clock, const Calendar& calendar, UtcTime from,
                                   UtcTime until) {
    std::vector<Stretch> out;
    UtcTime at = from;
    const auto run_to = [&](UtcTime end) {
        if (end <= at) return;
        for (Stretch& line : base_lines(clock, calendar, at, end)) append(out, std::move(line));
        at = end;
    };
    for (const Pause& p : clock.pauses) {
        run_to(std::min(p.from, until));
        const UtcTime end = std::min(p.until.value_or(until), until);
        const UtcTime begin = std::max(p.from, at);
        append(out, {begin, end, false, Because::Paused, p.cause});
        at = std::max(at, end);
    }
    run_to(until);
    return out;
}

Micros counted(const std::vector<Stretch>& lines) {
    Micros sum{0};
    for (const Stretch& line : lines)
        if (line.counts) sum += Micros(line.length_us());
    return sum;
}

/// Counted time, without pauses, of a promise that begins at `from`.
Result<Micros> worth(const WorkClock& clock, const Calendar& calendar, UtcTime from,
                     const Promise& promise) {
    if (promise.counting != Counting::WorkingDays) return Micros(Seconds(promise.amount));
    YS_TRY(const UtcTime end,
           end_of_working_day(calendar, clock.hours, from, static_cast<int>(promise.amount)));
    WorkClock bare = clock;
    bare.pauses.clear();
    return counted(lines_between(bare, calendar, from, end));
}

/// No pause may begin before this.
UtcTime last_change(const WorkClock& clock) {
    if (clock.pauses.empty()) return clock.started_at;
    const Pause& last = clock.pauses.back();
    return last.until.value_or(last.from);
}

}  // namespace

const Pause* WorkClock::pause_at(UtcTime at) const {
    for (const Pause& p : pauses)
        if (p.from <= at && (!p.until || at < *p.until)) return &p;
    return nullptr;
}

Result<WorkClock> start_clock(const Calendar& calendar, UtcTime at, const Promise& promise,
                              const std::string& hours) {
    WorkClock clock{at, promise, hours, {}, {}, {}, {}};
    YS_TRY(clock.allowed, worth(clock, calendar, at, promise));
    if (!deadline(clock, calendar)) return Error(Errc::NeverOpen, "start of a clock: " + hours);
    return clock;
}

Micros used(const WorkClock& clock, const Calendar& calendar, UtcTime at) {
    return counted(explain(clock, calendar, at));
}

std::optional<UtcTime> when_used(const WorkClock& clock, const Calendar& calendar, Micros amount) {
    UtcTime at = clock.started_at;
    if (amount <= Micros{0}) return at;
    Micros sum{0};
    for (int week = 0; week < horizon_weeks; ++week) {
        const UtcTime next{at.us + week_us};
        for (const Stretch& line : lines_between(clock, calendar, at, next)) {
            if (!line.counts) continue;
            const Micros more(line.length_us());
            if (sum + more >= amount) return UtcTime{line.from.us + (amount - sum).count()};
            sum += more;
        }
        // A pause without end is always the last, and nothing counts in it.
        if (!clock.pauses.empty() && !clock.pauses.back().until && clock.pauses.back().from <= next)
            return std::nullopt;
        at = next;
    }
    return std::nullopt;
}

std::optional<UtcTime> deadline(const WorkClock& clock, const Calendar& calendar) {
    return when_used(clock, calendar, clock.allowed);
}

bool is_broken(const WorkClock& clock, const Calendar& calendar, UtcTime at) {
    const auto due = deadline(clock, calendar);
    if (!due) return false;
    return clock.stopped_at ? *clock.stopped_at > *due : at > *due;
}

std::vector<Stretch> explain(const WorkClock& clock, const Calendar& calendar, UtcTime until) {
    if (clock.stopped_at) until = std::min(until, *clock.stopped_at);
    return lines_between(clock, calendar, clock.started_at, until);
}

Result<Done> pause(WorkClock& clock, const Pause& pause) {
    if (!clock.is_running()) return Error(Errc::ClockStopped, "pause");
    if (clock.pause_at(pause.from)) return Error(Errc::AlreadyPaused, "pause");
    if (pause.until && *pause.until <= pause.from) return Error(Errc::PauseNeedsEnd, "pause");
    if (pause.from < last_change(clock)) return Error(Errc::TimeRunsBack, "pause");
    clock.pauses.push_back(pause);
    return Done{};
}

Result<Done> resume(WorkClock& clock, UtcTime at) {
    if (!clock.is_running()) return Error(Errc::ClockStopped, "resume");
    const Pause* now = clock.pause_at(at);
    if (!now) return Error(Errc::NotPaused, "resume");
    // pause() takes no pause before the last one, so it is the last that is open.
    if (now != &clock.pauses.back()) return Error(Errc::TimeRunsBack, "resume");
    if (now->from == at)
        clock.pauses.pop_back();
    else
        clock.pauses.back().until = at;
    return Done{};
}

Result<Done> extend(WorkClock& clock, const Calendar& calendar, const Extension& extension) {
    if (!clock.is_running()) return Error(Errc::ClockStopped, "extend");
    if (clock.extension) return Error(Errc::ExtendedBefore, "extend");
    const auto due = deadline(clock, calendar);
    if (!due) return Error(Errc::ClockRests, "extend");
    if (extension.at >= *due) return Error(Errc::PastDeadline, "extend");
    YS_TRY(const Micros more, worth(clock, calendar, *due, extension.by));
    clock.allowed += more;
    clock.extension = extension;
    return Done{};
}

Result<Done> stop(WorkClock& clock, UtcTime at) {
    if (!clock.is_running()) return Error(Errc::ClockStopped, "stop");
    if (at < clock.started_at) return Error(Errc::TimeRunsBack, "stop");
    clock.stopped_at = at;
    return Done{};
}

Result<Done> go_on(WorkClock& clock, UtcTime at, const std::string& cause) {
    if (!clock.stopped_at) return Error(Errc::ClockRests, "go on");
    const UtcTime since = *clock.stopped_at;
    if (at < since) return Error(Errc::TimeRunsBack, "go on");
    clock.stopped_at.reset();
    // A pause that was to end later ended when the work was done.
    while (!clock.pauses.empty() && clock.pauses.back().from >= since) clock.pauses.pop_back();
    if (!clock.pauses.empty()) {
        auto& end = clock.pauses.back().until;
        end = std::min(end.value_or(since), since);
    }
    if (at > since) clock.pauses.push_back({since, at, cause, UserId{}});
    return Done{};
}

std::vector<Micros> warning_marks(const WorkClock& clock, const std::vector<Warning>& warnings) {
    std::vector<Micros> marks;
    for (const Warning& w : warnings) {
        if (w.after_percent > 0)
            marks.push_back(clock.allowed / 100 * std::min(w.after_percent, 100));
        else if (w.before < clock.allowed)
            marks.push_back(clock.allowed - std::max(w.before, Micros{0}));
    }
    std::ranges::sort(marks);
    return marks;
}

std::string broken_invariant(const WorkClock& clock) {
    if (clock.allowed < Micros{0}) return "less than nothing is allowed";
    if (clock.stopped_at && *clock.stopped_at < clock.started_at) return "stopped before its start";
    UtcTime at = clock.started_at;
    for (const Pause& p : clock.pauses) {
        if (p.from < at) return "pauses overlap or begin before the clock";
        if (!p.until && &p != &clock.pauses.back()) return "a pause without end is not the last";
        if (p.until && *p.until <= p.from) return "a pause ends before it begins";
        at = p.until.value_or(p.from);
    }
    if (clock.extension && clock.extension->at < clock.started_at)
        return "extended before its start";
    return "";
}

}  // namespace ys::cases
