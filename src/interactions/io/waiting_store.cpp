// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/waiting_store.h"

#include <algorithm>
#include <array>

#include "base/opening_hours.h"
#include "base/text.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/where.h"

namespace ys::interactions {
namespace {

constexpr std::int64_t taken_for_us = 600'000'000;

constexpr std::string_view tables = R"(
CREATE TABLE queue_offers (queue_id ID_KEY, centre_id BIGINT NOT NULL,
  callback_after_s BIGINT NOT NULL, voicemail_after_s BIGINT NOT NULL);
CREATE TABLE lost_calls (id ID_KEY, centre_id BIGINT NOT NULL, queue_id BIGINT NOT NULL,
  number TEXT NOT NULL, cause TEXT NOT NULL, arrived_at BIGINT NOT NULL,
  waited_ms BIGINT NOT NULL, attempts BIGINT NOT NULL, tried_at BIGINT,
  taken_by BIGINT NOT NULL, taken_at BIGINT, outcome TEXT NOT NULL, closed_at BIGINT);
CREATE INDEX lost_calls_open ON lost_calls (centre_id, arrived_at) WHERE outcome = '';
CREATE INDEX lost_calls_by_number ON lost_calls (centre_id, number) WHERE outcome = '';
CREATE INDEX lost_calls_closed ON lost_calls (centre_id, closed_at) WHERE outcome <> '';
)";

constexpr std::string_view duty_and_pace = R"(
ALTER TABLE queue_offers ADD COLUMN duty TEXT NOT NULL DEFAULT '';
ALTER TABLE queue_offers ADD COLUMN is_unhurried BIGINT NOT NULL DEFAULT 0;
)";

constexpr std::string_view opening_hours = R"(
ALTER TABLE queue_offers ADD COLUMN hours TEXT NOT NULL DEFAULT '';
)";

constexpr std::string_view list_extras =
    ", COALESCE((SELECT q.title FROM queues q WHERE q.id = l.queue_id), '')"
    ", COALESCE((SELECT u.name FROM users u WHERE u.id = l.taken_by), '')";

/// Whether the citizen asked for a person and got none.
bool is_lost(const CallRow& call) {
    if (call.connected_at) return false;
    if (call.cause == "queue_full") return true;
    // A promise given up, whatever the last attempt came to; one the citizen no longer needs is
    // not.
    if (call.direction == "callback") return call.cause != "cancelled";
    constexpr std::array causes{"abandoned", "media_lost", "media_failed", "system_error",
                                "drained"};
    return call.direction != "out" && call.queued_at &&
           std::ranges::find(causes, call.cause) != causes.end();
}

/// Whoever has been served, or reached by a call of ours, is not waiting to be called.
Result<Done> settle(sql::Transaction& tx, const CallRow& call, const Private& number,
                    std::string_view outcome) {
    return sql::done(
        tx.db().run("UPDATE lost_calls SET outcome = ?, closed_at = ?"
                    " WHERE centre_id = ? AND number = ? AND outcome = ''",
                    outcome, call.ended_at, call.centre_id, number));
}

Result<std::vector<LostCallListRow>> list(sql::Database& db, const std::string& rest,
                                          std::span<const sql::Value> values) {
    static const std::string head = "SELECT " + sql::columns<LostCallRow>("l.") +
                                    std::string(list_extras) + " FROM lost_calls l";
    std::vector<LostCallListRow> out;
    YS_TRY([[maybe_unused]] const auto n, db.run_with(head + rest, values, [&](const auto& row) {
        out.push_back(sql::read_row<LostCallListRow>(row));
    }));
    return out;
}

Result<LostCallListRow> open_one(sql::Transaction& tx, const Scope& scope, InteractionId id) {
    YS_TRY(const auto row, WaitingStore::lost_one(tx.db(), scope, id));
    if (!row) return Error{sql::errc::not_found, "a lost call"};
    if (!row->outcome.empty()) return Error{sql::errc::stale, "a lost call that is closed"};
    return *row;
}

}  // namespace

const sql::Schema& waiting_schema() {
    static const sql::Schema it{"waiting",
                                {sql::for_both(1, tables), sql::for_both(2, duty_and_pace),
                                 sql::for_both(3, opening_hours)}};
    return it;
}

QueueOfferRow offer_of(const QueueSetup& q) {
    std::string duty;
    for (const std::string& number : q.duty) duty += (duty.empty() ? "" : ",") + number;
    return {.queue_id = q.id,
            .centre_id = q.centre,
            .callback_after_s = std::chrono::duration_cast<Seconds>(q.callback_after).count(),
            .voicemail_after_s = std::chrono::duration_cast<Seconds>(q.voicemail_after).count(),
            .duty = std::move(duty),
            .is_unhurried = q.is_unhurried,
            .hours = to_text(q.hours)};
}

