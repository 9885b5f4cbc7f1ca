// SPDX-License-Identifier: Apache-2.0
#include "customers/io/customer_store.h"

#include <algorithm>
#include <set>

#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"
#include "platform/words/search_words.h"

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

constexpr std::string_view word_tables = R"(
CREATE TABLE customer_words (word TEXT NOT NULL, customer_id BIGINT NOT NULL,
  PRIMARY KEY (word, customer_id));
CREATE INDEX customer_words_by_customer ON customer_words (customer_id);
)";

constexpr std::size_t indexed_at_once = 500, searched_bytes_max = 200;

Result<Done> put_words(sql::Transaction& tx, const CustomerRow& customer) {
    YS_TRY([[maybe_unused]] auto done,
           tx.db().run("DELETE FROM customer_words WHERE customer_id = ?", customer.id));
    const auto address = words::words_of(customer.address, words::Sound::Heard);
    std::set<std::string> all(address.begin(), address.end());
    for (const std::string_view sign : {customer.account_number, customer.plate})
        for (std::string& piece : words::pieces_of(sign)) all.insert(std::move(piece));
    for (const std::string& word : all) {
        YS_TRY(done, tx.db().run("INSERT INTO customer_words (word, customer_id) VALUES (?, ?)",
                                 hidden(word, Hidden::Hashed), customer.id));
    }
    return Done{};
}

/// Those who have all of these words.
std::string has_all(const words::WordsOf& all, std::vector<sql::Value>& values) {
    std::string marks;
    for (const std::string& word : std::set<std::string>(all.begin(), all.end())) {
        marks += marks.empty() ? "?" : ",?";
        values.push_back(sql::to_sql(hidden(word, Hidden::Hashed)));
    }
    const auto count = static_cast<std::int64_t>(std::ranges::count(marks, '?'));
    values.push_back(sql::to_sql(count));
    return "id IN (SELECT customer_id FROM customer_words WHERE word IN (" + marks +
           ") GROUP BY customer_id HAVING COUNT(*) = ?)";
}

/// The conditions that a search text may fulfil, each with its values.
struct Found {
    std::vector<std::string> any;
    std::vector<sql::Value> values;
};

Found by_text(std::string_view text) {
    Found out;
    out.any = {"name = ?", "id IN (SELECT customer_id FROM customer_numbers WHERE number = ?)"};
    out.values = {sql::to_sql(Private(text)), sql::to_sql(Private(text))};
    text = text.substr(0, searched_bytes_max);
    std::string address;
    for (const words::SearchTerm& term : words::terms_of(text)) {
        std::string either;
        for (const words::WordsOf& all : term.any)
            either += (either.empty() ? "" : " OR ") + has_all(all, out.values);
        address += (address.empty() ? "(" : " AND (") + either + ")";
    }
    if (!address.empty()) out.any.push_back(std::move(address));
    if (const auto pieces = words::pieces_of(text); !pieces.empty())
        out.any.push_back(has_all(pieces, out.values));
    return out;
}

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
    static const sql::Schema it{
        "customers",
        {sql::for_both(1, tables), sql::for_both(2, plates), sql::for_both(3, word_tables)}};
    return it;
}

Result<CustomerId> CustomerStore::add(sql::Transaction& tx, CustomerRow customer,
                                      const std::vector<std::string>& numbers) {
    YS_TRY(customer.id.value, sql::own_number(tx, "customers", customer.id.value));
    YS_TRY([[maybe_unused]] const auto n, sql::insert(tx, "customers", customer));
    YS_TRY([[maybe_unused]] const Done found, put_words(tx, customer));
    YS_TRY([[maybe_unused]] const auto set,
           set_numbers(tx, customer.centre_id, customer.id, numbers));
    return customer.id;
}

Result<Done> CustomerStore::update(sql::Transaction& tx, CentreId centre,
                                   const CustomerRow& customer) {
    YS_TRY(
        [[maybe_unused]] const Done changed,
        sql::found(
            tx.db().run("UPDATE customers SET name = ?, address = ?, account_number = ?, tags = ?,"
                        " note = ?, plate = ? WHERE centre_id = ? AND id = ?",
                        customer.name, customer.address, customer.account_number, customer.tags,
                        customer.note, customer.plate, centre, customer.id),
            "changing a customer"));
    return put_words(tx, customer);
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
    if (!text.empty()) {
        const Found found = by_text(text);
        std::string any;
        for (const std::string& each : found.any) any += (any.empty() ? "" : " OR ") + each;
        where.also(any);
        for (const sql::Value& value : found.values) where.value(value);
    }
    where.value(limit);
    return sql::select_with<CustomerRow>(
        db, "FROM customers" + where.text() + " ORDER BY id DESC LIMIT ?", where.values());
}

Result<Done> CustomerStore::index_again(sql::Database& db) {
    for (CustomerId after{};;) {
        YS_TRY(const auto rows,
               sql::select<CustomerRow>(db, "FROM customers WHERE id > ? ORDER BY id LIMIT ?",
                                        after, indexed_at_once));
        YS_TRY(sql::Transaction tx, sql::Transaction::begin(db));
        if (!after) {
            YS_TRY([[maybe_unused]] const auto gone, tx.db().run("DELETE FROM customer_words"));
        }
        for (const CustomerRow& row : rows) {
            YS_TRY([[maybe_unused]] const Done found, put_words(tx, row));
        }
        YS_TRY([[maybe_unused]] const Done kept, tx.commit());
        if (rows.size() < indexed_at_once) return Done{};
        after = rows.back().id;
    }
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
