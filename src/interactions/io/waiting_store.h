// SPDX-License-Identifier: Apache-2.0
// What waiting leaves in the tables: what a queue offers who waits, and the list of lost calls.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interactions/io/call_row.h"
#include "interactions/setup.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::interactions {

const sql::Schema& waiting_schema();

/// What a queue offers who has waited so long, 0 never, and who is there when.
struct QueueOfferRow {
    QueueId queue_id{};
    CentreId centre_id{};
    std::int64_t callback_after_s = 0;
    std::int64_t voicemail_after_s = 0;
    std::string duty{};         ///< mobiles rung while nobody is at work, "," between
    bool is_unhurried = false;  ///< no target for handling time
    std::string hours{};        ///< as base/opening_hours.h writes them, "" for always
};
QueueOfferRow offer_of(const QueueSetup& queue);
BOOST_DESCRIBE_STRUCT(QueueOfferRow, (),
                      (queue_id, centre_id, callback_after_s, voicemail_after_s, duty, is_unhurried,
                       hours))

/// Somebody who asked for a person, was not served, and has a number (呼损).
struct LostCallRow {
    InteractionId id{};  ///< of the call that was lost
    CentreId centre_id{};
    QueueId queue_id{};  ///< none when the queue was full
    Private number{};
    std::string cause{};  ///< as in the call's row
    UtcTime arrived_at{};
    std::int64_t waited_ms = 0;
    std::int64_t attempts = 0;  ///< calls of ours to that number since
    std::optional<UtcTime> tried_at{};
    AgentId taken_by{};  ///< who is calling them back
    std::optional<UtcTime> taken_at{};
    /// "" while open; "called_back" "served" (they called again) "done" "unreachable" "withheld"
    std::string outcome{};
    std::optional<UtcTime> closed_at{};
};
BOOST_DESCRIBE_STRUCT(LostCallRow, (),
                      (id, centre_id, queue_id, number, cause, arrived_at, waited_ms, attempts,
                       tried_at, taken_by, taken_at, outcome, closed_at))

struct LostCallListRow : LostCallRow {
    std::string queue_title{};
    std::string taken_by_name{};
};
BOOST_DESCRIBE_STRUCT(LostCallListRow, (LostCallRow), (queue_title, taken_by_name))

class WaitingStore {
public:
    static Result<Done> put_offer(sql::Transaction& tx, const QueueOfferRow& row);
    static Result<Done> add_offers(sql::Database& db, std::vector<QueueSetup>& queues);

    /// What the end of a call means for the list: a new row, or rows that are settled. Part of the
    /// transaction that writes the call.
    static Result<Done> ended(sql::Transaction& tx, const CallRow& call);

    /// Open ones by arrival, the oldest first; or closed ones, the newest first.
    static Result<std::vector<LostCallListRow>> lost(sql::Database& db, const Scope& scope,
                                                     bool is_open, std::size_t limit);
    static Result<std::optional<LostCallListRow>> lost_one(sql::Database& db, const Scope& scope,
                                                           InteractionId id);
    /// The agent will call them; nobody else is given the same call for ten minutes.
    /// errors  not_found; stale when it is closed or somebody else's
    static Result<Done> take(sql::Transaction& tx, const Scope& scope, InteractionId id,
                             AgentId agent, UtcTime now);
    /// outcome  "done" "unreachable"
    /// errors   not_found; stale when it is closed
    static Result<Done> close(sql::Transaction& tx, const Scope& scope, InteractionId id,
                              const std::string& outcome, UtcTime now);
};

}  // namespace ys::interactions
