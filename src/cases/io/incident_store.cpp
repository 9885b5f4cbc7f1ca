// SPDX-License-Identifier: Apache-2.0
#include "cases/io/incident_store.h"

#include "base/text.h"
#include "cases/errc.h"
#include "cases/io/case_filing.h"
#include "cases/io/type_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE incidents (id ID_KEY, centre_id BIGINT NOT NULL, state TEXT NOT NULL,
  title TEXT NOT NULL, category TEXT NOT NULL, place TEXT NOT NULL, since_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL, people BIGINT NOT NULL, cases BIGINT NOT NULL,
  parent_id BIGINT NOT NULL, areas TEXT NOT NULL, says TEXT NOT NULL, until_at BIGINT,
  announced TEXT NOT NULL, emergency BIGINT NOT NULL, opened_by BIGINT NOT NULL, opened_at BIGINT,
  ended_by BIGINT NOT NULL, ended_at BIGINT, words TEXT NOT NULL, is_telling BIGINT NOT NULL);
CREATE INDEX incidents_by_centre ON incidents (centre_id, id);
CREATE INDEX incidents_by_state ON incidents (state);
CREATE INDEX incidents_announced ON incidents (announced) WHERE announced IN ('wanted', 'in_force');
CREATE INDEX incidents_telling ON incidents (id) WHERE is_telling = 1;
CREATE INDEX incidents_by_parent ON incidents (parent_id) WHERE parent_id > 0;
CREATE TABLE incident_cases (incident_id BIGINT NOT NULL, case_id BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, category TEXT NOT NULL, place TEXT NOT NULL, at BIGINT NOT NULL,
  told TEXT NOT NULL, PRIMARY KEY (incident_id, case_id));
CREATE INDEX incident_cases_by_case ON incident_cases (case_id);
)";
constexpr std::size_t list_max = 200;

Result<IncidentRow> in_state(sql::Transaction& tx, const Scope& scope, IncidentId id,
                             std::string_view state) {
    YS_TRY(auto row, IncidentStore::get(tx.db(), scope, id));
    if (!row) return Error{sql::errc::not_found, "incident"};
    if (row->state != state) return Error(Errc::NotNow, "incident is " + row->state);
    return *std::move(row);
}

/// Somebody ends it, with words that are kept.
struct Ending {
    std::string_view from, to;
    UserId user;
    const std::string& words;
    UtcTime now;
};

Result<IncidentRow> ended(sql::Transaction& tx, const Scope& scope, IncidentId id,
                          const Ending& ending) {
    YS_TRY(IncidentRow row, in_state(tx, scope, id, ending.from));
    if (trimmed(ending.words).empty()) return Error(Errc::NeedsWords, std::string(ending.to));
    row.state = ending.to;
    row.ended_by = ending.user;
    row.ended_at = ending.now;
    row.words = ending.words;
    return row;
}

facts::Fact fact_of(const IncidentRow& row, UserId user, std::string to, UtcTime now,
                    CaseId id = {}) {
    return {now,
            row.centre_id,
            {},
            {},
            facts::IncidentMoved{.incident = row.id.value,
                                 .user = user.value,
                                 .to = std::move(to),
                                 .title = row.title,
                                 .place = row.place,
                                 .case_id = id.value,
                                 .people = static_cast<std::uint32_t>(row.people)}};
}

Result<Done> write(sql::Transaction& tx, const IncidentRow& row,
                   const std::vector<facts::Fact>& facts) {
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "incidents", row));
    return journal::Journal::append(tx, facts);
}

/// A case like any other, so that a unit has the work and its clocks; nobody called about it.
CaseRow parent_of(const IncidentRow& row, const IncidentOpening& opening) {
    CaseRow parent;
    const DutyPath category = path_of(row.category);
    parent.kind = category.empty() ? "other" : category.back();
    const DutyPath place = path_of(row.place);
    parent.title = row.title + "：" + (place.empty() ? "" : place.back());
    parent.detail = parent.title + "，" + std::to_string(row.people) + " 人来电，" +
                    std::to_string(row.cases) + " 件工单并为一起事件处理。";
    for (const std::string& step : place) parent.address += step;
    std::string areas;
    for (const std::string& area : opening.areas)
        if (parent.address.find(area) == parent.address.npos)
            areas += (areas.empty() ? "" : "、") + area;
    parent.address += areas;
    parent.urgency = "urgent";
    return parent;
}

}  // namespace

const sql::Schema& incident_schema() {
    static const sql::Schema it{"incidents", {sql::for_both(1, tables)}};
    return it;
}

std::string path_text(const DutyPath& path) {
    std::string out;
    for (const std::string& step : path) out += (out.empty() ? "" : "/") + step;
    return out;
}

DutyPath path_of(std::string_view text) {
    DutyPath out;
    for (const std::string_view step : split(text, '/'))
        if (!step.empty()) out.emplace_back(step);
    return out;
}

