// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/checklist_store.h"

#include "base/later.h"
#include "base/text.h"
#include "knowledge/life_words.h"
#include "platform/journal/journal.h"
#include "platform/json/described_json.h"
#include "platform/password/token.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/where.h"

namespace ys::knowledge {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE checklists (id ID_KEY, centre_id BIGINT NOT NULL, case_id BIGINT NOT NULL,
  event TEXT NOT NULL, answers TEXT NOT NULL, ready TEXT NOT NULL, number TEXT NOT NULL,
  pins TEXT NOT NULL, state TEXT NOT NULL, made_by BIGINT NOT NULL, made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL, sent_at BIGINT, opened_at BIGINT, parts TEXT NOT NULL);
CREATE INDEX checklists_by_number ON checklists (number, id) WHERE number <> '';
CREATE INDEX checklists_by_case ON checklists (case_id, id) WHERE case_id <> 0;
CREATE INDEX checklists_by_citizens ON checklists (made_at) WHERE made_by = 0;
CREATE INDEX checklists_to_send ON checklists (id) WHERE parts <> '';
CREATE TABLE checklist_passes (token_hash TEXT PRIMARY KEY, checklist_id BIGINT NOT NULL,
  expires_at BIGINT NOT NULL);
CREATE INDEX checklist_passes_by_list ON checklist_passes (checklist_id);
CREATE INDEX checklist_passes_by_end ON checklist_passes (expires_at);
CREATE TABLE checklist_files (id ID_KEY, checklist_id BIGINT NOT NULL,
  idempotency_key TEXT NOT NULL, state TEXT NOT NULL, name TEXT NOT NULL, begun_at BIGINT NOT NULL,
  kept_at BIGINT, sent_bytes BIGINT NOT NULL, sent_sha256 TEXT NOT NULL, kind TEXT NOT NULL,
  bytes BIGINT NOT NULL, sha256 TEXT NOT NULL, width BIGINT NOT NULL, height BIGINT NOT NULL,
  UNIQUE (checklist_id, idempotency_key));
CREATE INDEX checklist_files_by_time ON checklist_files (begun_at);
)";
/// What all lists together take in an hour: anybody may keep a list.
constexpr std::int64_t bytes_an_hour_max = 2LL * 1024 * 1024 * 1024;
constexpr std::size_t pass_bytes = 16;
constexpr std::size_t pass_chars = 22;

struct PassRow {
    std::string token_hash{};
    ChecklistId checklist_id{};
    UtcTime expires_at{};
};
BOOST_DESCRIBE_STRUCT(PassRow, (), (token_hash, checklist_id, expires_at))

Result<Done> note(sql::Transaction& tx, const ChecklistRow& row, std::string_view verb, UserId user,
                  UtcTime now) {
    const facts::Fact fact{now,
                           row.centre_id,
                           {},
                           {},
                           facts::ChecklistMoved{.checklist = row.id.value,
                                                 .event = row.event,
                                                 .verb = std::string(verb),
                                                 .case_id = row.case_id.value,
                                                 .user = user.value}};
    return journal::Journal::append(tx, {&fact, 1});
}

Result<std::optional<ChecklistFileRow>> file_of_key(sql::Database& db,
                                                    const ChecklistFileRow& offered) {
    return sql::select_one<ChecklistFileRow>(
        db, "FROM checklist_files WHERE checklist_id = ? AND idempotency_key = ?",
        offered.checklist_id, offered.idempotency_key);
}

}  // namespace

const sql::Schema& checklist_schema() {
    static const sql::Schema it{"checklists", {sql::for_both(1, tables)}};
    return it;
}

LifeState state_of(const ChecklistRow& row) {
    LifeState out;
    if (auto answers = json::from_json<LifeAnswers>(row.answers)) out.answers = *std::move(answers);
    for (const std::string_view code : split(row.ready, ','))
        if (!code.empty()) out.ready.emplace(code);
    return out;
}

void write_into(ChecklistRow& row, const LifeState& state) {
    row.answers = boost::json::serialize(json::to_value(state.answers));
    row.ready.clear();
    for (const std::string& code : state.ready) row.ready += (row.ready.empty() ? "" : ",") + code;
}

