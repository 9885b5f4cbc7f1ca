// SPDX-License-Identifier: Apache-2.0
#include "api/case_sight.h"

#include <algorithm>

#include "api/refusal.h"
#include "base/text.h"
#include "cases/case_engine.h"
#include "cases/errc.h"

namespace ys::api {
namespace {

using cases::CaseActor;
using cases::CaseFile;
using cases::UnitId;
using cases::Verb;
using centres::Action;

bool has(const std::vector<UnitId>& all, UnitId unit) {
    return std::ranges::find(all, unit) != all.end();
}

/// What only the unit does that has the case, or a part of it.
bool fits(const CaseActor& by, Verb verb, const cases::CaseRules& rules, const CaseFile& file) {
    if (by.unit && file.is_about(by.unit)) return false;
    const bool is_unit = by.role == "unit";
    switch (verb) {
        case Verb::Accept:
        case Verb::Begin:
        case Verb::Reply:
        case Verb::Pause:
        case Verb::Extend:
            return by.unit == file.handler;
        case Verb::Return:
        case Verb::ReturnAgain:
            return by.unit == file.handler && !file.is_assigned &&
                   (verb == Verb::Return) == file.returned_by.empty();
        case Verb::Resume:
            return file.paused_until && (!is_unit || by.unit == file.handler);
        case Verb::CoReply: {
            CaseFile copy = file;
            return copy.open_part(by.unit) != nullptr;
        }
        case Verb::CoHandle:
        case Verb::TellCitizen:
        case Verb::RecordAttempt:
        case Verb::LinkDuplicate:
            return !is_unit || by.unit == file.handler;
        case Verb::Assign:
        case Verb::DeclareOutOfScope:
            return by.role != "superior" || rules.units.is_fallback_owner(by.unit) ||
                   rules.units.is_above(by.unit, file.handler);
        case Verb::UpholdReturn:
            return file.dispute == cases::Dispute::Return;
        case Verb::Close:
            return cases::is_tried_enough(rules, file);
        case Verb::File:
        case Verb::TakeOver:
        case Verb::Object:
        case Verb::ObjectUnheard:
            return false;
        default:
            return true;
    }
}

}  // namespace

bool CaseSight::sees(const CaseFile& file, UserId taken_by) const {
    cases::CaseRow row;
    row.is_confidential = file.is_confidential;
    row.created_by = taken_by;
    if (!disclosures.show(row)) return false;
    for (const auto& each : mine)
        if (!cases::may_see(file, each.unit_id)) return false;
    if (!is_own_only) return true;
    const auto concerns = [&](UnitId unit) { return has(with_below, unit); };
    return concerns(file.responsible) || concerns(file.handler) ||
           std::ranges::any_of(file.handled_by, concerns) ||
           std::ranges::any_of(file.returned_by, concerns) ||
           std::ranges::any_of(file.parts, concerns, &cases::CasePart::unit);
}

std::vector<UnitId> CaseSight::my_units() const {
    std::vector<UnitId> out;
    for (const auto& each : mine) out.push_back(each.unit_id);
    return out;
}

CaseSeer seer_of(const Api& api, const SessionUser& user) {
    const centres::Reach reach = centres::reach_of(user.user.roles, Action::SeeDisclosures);
    return {api.scope_of(user, Action::SeeCases),
            user.user.id,
            api.is_own_only(user, Action::SeeCases),
            {.all = reach == centres::Reach::Tree,
             .taken_by = reach == centres::Reach::Own ? user.user.id : UserId{}}};
}

Result<CaseSight> sight_of(sql::Database& db, const CaseSeer& seer) {
    CaseSight out{seer.scope, {}, {}, seer.is_own_only, seer.disclosures};
    YS_TRY(out.mine, cases::UnitStore::units_of(db, seer.scope, seer.user));
    if (out.mine.empty()) return out;
    YS_TRY(const auto units, cases::UnitStore::units(db, seer.scope));
    out.with_below = out.my_units();
    for (std::size_t i = 0; i < out.with_below.size(); ++i)
        for (const auto& unit : units)
            if (unit.superior_id == out.with_below[i] && !has(out.with_below, unit.id))
                out.with_below.push_back(unit.id);
    return out;
}

bool CaseRights::allows(std::string_view role) const {
    if (role == "agent") return agent;
    if (role == "dispatcher") return dispatcher;
    if (role == "unit" || role == "superior") return unit;
    if (role == "reviewer" || role == "supervisor") return reviewer;
    return false;
}

CaseRights case_rights(const Api& api, const SessionUser& user, CentreId centre) {
    const auto may = [&](Action action) {
        return bool(api.authorise(user, action, {centre, user.user.id}));
    };
    return {user.user.id, may(Action::ChangeCases), may(Action::DispatchCases),
            may(Action::HandleCases), may(Action::ReviewCases)};
}

std::vector<CaseActor> actors_for(const CaseRights& rights, const CaseSight& sight, CentreId centre,
                                  const cases::UnitTree& tree, const CaseFile& file) {
    std::vector<CaseActor> out;
    bool is_agent_somewhere = false;
    for (const auto& each : sight.mine) {
        if (each.centre_id != centre || !tree.has(each.unit_id)) continue;
        for (const std::string_view role : split(each.roles, ',')) {
            if (!rights.allows(role)) continue;
            out.push_back({rights.user, std::string(role), each.unit_id});
            is_agent_somewhere |= role == "agent";
        }
    }
    if (rights.agent && !is_agent_somewhere)
        out.push_back({rights.user, "agent", cases::fallback_owner(tree, file)});
    return out;
}

Result<CaseActor> hat_for(const std::vector<CaseActor>& hats, const cases::CaseRules& rules,
                          const cases::CaseFile& file, UtcTime now,
                          const cases::CaseAction& action) {
    std::optional<Error> why;
    for (const CaseActor& hat : hats) {
        cases::CaseFile copy = file;
        const auto got = cases::on(rules, copy, std::max(now, file.last_at), {hat, action});
        if (got) return hat;
        const bool is_about_role = got.error().code == make_error_code(cases::Errc::NotYourRole);
        if (!why || !is_about_role) why = got.error();
    }
    if (why) return *why;
    return refused("not_allowed", RefusedAs::NotAllowed);
}

std::vector<std::string> verbs_for(const std::vector<CaseActor>& actors,
                                   const cases::CaseRules& rules, const CaseFile& file) {
    std::vector<std::string> out;
    for (const CaseActor& by : actors) {
        for (Verb verb : rules.workflow.verbs(file.state, by.role)) {
            if (!fits(by, verb, rules, file)) continue;
            if (verb == Verb::ReturnAgain) verb = Verb::Return;
            const std::string name(cases::word(verb));
            if (std::ranges::find(out, name) == out.end()) out.push_back(name);
        }
    }
    return out;
}

}  // namespace ys::api
