// SPDX-License-Identifier: Apache-2.0
#include "channels/chat/io/chat_store.h"

#include <algorithm>
#include <map>

#include "channels/chat/io/link_store.h"
#include "platform/password/token.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::chat {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE chats (id ID_KEY, centre_id BIGINT NOT NULL, queue_id BIGINT NOT NULL,
  citizen TEXT NOT NULL, state TEXT NOT NULL, agent_id BIGINT NOT NULL, began_at BIGINT NOT NULL,
  asked_at BIGINT, ended_at BIGINT, cause TEXT NOT NULL, messages BIGINT NOT NULL,
  robot_failures BIGINT NOT NULL, robot_asked BIGINT NOT NULL, robot_answered BIGINT NOT NULL,
  unanswered BIGINT NOT NULL, contact TEXT NOT NULL, stars BIGINT NOT NULL,
  rating_words TEXT NOT NULL, case_id BIGINT NOT NULL, owes_case BIGINT NOT NULL);
CREATE INDEX chats_by_citizen ON chats (centre_id, citizen, id);
CREATE INDEX chats_living ON chats (id) WHERE ended_at IS NULL;
CREATE INDEX chats_by_end ON chats (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX chats_owing ON chats (id) WHERE owes_case = 1;
CREATE TABLE chat_messages (chat_id BIGINT NOT NULL, number BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, at BIGINT NOT NULL, author TEXT NOT NULL, agent_id BIGINT NOT NULL,
  client_key TEXT NOT NULL, text TEXT NOT NULL, shown TEXT NOT NULL, note TEXT NOT NULL,
  article_id BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE UNIQUE INDEX chat_messages_by_number ON chat_messages (chat_id, number);
CREATE UNIQUE INDEX chat_messages_by_key
  ON chat_messages (chat_id, author, agent_id, client_key);
CREATE INDEX chats_by_agent ON chats (agent_id, id);
CREATE TABLE chat_files (chat_id BIGINT NOT NULL, number BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, bytes BIGINT NOT NULL);
CREATE UNIQUE INDEX chat_files_by_number ON chat_files (chat_id, number);
CREATE TABLE chat_words (centre_id ID_KEY, version BIGINT NOT NULL, words TEXT NOT NULL);
)";

template <class E, std::size_t n>
Result<E> from_word(const std::array<std::string_view, n>& words, std::string_view text) {
    const auto found = std::ranges::find(words, text);
    if (found == words.end()) return Error{std::errc::io_error, "a chat of words unknown here"};
    return static_cast<E>(found - words.begin());
}

ChatRow row_of(const Standing& standing, std::string_view citizen) {
    return {.id = standing.id,
            .centre_id = standing.centre,
            .queue_id = standing.queue,
            .citizen = std::string(citizen),
            .state = std::string(word(standing.state)),
            .agent_id = standing.agent,
            .began_at = standing.began_at,
            .asked_at = standing.asked_at,
            .ended_at = standing.ended_at,
            .cause = std::string(word(standing.cause)),
            .messages = standing.messages,
            .robot_failures = standing.robot_failures,
            .robot_asked = standing.robot_asked,
            .robot_answered = standing.robot_answered,
            .unanswered = standing.unanswered,
            .contact = standing.contact,
            .stars = standing.stars,
            .rating_words = standing.rating_words,
            .case_id = {},
            .owes_case = standing.cause == Note::MessageLeft};
}

Result<Standing> standing_of(const ChatRow& row) {
    YS_TRY(const State state, from_word<State>(state_words, row.state));
    YS_TRY(const Note cause, from_word<Note>(note_words, row.cause));
    return Standing{.id = row.id,
                    .centre = row.centre_id,
                    .queue = row.queue_id,
                    .state = state,
                    .agent = row.agent_id,
                    .began_at = row.began_at,
                    .asked_at = row.asked_at,
                    .ended_at = row.ended_at,
                    .cause = cause,
                    .messages = row.messages,
                    .robot_failures = row.robot_failures,
                    .robot_asked = row.robot_asked,
                    .robot_answered = row.robot_answered,
                    .unanswered = row.unanswered,
                    .contact = row.contact,
                    .stars = row.stars,
                    .rating_words = row.rating_words};
}

ChatMessageRow row_of(const Standing& standing, const Message& message) {
    const Quote quote = message.quote.value_or(Quote{});
    return {.chat_id = standing.id,
            .number = message.number,
            .centre_id = standing.centre,
            .at = message.at,
            .author = std::string(word(message.author)),
            .agent_id = message.agent,
            .client_key = message.key,
            .text = message.text,
            .shown = message.shown,
            .note = std::string(word(message.note)),
            .article_id = quote.article,
            .version = quote.version};
}

/// What a change may change; the rest was said once, when it began. The case that a message became
/// is not forgotten by a rating that comes after it. Each change follows the one before it: when
/// one was not kept, neither is what was decided on top of it.
Result<Done> update(sql::Transaction& tx, const ChatRow& row, std::uint32_t messages_before) {
    YS_TRY(const std::int64_t changed,
           tx.db().run("UPDATE chats SET queue_id = ?, state = ?, agent_id = ?, asked_at = ?,"
                       " ended_at = ?, cause = ?, messages = ?, robot_failures = ?,"
                       " robot_asked = ?, robot_answered = ?, unanswered = ?, contact = ?,"
                       " stars = ?, rating_words = ?,"
                       " owes_case = CASE WHEN case_id = 0 THEN ? ELSE 0 END"
                       " WHERE id = ? AND centre_id = ? AND messages = ?",
                       row.queue_id, row.state, row.agent_id, row.asked_at, row.ended_at, row.cause,
                       row.messages, row.robot_failures, row.robot_asked, row.robot_answered,
                       row.unanswered, row.contact, row.stars, row.rating_words, row.owes_case,
                       row.id, row.centre_id, messages_before));
    if (changed == 0) return Error{sql::errc::stale, "keeping a chat"};
    return Done{};
}

Result<std::vector<KeptChat>> with_keys(sql::Database& db, const std::vector<ChatRow>& rows) {
    std::vector<ConversationId> ids;
    for (const ChatRow& row : rows) ids.push_back(row.id);
    std::map<ConversationId, std::unordered_map<std::string, std::uint32_t>> keys;
    sql::Where where = sql::Where::of_all();
    where.among("chat_id", ids);
    YS_TRY([[maybe_unused]] const auto read,
           db.run_with("SELECT chat_id, number, author, agent_id, client_key FROM chat_messages" +
                           where.text(),
                       where.values(), [&](const sql::Row& row) {
                           ConversationId id;
                           std::uint32_t number = 0;
                           std::string author, key;
                           AgentId agent;
                           row.get(0, id);
                           row.get(1, number);
                           row.get(2, author);
                           row.get(3, agent);
                           row.get(4, key);
                           if (const auto by = from_word<Author>(author_words, author))
                               keys[id][whole_key(*by, agent, key)] = number;
                       }));
    std::vector<KeptChat> out;
    for (const ChatRow& row : rows) {
        YS_TRY(Standing standing, standing_of(row));
        out.push_back({std::move(standing), std::move(keys[row.id])});
    }
    return out;
}

}  // namespace