std::string text_of(const ArticlePins& pins) {
    std::string out;
    for (const auto& [matter, pin] : pins) {
        if (!out.empty()) out += ',';
        out += matter + ":" + pin_words(pin);
    }
    return out;
}

Result<ChecklistRow> ChecklistStore::make(sql::Transaction& tx, ChecklistRow row, UtcTime now) {
    YS_TRY(const std::uint64_t number, sql::next_number(tx, "checklists"));
    row.id = ChecklistId{number};
    row.made_at = now;
    row.changed_at = now;
    YS_TRY([[maybe_unused]] const auto inserted, sql::insert(tx, "checklists", row));
    YS_TRY([[maybe_unused]] const Done noted, note(tx, row, "made", row.made_by, now));
    return row;
}

Result<Done> ChecklistStore::put(sql::Transaction& tx, const ChecklistRow& row,
                                 std::string_view verb, UserId user, UtcTime now) {
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "checklists", row));
    return note(tx, row, verb, user, now);
}

Result<Done> ChecklistStore::withdraw(sql::Transaction& tx, ChecklistRow row, UserId user,
                                      UtcTime now) {
    row.state = "withdrawn";
    row.parts.clear();
    row.changed_at = now;
    YS_TRY([[maybe_unused]] const auto gone,
           tx.db().run("DELETE FROM checklist_passes WHERE checklist_id = ?", row.id));
    return put(tx, row, "withdrawn", user, now);
}

Result<std::int64_t> ChecklistStore::kept_by_citizens(sql::Database& db, UtcTime since) {
    return db.value<std::int64_t>(
        0, "SELECT COUNT(*) FROM checklists WHERE made_by = 0 AND made_at >= ?", since);
}

Result<std::string> ChecklistStore::issue(sql::Transaction& tx, ChecklistId id, UtcTime now) {
    YS_TRY([[maybe_unused]] const auto swept,
           tx.db().run("DELETE FROM checklist_passes WHERE expires_at <= ?", now));
    std::string token = password::random_token(pass_bytes);
    const PassRow row{password::sha256_hex(token), id, later(now, checklist_pass_for)};
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "checklist_passes", row, "token_hash"));
    return token;
}

Result<std::optional<ChecklistRow>> ChecklistStore::by_pass(sql::Database& db,
                                                            std::string_view pass, UtcTime now) {
    if (pass.size() != pass_chars) return std::optional<ChecklistRow>{};
    return sql::select_one<ChecklistRow>(
        db,
        "FROM checklists WHERE state = 'open' AND id = (SELECT checklist_id FROM"
        " checklist_passes WHERE token_hash = ? AND expires_at > ?)",
        password::sha256_hex(pass), now);
}

Result<std::optional<ChecklistRow>> ChecklistStore::get(sql::Database& db, const Scope& scope,
                                                        ChecklistId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<ChecklistRow>(db, "FROM checklists" + where.text(), where.values());
}

Result<std::optional<ChecklistRow>> ChecklistStore::find(sql::Database& db, ChecklistId id) {
    return sql::select_one<ChecklistRow>(db, "FROM checklists WHERE id = ?", id);
}

Result<std::vector<ChecklistRow>> ChecklistStore::of_number(sql::Database& db, const Scope& scope,
                                                            std::string_view number,
                                                            std::size_t limit) {
    if (number.empty()) return std::vector<ChecklistRow>{};
    sql::Where where(scope, "centre_id");
    where.also("state = 'open'");
    where.also("number = ?", Private(number));
    where.value(limit);
    return sql::select_with<ChecklistRow>(
        db, "FROM checklists" + where.text() + " ORDER BY id DESC LIMIT ?", where.values());
}

Result<std::vector<ChecklistRow>> ChecklistStore::of_case(sql::Database& db, const Scope& scope,
                                                          CaseId id, std::size_t limit) {
    sql::Where where(scope, "centre_id");
    where.also("state = 'open'");
    where.also("case_id = ?", id);
    where.value(limit);
    return sql::select_with<ChecklistRow>(
        db, "FROM checklists" + where.text() + " ORDER BY id DESC LIMIT ?", where.values());
}

