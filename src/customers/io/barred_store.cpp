// SPDX-License-Identifier: Apache-2.0
#include "customers/io/barred_store.h"

#include "facts/facts.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/where.h"

namespace ys::customers {
namespace {

constexpr std::size_t listed_max = 200;

constexpr std::string_view tables = R"(
CREATE TABLE barred_callers (id ID_KEY, centre_id BIGINT NOT NULL, number TEXT NOT NULL,
  reason TEXT NOT NULL, until_at BIGINT NOT NULL, asked_by BIGINT NOT NULL,
  asked_at BIGINT NOT NULL, confirmed_by BIGINT NOT NULL, confirmed_at BIGINT,
  lifted_by BIGINT NOT NULL, lifted_at BIGINT);
CREATE INDEX barred_callers_by_number ON barred_callers (number, until_at);
)";

constexpr std::string_view names =
    ", COALESCE((SELECT u.name FROM users u WHERE u.id = b.asked_by), '')"
    ", COALESCE((SELECT u.name FROM users u WHERE u.id = b.confirmed_by), '')"
    ", COALESCE((SELECT u.name FROM users u WHERE u.id = b.lifted_by), '')";

Result<Done> write_fact(sql::Transaction& tx, const BarredRow& row, UserId user,
                        std::string_view what, UtcTime now) {
    const facts::Fact fact{
        now,
        row.centre_id,
        {},
        AgentId{user.value},
        facts::CallerBarred{user.value, std::string(what), row.number, row.until_at, row.reason}};
    return journal::Journal::append(tx, {&fact, 1});
}

Result<BarredRow> one_that_is(sql::Transaction& tx, const Scope& scope, BarredId id, UtcTime now,
                              bool also_in_force) {
    YS_TRY(const auto row, BarredStore::get(tx.db(), scope, id));
    if (!row) return Error{sql::errc::not_found, "a barred caller"};
    const std::string state = row->state(now);
    if (state == "asked" || (also_in_force && state == "in_force")) return *row;
    return Error{sql::errc::stale, "a barred caller that is " + state};
}

}  // namespace

const sql::Schema& barred_schema() {
    static const sql::Schema it{"barred", {sql::for_both(1, tables)}};
    return it;
}

std::string BarredRow::state(UtcTime now) const {
    if (lifted_by) return "lifted";
    if (until_at <= now) return "ended";
    return confirmed_by ? "in_force" : "asked";
}

Result<BarredId> BarredStore::ask(sql::Transaction& tx, BarredRow fields, UtcTime now) {
    YS_TRY(const int there,
           tx.db().value<int>(0,
                              "SELECT COUNT(*) FROM barred_callers WHERE centre_id = ?"
                              " AND number = ? AND until_at > ? AND lifted_by = 0",
                              fields.centre_id, fields.number, now));
    if (there > 0) return Error{sql::errc::unique_violation, "a barred caller"};
    YS_TRY(fields.id.value, sql::own_number(tx, "barred_callers", 0));
    fields.asked_at = now;
    fields.confirmed_by = fields.lifted_by = {};
    fields.confirmed_at = fields.lifted_at = std::nullopt;
    YS_TRY([[maybe_unused]] const auto n, sql::insert(tx, "barred_callers", fields));
    YS_TRY([[maybe_unused]] const auto told, write_fact(tx, fields, fields.asked_by, "asked", now));
    return fields.id;
}

Result<Done> BarredStore::confirm(sql::Transaction& tx, const Scope& scope, BarredId id,
                                  UserId user, UtcTime now) {
    YS_TRY(const BarredRow row, one_that_is(tx, scope, id, now, false));
    if (row.asked_by == user) return Error{sql::errc::unique_violation, "barred by one person"};
    YS_TRY([[maybe_unused]] const auto n,
           tx.db().run("UPDATE barred_callers SET confirmed_by = ?, confirmed_at = ?"
                       " WHERE centre_id = ? AND id = ?",
                       user, now, row.centre_id, id));
    return write_fact(tx, row, user, "confirmed", now);
}

Result<Done> BarredStore::lift(sql::Transaction& tx, const Scope& scope, BarredId id, UserId user,
                               UtcTime now) {
    YS_TRY(const BarredRow row, one_that_is(tx, scope, id, now, true));
    YS_TRY([[maybe_unused]] const auto n,
           tx.db().run("UPDATE barred_callers SET lifted_by = ?, lifted_at = ?"
                       " WHERE centre_id = ? AND id = ?",
                       user, now, row.centre_id, id));
    return write_fact(tx, row, user, "lifted", now);
}

Result<bool> BarredStore::is_barred(sql::Database& db, const Scope& scope, std::string_view number,
                                    UtcTime now) {
    sql::Where where(scope, "centre_id");
    where.also("number = ? AND until_at > ? AND confirmed_by > 0 AND lifted_by = 0",
               Private(number), now);
    YS_TRY(const auto rows,
           sql::select_with<BarredRow>(db, "FROM barred_callers" + where.text(), where.values()));
    return !rows.empty();
}

Result<std::optional<BarredRow>> BarredStore::get(sql::Database& db, const Scope& scope,
                                                  BarredId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<BarredRow>(db, "FROM barred_callers" + where.text(),
                                           where.values());
}

Result<std::vector<BarredListRow>> BarredStore::list(sql::Database& db, const Scope& scope) {
    static const std::string head =
        "SELECT " + sql::columns<BarredRow>("b.") + std::string(names) + " FROM barred_callers b";
    sql::Where where(scope, "b.centre_id");
    where.value(listed_max);
    std::vector<BarredListRow> out;
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with(head + where.text() + " ORDER BY b.id DESC LIMIT ?", where.values(),
                       [&](const auto& row) { out.push_back(sql::read_row<BarredListRow>(row)); }));
    return out;
}

}  // namespace ys::customers
