// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_store.h"

#include <algorithm>

#include "base/text.h"
#include "cases/case_form.h"
#include "cases/case_number.h"
#include "cases/handbook.h"
#include "cases/io/case_search.h"
#include "cases/io/case_tables.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE cases (id ID_KEY, centre_id BIGINT NOT NULL, number TEXT NOT NULL, day TEXT NOT NULL,
  interaction_id BIGINT NOT NULL, customer_id BIGINT NOT NULL, kind TEXT NOT NULL,
  title TEXT NOT NULL, detail TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL,
  address TEXT NOT NULL, urgency TEXT NOT NULL, wishes TEXT NOT NULL, status TEXT NOT NULL,
  created_at BIGINT NOT NULL, created_by BIGINT NOT NULL, changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE UNIQUE INDEX cases_by_number ON cases (centre_id, number, day);
CREATE INDEX cases_by_interaction ON cases (interaction_id) WHERE interaction_id > 0;
CREATE INDEX cases_by_customer ON cases (customer_id) WHERE customer_id > 0;
CREATE INDEX cases_by_phone ON cases (phone) WHERE phone <> '';
CREATE TABLE case_keys (user_id BIGINT NOT NULL, idempotency_key TEXT NOT NULL,
  case_id BIGINT NOT NULL, PRIMARY KEY (user_id, idempotency_key));
CREATE TABLE drafts (centre_id BIGINT NOT NULL, user_id BIGINT NOT NULL,
  interaction_id BIGINT NOT NULL, body TEXT NOT NULL, saved_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, interaction_id));
)";

/// Somebody of the case who did not take their consent back (case_people.h).
constexpr const char* by_number_of_people =
    "id IN (SELECT p.case_id FROM case_people p WHERE p.phone = ? AND p.phone <> ''"
    " AND (p.consent <> 'none' OR p.consent_at IS NULL))";
constexpr const char* by_name_of_people =
    "id IN (SELECT p.case_id FROM case_people p WHERE p.name = ? AND p.name <> ''"
    " AND (p.consent <> 'none' OR p.consent_at IS NULL))";

// What cases of old are is what their kinds were.
constexpr std::string_view type_columns = R"(
ALTER TABLE cases ADD COLUMN nature TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN kind_title TEXT NOT NULL DEFAULT '';
UPDATE cases SET nature = CASE WHEN kind IN ('outage', 'billing') THEN 'question'
  WHEN kind IN ('refund', 'other') THEN 'help' WHEN kind IN ('no_heat', 'leak') THEN 'repair'
  WHEN kind IN ('question', 'help', 'complaint', 'report', 'suggestion', 'praise', 'repair')
  THEN kind ELSE '' END;
ALTER TABLE case_files ADD COLUMN workflow TEXT NOT NULL DEFAULT '';
ALTER TABLE case_files ADD COLUMN workflow_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_files ADD COLUMN clock_preset TEXT NOT NULL DEFAULT '';
ALTER TABLE case_files ADD COLUMN is_automatic BIGINT NOT NULL DEFAULT 0;
UPDATE case_files SET is_automatic = 1 WHERE type IN ('repair', 'no_heat', 'leak');
)";

// What a list is narrowed by is read from its newest end, and what has to be tended is found,
// whatever else the table holds.
constexpr std::string_view list_indexes = R"(
CREATE INDEX cases_by_kind ON cases (kind, id);
CREATE INDEX cases_by_time ON cases (created_at, id);
CREATE INDEX cases_open ON cases (id) WHERE status = 'open';
CREATE INDEX case_files_automatic ON case_files (handler)
  WHERE state = 'dispatched' AND is_automatic <> 0;
)";

/// "2026-11-24" where the centre is.
std::string local_day(const Saving& saving) {
    const std::int64_t offset_us = std::chrono::microseconds(saving.utc_offset).count();
    return to_rfc3339(UtcTime{saving.now.us + offset_us}).substr(0, 10);
}