const sql::Schema& schema() {
    static const sql::Schema it{"chats", {sql::for_both(1, tables), sql::for_both(2, link_tables)}};
    return it;
}

std::string citizen_of(std::string_view token) {
    return password::sha256_hex("chat " + std::string(token));
}

Result<ConversationId> ChatStore::new_id(sql::Transaction& tx) {
    YS_TRY(const std::uint64_t number, sql::next_number(tx, "chats"));
    return ConversationId{number};
}

Result<Done> ChatStore::keep(sql::Transaction& tx, const ChatDesk::Change& change,
                             std::string_view citizen) {
    const ChatRow row = row_of(change.standing, citizen);
    const auto added = static_cast<std::uint32_t>(change.messages.size());
    if (added == row.messages) {
        YS_TRY([[maybe_unused]] const auto begun, sql::insert(tx, "chats", row));
    } else {
        YS_TRY([[maybe_unused]] const Done done, update(tx, row, row.messages - added));
    }
    for (const Message& message : change.messages) {
        YS_TRY([[maybe_unused]] const Done done,
               sql::insert_soon(tx, "chat_messages", row_of(change.standing, message)));
    }
    return Done{};
}

Result<Done> ChatStore::has_case(sql::Transaction& tx, CentreId centre, ConversationId id,
                                 CaseId case_id) {
    return sql::found(
        tx.db().run("UPDATE chats SET case_id = ?, owes_case = 0 WHERE id = ? AND centre_id = ?",
                    case_id, id, centre),
        "a chat that became a case");
}

Result<std::optional<ChatRow>> ChatStore::get(sql::Database& db, const Scope& scope,
                                              ConversationId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<ChatRow>(db, "FROM chats" + where.text(), where.values());
}

Result<std::vector<ChatRow>> ChatStore::of_citizen(sql::Database& db, CentreId centre,
                                                   std::string_view citizen, std::size_t limit) {
    return sql::select<ChatRow>(
        db, "FROM chats WHERE centre_id = ? AND citizen = ? ORDER BY id DESC LIMIT ?", centre,
        citizen, limit);
}

