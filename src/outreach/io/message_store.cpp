// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/message_store.h"

#include <array>

#include "base/text.h"
#include "outreach/io/gateway_signature.h"
#include "platform/journal/journal.h"
#include "platform/password/token.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::outreach {
namespace {

// What was noticed before there was anybody to write is not written now.
constexpr std::string_view tables = R"(
CREATE TABLE outreach_place (id ID_KEY, notice_id BIGINT NOT NULL);
INSERT INTO outreach_place (id, notice_id)
  SELECT 1, COALESCE(MAX(id), 0) FROM case_notices;
CREATE TABLE outreach_messages (id ID_KEY, notice_id BIGINT NOT NULL UNIQUE,
  case_id BIGINT NOT NULL, centre_id BIGINT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL,
  channel TEXT NOT NULL, channels_left TEXT NOT NULL, tries BIGINT NOT NULL, next_at BIGINT,
  is_urgent BIGINT NOT NULL, why TEXT NOT NULL, text TEXT NOT NULL, body TEXT NOT NULL,
  created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, called_by BIGINT NOT NULL);
CREATE INDEX outreach_messages_by_case ON outreach_messages (case_id);
CREATE INDEX outreach_messages_by_time ON outreach_messages (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX outreach_messages_to_call ON outreach_messages (centre_id, id)
  WHERE channel = 'call_list' AND state = 'queued';
CREATE TABLE outreach_people (person TEXT PRIMARY KEY, mail TEXT NOT NULL, stopped_at BIGINT);
CREATE TABLE outreach_signatures (signature TEXT PRIMARY KEY, at BIGINT NOT NULL);
CREATE INDEX outreach_signatures_by_time ON outreach_signatures (at);
)";

// A survey of a call has no notice: the column may be empty, which SQLite learns only by a new
// table.
constexpr std::string_view without_notice = R"(
CREATE TABLE outreach_messages_2 (id ID_KEY, notice_id BIGINT UNIQUE,
  case_id BIGINT NOT NULL, centre_id BIGINT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL,
  channel TEXT NOT NULL, channels_left TEXT NOT NULL, tries BIGINT NOT NULL, next_at BIGINT,
  is_urgent BIGINT NOT NULL, why TEXT NOT NULL, text TEXT NOT NULL, body TEXT NOT NULL,
  created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, called_by BIGINT NOT NULL,
  survey_id BIGINT NOT NULL);
INSERT INTO outreach_messages_2 SELECT id, notice_id, case_id, centre_id, reason, state, channel,
  channels_left, tries, next_at, is_urgent, why, text, body, created_at, changed_at, called_by, 0
  FROM outreach_messages;
DROP TABLE outreach_messages;
ALTER TABLE outreach_messages_2 RENAME TO outreach_messages;
CREATE INDEX outreach_messages_by_case ON outreach_messages (case_id);
CREATE INDEX outreach_messages_by_time ON outreach_messages (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX outreach_messages_to_call ON outreach_messages (centre_id, id)
  WHERE channel = 'call_list' AND state = 'queued';
)";

constexpr std::string_view with_checklist = R"(
ALTER TABLE outreach_messages ADD COLUMN checklist_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX outreach_messages_by_checklist ON outreach_messages (checklist_id, id)
  WHERE checklist_id <> 0;
)";

constexpr std::string_view with_document = R"(
ALTER TABLE outreach_messages ADD COLUMN document_id BIGINT NOT NULL DEFAULT 0;
)";

std::string words_of(const std::vector<Channel>& channels) {
    std::string out;
    for (const Channel each : channels) {
        if (!out.empty()) out += ',';
        out += word(each);
    }
    return out;
}

Result<Message> message_of(const MessageRow& row) {
    const auto state = message_state_from(row.state);
    const auto channel = channel_from(row.channel);
    if (!state || !channel) return Error{std::errc::io_error, "a message of words unknown here"};
    Message out{.state = *state,
                .channel = *channel,
                .left = {},
                .tries = row.tries,
                .next_at = row.next_at,
                .is_urgent = row.is_urgent,
                .why = row.why};
    for (const std::string_view each : split(row.channels_left, ','))
        if (const auto left = channel_from(each)) out.left.push_back(*left);
    return out;
}