std::string_view word(IncidentState state) {
    switch (state) {
        case IncidentState::Proposed:
            return "proposed";
        case IncidentState::Open:
            return "open";
        case IncidentState::Closed:
            return "closed";
        case IncidentState::Dismissed:
            return "dismissed";
        case IncidentState::Lapsed:
            return "lapsed";
    }
    return "";
}

Result<std::vector<IncidentRow>> IncidentStore::list(sql::Database& db, const Scope& scope,
                                                     std::string_view state) {
    sql::Where where(scope, "centre_id");
    if (state == "live")
        where.also("state IN ('proposed', 'open')");
    else if (!state.empty())
        where.also("state = ?", std::string(state));
    where.value(list_max);
    return sql::select_with<IncidentRow>(
        db, "FROM incidents" + where.text() + " ORDER BY id DESC LIMIT ?", where.values());
}

Result<std::optional<IncidentRow>> IncidentStore::get(sql::Database& db, const Scope& scope,
                                                      IncidentId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<IncidentRow>(db, "FROM incidents" + where.text(), where.values());
}

Result<std::vector<IncidentCaseRow>> IncidentStore::cases(sql::Database& db, IncidentId id) {
    return sql::select<IncidentCaseRow>(
        db, "FROM incident_cases WHERE incident_id = ? ORDER BY case_id", id);
}

Result<std::optional<IncidentRow>> IncidentStore::of_case(sql::Database& db, const Scope& scope,
                                                          CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("state IN ('proposed', 'open', 'closed')");
    where.also("parent_id = ? OR id IN (SELECT incident_id FROM incident_cases WHERE case_id = ?)",
               id, id);
    return sql::select_one_with<IncidentRow>(
        db, "FROM incidents" + where.text() + " ORDER BY id DESC", where.values());
}

Result<IncidentRow> IncidentStore::open(sql::Transaction& tx, const Handbook& handbook,
                                        const Scope& scope, IncidentId id,
                                        const IncidentOpening& opening) {
    YS_TRY(IncidentRow row, in_state(tx, scope, id, "proposed"));
    const Saving saving{.user = opening.user,
                        .now = opening.now,
                        .idempotency_key = "incident-" + std::to_string(id.value),
                        .utc_offset = opening.utc_offset};
    YS_TRY(const CaseRow typed, with_type(tx.db(), row.centre_id, parent_of(row, opening)));
    YS_TRY(const CaseRow parent, CaseStore::create(tx, row.centre_id, typed, saving));
    YS_TRY([[maybe_unused]] const auto filed, file_case(tx, handbook, parent, {}, opening.now));
    row.state = "open";
    row.parent_id = parent.id;
    row.opened_by = opening.user;
    row.opened_at = opening.now;
    row.areas.clear();
    for (const std::string& area : opening.areas)
        row.areas += (row.areas.empty() ? "" : "\n") + area;
    row.says = opening.says;
    row.until_at = opening.until;
    // Without an area it would be everybody's greeting.
    const bool is_said = !row.says.empty() && !row.areas.empty() && row.until_at;
    row.announced = is_said ? "wanted" : "";
    std::vector<facts::Fact> facts{fact_of(row, opening.user, "opened", opening.now, parent.id)};
    YS_TRY(const auto members, cases(tx.db(), id));
    for (const IncidentCaseRow& each : members)
        facts.push_back(fact_of(row, opening.user, "joined", opening.now, each.case_id));
    YS_TRY([[maybe_unused]] const Done written, write(tx, row, facts));
    return row;
}

Result<IncidentRow> IncidentStore::dismiss(sql::Transaction& tx, const Scope& scope, IncidentId id,
                                           UserId user, const std::string& why, UtcTime now) {
    YS_TRY(IncidentRow row, ended(tx, scope, id, {"proposed", "dismissed", user, why, now}));
    YS_TRY([[maybe_unused]] const Done written,
           write(tx, row, {fact_of(row, user, "dismissed", now)}));
    return row;
}

Result<IncidentRow> IncidentStore::close(sql::Transaction& tx, const Scope& scope, IncidentId id,
                                         UserId user, const std::string& words, UtcTime now) {
    YS_TRY(IncidentRow row, ended(tx, scope, id, {"open", "closed", user, words, now}));
    row.is_telling = true;
    if (row.announced == "wanted") row.announced = "ended";
    YS_TRY([[maybe_unused]] const Done written,
           write(tx, row, {fact_of(row, user, "closed", now, row.parent_id)}));
    return row;
}

Result<Done> IncidentStore::announced(sql::Transaction& tx, IncidentId id, const std::string& what,
                                      std::uint64_t emergency) {
    return sql::done(tx.db().run("UPDATE incidents SET announced = ?, emergency = ? WHERE id = ?",
                                 what, emergency, id));
}

}  // namespace ys::cases
