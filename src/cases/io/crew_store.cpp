// SPDX-License-Identifier: Apache-2.0
#include "cases/io/crew_store.h"

#include <algorithm>

#include "base/opening_hours.h"
#include "base/text.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE crew_repairers (user_id ID_KEY, centre_id BIGINT NOT NULL, unit_id BIGINT NOT NULL,
  name TEXT NOT NULL, areas TEXT NOT NULL, skills TEXT NOT NULL, shifts TEXT NOT NULL,
  works_holidays BIGINT NOT NULL, open_jobs_max BIGINT NOT NULL);
CREATE INDEX crew_repairers_by_centre ON crew_repairers (centre_id);
CREATE TABLE crew_foremen (unit_id ID_KEY, centre_id BIGINT NOT NULL, user_id BIGINT NOT NULL,
  answer_within_s BIGINT NOT NULL);
CREATE TABLE crew_jobs (case_id ID_KEY, centre_id BIGINT NOT NULL, unit_id BIGINT NOT NULL,
  place TEXT NOT NULL, skill TEXT NOT NULL, state TEXT NOT NULL, user_id BIGINT NOT NULL,
  is_foreman BIGINT NOT NULL, why TEXT NOT NULL, tried TEXT NOT NULL, offered_at BIGINT NOT NULL,
  until_at BIGINT, taken_at BIGINT, arrived_at BIGINT, done_at BIGINT);
CREATE INDEX crew_jobs_by_user ON crew_jobs (user_id, state);
CREATE INDEX crew_jobs_by_unit ON crew_jobs (unit_id, state);
CREATE INDEX crew_jobs_by_until ON crew_jobs (until_at) WHERE until_at IS NOT NULL;
CREATE TABLE crew_events (id SEQUENCE_KEY, case_id BIGINT NOT NULL, centre_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL, what TEXT NOT NULL, at BIGINT NOT NULL, said_at BIGINT NOT NULL,
  words TEXT NOT NULL, body TEXT NOT NULL, idempotency_key TEXT NOT NULL);
CREATE INDEX crew_events_by_case ON crew_events (case_id);
CREATE INDEX crew_events_by_user ON crew_events (user_id, id);
CREATE UNIQUE INDEX crew_events_once ON crew_events (user_id, idempotency_key)
  WHERE idempotency_key <> '';
)";

// Of all jobs there ever were few are open; who tends them asks every two seconds.
constexpr std::string_view open_jobs = R"(
CREATE INDEX crew_jobs_open ON crew_jobs (unit_id, case_id)
  WHERE state IN ('offered', 'taken', 'arrived');
)";

std::vector<std::string> words_of(std::string_view text, char between) {
    std::vector<std::string> out;
    for (const std::string_view part : split(text, between))
        if (!part.empty()) out.emplace_back(part);
    return out;
}

Result<Repairer> repairer_of(const RepairerRow& row) {
    Repairer out{.id = row.user_id,
                 .name = row.name,
                 .unit = row.unit_id,
                 .areas = {},
                 .skills = words_of(row.skills, ','),
                 .shifts = {},
                 .open_jobs_max = row.open_jobs_max};
    for (const std::string& area : words_of(row.areas, ';'))
        out.areas.push_back(words_of(area, '/'));
    YS_TRY(const auto spans, parse_opening_hours(row.shifts));
    for (const Span& span : spans) out.shifts.push_back({span, row.works_holidays});
    return out;
}

bool is_told_as_fact(std::string_view what) { return what != "measured" && what != "noted"; }

}  // namespace

const sql::Schema& crew_schema() {
    static const sql::Schema it{"crew", {sql::for_both(1, tables), sql::for_both(2, open_jobs)}};
    return it;
}

std::optional<Seconds> Crew::answer_within(UnitId unit) const {
    const auto it = std::ranges::find(foremen, unit, &ForemanRow::unit_id);
    if (it == foremen.end()) return std::nullopt;
    return Seconds{it->answer_within_s};
}

Result<Done> CrewStore::put_repairer(sql::Transaction& tx, const RepairerRow& repairer) {
    return sql::done(sql::put(tx, "crew_repairers", repairer, "user_id"));
}

Result<Done> CrewStore::put_foreman(sql::Transaction& tx, const ForemanRow& foreman) {
    return sql::done(sql::put(tx, "crew_foremen", foreman, "unit_id"));
}

