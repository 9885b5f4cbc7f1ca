// SPDX-License-Identifier: Apache-2.0
// The clocks of a case: started and stopped by what is done, warning and breaking by themselves.
#include <algorithm>

#include "cases/case_step.h"

namespace ys::cases {
namespace {

/// When this clock next says something; nothing when it is stopped or has said all.
std::optional<UtcTime> next_alarm(const CaseRules& rules, const CaseClock& c) {
    if (!c.clock.is_running() || c.is_broken) return std::nullopt;
    const auto marks = warning_marks(c.clock, rules.preset.warnings);
    if (c.warned < marks.size()) return when_used(c.clock, rules.calendar, marks[c.warned]);
    return deadline(c.clock, rules.calendar);
}

bool is_later(std::optional<UtcTime> t, std::optional<UtcTime> than) {
    return than && (!t || *t > *than);
}

}  // namespace

std::optional<UtcTime> next_wake(const CaseRules& rules, const CaseFile& file) {
    std::optional<UtcTime> next = file.paused_until;
    for (const auto& clock : file.clocks) {
        if (!clock) continue;
        const auto alarm = next_alarm(rules, *clock);
        if (is_later(next, alarm)) next = alarm;
    }
    return next;
}

std::optional<UtcTime> closing_deadline(const CaseRules& rules, const CaseFile& file) {
    const auto& closing = file.clock(ClockName::Close);
    if (!closing || !closing->clock.is_running() || file.state == CaseState::AwaitingConfirmation)
        return std::nullopt;
    return deadline(closing->clock, rules.calendar);
}

namespace inside {
namespace {

/// An approved pause holds these; who accepts and who follows up is not kept waiting by it.
constexpr std::array paused_clocks{ClockName::FirstReply, ClockName::Close};

/// Nobody accepted in time: the fallback owner has it from now on.
void take_over(Step& s) {
    CaseFile& f = s.file;
    if (!s.rules.workflow.find(f.state, Verb::TakeOver)) {
        s.raise("accept");
        return;
    }
    const UnitId owner = fallback_owner(s.rules.units, f);
    s.take_on(owner);
    s.done(Verb::TakeOver, "accept", owner);
    s.notice(owner, "taken_over");
}

void break_clock(Step& s, ClockName name) {
    s.file.clock(name)->is_broken = true;
    CaseEvent event;
    event.kind = CaseEventKind::ClockBroken;
    event.by = s.by;
    event.from = s.file.state;
    event.clock = name;
    s.write(std::move(event));
    s.notice(s.file.responsible, "clock_broken", name);
    if (name == ClockName::Accept) take_over(s);
    if (name == ClockName::FirstReply || name == ClockName::Close) s.raise(std::string(word(name)));
    if (name == ClockName::FollowUp) s.notice(s.file.first_receiver, "follow_up", name);
}

void warn_of(Step& s, ClockName name) {
    CaseClock& c = *s.file.clock(name);
    const auto marks = warning_marks(c.clock, s.rules.preset.warnings);
    // Several at once are one: a late wake-up tells it once.
    while (c.warned < marks.size()) {
        const auto due = when_used(c.clock, s.rules.calendar, marks[c.warned]);
        if (!due || *due > s.now) break;
        ++c.warned;
    }
    CaseEvent event;
    event.kind = CaseEventKind::ClockWarned;
    event.by = s.by;
    event.from = s.file.state;
    event.clock = name;
    s.write(std::move(event));
    s.notice(s.file.responsible, "clock_warning", name);
}

}  // namespace

void Step::start(ClockName name) {
    const auto& promise = rules.preset.promise(name);
    if (!promise) return;
    auto clock = start_clock(rules.calendar, now, *promise, rules.preset.hours);
    // File has started clocks by these office hours, so they do come.
    if (clock) file.clock(name) = CaseClock{*std::move(clock), 0, false};
}

void Step::stop_if_running(ClockName name) {
    auto& c = file.clock(name);
    if (c && c->clock.is_running()) c->clock.stopped_at = now;
}

void Step::stop_all() {
    for (const ClockName name : clock_names) stop_if_running(name);
}

void Step::go_on_if_stopped(ClockName name, const std::string& cause) {
    auto& c = file.clock(name);
    if (!c || c->clock.is_running()) return;
    const auto went_on = go_on(c->clock, now, cause);
    YS_ASSERT(bool(went_on));
}

void Step::end_pause() {
    file.paused_until.reset();
    for (const ClockName name : paused_clocks) {
        auto& c = file.clock(name);
        if (!c || !c->clock.is_running() || !c->clock.pause_at(now)) continue;
        const auto resumed = resume(c->clock, now);
        YS_ASSERT(bool(resumed));
    }
}

Result<Done> act(Step& s, const PauseCase& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Pause));
    YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.cause));
    YS_TRY([[maybe_unused]] const Done approved, s.approved_by(what.approver));
    if (f.paused_until && *f.paused_until > s.now) return Error(Errc::AlreadyPaused, "pause");
    if (what.until <= s.now) return Error(Errc::PauseNeedsEnd, "pause");
    if (what.until.us - s.now.us > Micros(s.rules.pause_max).count())
        return Error(Errc::PauseTooLong, "pause");
    for (const ClockName name : paused_clocks) {
        auto& c = f.clock(name);
        if (!c || !c->clock.is_running()) continue;
        YS_TRY([[maybe_unused]] const Done paused,
               pause(c->clock, {s.now, what.until, what.cause, what.approver}));
    }
    f.paused_until = what.until;
    s.done(Verb::Pause, what.cause);
    s.tell("paused", what.cause, closing_deadline(s.rules, f));
    return Done{};
}

