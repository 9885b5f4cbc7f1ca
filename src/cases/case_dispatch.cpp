// SPDX-License-Identifier: Apache-2.0
// Filing, dispatch, returns, urging and co-handling.
#include <algorithm>
#include <set>

#include "cases/case_step.h"

namespace ys::cases::inside {
namespace {

/// A superior decides about a unit below; a fallback owner about anybody. Nobody about a complaint
/// against themselves.
Result<Done> may_decide(const Step& s, UnitId about) {
    if (s.file.is_about(s.by.unit)) return Error(Errc::OwnComplaint, "decision");
    if (!s.rules.units.is_above(s.by.unit, about) && !s.rules.units.is_fallback_owner(s.by.unit))
        return Error(Errc::NotAboveUnit, "decision");
    return Done{};
}

/// Whose doing is disputed.
UnitId disputed_unit(const CaseFile& file) {
    return file.dispute == Dispute::Return && !file.returned_by.empty() ? file.returned_by.back()
                                                                        : file.handler;
}

bool has_returned(const CaseFile& file, UnitId unit) {
    return std::ranges::find(file.returned_by, unit) != file.returned_by.end();
}

}  // namespace

Result<Done> act(Step& s, const FileCase& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::File));
    if (what.demands.empty()) return Error(Errc::NeedsDemand, "file");
    std::set<std::uint32_t> numbers;
    for (const CaseDemand& d : what.demands)
        if (d.number == 0 || d.text.empty() || !numbers.insert(d.number).second)
            return Error(Errc::NeedsDemand, "file");
    f.id = what.id;
    f.type = what.type;
    f.type_version = what.type_version;
    f.basis = what.basis;
    f.is_confidential = what.is_confidential;
    f.demands = what.demands;
    f.about_units = what.about_units;
    const auto known = [&](UnitId unit) { return s.rules.units.has(unit); };
    if ((s.by.unit && !known(s.by.unit)) || !std::ranges::all_of(what.about_units, known))
        return Error(Errc::UnknownUnit, "file");
    f.first_receiver =
        s.by.unit && !f.is_about(s.by.unit) ? s.by.unit : fallback_owner(s.rules.units, f);
    if (!f.first_receiver) return Error(Errc::NobodyMayOwn, "file");
    f.responsible = f.first_receiver;
    f.is_filed = true;
    f.last_at = s.now;
    for (const ClockName name : {ClockName::Accept, ClockName::FirstReply, ClockName::Close}) {
        const auto& promise = s.rules.preset.promise(name);
        if (!promise) continue;
        YS_TRY(WorkClock clock,
               start_clock(s.rules.calendar, s.now, *promise, s.rules.preset.hours));
        f.clock(name) = CaseClock{std::move(clock), 0, false};
    }
    s.done(Verb::File, "");
    s.tell("filed", "", closing_deadline(s.rules, f));
    return Done{};
}

Result<Done> act(Step& s, const SettleCase& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Settle));
    if (!s.by.unit) return Error(Errc::NeedsUnit, "settle");
    YS_TRY([[maybe_unused]] const Done fits, s.fit(s.by.unit));
    if (const auto missing = unanswered(s.file, what.answers); !missing.empty())
        return Error(Errc::DemandUnanswered, "demand " + std::to_string(missing[0]));
    s.take_on(s.by.unit);
    s.file.reply = CaseReply{s.by.unit, s.by.user, s.now, what.answers, {}};
    s.file.told_at = s.now;
    s.file.confirmation = CaseConfirmation{true, what.satisfied, "", s.now, s.by.user};
    s.done(Verb::Settle, "", s.by.unit);
    s.tell("closed", "");
    return Done{};
}

Result<Done> act(Step& s, const DispatchCase& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Dispatch));
    YS_TRY([[maybe_unused]] const Done fits, s.fit(what.unit));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    if (f.is_assigned) return Error(Errc::AssignedForGood, "dispatch");
    if (has_returned(f, what.unit)) return Error(Errc::ReturnedBefore, "dispatch");
    const bool again = f.state == CaseState::Accepted;
    if (again && what.unit == f.handler) return Error(Errc::PartIsThere, "dispatch");
    // 改派: whoever accepted stays responsible until the next unit accepts, under a new clock.
    if (again) s.start(ClockName::Accept);
    if (f.paused_until) s.end_pause();
    f.handler = what.unit;
    s.done(Verb::Dispatch, what.why, what.unit);
    s.notice(what.unit, "dispatched");
    return Done{};
}

Result<Done> act(Step& s, const AcceptCase&) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Accept));
    YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    s.take_on(s.by.unit);
    s.done(Verb::Accept, "", s.by.unit);
    s.tell("accepted", "", closing_deadline(s.rules, s.file));
    return Done{};
}

Result<Done> act(Step& s, const BeginWork&) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Begin));
    YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    s.done(Verb::Begin, "", s.by.unit);
    return Done{};
}