/// The number of a serial of this day.
CaseNumber number_of(std::string_view day, std::uint64_t serial) {
    return {.month = static_cast<unsigned>(*parse_number(day.substr(5, 2))),
            .day = static_cast<unsigned>(*parse_number(day.substr(8, 2))),
            .serial = static_cast<std::uint32_t>(serial)};
}

/// A kind that the program knows has its nature; the others have that of their type, which who
/// saves it has looked up (with_type).
void complete(CaseRow& row) {
    if (const Kind* known = find_kind(row.kind)) row.nature = word(known->nature);
    row.is_confidential = row.is_confidential || is_confidential(row.kind, row.nature);
}

Result<bool> is_free(sql::Transaction& tx, const CaseRow& row) {
    YS_TRY(const int used, tx.db().value<int>(0,
                                              "SELECT COUNT(*) FROM cases WHERE centre_id = ?"
                                              " AND number = ? AND day = ?",
                                              row.centre_id, row.number, row.day));
    return used == 0;
}

/// The reserved one while it is of today and unused, else the next.
Result<Done> give_number(sql::Transaction& tx, CaseRow& row, const Saving& saving) {
    row.day = local_day(saving);
    row.number = saving.reserved_number;
    if (CaseStore::is_number_of_day(row.number, saving)) {
        YS_TRY(const bool can_have_it, is_free(tx, row));
        if (can_have_it) return Done{};
    }
    YS_TRY(row.number, CaseStore::reserve_number(tx, row.centre_id, saving));
    return Done{};
}

Result<Done> write_fact(sql::Transaction& tx, const CaseRow& row, std::string_view action,
                        const Saving& saving) {
    const facts::Fact fact{saving.now, row.centre_id, row.interaction_id,
                           AgentId{saving.user.value},
                           facts::CaseSaved{.case_id = row.id.value,
                                            .number = row.number,
                                            .action = std::string(action),
                                            .user = saving.user.value,
                                            .kind = row.kind,
                                            .customer = row.customer_id.value,
                                            .nature = row.nature}};
    return journal::Journal::append(tx, {&fact, 1});
}

Result<std::optional<CaseRow>> saved_before(sql::Transaction& tx, CentreId centre,
                                            const Saving& saving) {
    if (saving.idempotency_key.empty()) return std::optional<CaseRow>{};
    return sql::select_one<CaseRow>(tx.db(),
                                    "FROM cases WHERE centre_id = ? AND id = (SELECT case_id FROM"
                                    " case_keys WHERE user_id = ? AND idempotency_key = ?)",
                                    centre, saving.user, saving.idempotency_key);
}

Result<Done> remember_key(sql::Transaction& tx, const CaseRow& row, const Saving& saving) {
    if (saving.idempotency_key.empty()) return Done{};
    return tx.db().run_soon(
        "INSERT INTO case_keys (user_id, idempotency_key, case_id) VALUES (?, ?, ?)", saving.user,
        saving.idempotency_key, row.id);
}

/// "?,?,?", their values added.
std::string marks(sql::Where& where, const std::vector<UnitId>& units) {
    std::string out;
    for (const UnitId unit : units) {
        out += out.empty() ? "?" : ",?";
        where.value(unit);
    }
    return out.empty() ? "NULL" : out;
}

void narrow_by_file(sql::Where& where, const CaseSearch& search) {
    if (!search.state.empty())
        where.also("id IN (SELECT case_id FROM case_files WHERE state = ?)", search.state);
    if (search.late_at)
        where.also("id IN (SELECT case_id FROM case_files WHERE deadline_at < ?)", *search.late_at);
    if (search.units)
        where.also(
            "id IN (SELECT case_id FROM case_parties WHERE part <> 'about'"
            " AND unit_id IN (" +
            marks(where, *search.units) + "))");
    if (!search.hidden_from.empty())
        where.also(
            "NOT EXISTS (SELECT 1 FROM case_files f JOIN case_parties p"
            " ON p.case_id = f.case_id WHERE f.case_id = cases.id"
            " AND f.is_confidential <> 0 AND p.part = 'about' AND p.unit_id IN (" +
            marks(where, search.hidden_from) + "))");
}

