// SPDX-License-Identifier: Apache-2.0
// The call list and the recordings: written with the facts they come from, searched by the desk.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "interactions/io/call_row.h"
#include "interactions/last_life.h"
#include "platform/journal/journal.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::interactions {

const sql::Schema& schema();

/// A call as a list shows it. The names come from the tables of centres/io and customers/io.
struct CallListRow : CallRow {
    std::string agent_name{};
    std::string queue_title{};
    std::string customer_name{};
    std::string case_number{};   ///< of the newest case taken in this call
    RecordingId recording_id{};  ///< of the main recording, or none
    std::int64_t recording_ms = 0;
    std::string recording_outcome{};
};
BOOST_DESCRIBE_STRUCT(CallListRow, (CallRow),
                      (agent_name, queue_title, customer_name, case_number, recording_id,
                       recording_ms, recording_outcome))

struct CallSearch {
    std::string number{};  ///< caller or dialled, whole, or the citizen's last four digits
    AgentId agent{};
    QueueId queue{};
    CustomerId customer{};
    std::string case_number{};
    std::string cause{};
    std::string direction{};
    std::optional<UtcTime> from{}, to{};  ///< arrived: from <= t < to
    /// The last row of the page before; both or none.
    std::optional<UtcTime> before_arrived{};
    InteractionId before_id{};
    std::size_t limit = 50;
};

class CallStore {
public:
    /// Part of the transaction that appends the facts.
    static Result<Done> write(sql::Transaction& tx, std::span<const RowChange> changes);

    /// Newest first.
    static Result<std::vector<CallListRow>> search(sql::Database& db, const Scope& scope,
                                                   const CallSearch& search);
    static Result<std::optional<CallListRow>> get(sql::Database& db, const Scope& scope,
                                                  InteractionId id);
    /// A call that is up has no row yet: what its facts say so far; nothing once it has ended.
    static Result<std::optional<CallRow>> live(sql::Database& db, const Scope& scope,
                                               InteractionId id);

    static Result<std::optional<RecordingRow>> recording(sql::Database& db, const Scope& scope,
                                                         RecordingId id);
    static Result<std::vector<RecordingRow>> recordings_of(sql::Database& db, const Scope& scope,
                                                           InteractionId id);
    /// Closed ones with sound that are still as recorded, oldest first, `after` < id <= `last`:
    /// work for the encoder, of all centres.
    static Result<std::vector<RecordingRow>> to_encode(sql::Database& db, RecordingId after,
                                                       RecordingId last, std::size_t limit);
    /// The encoder is done with it.
    static Result<Done> set_recording_file(sql::Transaction& tx, CentreId centre, RecordingId id,
                                           std::string_view file, std::string_view format);
    static Result<std::uint64_t> highest_recording(sql::Database& db);
    static Result<std::uint64_t> highest_interaction(sql::Database& db);

    /// Calls and recordings that a kill left without an end get one: facts CallEnded (system_error)
    /// and RecordingClosed (gap), and their rows. Before anything new is written.
    /// measure  repairs the file of a recording that was cut off and tells how much is there
    /// returns  the calls that were ended, in the order they came
    static Result<std::vector<LostCall>> end_unfinished(
        sql::Transaction& tx, UtcTime now,
        const std::function<Millis(const RecordingRow&)>& measure);
};

}  // namespace ys::interactions