Result<Done> act(Step& s, const ReturnCase& what) {
    CaseFile& f = s.file;
    const Verb verb = f.returned_by.empty() ? Verb::Return : Verb::ReturnAgain;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(verb));
    YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    if (f.is_assigned) return Error(Errc::AssignedForGood, "return");
    if (has_returned(f, s.by.unit)) return Error(Errc::ReturnedBefore, "return");
    f.returned_by.push_back(s.by.unit);
    f.handler = {};
    if (verb == Verb::ReturnAgain) f.dispute = Dispute::Return;
    s.done(verb, what.why, s.by.unit);
    if (verb == Verb::ReturnAgain) {
        const UnitId above = s.rules.units.superior(s.by.unit);
        s.notice(above && !f.is_about(above) ? above : fallback_owner(s.rules.units, f),
                 "disputed");
    } else {
        s.notice(f.responsible, "returned");
    }
    return Done{};
}

Result<Done> act(Step& s, const AssignCase& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Assign));
    YS_TRY([[maybe_unused]] const Done decides, may_decide(s, disputed_unit(f)));
    YS_TRY([[maybe_unused]] const Done fits, s.fit(what.unit));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    const bool objected = f.dispute == Dispute::Objection;
    if (objected && what.unit == f.handler) return Error(Errc::HandledBefore, "assign");
    if (objected) {
        ++f.round;
        f.reply.reset();
    }
    f.dispute = Dispute::None;
    f.is_assigned = true;
    s.take_on(what.unit);
    s.done(Verb::Assign, what.why, what.unit);
    s.notice(what.unit, "assigned");
    return Done{};
}

Result<Done> act(Step& s, const UpholdReturn& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::UpholdReturn));
    if (s.file.dispute != Dispute::Return) return Error(Errc::NotNow, "uphold a return");
    YS_TRY([[maybe_unused]] const Done decides, may_decide(s, disputed_unit(s.file)));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    s.file.dispute = Dispute::None;
    // The time the dispute took is nobody's delay in accepting; the closing clock has run on.
    s.start(ClockName::Accept);
    s.done(Verb::UpholdReturn, what.why);
    s.notice(s.file.responsible, "returned");
    return Done{};
}

Result<Done> act(Step& s, const UrgeCase& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Urge));
    if (f.urged_at && s.now.us - f.urged_at->us < Micros(s.rules.urge_apart).count())
        return Error(Errc::UrgedJustNow, "urge");
    ++f.urges;
    f.urged_at = s.now;
    s.done(Verb::Urge, what.words);
    s.notice(f.responsible, "urged");
    if (f.urges % s.rules.urges_per_level == 0) s.raise("urged " + std::to_string(f.urges));
    return Done{};
}

Result<Done> act(Step& s, const SuperviseCase& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Supervise));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    if (s.file.is_about(s.by.unit)) return Error(Errc::OwnComplaint, "supervise");
    if (s.file.supervised >= s.rules.supervised_max) return Error(Errc::LadderEnds, "supervise");
    s.raise(what.why);
    return Done{};
}

void Step::raise(const std::string& why) {
    if (file.supervised >= rules.supervised_max) return;
    ++file.supervised;
    done(Verb::Supervise, why, file.responsible);
    notice(file.responsible, "supervised");
    UnitId above = file.responsible;
    for (int level = 1; level < file.supervised && rules.units.superior(above); ++level)
        above = rules.units.superior(above);
    if (above != file.responsible && !file.is_about(above)) notice(above, "supervised");
    tell("supervised", "");
}

Result<Done> act(Step& s, const CoHandle& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::CoHandle));
    if (s.by.role == "unit") {
        YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    }
    YS_TRY([[maybe_unused]] const Done fits, s.fit(what.unit));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.task));
    if (what.unit == f.handler || f.open_part(what.unit))
        return Error(Errc::PartIsThere, "co-handle");
    f.parts.push_back({what.unit, what.task, "", {}, false});
    s.done(Verb::CoHandle, what.task, what.unit);
    s.notice(what.unit, "co_handle");
    return Done{};
}

Result<Done> act(Step& s, const CoReply& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::CoReply));
    CasePart* part = s.file.open_part(s.by.unit);
    if (!part) return Error(Errc::NoSuchPart, "co-reply");
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.reply));
    part->reply = what.reply;
    part->replied_by = s.by.user;
    s.done(Verb::CoReply, what.reply, s.by.unit);
    s.notice(s.file.responsible, "co_handle");
    return Done{};
}

Result<Done> act(Step& s, const ReleasePart& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::ReleasePart));
    if (s.file.is_about(s.by.unit)) return Error(Errc::OwnComplaint, "release");
    CasePart* part = s.file.open_part(what.unit);
    if (!part) return Error(Errc::NoSuchPart, "release");
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    part->is_released = true;
    s.done(Verb::ReleasePart, what.why, what.unit);
    return Done{};
}

Result<Done> act(Step& s, const LinkDuplicate& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::LinkDuplicate));
    if (what.other == s.file.id) return Error(Errc::LinkedToItself, "link");
    auto& all = s.file.duplicates;
    if (std::ranges::find(all, what.other) != all.end()) return Error(Errc::LinkedBefore, "link");
    all.push_back(what.other);
    s.done(Verb::LinkDuplicate, std::to_string(what.other.value));
    s.out.effects.emplace_back(LinkBack{what.other});
    return Done{};
}

}  // namespace ys::cases::inside
