// SPDX-License-Identifier: Apache-2.0
#include "api/case_progress_view.h"

#include <algorithm>

#include "api/refusal.h"
#include "cases/case_engine.h"
#include "cases/case_progress.h"
#include "cases/io/case_filing.h"

namespace ys::api {
namespace {

using cases::CaseFile;
using cases::UnitId;

struct Names {
    std::map<UserId, std::string> people;
    const cases::UnitTree& units;
    std::string of(UserId user) const {
        const auto it = people.find(user);
        return it == people.end() ? "" : it->second;
    }
    CaseUnitName of(UnitId unit) const {
        const cases::Unit* found = units.find(unit);
        return {unit, found ? found->name : ""};
    }
    std::vector<CaseUnitName> of(const std::vector<UnitId>& all) const {
        std::vector<CaseUnitName> out;
        for (const UnitId unit : all) out.push_back(of(unit));
        return out;
    }
};

CaseClockView clock_view(cases::ClockName name, const cases::CaseClock& c, const Calendar& calendar,
                         UtcTime now) {
    constexpr std::int64_t us = 1'000'000;
    const cases::WorkClock& clock = c.clock;
    const std::int64_t used_us = cases::used(clock, calendar, now).count();
    return {.name = std::string(cases::word(name)),
            .started_at = clock.started_at,
            .deadline = cases::deadline(clock, calendar),
            .stopped_at = clock.stopped_at,
            .allowed_s = clock.allowed.count() / us,
            .used_s = used_us / us,
            .left_s = (clock.allowed.count() - used_us) / us,
            .is_running = clock.is_running(),
            .is_paused = clock.is_running() && clock.pause_at(now) != nullptr,
            .is_broken = cases::is_broken(clock, calendar, now)};
}

void add_work(CaseProgressView& out, const CaseFile& f, const Names& names) {
    for (const auto& demand : f.demands) {
        CaseDemandView view{demand.number, demand.text, ""};
        if (f.reply) {
            const auto answer = f.reply->answers.find(demand.number);
            if (answer != f.reply->answers.end()) view.answer = answer->second;
        }
        out.demands.push_back(std::move(view));
    }
    for (const auto& part : f.parts)
        out.parts.push_back(
            {names.of(part.unit), part.task, part.reply, part.is_open(), part.is_released});
    if (f.reply)
        out.reply = CaseReplyView{names.of(f.reply->unit), f.reply->by,
                                  names.of(f.reply->by),   f.reply->at,
                                  f.reply->reviewed_by,    names.of(f.reply->reviewed_by)};
    for (const auto& attempt : f.attempts)
        out.attempts.push_back(
            {attempt.at, names.of(attempt.by), attempt.channel, attempt.outcome});
    if (f.confirmation)
        out.confirmation = CaseConfirmationView{f.confirmation->solved, f.confirmation->satisfied,
                                                f.confirmation->words, f.confirmation->at};
}

void add_history(CaseProgressView& out, const std::vector<cases::CaseEventRow>& rows,
                 const Names& names) {
    for (const auto& e : rows)
        out.history.push_back({.number = e.number,
                               .kind = e.kind,
                               .verb = e.verb,
                               .at = e.at,
                               .user_id = e.user_id,
                               .user_name = names.of(e.user_id),
                               .role = e.role,
                               .by_unit = names.of(e.by_unit_id),
                               .from = e.from_state,
                               .to = e.to_state,
                               .unit = names.of(e.unit_id),
                               .responsible = names.of(e.responsible),
                               .clock = e.clock,
                               .level = e.level,
                               .why = e.why});
}

CaseProposalView proposal_view(const cases::DutyProposal& proposal, const Names& names) {
    CaseProposalView out{names.of(proposal.unit), {}, names.of(proposal.alternatives)};
    for (const auto& reason : proposal.reasons)
        out.reasons.push_back({std::string(reason.code), reason.names});
    return out;
}

Result<std::vector<CaseDuplicateView>> duplicates_of(sql::Database& db, const CaseSeer& seer,
                                                     const CaseFile& file) {
    std::vector<CaseDuplicateView> out;
    for (const CaseId id : file.duplicates) {
        YS_TRY(const auto row, cases::CaseStore::get(db, seer.scope, id));
        const bool is_seen = static_cast<bool>(seen_case(db, seer, id));
        if (row && is_seen) out.push_back({id, row->number});
    }
    return out;
}

CaseProgressView standing(const CaseFile& f, const cases::CaseRules& rules, const Names& names,
                          UtcTime now) {
    const cases::CaseProgress stands = cases::progress(rules, f, now);
    CaseProgressView out;
    out.id = f.id;
    out.type = f.type;
    out.state = cases::word(f.state);
    out.now = stands.now;
    out.workflow = rules.workflow.name;
    out.until = stands.until;
    out.is_late = stands.is_late;
    out.is_final = cases::is_final(f.state);
    out.is_confidential = f.is_confidential;
    out.counts_in_scores = f.counts_in_scores;
    out.round = f.round;
    out.supervised = f.supervised;
    out.urges = f.urges;
    out.responsible = names.of(f.responsible);
    out.handler = names.of(f.handler);
    out.first_receiver = names.of(f.first_receiver);
    out.about_units = names.of(f.about_units);
    out.told_at = f.told_at;
    out.paused_until = f.paused_until;
    out.legal_basis = f.legal_basis;
    return out;
}

}  // namespace

Result<SeenCase> seen_case(sql::Database& db, const CaseSeer& seer, CaseId id) {
    YS_TRY(auto stored, cases::CaseFileStore::get(db, seer.scope, id));
    YS_TRY(const auto row, cases::CaseStore::get(db, seer.scope, id));
    if (!stored) {
        const bool is_seen = row && !seer.is_own_only && seer.disclosures.show(*row);
        return refused(is_seen ? "not_filed" : "not_found", RefusedAs::NotFound);
    }
    YS_TRY(CaseSight sight, sight_of(db, seer));
    if (!row || !seer.disclosures.show(*row) || !sight.sees(stored->file, row->created_by))
        return refused("not_found", RefusedAs::NotFound);
    YS_TRY(auto units, cases::UnitStore::load(db, stored->centre_id));
    if (!units) return refused("not_filed", RefusedAs::NotFound);
    return SeenCase{*std::move(stored), *std::move(units), std::move(sight)};
}

Result<CaseProgressView> progress_view(sql::Database& db, const Api& api, const SessionUser& user,
                                       const CaseSeer& seer, CaseId id, UtcTime now) {
    YS_TRY(const SeenCase seen, seen_case(db, seer, id));
    const CaseFile& f = seen.stored.file;
    const auto& handbook = *api.handbook();
    const cases::CaseRules rules = handbook.rules(f, seen.units.tree);
    Names names{{}, seen.units.tree};
    YS_TRY(const auto users, centres::UserStore::users(db, seer.scope));
    for (const auto& each : users) names.people[each.id] = each.name;
    CaseProgressView out = standing(f, rules, names, now);
    out.version = seen.stored.version;
    add_work(out, f, names);
    YS_TRY(out.duplicates, duplicates_of(db, seer, f));
    for (const cases::ClockName name : cases::clock_names)
        if (f.clock(name))
            out.clocks.push_back(clock_view(name, *f.clock(name), handbook.calendar(), now));
    const CentreId centre = seen.stored.centre_id;
    out.may = verbs_for(
        actors_for(case_rights(api, user, centre), seen.sight, centre, seen.units.tree, f), rules,
        f);
    YS_TRY(const auto row, cases::CaseStore::get(db, seer.scope, id));
    if (row) out.number = row->number;
    out.proposal =
        proposal_view(cases::proposal_for(f, row ? row->address : "", seen.units.duties), names);
    YS_TRY(const auto history, cases::CaseFileStore::history(db, seer.scope, id));
    add_history(out, history, names);
    return out;
}

}  // namespace ys::api
