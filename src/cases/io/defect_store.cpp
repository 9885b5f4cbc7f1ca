// SPDX-License-Identifier: Apache-2.0
#include "cases/io/defect_store.h"

#include <algorithm>

#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE defects (id ID_KEY, centre_id BIGINT NOT NULL, kind TEXT NOT NULL,
  title TEXT NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL, partner TEXT NOT NULL,
  due_on TEXT NOT NULL, done_at BIGINT, close_below_percent BIGINT NOT NULL,
  made_by BIGINT NOT NULL, made_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL);
CREATE INDEX defects_by_centre ON defects (centre_id, id);
CREATE TABLE defect_causes (defect_id BIGINT NOT NULL, cause TEXT NOT NULL, type TEXT NOT NULL,
  place TEXT NOT NULL, route TEXT NOT NULL, PRIMARY KEY (defect_id, cause, type, place, route));
CREATE TABLE defect_events (defect_id BIGINT NOT NULL, number BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, at BIGINT NOT NULL, user_id BIGINT NOT NULL, partner TEXT NOT NULL,
  verb TEXT NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL, due_on TEXT NOT NULL,
  words TEXT NOT NULL, PRIMARY KEY (defect_id, number));
CREATE TABLE defect_answers (partner TEXT NOT NULL, webhook_id TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (partner, webhook_id));
)";

struct MatchRow {
    DefectId defect_id{};
    std::string cause{}, type{}, place{}, route{};
};
BOOST_DESCRIBE_STRUCT(MatchRow, (), (defect_id, cause, type, place, route))

struct AnswerRow {
    std::string partner{}, webhook_id{};
    UtcTime at{};
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (partner, webhook_id, at))

/// The row's new version, its event and the fact.
Result<Done> keep(sql::Transaction& tx, const DefectRow& row, const std::string& verb,
                  const DefectActing& by, const std::string& words) {
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "defects", row));
    const DefectEventRow event{.defect_id = row.id,
                               .number = row.version,
                               .centre_id = row.centre_id,
                               .at = row.changed_at,
                               .user_id = by.user,
                               .partner = by.partner,
                               .verb = verb,
                               .state = row.state,
                               .owner = row.owner,
                               .due_on = row.due_on,
                               .words = words};
    YS_TRY([[maybe_unused]] const auto kept, sql::insert(tx, "defect_events", event));
    const facts::Fact fact{row.changed_at,
                           row.centre_id,
                           {},
                           AgentId{by.user.value},
                           facts::DefectMoved{row.id.value, verb, by.user.value, words}};
    return journal::Journal::append(tx, {&fact, 1});
}

}  // namespace

const sql::Schema& defect_schema() {
    static const sql::Schema it{"defects", {sql::for_both(1, tables)}};
    return it;
}

Defect DefectRow::defect() const {
    return {defect_state_from(state).value_or(DefectState::Dropped),
            owner,
            partner,
            due_on,
            done_at,
            close_below_percent};
}

void DefectRow::set(const Defect& defect) {
    state = word(defect.state);
    owner = defect.owner;
    partner = defect.partner;
    due_on = defect.due_on;
    done_at = defect.done_at;
}

Result<DefectRow> DefectStore::make(sql::Transaction& tx, DefectRow row,
                                    const std::vector<CauseMatch>& matches) {
    YS_TRY(const auto known, CauseStore::list(tx.db(), row.centre_id));
    // The strictest of its causes decides how far they must fall.
    row.close_below_percent = 100;
    for (const CauseMatch& match : matches) {
        const auto cause = std::ranges::find(known, match.cause, &CauseRow::code);
        if (cause == known.end()) return Error{sql::errc::not_found, "a cause"};
        row.close_below_percent = std::min(row.close_below_percent, cause->close_below_percent);
    }
    YS_TRY(row.id.value, sql::next_number(tx, "defects"));
    row.state = word(DefectState::Open);
    row.changed_at = row.made_at;
    row.version = 1;
    for (const CauseMatch& match : matches) {
        const MatchRow each{row.id, match.cause, match.type, match.place, match.route};
        YS_TRY([[maybe_unused]] const auto put,
               sql::insert(tx, "defect_causes", each, "ON CONFLICT DO NOTHING"));
    }
    YS_TRY([[maybe_unused]] const Done kept,
           keep(tx, row, "make", {.user = row.made_by}, row.title));
    return row;
}

Result<std::vector<DefectRow>> DefectStore::list(sql::Database& db, const Scope& scope,
                                                 bool is_live) {
    sql::Where where(scope, "centre_id");
    if (is_live) where.also("state NOT IN ('closed', 'dropped')");
    return sql::select_with<DefectRow>(
        db, "FROM defects" + where.text() + " ORDER BY id DESC LIMIT 500", where.values());
}

Result<std::optional<DefectRow>> DefectStore::get(sql::Database& db, const Scope& scope,
                                                  DefectId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<DefectRow>(db, "FROM defects" + where.text(), where.values());
}

Result<std::optional<DefectRow>> DefectStore::of_partner(sql::Database& db,
                                                         std::string_view partner, DefectId id) {
    return sql::select_one<DefectRow>(
        db, "FROM defects WHERE id = ? AND partner = ? AND partner <> ''", id, partner);
}

Result<std::vector<CauseMatch>> DefectStore::matches(sql::Database& db, DefectId id) {
    return sql::select<CauseMatch>(
        db, "FROM defect_causes WHERE defect_id = ? ORDER BY cause, type, place, route", id);
}

Result<std::vector<DefectEventRow>> DefectStore::events(sql::Database& db, DefectId id) {
    return sql::select<DefectEventRow>(
        db, "FROM defect_events WHERE defect_id = ? ORDER BY number DESC LIMIT 200", id);
}

Result<DefectWeeks> DefectStore::weeks(sql::Database& db, const DefectRow& row, UtcTime now) {
    DefectWeeks out;
    out.weeks = row.done_at ? weeks_of_fix(*row.done_at, now) : weeks_up_to(now);
    YS_TRY(const auto rules, matches(db, row.id));
    YS_TRY(out.counts, CauseStore::count(db, row.centre_id, rules, out.weeks));
    return out;
}

Result<DefectActed> DefectStore::act(sql::Transaction& tx, DefectRow row,
                                     const DefectCommand& command, const DefectActing& by) {
    if (by.version != 0 && by.version != row.version)
        return Error{sql::errc::stale, "moving a defect"};
    DefectActed out{.row = std::move(row)};
    YS_TRY(const DefectWeeks weeks, DefectStore::weeks(tx.db(), out.row, command.now));
    out.counts = weeks.counts;
    Defect defect = out.row.defect();
    out.refused = on(defect, command, out.counts);
    if (out.refused) return out;
    out.row.set(defect);
    out.row.changed_at = command.now;
    out.row.version += 1;
    YS_TRY([[maybe_unused]] const Done kept,
           keep(tx, out.row, std::string(word(command.verb)), by, command.words));
    return out;
}

Result<bool> DefectStore::seen_before(sql::Transaction& tx, std::string_view partner,
                                      std::string_view webhook_id, UtcTime now) {
    YS_TRY(const auto put,
           sql::insert(tx, "defect_answers",
                       AnswerRow{std::string(partner), std::string(webhook_id), now},
                       "ON CONFLICT DO NOTHING"));
    return put == 0;
}

}  // namespace ys::cases
