// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/call_store.h"

#include <algorithm>

#include "base/overloaded.h"
#include "interactions/io/waiting_store.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::interactions {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE calls (id ID_KEY, centre_id BIGINT NOT NULL, direction TEXT NOT NULL,
  caller TEXT NOT NULL, dialled TEXT NOT NULL, display_name TEXT NOT NULL,
  customer_id BIGINT NOT NULL, case_id BIGINT NOT NULL, queue_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL, arrived_at BIGINT NOT NULL, answered_at BIGINT, queued_at BIGINT,
  connected_at BIGINT, ended_at BIGINT NOT NULL, cause TEXT NOT NULL, who TEXT NOT NULL,
  waited_ms BIGINT NOT NULL, talked_ms BIGINT NOT NULL, held_ms BIGINT NOT NULL, score BIGINT,
  disposition TEXT NOT NULL, hops BIGINT NOT NULL);
CREATE INDEX calls_by_time ON calls (centre_id, arrived_at, id);
CREATE INDEX calls_by_caller ON calls (caller, arrived_at);
CREATE INDEX calls_by_agent ON calls (agent_id, arrived_at) WHERE agent_id > 0;
CREATE INDEX calls_by_customer ON calls (customer_id, arrived_at) WHERE customer_id > 0;
CREATE TABLE recordings (id ID_KEY, centre_id BIGINT NOT NULL, interaction_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL, purpose TEXT NOT NULL, file TEXT NOT NULL, format TEXT NOT NULL,
  length_ms BIGINT NOT NULL, outcome TEXT NOT NULL, opened_at BIGINT NOT NULL,
  key_name TEXT NOT NULL);
CREATE INDEX recordings_by_interaction ON recordings (interaction_id);
CREATE INDEX recordings_unfinished ON recordings (id) WHERE format = 'alaw' OR outcome = '';
)";

/// In the order of CallListRow's own fields. Everything found is of the call's own centre.
constexpr std::string_view list_extras =
    ", COALESCE((SELECT u.name FROM users u WHERE u.id = c.agent_id), '')"
    ", COALESCE((SELECT q.title FROM queues q WHERE q.id = c.queue_id), '')"
    ", COALESCE((SELECT p.name FROM customers p WHERE p.id = c.customer_id"
    " AND p.centre_id = c.centre_id), '')"
    ", COALESCE((SELECT k.number FROM cases k WHERE k.interaction_id = c.id"
    " AND k.interaction_id > 0 AND k.centre_id = c.centre_id AND k.is_confidential = 0 ORDER BY "
    "k.id DESC LIMIT 1), '')"
    ", COALESCE((SELECT r.id FROM recordings r WHERE r.interaction_id = c.id"
    " AND r.purpose = 'call' ORDER BY r.id LIMIT 1), 0)"
    ", COALESCE((SELECT r.length_ms FROM recordings r WHERE r.interaction_id = c.id"
    " AND r.purpose = 'call' ORDER BY r.id LIMIT 1), 0)"
    ", COALESCE((SELECT r.outcome FROM recordings r WHERE r.interaction_id = c.id"
    " AND r.purpose = 'call' ORDER BY r.id LIMIT 1), '')";

Result<std::vector<CallListRow>> list(sql::Database& db, const std::string& rest,
                                      std::span<const sql::Value> values) {
    static const std::string head =
        "SELECT " + sql::columns<CallRow>("c.") + std::string(list_extras) + " FROM calls c";
    std::vector<CallListRow> out;
    YS_TRY([[maybe_unused]] const auto n, db.run_with(head + rest, values, [&](const auto& row) {
        out.push_back(sql::read_row<CallListRow>(row));
    }));
    return out;
}

Result<Done> put_call(sql::Transaction& tx, const CallRow& row) {
    YS_TRY([[maybe_unused]] const auto n, sql::put(tx, "calls", row));
    return WaitingStore::ended(tx, row);
}

Result<Done> note(sql::Transaction& tx, const NoteOnCall& change) {
    return sql::done(
        tx.db().run("UPDATE calls SET disposition = COALESCE(?, disposition),"
                    " score = COALESCE(?, score) WHERE centre_id = ? AND id = ?",
                    change.disposition, change.score, change.centre, change.id));
}

Result<Done> close(sql::Transaction& tx, const CloseRecording& change) {
    return sql::done(
        tx.db().run("UPDATE recordings SET length_ms = ?, outcome = ?"
                    " WHERE centre_id = ? AND id = ?",
                    change.length_ms, change.outcome, change.centre, change.id));
}

Result<Done> move(sql::Transaction& tx, const MoveRecordings& change) {
    return sql::done(tx.db().run("UPDATE recordings SET centre_id = ? WHERE interaction_id = ?",
                                 change.centre, change.interaction));
}

}  // namespace

const sql::Schema& schema() {
    static const sql::Schema it{
        "calls",
        {sql::for_both(1, tables),
         sql::for_both(2,
                       "ALTER TABLE calls ADD COLUMN tail TEXT NOT NULL DEFAULT '';"
                       "CREATE INDEX calls_by_tail ON calls (tail, arrived_at) WHERE tail <> '';"
                       "CREATE INDEX calls_by_dialled ON calls (dialled, arrived_at)")}};
    return it;
}