void write_into(MessageRow& row, const Message& message) {
    row.state = word(message.state);
    row.channel = word(message.channel);
    row.channels_left = words_of(message.left);
    row.tries = message.tries;
    row.next_at = message.next_at;
    row.is_urgent = message.is_urgent;
    row.why = message.why;
}

Result<Done> write_facts(sql::Transaction& tx, const MessageRow& row, UtcTime now,
                         const std::vector<MessageStep>& steps) {
    std::vector<facts::Fact> all;
    for (const MessageStep& step : steps)
        all.push_back({now,
                       row.centre_id,
                       {},
                       {},
                       facts::MessageMoved{.message = row.id.value,
                                           .case_id = row.case_id.value,
                                           .reason = row.reason,
                                           .channel = std::string(word(step.channel)),
                                           .to = std::string(word(step.to))}});
    return journal::Journal::append(tx, all);
}

}  // namespace

const sql::Schema& schema() {
    static const sql::Schema it{
        "outreach",
        {sql::for_both(1, tables), sql::for_both(2, without_notice),
         sql::for_both(3, with_checklist), sql::for_both(4, with_document)}};
    return it;
}

Result<std::vector<CitizenNotice>> MessageStore::take_notices(sql::Transaction& tx,
                                                              std::size_t limit) {
    // One thread writes, so that numbers are on disk in their order and none appears below the
    // place later.
    YS_TRY(const auto rows,
           sql::select<CitizenNotice>(tx.db(),
                                      "FROM case_notices WHERE id > (SELECT notice_id FROM"
                                      " outreach_place WHERE id = 1) ORDER BY id LIMIT ?",
                                      limit));
    if (rows.empty()) return rows;
    YS_TRY(
        [[maybe_unused]] const Done moved,
        tx.db().run_soon("UPDATE outreach_place SET notice_id = ? WHERE id = 1", rows.back().id));
    std::vector<CitizenNotice> out;
    for (const CitizenNotice& row : rows)
        if (row.receiver == "citizen") out.push_back(row);
    return out;
}

Result<MessageRow> MessageStore::create(sql::Transaction& tx, const DeliveryRules& rules,
                                        const NewMessage& message, UtcTime now) {
    MessageRow row{.case_id = message.notice.case_id,
                   .centre_id = message.notice.centre_id,
                   .reason = message.notice.reason,
                   .text = message.text,
                   .created_at = now,
                   .changed_at = now,
                   .survey_id = message.survey,
                   .checklist_id = message.checklist,
                   .document_id = message.document};
    if (message.notice.id != 0) row.notice_id = message.notice.id;
    YS_TRY(const std::uint64_t number, sql::next_number(tx, "outreach_messages"));
    row.id = MessageId{number};
    Message life;
    const auto steps = on(rules, life, now, message.begin);
    write_into(row, life);
    YS_TRY([[maybe_unused]] const Done inserted, sql::insert_soon(tx, "outreach_messages", row));
    YS_TRY([[maybe_unused]] const Done told, write_facts(tx, row, now, steps));
    return row;
}

Result<std::vector<MessageRow>> MessageStore::due(sql::Transaction& tx, const DeliveryRules& rules,
                                                  UtcTime now, std::size_t limit) {
    YS_TRY(auto rows, sql::select<MessageRow>(tx.db(),
                                              "FROM outreach_messages WHERE next_at <= ?"
                                              " ORDER BY next_at, id LIMIT ?",
                                              now, limit));
    std::vector<MessageRow> out;
    for (MessageRow& row : rows) {
        if (row.state == word(MessageState::Sent)) {
            YS_TRY([[maybe_unused]] const MessageRow silent,
                   tell(tx, rules, row.id, {SilenceFell{}}, now));
        } else {
            out.push_back(std::move(row));
        }
    }
    return out;
}

Result<Done> MessageStore::keep_body(sql::Transaction& tx, MessageId id, std::string_view body,
                                     std::string_view text) {
    return sql::found(tx.db().run("UPDATE outreach_messages SET body = ?, text = ? WHERE id = ?",
                                  Private(body), Private(text), id),
                      "a message's words");
}

