// SPDX-License-Identifier: Apache-2.0
#include "customers/io/customer_store.h"

#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::customers {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE customers (id ID_KEY, centre_id BIGINT NOT NULL, name TEXT NOT NULL,
  address TEXT NOT NULL, account_number TEXT NOT NULL, tags TEXT NOT NULL, note TEXT NOT NULL,
  created_at BIGINT NOT NULL);
CREATE INDEX customers_by_centre ON customers (centre_id, id);
CREATE TABLE customer_numbers (customer_id BIGINT NOT NULL REFERENCES customers (id),
  number TEXT NOT NULL, centre_id BIGINT NOT NULL, place BIGINT NOT NULL,
  PRIMARY KEY (customer_id, number));
CREATE INDEX customer_numbers_by_number ON customer_numbers (number, centre_id);
)";

constexpr std::string_view plates = R"(
ALTER TABLE customers ADD COLUMN plate TEXT NOT NULL DEFAULT '';
)";

/// One half of the timeline, its conditions gathered in `where`.
struct Half {
    std::string text;
    sql::Where where;
};

/// Tied to this person, or to this number; nothing when neither is known.
void concerns(sql::Where& where, const TimelineOf& of) {
    // The number given for calling back, that of the call it was taken in, or of somebody of the
    // case who did not take their consent back.
    where.also(
        "(? <> 0 AND k.customer_id = ?) OR (? <> '' AND (k.phone = ?"
        " OR k.interaction_id IN (SELECT i.id FROM calls i WHERE i.caller = ?)"
        " OR k.id IN (SELECT p.case_id FROM case_people p WHERE p.phone = ? AND p.phone <> ''"
        " AND (p.consent <> 'none' OR p.consent_at IS NULL))))",
        of.customer, of.customer, of.number, Private(of.number), Private(of.number),
        Private(of.number));
}

Half calls(const Scope& scope, const TimelineOf& of) {
    sql::Where where(scope, "c.centre_id");
    where.also(
        "(? <> 0 AND c.customer_id = ?) OR (? <> '' AND (c.caller = ? OR (c.dialled = ?"
        " AND c.direction = 'out')))",
        of.customer, of.customer, of.number, Private(of.number), Private(of.number));
    if (of.before) where.also("c.arrived_at < ?", *of.before);
    return {
        "SELECT 'call' AS kind, c.id AS id, c.arrived_at AS at, CASE WHEN c.direction = 'out'"
        " THEN c.dialled ELSE c.caller END AS number,"
        " COALESCE((SELECT q.title FROM queues q WHERE q.id = c.queue_id), '') AS title,"
        " c.cause AS status, c.agent_id AS agent_id,"
        " COALESCE((SELECT u.name FROM users u WHERE u.id = c.agent_id), '') AS agent_name,"
        " c.talked_ms AS talked_ms, c.direction AS direction,"
        " COALESCE((SELECT r.id FROM recordings r WHERE r.interaction_id = c.id"
        " AND r.purpose = 'call' ORDER BY r.id LIMIT 1), 0) AS recording_id FROM calls c" +
            where.text(),
        where};
}

Half cases(const Scope& scope, const TimelineOf& of) {
    sql::Where where(scope, "k.centre_id");
    concerns(where, of);
    where.also("k.is_confidential = 0");
    if (of.before) where.also("k.created_at < ?", *of.before);
    return {
        "SELECT 'case' AS kind, k.id AS id, k.created_at AS at, k.number AS number,"
        " k.title AS title, k.status AS status, k.created_by AS agent_id,"
        " COALESCE((SELECT u.name FROM users u WHERE u.id = k.created_by), '') AS agent_name,"
        " 0 AS talked_ms, '' AS direction, 0 AS recording_id FROM cases k" +
            where.text(),
        where};
}

}  // namespace

const sql::Schema& schema() {
    static const sql::Schema it{"customers", {sql::for_both(1, tables), sql::for_both(2, plates)}};
    return it;
}