Result<std::vector<ChatMessageRow>> ChatStore::messages(sql::Database& db, const Scope& scope,
                                                        ConversationId id, std::uint32_t after,
                                                        std::size_t limit) {
    sql::Where where(scope, "centre_id");
    where.also("chat_id = ? AND number > ?", id, after);
    where.value(limit);
    return sql::select_with<ChatMessageRow>(
        db, "FROM chat_messages" + where.text() + " ORDER BY number LIMIT ?", where.values());
}

Result<std::vector<ChatMessageRow>> ChatStore::history(sql::Database& db, CentreId centre,
                                                       std::string_view citizen,
                                                       const Before& before, std::size_t limit) {
    sql::Where where(Scope::of(centre), "centre_id");
    where.also("chat_id IN (SELECT id FROM chats WHERE centre_id = ? AND citizen = ?)", centre,
               citizen);
    if (before.chat)
        where.also("chat_id < ? OR (chat_id = ? AND number < ?)", before.chat, before.chat,
                   before.number);
    where.value(limit);
    YS_TRY(
        auto out,
        sql::select_with<ChatMessageRow>(
            db, "FROM chat_messages" + where.text() + " ORDER BY chat_id DESC, number DESC LIMIT ?",
            where.values()));
    std::ranges::reverse(out);
    return out;
}

Result<std::vector<KeptChat>> ChatStore::living(sql::Database& db, UtcTime ended_after,
                                                ConversationId after, std::size_t limit) {
    YS_TRY(const auto rows,
           sql::select<ChatRow>(db,
                                "FROM chats WHERE id > ? AND (ended_at IS NULL OR ended_at > ?)"
                                " ORDER BY id LIMIT ?",
                                after, ended_after, limit));
    return with_keys(db, rows);
}

Result<std::optional<KeptChat>> ChatStore::kept(sql::Database& db, const Scope& scope,
                                                ConversationId id) {
    YS_TRY(const auto row, get(db, scope, id));
    if (!row) return std::optional<KeptChat>{};
    YS_TRY(auto all, with_keys(db, {*row}));
    return std::optional<KeptChat>{std::move(all.front())};
}

Result<std::vector<ChatRow>> ChatStore::list(sql::Database& db, const Scope& scope,
                                             const Search& search) {
    sql::Where where(scope, "centre_id");
    if (search.agent) where.also("agent_id = ?", search.agent);
    if (!search.state.empty()) where.also("state = ?", search.state);
    if (search.before) where.also("id < ?", search.before);
    where.value(search.limit);
    return sql::select_with<ChatRow>(db, "FROM chats" + where.text() + " ORDER BY id DESC LIMIT ?",
                                     where.values());
}

Result<Done> ChatStore::add_file(sql::Transaction& tx, const ChatFileRow& row) {
    return sql::insert_soon(tx, "chat_files", row);
}

Result<std::vector<ChatFileRow>> ChatStore::files(sql::Database& db, const Scope& scope,
                                                  const std::vector<ConversationId>& chats) {
    sql::Where where(scope, "centre_id");
    where.among("chat_id", chats);
    return sql::select_with<ChatFileRow>(
        db, "FROM chat_files" + where.text() + " ORDER BY chat_id, number", where.values());
}

Result<ChatWordsRow> ChatStore::words(sql::Database& db, CentreId centre) {
    YS_TRY(const auto row,
           sql::select_one<ChatWordsRow>(db, "FROM chat_words WHERE centre_id = ?", centre));
    return row.value_or(ChatWordsRow{centre, 0, {}});
}

Result<Done> ChatStore::put_words(sql::Transaction& tx, ChatWordsRow row) {
    YS_TRY(const ChatWordsRow there, words(tx.db(), row.centre_id));
    if (there.version != row.version) return Error{sql::errc::stale, "changing guarded words"};
    row.version += 1;
    if (there.version == 0) return sql::insert_soon(tx, "chat_words", row);
    YS_TRY([[maybe_unused]] const auto changed,
           tx.db().run("UPDATE chat_words SET version = ?, words = ? WHERE centre_id = ?",
                       row.version, row.words, row.centre_id));
    return Done{};
}

Result<std::vector<ChatRow>> ChatStore::owing_case(sql::Database& db, std::size_t limit) {
    return sql::select<ChatRow>(db, "FROM chats WHERE owes_case = 1 ORDER BY id LIMIT ?", limit);
}

}  // namespace ys::chat