/// "139 0000 0002" without what is between; "" for what is no number.
std::string number_in(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if ('0' <= c && c <= '9') out += c;
        if (!('0' <= c && c <= '9') && c != ' ' && c != '-') return "";
    }
    return out;
}

/// 0 for an emergency that is still open, 1 for what is urgent and open, 2 for the rest.
std::string rank_of(const std::string& table) {
    return "CASE WHEN " + table + "status <> 'open' THEN 2 WHEN " + table +
           "urgency = 'emergency' THEN 0 WHEN " + table + "urgency = 'urgent' THEN 1 ELSE 2 END";
}

/// In what order a list is shown, and what comes behind the last case shown in it.
struct Order {
    std::string by;
    std::string behind;  ///< a condition on the case of number ?
};

Order order_of(const CaseSearch& search, const CaseWords::Asking& asking) {
    const bool is_list = asking.order == "id";
    // A unit's own list has what cannot wait on top.
    if (is_list && search.units)
        return {rank_of("cases.") + ", id DESC", "(" + rank_of("cases.") + ", -id) > (SELECT " +
                                                     rank_of("b.") +
                                                     ", -b.id FROM cases b WHERE b.id = ?)"};
    // By the time it asks for, so that what is outside is not read.
    if (is_list && (search.from || search.to))
        return {"created_at DESC, id DESC",
                "(created_at, id) < (SELECT b.created_at, b.id FROM cases b WHERE b.id = ?)"};
    return {asking.order + " DESC", asking.order + " < ?"};
}

Result<std::vector<CaseRow>> found(sql::Database& db, const Scope& scope, const CaseSearch& search,
                                   const CaseWords::Asking& asking) {
    // "+": newest first from the end of the table, until there are enough; by the centre all its
    // cases would be read and sorted (1 s of 200,000).
    sql::Where where(scope, "+centre_id");
    if (!asking.condition.empty()) where.also(asking.condition, asking.value);
    // As text, and "> 0" below, lets the partial indexes be used.
    if (search.status == "open")
        where.also("status = 'open'");
    else if (!search.status.empty())
        where.also("status = ?", search.status);
    // Not by the index: of one person or one call there are few, of one kind many.
    const bool is_few = !search.text.empty() || search.customer || search.interaction;
    if (!search.kind.empty()) where.also(is_few ? "kind || '' = ?" : "kind = ?", search.kind);
    if (search.customer) where.also("customer_id = ? AND customer_id > 0", search.customer);
    if (search.interaction)
        where.also("interaction_id = ? AND interaction_id > 0", search.interaction);
    if (search.created_by) where.also("created_by = ?", search.created_by);
    if (search.from) where.also("created_at >= ?", *search.from);
    if (search.to) where.also("created_at < ?", *search.to);
    const Order order = order_of(search, asking);
    if (search.before) where.also(order.behind, search.before);
    if (!search.disclosures.all)
        where.also("is_confidential = 0 OR (created_by = ? AND created_by > 0)",
                   search.disclosures.taken_by);
    narrow_by_file(where, search);
    where.value(search.limit);
    return sql::select_with<CaseRow>(
        db, asking.from + where.text() + " ORDER BY " + order.by + " LIMIT ?", where.values());
}

}  // namespace

std::string title_of_kind(const CaseRow& row) {
    if (!row.kind_title.empty()) return row.kind_title;
    const Kind* known = find_kind(row.kind);
    return known == nullptr ? row.kind : std::string(known->title);
}