Result<CustomerId> CustomerStore::add(sql::Transaction& tx, CustomerRow customer,
                                      const std::vector<std::string>& numbers) {
    YS_TRY(customer.id.value, sql::own_number(tx, "customers", customer.id.value));
    YS_TRY([[maybe_unused]] const auto n, sql::insert(tx, "customers", customer));
    YS_TRY([[maybe_unused]] const auto set,
           set_numbers(tx, customer.centre_id, customer.id, numbers));
    return customer.id;
}

Result<Done> CustomerStore::update(sql::Transaction& tx, CentreId centre,
                                   const CustomerRow& customer) {
    return sql::found(
        tx.db().run("UPDATE customers SET name = ?, address = ?, account_number = ?, tags = ?,"
                    " note = ?, plate = ? WHERE centre_id = ? AND id = ?",
                    customer.name, customer.address, customer.account_number, customer.tags,
                    customer.note, customer.plate, centre, customer.id),
        "changing a customer");
}

Result<Done> CustomerStore::set_numbers(sql::Transaction& tx, CentreId centre, CustomerId id,
                                        const std::vector<std::string>& numbers) {
    YS_TRY(const auto customer, get(tx.db(), Scope::of(centre), id));
    if (!customer) return Error{sql::errc::not_found, "setting a customer's numbers"};
    YS_TRY([[maybe_unused]] const auto gone,
           tx.db().run("DELETE FROM customer_numbers WHERE customer_id = ?", id));
    std::int64_t place = 0;
    for (const std::string& number : numbers) {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("INSERT INTO customer_numbers (customer_id, number, centre_id, place)"
                           " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                           id, Private(number), centre, place++));
    }
    return Done{};
}

Result<std::optional<CustomerRow>> CustomerStore::get(sql::Database& db, const Scope& scope,
                                                      CustomerId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<CustomerRow>(db, "FROM customers" + where.text(), where.values());
}

Result<std::vector<std::string>> CustomerStore::numbers(sql::Database& db, const Scope& scope,
                                                        CustomerId id) {
    sql::Where where(scope, "centre_id");
    where.also("customer_id = ?", id);
    std::vector<std::string> out;
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with("SELECT number FROM customer_numbers" + where.text() + " ORDER BY place",
                       where.values(), [&](const sql::Row& row) {
                           Private number;
                           row.get(0, number);
                           out.push_back(std::move(number));
                       }));
    return out;
}

Result<std::vector<CustomerRow>> CustomerStore::find_by_number(sql::Database& db,
                                                               const Scope& scope,
                                                               std::string_view number) {
    sql::Where where(scope, "centre_id");
    where.also("id IN (SELECT customer_id FROM customer_numbers WHERE number = ?)",
               Private(number));
    return sql::select_with<CustomerRow>(
        db, "FROM customers" + where.text() + " ORDER BY id DESC LIMIT 20", where.values());
}

Result<std::vector<CustomerRow>> CustomerStore::search(sql::Database& db, const Scope& scope,
                                                       std::string_view text, std::size_t limit) {
    sql::Where where(scope, "centre_id");
    const std::string has = sql::containing(text);
    where.also(
        "name = ? OR address LIKE ? ESCAPE '!' OR account_number LIKE ? ESCAPE '!'"
        " OR plate LIKE ? ESCAPE '!'"
        " OR id IN (SELECT customer_id FROM customer_numbers WHERE number = ?)",
        Private(text), has, has, has, Private(text));
    where.value(limit);
    return sql::select_with<CustomerRow>(
        db, "FROM customers" + where.text() + " ORDER BY id DESC LIMIT ?", where.values());
}

Result<std::vector<TimelineItem>> CustomerStore::timeline(sql::Database& db, const Scope& scope,
                                                          const TimelineOf& of) {
    const Half first = calls(scope, of);
    const Half second = cases(scope, of);
    std::vector<sql::Value> values = first.where.values();
    values.insert(values.end(), second.where.values().begin(), second.where.values().end());
    values.push_back(sql::to_sql(of.limit));
    return sql::select_with<TimelineItem>(
        db,
        "FROM (" + first.text + " UNION ALL " + second.text +
            ") AS both_kinds ORDER BY at DESC, kind, id DESC LIMIT ?",
        values);
}

}  // namespace ys::customers
