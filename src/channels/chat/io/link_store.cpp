// SPDX-License-Identifier: Apache-2.0
#include "channels/chat/io/link_store.h"

#include "base/later.h"
#include "platform/journal/journal.h"
#include "platform/password/token.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/migration.h"
#include "platform/sql/where.h"

namespace ys::chat {
namespace {

constexpr std::size_t code_bytes = 16;
constexpr std::size_t code_chars = 22;
/// In an hour: of one conversation, and of forms whose readers have none.
constexpr std::int64_t of_chat_max = 20, of_forms_max = 2'000;
constexpr std::size_t shown_max = 20;

Result<Done> note(sql::Transaction& tx, const LinkRow& row, std::string_view verb, UtcTime now) {
    const bool is_call = verb == "called";
    const facts::Fact fact{now,
                           row.centre_id,
                           is_call ? row.interaction_id : InteractionId{},
                           {},
                           facts::ConversationLinked{.link = row.id.value,
                                                     .verb = std::string(verb),
                                                     .chat = row.chat_id.value,
                                                     .case_id = row.case_id.value,
                                                     .user = row.made_by.value}};
    return journal::Journal::append(tx, {&fact, 1});
}

/// One statement decides who came first.
Result<std::optional<LinkRow>> spend(sql::Transaction& tx, std::string_view way,
                                     std::string_view code, UtcTime now) {
    if (code.size() != code_chars) return std::optional<LinkRow>{};
    const std::string digest = password::sha256_hex(code);
    YS_TRY(const auto spent,
           tx.db().run("UPDATE conversation_links SET used_at = ? WHERE code_digest = ?"
                       " AND way = ? AND used_at IS NULL AND expires_at > ?",
                       now, digest, way, now));
    if (spent == 0) return std::optional<LinkRow>{};
    return LinkStore::find(tx.db(), code);
}

}  // namespace

const std::string_view link_tables = R"(
CREATE TABLE conversation_links (id ID_KEY, centre_id BIGINT NOT NULL,
  code_digest TEXT NOT NULL UNIQUE, way TEXT NOT NULL, chat_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL, interaction_id BIGINT NOT NULL, page TEXT NOT NULL,
  field TEXT NOT NULL, fault TEXT NOT NULL, made_by BIGINT NOT NULL, made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL, used_at BIGINT);
CREATE INDEX conversation_links_by_call ON conversation_links (interaction_id)
  WHERE interaction_id <> 0;
CREATE INDEX conversation_links_by_chat ON conversation_links (chat_id, made_at);
CREATE INDEX conversation_links_unused ON conversation_links (expires_at) WHERE used_at IS NULL;
CREATE INDEX chats_by_case ON chats (case_id) WHERE case_id <> 0;
)";

std::string_view LinkRow::standing(UtcTime now) const {
    if (used_at) return "used";
    return expires_at.us > now.us ? "open" : "expired";
}

Result<LinkStore::Made> LinkStore::make(sql::Transaction& tx, LinkRow wish, UtcTime now) {
    // For a day a link says that it is too old; then nobody has it any more.
    YS_TRY([[maybe_unused]] const auto dropped,
           tx.db().run("DELETE FROM conversation_links WHERE used_at IS NULL AND expires_at < ?",
                       earlier(now, std::chrono::hours{24})));
    YS_TRY(const auto lately, tx.db().value<std::int64_t>(
                                  0,
                                  "SELECT COUNT(*) FROM conversation_links"
                                  " WHERE chat_id = ? AND made_by = ? AND made_at > ?",
                                  wish.chat_id, wish.made_by, earlier(now, std::chrono::hours{1})));
    if (lately >= (wish.chat_id ? of_chat_max : of_forms_max))
        return Error{sql::errc::full, "links of a conversation"};
    const std::chrono::microseconds life = call_link_for;
    const std::string code = password::random_token(code_bytes);
    YS_TRY(const std::uint64_t number, sql::next_number(tx, "conversation_links"));
    wish.id = LinkId{number};
    wish.code_digest = password::sha256_hex(code);
    wish.made_at = now;
    wish.expires_at = {now.us + life.count()};
    wish.used_at.reset();
    YS_TRY([[maybe_unused]] const auto inserted, sql::insert(tx, "conversation_links", wish));
    YS_TRY([[maybe_unused]] const Done noted, note(tx, wish, "made", now));
    return Made{code, wish.expires_at};
}

Result<std::optional<LinkRow>> LinkStore::find(sql::Database& db, std::string_view code) {
    if (code.size() != code_chars) return std::optional<LinkRow>{};
    return sql::select_one<LinkRow>(db, "FROM conversation_links WHERE code_digest = ?",
                                    password::sha256_hex(code));
}

Result<std::optional<LinkRow>> LinkStore::call(sql::Transaction& tx, std::string_view code,
                                               InteractionId call, UtcTime now) {
    YS_TRY(auto row, spend(tx, "call", code, now));
    if (!row) return row;
    row->interaction_id = call;
    YS_TRY([[maybe_unused]] const auto bound,
           tx.db().run("UPDATE conversation_links SET interaction_id = ? WHERE id = ?", call,
                       row->id));
    YS_TRY([[maybe_unused]] const Done noted, note(tx, *row, "called", now));
    return row;
}

Result<std::vector<LinkRow>> LinkStore::of_call(sql::Database& db, const Scope& scope,
                                                InteractionId call) {
    sql::Where where(scope, "centre_id");
    where.also("interaction_id = ? AND interaction_id <> 0 AND way = 'call'", call);
    where.value(shown_max);
    return sql::select_with<LinkRow>(
        db, "FROM conversation_links" + where.text() + " ORDER BY id DESC LIMIT ?", where.values());
}

Result<std::vector<ConversationId>> LinkStore::chats_of(sql::Database& db, const Scope& scope,
                                                        CaseId case_id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ? AND case_id <> 0", case_id);
    where.value(shown_max);
    std::vector<ConversationId> out;
    YS_TRY(
        [[maybe_unused]] const auto read,
        db.run_with("SELECT id FROM chats" + where.text() + " ORDER BY id DESC LIMIT ?",
                    where.values(), [&](const sql::Row& row) { row.get(0, out.emplace_back()); }));
    return out;
}

}  // namespace ys::chat