Result<Crew> CrewStore::crew(sql::Database& db, CentreId centre) {
    Crew out;
    YS_TRY(const auto rows,
           sql::select<RepairerRow>(db, "FROM crew_repairers WHERE centre_id = ? ORDER BY user_id",
                                    centre));
    for (const RepairerRow& row : rows) {
        YS_TRY(Repairer each, repairer_of(row));
        out.roster.repairers.push_back(std::move(each));
    }
    YS_TRY(out.foremen, sql::select<ForemanRow>(
                            db, "FROM crew_foremen WHERE centre_id = ? ORDER BY unit_id", centre));
    for (const ForemanRow& row : out.foremen)
        out.roster.foremen.emplace_back(row.unit_id, row.user_id);
    YS_TRY([[maybe_unused]] const Done checked, check(out.roster));
    return out;
}

Result<std::vector<CrewLoad>> CrewStore::loads(sql::Database& db, CentreId centre) {
    std::vector<CrewLoad> out;
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with("SELECT user_id, SUM(CASE WHEN state IN ('offered', 'taken', 'arrived')"
                       " THEN 1 ELSE 0 END), MAX(offered_at) FROM crew_jobs WHERE centre_id = ?"
                       " GROUP BY user_id",
                       std::vector<sql::Value>{sql::to_sql(centre)}, [&](const sql::Row& row) {
                           CrewLoad& each = out.emplace_back();
                           row.get(0, each.id);
                           row.get(1, each.open_jobs);
                           row.get(2, each.last_given_at);
                       }));
    return out;
}

Result<std::optional<CrewJobRow>> CrewStore::job(sql::Database& db, const Scope& scope, CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    return sql::select_one_with<CrewJobRow>(db, "FROM crew_jobs" + where.text(), where.values());
}

Result<std::vector<CrewJobRow>> CrewStore::jobs_of(sql::Database& db, const Scope& scope,
                                                   UserId user, UtcTime since) {
    sql::Where where(scope, "centre_id");
    where.also("user_id = ?", user);
    where.also("state IN ('offered', 'taken', 'arrived') OR (state = 'done' AND done_at >= ?)",
               since);
    return sql::select_with<CrewJobRow>(
        db, "FROM crew_jobs" + where.text() + " ORDER BY offered_at, case_id", where.values());
}

Result<std::vector<CrewJobRow>> CrewStore::jobs_led_by(sql::Database& db, const Scope& scope,
                                                       UserId foreman) {
    sql::Where where(scope, "centre_id");
    where.also("unit_id IN (SELECT unit_id FROM crew_foremen WHERE user_id = ?)", foreman);
    where.also("state IN ('offered', 'taken', 'arrived')");
    return sql::select_with<CrewJobRow>(
        db, "FROM crew_jobs" + where.text() + " ORDER BY offered_at, case_id", where.values());
}

Result<std::vector<CrewEventRow>> CrewStore::events(sql::Database& db, const Scope& scope,
                                                    CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    return sql::select_with<CrewEventRow>(db, "FROM crew_events" + where.text() + " ORDER BY id",
                                          where.values());
}

Result<std::int64_t> CrewStore::version(sql::Database& db, UserId user) {
    return db.value<std::int64_t>(
        0, "SELECT COALESCE(MAX(id), 0) FROM crew_events WHERE user_id = ?", user);
}

Result<std::int64_t> CrewStore::version_of_all(sql::Database& db) {
    return db.value<std::int64_t>(0, "SELECT COALESCE(MAX(id), 0) FROM crew_events");
}

Result<bool> CrewStore::is_kept(sql::Database& db, UserId user, std::string_view key) {
    YS_TRY(const auto row,
           sql::select_one<CrewEventRow>(
               db, "FROM crew_events WHERE user_id = ? AND idempotency_key = ?", user, key));
    return row.has_value();
}

Result<Done> CrewStore::put_job(sql::Transaction& tx, const CrewJobRow& job) {
    return sql::done(sql::put(tx, "crew_jobs", job, "case_id"));
}

Result<Done> CrewStore::note(sql::Transaction& tx, const CrewEventRow& event) {
    YS_TRY([[maybe_unused]] const auto inserted, sql::insert(tx, "crew_events", event));
    if (!is_told_as_fact(event.what)) return Done{};
    const std::vector<facts::Fact> told{
        {event.at,
         event.centre_id,
         {},
         {},
         facts::CrewMoved{event.case_id.value, event.user_id.value, event.what, event.words}}};
    return journal::Journal::append(tx, told);
}

}  // namespace ys::cases