Result<std::vector<ChecklistRow>> ChecklistStore::take_to_send(sql::Transaction& tx,
                                                               std::size_t limit) {
    YS_TRY(auto rows, sql::select<ChecklistRow>(
                          tx.db(), "FROM checklists WHERE parts <> '' ORDER BY id LIMIT ?", limit));
    for (const ChecklistRow& row : rows) {
        YS_TRY([[maybe_unused]] const auto taken,
               tx.db().run("UPDATE checklists SET parts = '' WHERE id = ?", row.id));
    }
    return rows;
}

Result<ChecklistFileRow> ChecklistStore::begin_file(sql::Transaction& tx,
                                                    ChecklistFileRow offered) {
    YS_TRY(const auto there, file_of_key(tx.db(), offered));
    if (there) return *there;
    const ChecklistId id = offered.checklist_id;
    YS_TRY(const auto count,
           tx.db().value<std::int64_t>(
               0, "SELECT COUNT(*) FROM checklist_files WHERE checklist_id = ?", id));
    YS_TRY(const auto bytes,
           tx.db().value<std::int64_t>(0,
                                       "SELECT CAST(SUM(sent_bytes) AS BIGINT) FROM checklist_files"
                                       " WHERE checklist_id = ?",
                                       id));
    YS_TRY(const auto lately,
           tx.db().value<std::int64_t>(0,
                                       "SELECT CAST(SUM(sent_bytes) AS BIGINT) FROM checklist_files"
                                       " WHERE begun_at > ?",
                                       earlier(offered.begun_at, std::chrono::hours{1})));
    if (count >= checklist_files_max || bytes + offered.sent_bytes > checklist_bytes_max ||
        lately + offered.sent_bytes > bytes_an_hour_max)
        return Error{sql::errc::full, "a file of a list"};
    YS_TRY(const std::uint64_t number, sql::next_number(tx, "checklist_files"));
    offered.id = ChecklistFileId{number};
    offered.state = "open";
    YS_TRY([[maybe_unused]] const auto inserted, sql::insert(tx, "checklist_files", offered));
    return offered;
}

Result<ChecklistFileRow> ChecklistStore::keep_file(sql::Transaction& tx, const ChecklistRow& list,
                                                   const ChecklistFileRow& row, UtcTime now) {
    YS_TRY(
        const auto changed,
        tx.db().run("UPDATE checklist_files SET state = 'kept', kept_at = ?, kind = ?,"
                    " bytes = ?, sha256 = ?, width = ?, height = ? WHERE id = ?"
                    " AND checklist_id = ? AND state = 'open'",
                    now, row.kind, row.bytes, row.sha256, row.width, row.height, row.id, list.id));
    YS_TRY(auto there, file(tx.db(), list.id, row.id));
    if (!there) return Error{sql::errc::not_found, "a file of a list"};
    if (changed == 0) return *std::move(there);
    YS_TRY([[maybe_unused]] const Done noted, note(tx, list, "file", {}, now));
    return *std::move(there);
}

Result<std::optional<ChecklistFileRow>> ChecklistStore::file(sql::Database& db, ChecklistId of,
                                                             ChecklistFileId id) {
    return sql::select_one<ChecklistFileRow>(
        db, "FROM checklist_files WHERE id = ? AND checklist_id = ?", id, of);
}

Result<std::vector<ChecklistFileRow>> ChecklistStore::files(sql::Database& db, ChecklistId of) {
    return sql::select<ChecklistFileRow>(
        db, "FROM checklist_files WHERE checklist_id = ? AND state = 'kept' ORDER BY kept_at, id",
        of);
}

Result<std::vector<ChecklistFileId>> ChecklistStore::abandoned(sql::Database& db, UtcTime now) {
    constexpr std::size_t at_once = 100;
    std::vector<ChecklistFileId> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.each(
               "SELECT id FROM checklist_files WHERE state = 'open' AND begun_at < ?"
               " ORDER BY begun_at LIMIT ?",
               [&](const sql::Row& row) { row.get(0, out.emplace_back()); },
               earlier(now, checklist_upload_for), at_once));
    return out;
}

Result<Done> ChecklistStore::drop_files(sql::Transaction& tx,
                                        const std::vector<ChecklistFileId>& ids) {
    for (const ChecklistFileId id : ids) {
        YS_TRY([[maybe_unused]] const auto gone,
               tx.db().run("DELETE FROM checklist_files WHERE id = ? AND state = 'open'", id));
    }
    return Done{};
}

}  // namespace ys::knowledge
