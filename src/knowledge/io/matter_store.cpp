// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/matter_store.h"

#include <map>

#include "knowledge/errc.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::knowledge {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE matters (id ID_KEY, centre_id BIGINT NOT NULL, code TEXT NOT NULL,
  title TEXT NOT NULL, scope TEXT NOT NULL, is_safety BIGINT NOT NULL);
CREATE UNIQUE INDEX matters_by_code ON matters (centre_id, code);
CREATE TABLE askings (id ID_KEY, centre_id BIGINT NOT NULL, matter TEXT NOT NULL,
  text TEXT NOT NULL, added_by BIGINT NOT NULL, added_at BIGINT NOT NULL);
CREATE UNIQUE INDEX askings_by_text ON askings (centre_id, matter, text);
CREATE TABLE synonyms (id ID_KEY, centre_id BIGINT NOT NULL, said TEXT NOT NULL,
  meant TEXT NOT NULL);
CREATE TABLE questions (id ID_KEY, centre_id BIGINT NOT NULL, asked_at BIGINT NOT NULL,
  channel TEXT NOT NULL, words TEXT NOT NULL, certainty TEXT NOT NULL, matter TEXT NOT NULL,
  article_id BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE INDEX questions_by_time ON questions (centre_id, asked_at);
)";

}  // namespace

const sql::Schema& matter_schema() {
    static const sql::Schema it{"matters", {sql::for_both(1, tables)}};
    return it;
}

Result<Done> MatterStore::add(sql::Transaction& tx, MatterRow row) {
    YS_TRY(const std::uint64_t id, sql::next_number(tx, "matters"));
    row.id = MatterId{id};
    return sql::insert_soon(tx, "matters", row);
}

Result<Done> MatterStore::add(sql::Transaction& tx, SynonymRow row) {
    YS_TRY(row.id, sql::next_number(tx, "synonyms"));
    return sql::insert_soon(tx, "synonyms", row);
}

Result<Done> MatterStore::add_ready_made(sql::Transaction& tx, CentreId centre,
                                         const std::vector<AskingRow>& askings, UtcTime now) {
    for (AskingRow row : askings) {
        YS_TRY(const std::uint64_t id, sql::next_number(tx, "askings"));
        row.id = AskingId{id};
        row.centre_id = centre;
        row.added_at = now;
        YS_TRY([[maybe_unused]] const Done done, sql::insert_soon(tx, "askings", row));
    }
    return Done{};
}

Result<AskingRow> MatterStore::add(sql::Transaction& tx, AskingRow row) {
    const Scope own = Scope::of(row.centre_id);
    if (!row.matter.empty()) {
        YS_TRY(const auto matter, find(tx.db(), own, row.matter));
        if (!matter) return Error{sql::errc::not_found, "adding a way of asking"};
    }
    YS_TRY(const auto there,
           tx.db().value<std::int64_t>(
               0, "SELECT COUNT(*) FROM askings WHERE centre_id = ? AND matter = ?", row.centre_id,
               row.matter));
    if (!row.matter.empty() && there >= static_cast<std::int64_t>(askings_max))
        return Error{Errc::EnoughAskings, "adding a way of asking"};
    YS_TRY(const std::uint64_t id, sql::next_number(tx, "askings"));
    row.id = AskingId{id};
    YS_TRY([[maybe_unused]] const auto inserted, sql::insert(tx, "askings", row));
    return row;
}

Result<AskingRow> MatterStore::remove(sql::Transaction& tx, const Scope& scope, AskingId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    YS_TRY(auto row,
           sql::select_one_with<AskingRow>(tx.db(), "FROM askings" + where.text(), where.values()));
    if (!row) return Error{sql::errc::not_found, "removing a way of asking"};
    YS_TRY([[maybe_unused]] const Done done,
           tx.db().run_soon("DELETE FROM askings WHERE id = ?", id));
    return *std::move(row);
}

Result<std::vector<MatterRow>> MatterStore::matters(sql::Database& db, const Scope& scope) {
    const sql::Where where(scope, "centre_id");
    return sql::select_with<MatterRow>(db, "FROM matters" + where.text() + " ORDER BY id",
                                       where.values());
}

