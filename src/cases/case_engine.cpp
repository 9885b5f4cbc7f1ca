// SPDX-License-Identifier: Apache-2.0
// Checks who may do what now, and keeps what every command shares.
#include "cases/case_engine.h"

#include <algorithm>

#include "base/panic.h"
#include "cases/case_step.h"

namespace ys::cases {
namespace inside {

Result<const CaseMove*> Step::allowed(Verb verb) const {
    const CaseMove* move = rules.workflow.find(file.state, verb);
    if (!move) return Error(Errc::NotNow, std::string(word(verb)));
    if (std::ranges::find(move->roles, by.role) == move->roles.end())
        return Error(Errc::NotYourRole, std::string(word(verb)) + " by " + by.role);
    return move;
}

void Step::write(CaseEvent event) {
    event.at = now;
    event.to = file.state;
    event.responsible = file.responsible;
    event.level = file.supervised;
    out.events.push_back(std::move(event));
}

void Step::done(Verb verb, std::string why, UnitId unit) {
    CaseEvent event;
    event.verb = verb;
    event.by = by;
    event.from = file.state;
    event.unit = unit;
    event.why = std::move(why);
    const CaseMove* move = rules.workflow.find(file.state, verb);
    if (move && move->to) file.state = *move->to;
    if (is_final(file.state)) finish();
    write(std::move(event));
}

void Step::notice(UnitId unit, std::string reason, std::optional<ClockName> clock) {
    if (unit) out.effects.emplace_back(NoticeToUnit{unit, std::move(reason), clock});
}

void Step::tell(std::string reason, std::string words, std::optional<UtcTime> until) {
    out.effects.emplace_back(NoticeToCitizen{std::move(reason), std::move(words), until});
}

void Step::take_on(UnitId unit) {
    file.responsible = unit;
    file.handler = unit;
    if (std::ranges::find(file.handled_by, unit) == file.handled_by.end())
        file.handled_by.push_back(unit);
    if (CasePart* part = file.open_part(unit)) part->is_released = true;
    stop_if_running(ClockName::Accept);
}

Result<Done> Step::of_handler() const {
    if (!by.unit || by.unit != file.handler) return Error(Errc::NotYourCase, "case");
    return Done{};
}

Result<Done> Step::fit(UnitId unit) const {
    if (!unit) return Error(Errc::NeedsUnit, "case");
    if (!rules.units.has(unit)) return Error(Errc::UnknownUnit, "case");
    if (file.is_about(unit)) return Error(Errc::OwnComplaint, "case");

    return Done{};
}

Result<Done> Step::worded(const std::string& text) const {
    if (text.empty()) return Error(Errc::NeedsWords, "case");
    return Done{};
}

Result<Done> Step::approved_by(UserId approver) const {
    if (!approver || approver == by.user) return Error(Errc::NeedsSecondPerson, "case");
    return Done{};
}

/// What ran out before a command did so whenever the alarm looks: who acts a second too late is
/// too late.
static CaseOutcome ran_out_before(const CaseRules& rules, CaseFile& file, UtcTime now) {
    const CaseActor alarm{{}, "system", {}};
    Step step{rules, file, now, alarm};
    const auto fired = act(step, ClockFired{});
    YS_ASSERT(bool(fired));
    return std::move(step.out);
}

}  // namespace inside

UnitId fallback_owner(const UnitTree& units, const CaseFile& file) {
    for (const UnitId unit : units.fallback_owners())
        if (!file.is_about(unit)) return unit;
    return {};
}

UnitId second_handler(const UnitTree& units, const CaseFile& file) {
    const auto fits = [&](UnitId unit) {
        return !file.is_about(unit) &&
               std::ranges::find(file.handled_by, unit) == file.handled_by.end();
    };
    for (UnitId unit = units.superior(file.handler); unit; unit = units.superior(unit))
        if (fits(unit)) return unit;
    for (const UnitId unit : units.fallback_owners())
        if (fits(unit)) return unit;
    return {};
}

Result<CaseOutcome> on(const CaseRules& rules, CaseFile& file, UtcTime now,
                       const CaseCommand& command) {
    const bool files = std::holds_alternative<FileCase>(command.action);
    if (files && file.is_filed) return Error(Errc::AlreadyFiled, "case");
    if (!files && !file.is_filed) return Error(Errc::NotFiled, "case");
    if (now < file.last_at) return Error(Errc::TimeRunsBack, "case");
    CaseFile changed = file;
    CaseOutcome before = files ? CaseOutcome{} : inside::ran_out_before(rules, changed, now);
    inside::Step step{rules, changed, now, command.by, std::move(before)};
    YS_TRY([[maybe_unused]] const Done did,
           std::visit([&](const auto& what) { return inside::act(step, what); }, command.action));
    changed.last_at = now;
    file = std::move(changed);
    step.out.wake_at = next_wake(rules, file);
    return std::move(step.out);
}

}  // namespace ys::cases