Result<Done> WaitingStore::put_offer(sql::Transaction& tx, const QueueOfferRow& row) {
    return sql::done(sql::put(tx, "queue_offers", row, "queue_id"));
}

Result<Done> WaitingStore::add_offers(sql::Database& db, std::vector<QueueSetup>& queues) {
    YS_TRY(const auto rows, sql::select<QueueOfferRow>(db, "FROM queue_offers"));
    for (const QueueOfferRow& row : rows) {
        const auto queue = std::ranges::find(queues, row.queue_id, &QueueSetup::id);
        if (queue == queues.end()) continue;
        queue->callback_after = Seconds(row.callback_after_s);
        queue->voicemail_after = Seconds(row.voicemail_after_s);
        queue->is_unhurried = row.is_unhurried;
        YS_TRY(queue->hours, parse_opening_hours(row.hours));
        for (const std::string_view number : split(row.duty, ','))
            if (!number.empty()) queue->duty.emplace_back(number);
    }
    return Done{};
}

Result<Done> WaitingStore::ended(sql::Transaction& tx, const CallRow& call) {
    if (call.direction == "out") {
        YS_TRY([[maybe_unused]] const auto tried,
               tx.db().run("UPDATE lost_calls SET attempts = attempts + 1, tried_at = ?"
                           " WHERE centre_id = ? AND number = ? AND outcome = ''",
                           call.arrived_at, call.centre_id, call.dialled));
        if (call.connected_at) return settle(tx, call, call.dialled, "called_back");
        return Done{};
    }
    if (call.connected_at && !call.caller.empty()) return settle(tx, call, call.caller, "served");
    if (!is_lost(call)) return Done{};
    LostCallRow row{.id = call.id,
                    .centre_id = call.centre_id,
                    .queue_id = call.queue_id,
                    .number = call.caller,
                    .cause = call.cause,
                    .arrived_at = call.arrived_at,
                    .waited_ms = call.waited_ms};
    // Missed, and nobody can call them: the list shows it, nobody is asked to do anything.
    if (call.caller.empty()) {
        row.outcome = "withheld";
        row.closed_at = call.ended_at;
    }
    return sql::done(sql::put(tx, "lost_calls", row));
}

Result<std::vector<LostCallListRow>> WaitingStore::lost(sql::Database& db, const Scope& scope,
                                                        bool is_open, std::size_t limit) {
    sql::Where where(scope, "l.centre_id");
    where.also(is_open ? "l.outcome = ''" : "l.outcome <> ''");
    where.value(limit);
    const char* order = is_open ? " ORDER BY l.arrived_at, l.id LIMIT ?"
                                : " ORDER BY l.closed_at DESC, l.id DESC LIMIT ?";
    return list(db, where.text() + order, where.values());
}

Result<std::optional<LostCallListRow>> WaitingStore::lost_one(sql::Database& db, const Scope& scope,
                                                              InteractionId id) {
    sql::Where where(scope, "l.centre_id");
    where.also("l.id = ?", id);
    YS_TRY(auto rows, list(db, where.text(), where.values()));
    if (rows.empty()) return std::optional<LostCallListRow>{};
    return std::optional{std::move(rows.front())};
}

Result<Done> WaitingStore::take(sql::Transaction& tx, const Scope& scope, InteractionId id,
                                AgentId agent, UtcTime now) {
    YS_TRY(const LostCallListRow row, open_one(tx, scope, id));
    const bool is_taken =
        row.taken_by && row.taken_by != agent && now.us - row.taken_at->us < taken_for_us;
    if (is_taken) return Error{sql::errc::stale, "a lost call somebody else took"};
    return sql::found(tx.db().run("UPDATE lost_calls SET taken_by = ?, taken_at = ?"
                                  " WHERE centre_id = ? AND id = ?",
                                  agent, now, row.centre_id, id),
                      "taking a lost call");
}

Result<Done> WaitingStore::close(sql::Transaction& tx, const Scope& scope, InteractionId id,
                                 const std::string& outcome, UtcTime now) {
    YS_TRY(const LostCallListRow row, open_one(tx, scope, id));
    return sql::found(tx.db().run("UPDATE lost_calls SET outcome = ?, closed_at = ?"
                                  " WHERE centre_id = ? AND id = ?",
                                  outcome, now, row.centre_id, id),
                      "closing a lost call");
}

}  // namespace ys::interactions