Result<std::optional<MatterRow>> MatterStore::find(sql::Database& db, const Scope& scope,
                                                   std::string_view code) {
    sql::Where where(scope, "centre_id");
    where.also("code = ?", code);
    return sql::select_one_with<MatterRow>(db, "FROM matters" + where.text(), where.values());
}

Result<std::vector<MatterCount>> MatterStore::counts(sql::Database& db, const Scope& scope) {
    const sql::Where where(scope, "centre_id");
    std::map<std::string, MatterCount> by_matter;
    const auto read = [&](std::string_view table, std::int64_t MatterCount::*field) {
        return db.run_with("SELECT matter, COUNT(*) FROM " + std::string(table) + where.text() +
                               " GROUP BY matter",
                           where.values(), [&](const sql::Row& row) {
                               by_matter[std::string(row.text(0))].*field = row.integer(1);
                           });
    };
    YS_TRY([[maybe_unused]] auto n, read("askings", &MatterCount::askings));
    YS_TRY(n, read("articles", &MatterCount::articles));
    std::vector<MatterCount> out;
    for (auto& [matter, count] : by_matter) {
        count.matter = matter;
        out.push_back(std::move(count));
    }
    return out;
}

Result<std::vector<AskingRow>> MatterStore::askings(sql::Database& db, const Scope& scope,
                                                    std::string_view matter) {
    sql::Where where(scope, "centre_id");
    where.also("matter = ?", matter);
    return sql::select_with<AskingRow>(db, "FROM askings" + where.text() + " ORDER BY id",
                                       where.values());
}

Result<std::vector<MatterRow>> MatterStore::all_matters(sql::Database& db) {
    return sql::select<MatterRow>(db, "FROM matters ORDER BY id");
}

Result<std::vector<AskingRow>> MatterStore::all_askings(sql::Database& db) {
    return sql::select<AskingRow>(db, "FROM askings ORDER BY id");
}

Result<std::vector<SynonymRow>> MatterStore::all_synonyms(sql::Database& db) {
    return sql::select<SynonymRow>(db, "FROM synonyms ORDER BY id");
}

Result<std::vector<QuestionRow>> MatterStore::unanswered(sql::Database& db, const Scope& scope,
                                                         UtcTime from, UtcTime to,
                                                         std::size_t limit) {
    sql::Where where(scope, "centre_id");
    where.also("asked_at >= ?", from).also("asked_at < ?", to);
    where.also("certainty = 'unknown' OR (matter <> '' AND article_id = 0)");
    where.value(limit);
    return sql::select_with<QuestionRow>(
        db, "FROM questions" + where.text() + " ORDER BY asked_at DESC, id DESC LIMIT ?",
        where.values());
}

Result<std::vector<QuestionRow>> MatterStore::in_own_words(sql::Database& db, const Scope& scope,
                                                           UtcTime from, std::size_t limit) {
    sql::Where where(scope, "centre_id");
    where.also("asked_at >= ?", from).also("certainty <> 'chosen'");
    where.value(limit);
    return sql::select_with<QuestionRow>(
        db, "FROM questions" + where.text() + " ORDER BY asked_at DESC, id DESC LIMIT ?",
        where.values());
}

Result<std::vector<AskingRow>> MatterStore::taught(sql::Database& db, const Scope& scope,
                                                   UtcTime from, std::size_t limit) {
    sql::Where where(scope, "centre_id");
    where.also("added_at >= ?", from).also("added_by > 0 AND matter <> ''");
    where.value(limit);
    return sql::select_with<AskingRow>(
        db, "FROM askings" + where.text() + " ORDER BY added_at DESC, id DESC LIMIT ?",
        where.values());
}

Result<QuestionRow> MatterStore::note(sql::Transaction& tx, QuestionRow row, InteractionId call) {
    YS_TRY(const std::uint64_t id, sql::next_number(tx, "questions"));
    row.id = QuestionId{id};
    YS_TRY([[maybe_unused]] Done done, sql::insert_soon(tx, "questions", row));
    const facts::Fact fact{row.asked_at,
                           row.centre_id,
                           call,
                           {},
                           facts::QuestionAsked{id, row.channel, row.certainty, row.matter,
                                                row.article_id, row.version}};
    YS_TRY(done, journal::Journal::append(tx, {&fact, 1}));
    return row;
}

}  // namespace ys::knowledge