Result<Done> act(Step& s, const ResumeCase&) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Resume));
    if (!s.file.paused_until) return Error(Errc::NotPaused, "resume");
    if (s.by.role == "unit") {
        YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    }
    s.end_pause();
    s.done(Verb::Resume, "");
    return Done{};
}

Result<Done> act(Step& s, const ExtendCase& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Extend));
    YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    YS_TRY([[maybe_unused]] const Done approved, s.approved_by(what.approver));
    auto& closing = f.clock(ClockName::Close);
    if (!closing) return Error(Errc::ClockStopped, "extend");
    if (closing->is_broken) return Error(Errc::PastDeadline, "extend");
    YS_TRY([[maybe_unused]] const Done extended,
           extend(closing->clock, s.rules.calendar, {s.now, what.by, what.why, what.approver}));
    // The marks have moved: those that lie ahead again are warned of again.
    const Micros gone = used(closing->clock, s.rules.calendar, s.now);
    const auto marks = warning_marks(closing->clock, s.rules.preset.warnings);
    closing->warned = static_cast<std::uint32_t>(
        std::ranges::count_if(marks, [&](Micros mark) { return mark <= gone; }));
    s.done(Verb::Extend, what.why);
    s.tell("extended", what.why, closing_deadline(s.rules, f));
    return Done{};
}

Result<Done> act(Step& s, const ClockFired&) {
    if (s.by.role != "system") return Error(Errc::NotYourRole, "clock");
    CaseFile& f = s.file;
    if (f.paused_until && *f.paused_until <= s.now) {
        f.paused_until.reset();
        s.done(Verb::Resume, "");
        s.notice(f.responsible, "resumed");
    }
    for (const ClockName name : clock_names) {
        for (;;) {
            const auto& c = f.clock(name);
            const auto due = c ? next_alarm(s.rules, *c) : std::nullopt;
            if (!due || *due > s.now) break;
            const auto end = deadline(c->clock, s.rules.calendar);
            const bool over = end && *end <= s.now;
            over ? break_clock(s, name) : warn_of(s, name);
        }
    }
    return Done{};
}

}  // namespace inside
}  // namespace ys::cases
