// SPDX-License-Identifier: Apache-2.0
#include "cases/io/crew_dispatch.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "cases/errc.h"
#include "cases/io/crew_call.h"
#include "platform/sql/described_rows.h"

namespace ys::cases {
namespace {

/// While a case is in one of these, who repairs may be on the way.
constexpr std::array under_way{CaseState::Dispatched, CaseState::Accepted, CaseState::Working,
                               CaseState::SecondHandling};

bool is_theirs(const CaseFile& file, const CrewJobRow& job) {
    return file.handler == job.unit_id &&
           std::ranges::find(under_way, file.state) != under_way.end();
}

std::string quoted(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "'" : ",'") + word + "'";
    return out;
}

std::string states_under_way() {
    std::vector<std::string> words;
    for (const CaseState state : under_way) words.emplace_back(word(state));
    return quoted(words);
}

/// Down to the narrowest area that a duty or a repairer of the unit is named for.
DutyPath place_of(std::string_view address, const DutyCatalogue& duties, const Crew& crew,
                  UnitId unit) {
    std::vector<DutyRule> rules = duties.rules();
    for (const Repairer& each : crew.roster.repairers) {
        if (each.unit != unit) continue;
        for (const DutyPath& area : each.areas) rules.push_back({each.name, {}, area, unit});
    }
    return area_of(address, rules);
}

Result<std::string> address_of(sql::Database& db, CaseId id) {
    return db.value<std::string>("", "SELECT address FROM cases WHERE id = ?", id);
}

Result<Done> call_off(sql::Transaction& tx, CrewJobRow job, UtcTime now) {
    job.state = "called_off";
    job.until_at.reset();
    YS_TRY([[maybe_unused]] const Done put, CrewStore::put_job(tx, job));
    return CrewStore::note(tx, event_of(job, "called_off", now));
}

}  // namespace

Result<Done> offer_to_crew(sql::Transaction& tx, const Handbook& handbook, const StoredFile& stored,
                           std::string_view address, UtcTime now) {
    const CaseFile& file = stored.file;
    if (!file.basis.is_automatic || file.state != CaseState::Dispatched) return Done{};
    YS_TRY(const Crew crew, CrewStore::crew(tx.db(), stored.centre_id));
    const auto answer_within = crew.answer_within(file.handler);
    if (!answer_within) return Done{};
    YS_TRY(const auto units, UnitStore::load(tx.db(), stored.centre_id));
    if (!units) return Done{};
    CrewJobRow job{.case_id = file.id, .centre_id = stored.centre_id, .unit_id = file.handler};
    CrewCall call{.job = {file.handler, place_of(address, units->duties, crew, file.handler),
                          skill_for(file.type, crew.roster, file.handler)}};
    YS_TRY(const auto loads, CrewStore::loads(tx.db(), stored.centre_id));
    YS_TRY([[maybe_unused]] const Done offered, crew_on(call, crew.roster, handbook.calendar(), now,
                                                        loads, CrewDid::Offer, {}, *answer_within));
    return keep_offer(tx, job, call, now);
}

Result<std::vector<CaseId>> crew_jobs_to_tend(sql::Database& db, UtcTime now, std::size_t limit) {
    // The words are our own; what comes from outside is bound.
    static const std::string query =
        "SELECT case_id FROM crew_jobs WHERE state = 'offered' AND until_at <= ?"
        " UNION SELECT j.case_id FROM crew_jobs j JOIN case_files f ON f.case_id = j.case_id"
        " WHERE j.state IN ('offered', 'taken', 'arrived') AND (f.handler <> j.unit_id"
        " OR f.state NOT IN (" +
        states_under_way() +
        ")) UNION SELECT f.case_id FROM case_files f JOIN crew_foremen m ON m.unit_id = f.handler"
        " WHERE f.state = 'dispatched' AND f.is_automatic <> 0"
        " AND NOT EXISTS (SELECT 1 FROM crew_jobs j WHERE j.case_id = f.case_id"
        " AND j.unit_id = f.handler AND j.state <> 'called_off') LIMIT ?";
    std::vector<CaseId> out;
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with(query, std::vector<sql::Value>{sql::to_sql(now), sql::to_sql(limit)},
                       [&](const sql::Row& row) { row.get(0, out.emplace_back()); }));
    return out;
}

Result<Done> tend_crew_job(sql::Transaction& tx, const Handbook& handbook, CaseId id, UtcTime now) {
    YS_TRY(const auto centre,
           sql::select_one<CentreOfCase>(tx.db(), "FROM case_files WHERE case_id = ?", id));
    if (!centre) return Done{};
    const Scope scope = Scope::of(centre->centre_id);
    YS_TRY(const auto stored, CaseFileStore::get(tx.db(), scope, id));
    YS_TRY(auto job, CrewStore::job(tx.db(), scope, id));
    if (!stored) return Done{};
    if (job && job->is_open() && !is_theirs(stored->file, *job)) return call_off(tx, *job, now);
    if (!job || (job->state == "called_off") || job->unit_id != stored->file.handler) {
        YS_TRY(const std::string address, address_of(tx.db(), id));
        return offer_to_crew(tx, handbook, *stored, address, now);
    }
    if (job->state != "offered") return Done{};
    return move_offer(tx, handbook, *job, {CrewDid::TimeIsUp, {}, "", "", now, now});
}

Result<Done> give_crew_job(sql::Transaction& tx, const Scope& scope, CaseId id, UserId by,
                           UserId to, UtcTime now) {
    YS_TRY(auto job, CrewStore::job(tx.db(), scope, id));
    if (!job) return Error{sql::errc::not_found, "giving a job"};
    YS_TRY(const Crew crew, CrewStore::crew(tx.db(), job->centre_id));
    CrewCall call = call_of(*job);
    const Seconds within = crew.answer_within(job->unit_id).value_or(Seconds{300});
    const auto given = crew_give(call, crew.roster, now, by, to, within);
    if (!given && given.error().code == make_error_code(Errc::NotYourCase))
        return Error{sql::errc::not_found, "giving a job"};
    if (!given) return given.error();
    if (job->user_id != to) {
        YS_TRY([[maybe_unused]] const Done told,
               CrewStore::note(tx, event_of(*job, "passed_on", now)));
    }
    return keep_offer(tx, *job, call, now);
}

}  // namespace ys::cases