Result<Done> CallStore::write(sql::Transaction& tx, std::span<const RowChange> changes) {
    for (const RowChange& change : changes) {
        YS_TRY([[maybe_unused]] const auto written,
               std::visit(overloaded{
                              [&](const PutCall& c) { return put_call(tx, c.row); },
                              [&](const NoteOnCall& c) { return note(tx, c); },
                              [&](const OpenRecording& c) {
                                  return sql::done(sql::put(tx, "recordings", c.row));
                              },
                              [&](const CloseRecording& c) { return close(tx, c); },
                              [&](const MoveRecordings& c) { return move(tx, c); },
                          },
                          change));
    }
    return Done{};
}

Result<std::vector<CallListRow>> CallStore::search(sql::Database& db, const Scope& scope,
                                                   const CallSearch& search) {
    sql::Where where(scope, "c.centre_id");
    if (!search.number.empty()) {
        const Private number(search.number);
        where.also("c.caller = ? OR c.dialled = ? OR c.tail = ?", number, number, number);
    }
    if (search.agent) where.also("c.agent_id = ? AND c.agent_id > 0", search.agent);
    if (search.queue) where.also("c.queue_id = ?", search.queue);
    if (search.customer) where.also("c.customer_id = ? AND c.customer_id > 0", search.customer);
    if (!search.case_number.empty())
        where.also(
            "c.id IN (SELECT k.interaction_id FROM cases k WHERE k.number = ?"
            " AND k.centre_id = c.centre_id AND k.is_confidential = 0) OR c.case_id IN"
            " (SELECT k.id FROM cases k WHERE k.number = ? AND k.centre_id = c.centre_id"
            " AND k.is_confidential = 0)",
            search.case_number, search.case_number);
    if (!search.cause.empty()) where.also("c.cause = ?", search.cause);
    if (!search.direction.empty()) where.also("c.direction = ?", search.direction);
    if (search.from) where.also("c.arrived_at >= ?", *search.from);
    if (search.to) where.also("c.arrived_at < ?", *search.to);
    if (search.before_arrived)
        where.also("c.arrived_at < ? OR (c.arrived_at = ? AND c.id < ?)", *search.before_arrived,
                   *search.before_arrived, search.before_id);
    where.value(search.limit);
    return list(db, where.text() + " ORDER BY c.arrived_at DESC, c.id DESC LIMIT ?",
                where.values());
}

Result<std::optional<CallListRow>> CallStore::get(sql::Database& db, const Scope& scope,
                                                  InteractionId id) {
    sql::Where where(scope, "c.centre_id");
    where.also("c.id = ?", id);
    YS_TRY(auto rows, list(db, where.text(), where.values()));
    if (rows.empty()) return std::optional<CallListRow>{};
    return std::optional{std::move(rows.front())};
}

Result<std::optional<CallRow>> CallStore::live(sql::Database& db, const Scope& scope,
                                               InteractionId id) {
    YS_TRY(const auto story, journal::Journal::whole_story(db, id));
    CallProjector projector;
    for (const auto& entry : story) projector.on(entry.fact);
    const auto open = projector.open().find(id);
    if (open == projector.open().end() || !scope.contains(open->second.centre_id))
        return std::optional<CallRow>{};
    return std::optional{open->second};
}

Result<std::optional<RecordingRow>> CallStore::recording(sql::Database& db, const Scope& scope,
                                                         RecordingId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<RecordingRow>(db, "FROM recordings" + where.text(), where.values());
}

Result<std::vector<RecordingRow>> CallStore::recordings_of(sql::Database& db, const Scope& scope,
                                                           InteractionId id) {
    sql::Where where(scope, "centre_id");
    where.also("interaction_id = ?", id);
    return sql::select_with<RecordingRow>(db, "FROM recordings" + where.text() + " ORDER BY id",
                                          where.values());
}

Result<std::vector<RecordingRow>> CallStore::to_encode(sql::Database& db, RecordingId after,
                                                       RecordingId last, std::size_t limit) {
    return sql::select<RecordingRow>(
        db,
        "FROM recordings WHERE format = 'alaw' AND outcome NOT IN ('', 'failed')"
        " AND length_ms > 0 AND id > ? AND id <= ? ORDER BY id LIMIT ?",
        after, last, limit);
}

Result<Done> CallStore::set_recording_file(sql::Transaction& tx, CentreId centre, RecordingId id,
                                           std::string_view file, std::string_view format) {
    return sql::found(tx.db().run("UPDATE recordings SET file = ?, format = ?"
                                  " WHERE centre_id = ? AND id = ?",
                                  file, format, centre, id),
                      "naming the file of a recording");
}

Result<std::uint64_t> CallStore::highest_recording(sql::Database& db) {
    return db.value<std::uint64_t>(0, "SELECT MAX(id) FROM recordings");
}

Result<std::uint64_t> CallStore::highest_interaction(sql::Database& db) {
    YS_TRY(const std::uint64_t in_rows, db.value<std::uint64_t>(0, "SELECT MAX(id) FROM calls"));
    YS_TRY(const std::uint64_t in_facts, journal::Journal::highest_interaction(db));
    return std::max(in_rows, in_facts);
}

}  // namespace ys::interactions