const sql::Schema& schema() {
    static const sql::Schema it{
        "cases",
        {sql::for_both(1, tables),
         sql::for_both(2, "ALTER TABLE cases ADD COLUMN promised_at BIGINT"),
         sql::for_both(3, case_file_tables), case_words_tables(4),
         sql::for_both(5,
                       "ALTER TABLE cases ADD COLUMN is_confidential BIGINT NOT NULL DEFAULT 0;"
                       "UPDATE cases SET is_confidential = 1 WHERE kind = 'report' OR id IN"
                       " (SELECT case_id FROM case_files WHERE is_confidential <> 0);"),
         sql::for_both(6, case_people_tables), sql::for_both(7, type_columns), new_words_table(8),
         sql::for_both(9, list_indexes)}};
    return it;
}

Result<std::string> CaseStore::reserve_number(sql::Transaction& tx, CentreId centre,
                                              const Saving& saving) {
    const std::string day = local_day(saving);
    const std::string series = "case:" + std::to_string(centre.value) + ':' + day;
    YS_TRY(const std::uint64_t serial, sql::next_number(tx, series));
    return to_text(number_of(day, serial));
}

bool CaseStore::is_number_of_day(std::string_view number, const Saving& saving) {
    const auto parsed = parse_case_number(number);
    const CaseNumber today = number_of(local_day(saving), 1);
    return parsed && to_text(*parsed) == number && parsed->month == today.month &&
           parsed->day == today.day;
}

Result<CaseRow> CaseStore::create(sql::Transaction& tx, CentreId centre, CaseRow fields,
                                  const Saving& saving) {
    YS_TRY(SavedCase saved, create_once(tx, centre, std::move(fields), saving));
    return std::move(saved.row);
}

Result<SavedCase> CaseStore::create_once(sql::Transaction& tx, CentreId centre, CaseRow fields,
                                         const Saving& saving) {
    YS_TRY(auto before, saved_before(tx, centre, saving));
    if (before) return SavedCase{*std::move(before), false};
    YS_TRY(fields.id.value, sql::next_number(tx, "cases"));
    fields.centre_id = centre;
    fields.created_at = fields.changed_at = saving.now;
    fields.created_by = fields.changed_by = saving.user;
    fields.version = 1;
    complete(fields);
    YS_TRY([[maybe_unused]] const auto numbered, give_number(tx, fields, saving));
    YS_TRY([[maybe_unused]] const Done inserted, sql::insert_soon(tx, "cases", fields));
    YS_TRY([[maybe_unused]] const Done found, CaseWords::put(tx, fields));
    YS_TRY([[maybe_unused]] const auto keyed, remember_key(tx, fields, saving));
    YS_TRY([[maybe_unused]] const auto told, write_fact(tx, fields, "created", saving));
    YS_TRY([[maybe_unused]] const auto dropped, drop_draft(tx, saving.user, fields.interaction_id));
    return SavedCase{std::move(fields), true};
}

Result<CaseRow> CaseStore::change(sql::Transaction& tx, CentreId centre, CaseRow fields,
                                  const Saving& saving) {
    YS_TRY(auto stored, get(tx.db(), Scope::of(centre), fields.id));
    if (!stored) return Error{sql::errc::not_found, "changing a case"};
    if (stored->version != fields.version) return Error{sql::errc::stale, "changing a case"};
    fields.centre_id = stored->centre_id;
    fields.number = stored->number;
    fields.day = stored->day;
    fields.interaction_id = stored->interaction_id;
    fields.created_at = stored->created_at;
    fields.created_by = stored->created_by;
    fields.changed_at = saving.now;
    fields.changed_by = saving.user;
    fields.is_confidential = stored->is_confidential;
    complete(fields);
    ++fields.version;
    YS_TRY([[maybe_unused]] const auto written, sql::put(tx, "cases", fields));
    YS_TRY([[maybe_unused]] const Done found, CaseWords::put(tx, fields));
    YS_TRY([[maybe_unused]] const auto told, write_fact(tx, fields, "changed", saving));
    return fields;
}

