// SPDX-License-Identifier: Apache-2.0
// After a kill: every call that arrived gets its end, so that each has exactly one row.
#include <algorithm>

#include "interactions/io/call_store.h"
#include "platform/sql/described_rows.h"

namespace ys::interactions {
namespace {

using facts::Fact;
using journal::Journal;

/// How far back an unfinished call can lie, in facts: more than a day of the largest centre.
constexpr std::int64_t look_back = 2'000'000;

Result<std::vector<InteractionId>> unfinished(sql::Database& db) {
    std::vector<InteractionId> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.each(
               "SELECT f.interaction FROM facts f WHERE f.kind = 'CallArrived'"
               " AND f.seq > (SELECT COALESCE(MAX(seq), 0) FROM facts) - ?"
               " AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = f.interaction) ORDER BY f.seq",
               [&](const sql::Row& row) { row.get(0, out.emplace_back()); }, look_back));
    return out;
}

std::int64_t ms_between(UtcTime from, UtcTime to) {
    return std::max<std::int64_t>(0, (to.us - from.us) / 1'000);
}

/// The call was alive at `last` at the latest: what it waited and talked until then is counted.
Fact ending_of(const CallRow& row, std::int64_t waited_ms, UtcTime last) {
    facts::CallEnded ended{.cause = "system_error", .who = "system"};
    ended.total_ms = ms_between(row.arrived_at, last);
    ended.waited_ms = waited_ms;
    if (row.queued_at && !row.connected_at) ended.waited_ms = ms_between(*row.queued_at, last);
    if (row.connected_at) ended.talked_ms = ms_between(*row.connected_at, last);
    return {last, row.centre_id, row.id, AgentId{}, ended};
}

Result<LostCall> end_one(sql::Transaction& tx, InteractionId call, UtcTime last) {
    YS_TRY(const auto story, Journal::whole_story(tx.db(), call));
    CallProjector projector;
    LostCall lost;
    lost.id = call;
    std::int64_t waited_ms = 0;
    for (const auto& entry : story) {
        projector.on(entry.fact);
        lost.learn(entry.fact.body);
        last = std::max(last, entry.fact.at);
        if (const auto* c = std::get_if<facts::Connected>(&entry.fact.body))
            waited_ms = c->waited_ms;
    }
    const auto open = projector.open().find(call);
    if (open == projector.open().end()) return lost;
    lost.centre = open->second.centre_id;
    const Fact ending = ending_of(open->second, waited_ms, last);
    YS_TRY([[maybe_unused]] const auto appended, Journal::append(tx, {&ending, 1}));
    YS_TRY([[maybe_unused]] const auto written, CallStore::write(tx, projector.on(ending)));
    return lost;
}

/// The file holds what was flushed before the kill; the file itself tells how much.
Result<Done> close_recordings(sql::Transaction& tx, UtcTime now,
                              const std::function<Millis(const RecordingRow&)>& measure) {
    YS_TRY(const auto open,
           sql::select<RecordingRow>(tx.db(), "FROM recordings WHERE outcome = '' ORDER BY id"));
    for (const RecordingRow& row : open) {
        const std::int64_t length_ms = measure(row).count();
        const std::string outcome = length_ms > 0 ? "gap" : "empty";
        const Fact closed{now, row.centre_id, row.interaction_id, row.agent_id,
                          facts::RecordingClosed{row.id.value, length_ms, outcome}};
        const RowChange change = CloseRecording{row.centre_id, row.id, length_ms, outcome};
        YS_TRY([[maybe_unused]] const auto appended, Journal::append(tx, {&closed, 1}));
        YS_TRY([[maybe_unused]] const auto written, CallStore::write(tx, {&change, 1}));
    }
    return Done{};
}

}  // namespace

Result<std::vector<LostCall>> CallStore::end_unfinished(
    sql::Transaction& tx, UtcTime now, const std::function<Millis(const RecordingRow&)>& measure) {
    // The last thing written is the last proof of life.
    YS_TRY(const UtcTime last,
           tx.db().value<UtcTime>({}, "SELECT at_us FROM facts ORDER BY seq DESC LIMIT 1"));
    YS_TRY(const auto calls, unfinished(tx.db()));
    std::vector<LostCall> lost;
    for (const InteractionId call : calls) {
        YS_TRY(lost.emplace_back(), end_one(tx, call, last));
    }
    YS_TRY([[maybe_unused]] const auto closed, close_recordings(tx, now, measure));
    return lost;
}

}  // namespace ys::interactions