Result<MessageRow> MessageStore::tell(sql::Transaction& tx, const DeliveryRules& rules,
                                      MessageId id, const Telling& telling, UtcTime now) {
    YS_TRY(auto found,
           sql::select_one<MessageRow>(tx.db(), "FROM outreach_messages WHERE id = ?", id));
    if (!found) return Error{sql::errc::not_found, "telling a message"};
    if (!telling.key.empty() && telling.key != key_of(*found)) return *std::move(found);
    YS_TRY(Message life, message_of(*found));
    const Message before = life;
    const auto steps = on(rules, life, now, telling.command);
    if (life == before) return *std::move(found);
    write_into(*found, life);
    found->changed_at = now;
    if (telling.by) found->called_by = telling.by;
    // What opens the case is kept no longer than it must; another channel gets a pass of its own.
    if (life.state != MessageState::Queued || life.channel != before.channel) found->body.clear();
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "outreach_messages", *found));
    YS_TRY([[maybe_unused]] const Done told, write_facts(tx, *found, now, steps));
    return *std::move(found);
}

Result<std::optional<MessageRow>> MessageStore::get(sql::Database& db, const Scope& scope,
                                                    MessageId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<MessageRow>(db, "FROM outreach_messages" + where.text(),
                                            where.values());
}

Result<std::optional<MessageRow>> MessageStore::by_key(sql::Database& db, std::string_view key) {
    const auto number =
        key.starts_with('m') ? parse_number(key.substr(1, key.find('-') - 1)) : std::nullopt;
    if (!number) return std::optional<MessageRow>{};
    YS_TRY(auto row,
           sql::select_one<MessageRow>(db, "FROM outreach_messages WHERE id = ?", *number));
    if (row && key_of(*row) != key) row.reset();
    return row;
}

Result<std::vector<MessageRow>> MessageStore::of_case(sql::Database& db, const Scope& scope,
                                                      CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    return sql::select_with<MessageRow>(
        db, "FROM outreach_messages" + where.text() + " ORDER BY id", where.values());
}

Result<std::vector<MessageRow>> MessageStore::of_checklist(sql::Database& db, const Scope& scope,
                                                           std::uint64_t checklist) {
    sql::Where where(scope, "centre_id");
    where.also("checklist_id = ?", checklist);
    return sql::select_with<MessageRow>(
        db, "FROM outreach_messages" + where.text() + " ORDER BY id", where.values());
}

Result<std::vector<MessageRow>> MessageStore::to_call(sql::Database& db, const Scope& scope,
                                                      std::size_t limit) {
    sql::Where where(scope, "centre_id");
    where.also("channel = 'call_list' AND state = 'queued'");
    where.value(limit);
    return sql::select_with<MessageRow>(
        db, "FROM outreach_messages" + where.text() + " ORDER BY id LIMIT ?", where.values());
}

Result<PersonRow> MessageStore::person(sql::Database& db, std::string_view person) {
    YS_TRY(auto row, sql::select_one<PersonRow>(db, "FROM outreach_people WHERE person = ?",
                                                Private(person)));
    return row ? *std::move(row) : PersonRow{.person = Private(person)};
}

Result<std::vector<PersonRow>> MessageStore::people(sql::Database& db,
                                                    const std::vector<std::string>& people) {
    if (people.empty()) return std::vector<PersonRow>{};
    const std::vector<Private> sought(people.begin(), people.end());
    const sql::Where where = sql::Where::of_all().among("person", sought);
    return sql::select_with<PersonRow>(db, "FROM outreach_people" + where.text(), where.values());
}

Result<Done> MessageStore::keep_person(sql::Transaction& tx, const PersonRow& person) {
    return sql::done(sql::put(tx, "outreach_people", person, "person"));
}

Result<bool> MessageStore::is_first_time(sql::Transaction& tx, std::string_view signature,
                                         UtcTime now) {
    // An older signature is refused by its age.
    const UtcTime gone{now.us - 3 * std::chrono::microseconds(signature_age_max).count()};
    YS_TRY([[maybe_unused]] const auto swept,
           tx.db().run("DELETE FROM outreach_signatures WHERE at < ?", gone));
    YS_TRY(const std::int64_t kept,
           tx.db().run("INSERT INTO outreach_signatures (signature, at) VALUES (?, ?)"
                       " ON CONFLICT (signature) DO NOTHING",
                       signature, now));
    return kept > 0;
}

std::string key_of(const MessageRow& row) {
    return "m" + std::to_string(row.id.value) + "-" + row.channel + "-" +
           std::to_string(row.created_at.us);
}

std::string person_of(std::string_view number) {
    return password::sha256_hex("person " + std::string(number));
}

}  // namespace ys::outreach
