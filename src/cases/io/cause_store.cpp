// SPDX-License-Identifier: Apache-2.0
#include "cases/io/cause_store.h"

#include <algorithm>

#include "cases/io/type_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE case_causes (centre_id BIGINT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
  title_en TEXT NOT NULL, kind TEXT NOT NULL, hot_key TEXT NOT NULL, asks TEXT NOT NULL,
  close_below_percent BIGINT NOT NULL, ordinal BIGINT NOT NULL, is_offered BIGINT NOT NULL,
  PRIMARY KEY (centre_id, code));
CREATE TABLE named_causes (id ID_KEY, centre_id BIGINT NOT NULL, interaction_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL, cause TEXT NOT NULL, type TEXT NOT NULL, place TEXT NOT NULL,
  route TEXT NOT NULL, at BIGINT NOT NULL, user_id BIGINT NOT NULL, changed_at BIGINT);
CREATE UNIQUE INDEX named_causes_by_call ON named_causes (interaction_id)
  WHERE interaction_id > 0;
CREATE INDEX named_causes_by_case ON named_causes (case_id) WHERE case_id > 0;
CREATE INDEX named_causes_by_week ON named_causes (centre_id, at, cause);
)";

constexpr std::string_view below =
    "centre_id IN (WITH RECURSIVE below(id) AS (SELECT CAST(? AS BIGINT) UNION"
    " SELECT c.id FROM centres c JOIN below b ON c.parent_id = b.id) SELECT id FROM below)";
constexpr std::string_view in_place = "place = ? OR substr(place, 1, length(?) + 1) = ? || '/'";

std::string_view column(GroupedBy by) {
    constexpr std::array columns{std::string_view("''"), std::string_view("type"),
                                 std::string_view("place"), std::string_view("route")};
    return columns[static_cast<std::size_t>(by)];
}

void narrow(sql::Where& where, const CauseMatch& match) {
    if (!match.cause.empty()) where.also("cause = ?", match.cause);
    if (!match.type.empty()) where.also("type = ?", match.type);
    if (!match.place.empty()) where.also(in_place, match.place, match.place, match.place);
    if (!match.route.empty()) where.also("route = ?", match.route);
}

/// The contact of a call, or of a case that came by no call.
Result<std::optional<NamedCauseRow>> same_contact(sql::Database& db, const NamedCauseRow& row) {
    if (row.interaction_id)
        return sql::select_one<NamedCauseRow>(db, "FROM named_causes WHERE interaction_id = ?",
                                              row.interaction_id);
    return sql::select_one<NamedCauseRow>(
        db, "FROM named_causes WHERE interaction_id = 0 AND case_id = ?", row.case_id);
}

Result<Done> tell(sql::Transaction& tx, const NamedCauseRow& row, UtcTime now) {
    const facts::Fact fact{now, row.centre_id, row.interaction_id, AgentId{row.user_id.value},
                           facts::CauseNamed{row.case_id.value, row.cause, row.user_id.value}};
    return journal::Journal::append(tx, {&fact, 1});
}

}  // namespace

const sql::Schema& cause_schema() {
    static const sql::Schema it{"causes", {sql::for_both(1, tables)}};
    return it;
}

std::optional<GroupedBy> grouped_by_from(std::string_view word) {
    constexpr std::array words{std::string_view("cause"), std::string_view("type"),
                               std::string_view("place"), std::string_view("route")};
    const auto* at = std::ranges::find(words, word);
    if (at == words.end()) return std::nullopt;
    return static_cast<GroupedBy>(at - words.begin());
}

Result<Done> CauseStore::set_list(sql::Transaction& tx, CentreId centre,
                                  const std::vector<CauseRow>& causes) {
    YS_TRY([[maybe_unused]] const auto gone,
           tx.db().run("UPDATE case_causes SET is_offered = 0 WHERE centre_id = ?", centre));
    std::int32_t ordinal = 0;
    for (CauseRow row : causes) {
        row.centre_id = centre;
        row.ordinal = ordinal++;
        row.is_offered = true;
        YS_TRY([[maybe_unused]] const auto put,
               sql::put(tx, "case_causes", row, "centre_id, code"));
    }
    return Done{};
}

Result<std::vector<CauseRow>> CauseStore::list(sql::Database& db, CentreId centre) {
    YS_TRY(const Lineage lineage, TypeStore::lineage(db, centre));
    for (const CentreId each : lineage) {
        YS_TRY(auto rows,
               sql::select<CauseRow>(
                   db, "FROM case_causes WHERE centre_id = ? ORDER BY is_offered DESC, ordinal",
                   each));
        if (!rows.empty()) return rows;
    }
    return std::vector<CauseRow>{};
}