Result<std::optional<CaseRow>> CaseStore::get(sql::Database& db, const Scope& scope, CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<CaseRow>(db, "FROM cases" + where.text(), where.values());
}

Result<std::map<CaseId, CaseRow>> CaseStore::of(sql::Database& db, const Scope& scope,
                                                const std::vector<CaseId>& ids) {
    std::map<CaseId, CaseRow> out;
    if (ids.empty()) return out;
    // "+": no index begins with the centre, whose cases are many.
    sql::Where where(scope, "+centre_id");
    where.among("id", ids);
    YS_TRY(auto rows, sql::select_with<CaseRow>(db, "FROM cases" + where.text(), where.values()));
    for (CaseRow& row : rows) out.emplace(row.id, std::move(row));
    return out;
}

Result<std::optional<CaseRow>> CaseStore::find_number(sql::Database& db, const Scope& scope,
                                                      std::string_view number) {
    sql::Where where(scope, "centre_id");
    where.also("number = ?", number);
    return sql::select_one_with<CaseRow>(
        db, "FROM cases" + where.text() + " ORDER BY id DESC LIMIT 1", where.values());
}

Result<std::vector<CaseRow>> CaseStore::search(sql::Database& db, const Scope& scope,
                                               const CaseSearch& search) {
    if (search.text.empty()) return found(db, scope, search, {"FROM cases", "", "", "id"});
    // A person is found by their whole number or whole name, everything else by its words.
    std::vector<CaseRow> out;
    const auto gather = [&](const CaseWords::Asking& asking) -> Result<Done> {
        if (asking.value.empty()) return Done{};
        YS_TRY(std::vector<CaseRow> rows, found(db, scope, search, asking));
        out.insert(out.end(), rows.begin(), rows.end());
        return Done{};
    };
    YS_TRY([[maybe_unused]] Done done, gather(CaseWords::asking(db.engine(), scope, search.text)));
    const Private number(number_in(search.text));
    YS_TRY(done, gather({"FROM cases", "phone = ? AND phone <> ''", to_sql(number), "id"}));
    YS_TRY(done,
           gather({"FROM cases", "name = ? AND name <> ''", to_sql(Private(search.text)), "id"}));
    YS_TRY(done, gather({"FROM cases", by_number_of_people, to_sql(number), "id"}));
    YS_TRY(done, gather({"FROM cases", by_name_of_people, to_sql(Private(search.text)), "id"}));
    std::ranges::sort(out, std::ranges::greater{}, &CaseRow::id);
    const auto doubled = std::ranges::unique(out, {}, &CaseRow::id);
    out.erase(doubled.begin(), doubled.end());
    if (out.size() > search.limit) out.resize(search.limit);
    return out;
}

Result<Done> CaseStore::save_draft(sql::Transaction& tx, CentreId centre, const DraftRow& draft) {
    return sql::done(
        tx.db().run("INSERT INTO drafts (centre_id, user_id, interaction_id, body, saved_at)"
                    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id, interaction_id)"
                    " DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
                    centre, draft.user_id, draft.interaction_id, draft.body, draft.saved_at));
}

Result<Done> CaseStore::drop_draft(sql::Transaction& tx, UserId user, InteractionId interaction) {
    return tx.db().run_soon("DELETE FROM drafts WHERE user_id = ? AND interaction_id = ?", user,
                            interaction);
}

Result<std::optional<DraftRow>> CaseStore::draft(sql::Database& db, UserId user,
                                                 InteractionId interaction) {
    return sql::select_one<DraftRow>(db, "FROM drafts WHERE user_id = ? AND interaction_id = ?",
                                     user, interaction);
}

Result<std::vector<DraftRow>> CaseStore::drafts(sql::Database& db, UserId user) {
    return sql::select<DraftRow>(db, "FROM drafts WHERE user_id = ? ORDER BY saved_at DESC", user);
}

}  // namespace ys::cases