Result<NamedCauseRow> CauseStore::name(sql::Transaction& tx, NamedCauseRow row, UtcTime now) {
    YS_TRY(const auto known, list(tx.db(), row.centre_id));
    const bool is_offered = std::ranges::any_of(
        known, [&](const CauseRow& each) { return each.code == row.cause && each.is_offered; });
    if (!row.cause.empty() && !is_offered) return Error{sql::errc::not_found, "a cause"};
    YS_TRY(const auto there, same_contact(tx.db(), row));
    row.at = there ? there->at : now;
    if (there) {
        row.id = there->id;
        row.changed_at = now;
        // Named in the call, before there was a case; or on the page of a case, later.
        if (!row.case_id) row.case_id = there->case_id;
        if (row.type.empty()) row.type = there->type;
        if (row.place.empty()) row.place = there->place;
    }
    YS_TRY([[maybe_unused]] const Done told, tell(tx, row, now));
    if (row.cause.empty()) {
        YS_TRY([[maybe_unused]] const auto gone,
               tx.db().run("DELETE FROM named_causes WHERE id = ?", row.id));
        return row;
    }
    if (row.id == 0) {
        YS_TRY(row.id, sql::next_number(tx, "named_causes"));
    }
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "named_causes", row));
    return row;
}

Result<std::optional<NamedCauseRow>> CauseStore::of_call(sql::Database& db, const Scope& scope,
                                                         InteractionId call) {
    sql::Where where(scope, "centre_id");
    where.also("interaction_id = ?", call);
    return sql::select_one_with<NamedCauseRow>(db, "FROM named_causes" + where.text(),
                                               where.values());
}

Result<std::optional<NamedCauseRow>> CauseStore::of_case(sql::Database& db, const Scope& scope,
                                                         CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    // A second call about the same case is a contact of its own; the page shows the first.
    return sql::select_one_with<NamedCauseRow>(
        db, "FROM named_causes" + where.text() + " ORDER BY at, id", where.values());
}

Result<std::vector<CauseGroup>> CauseStore::groups(sql::Database& db, const Scope& scope,
                                                   const FixWeeks& weeks, GroupedBy by,
                                                   const CauseMatch& wanted) {
    if (!weeks.since) return std::vector<CauseGroup>{};
    const std::string value(column(by));
    sql::Where where(scope, "centre_id");
    where.also("at >= ? AND at < ?", weeks.before.from, weeks.since->to);
    narrow(where, wanted);
    std::vector<sql::Value> values{sql::to_sql(weeks.since->from), sql::to_sql(weeks.since->from)};
    values.insert(values.end(), where.values().begin(), where.values().end());
    std::vector<CauseGroup> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.run_with("SELECT cause, " + value +
                           " AS value, SUM(CASE WHEN at < ? THEN 1 ELSE 0 END) AS before_n,"
                           " SUM(CASE WHEN at >= ? THEN 1 ELSE 0 END) AS since_n"
                           " FROM named_causes" +
                           where.text() + " GROUP BY 1, 2 ORDER BY 4 DESC, 3 DESC, 1, 2 LIMIT 200",
                       values, [&](const sql::Row& row) {
                           out.push_back(sql::read_row<CauseGroup>(row));
                       }));
    return out;
}

Result<std::int64_t> CauseStore::count(sql::Database& db, CentreId centre,
                                       const std::vector<CauseMatch>& matches,
                                       const TimeSpan& span) {
    if (matches.empty()) return std::int64_t{0};
    sql::Where where = sql::Where::of_all();
    where.also(below, centre);
    where.also("at >= ? AND at < ?", span.from, span.to);
    std::string any;
    std::vector<sql::Value> values = where.values();
    for (const CauseMatch& match : matches) {
        sql::Where one = sql::Where::of_all();
        narrow(one, match);
        any += (any.empty() ? "(" : " OR (") +
               one.text().substr(std::string_view(" WHERE ").size()) + ")";
        values.insert(values.end(), one.values().begin(), one.values().end());
    }
    std::int64_t out = 0;
    YS_TRY([[maybe_unused]] const auto read,
           db.run_with("SELECT COUNT(*) FROM named_causes" + where.text() + " AND (" + any + ")",
                       values, [&](const sql::Row& row) { row.get(0, out); }));
    return out;
}

Result<WeekCounts> CauseStore::count(sql::Database& db, CentreId centre,
                                     const std::vector<CauseMatch>& matches,
                                     const FixWeeks& weeks) {
    WeekCounts out;
    YS_TRY(out.before, count(db, centre, matches, weeks.before));
    if (weeks.since) {
        YS_TRY(out.since, count(db, centre, matches, *weeks.since));
    }
    return out;
}

}  // namespace ys::cases
