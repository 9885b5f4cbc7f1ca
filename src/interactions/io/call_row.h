// SPDX-License-Identifier: Apache-2.0
// The call list and the recording list as projections of facts; pure, so that they can be rebuilt.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/described.h"
#include "facts/facts.h"

namespace ys::interactions {

struct CallRow {
    InteractionId id{};
    CentreId centre_id{};
    std::string direction{};  ///< "in" "web" "out"
    Private caller{};
    Private dialled{};
    Private display_name{};
    CustomerId customer_id{};
    CaseId case_id{};    ///< "out": the case the call is about
    QueueId queue_id{};  ///< the last queue it was in
    AgentId agent_id{};  ///< the last agent it was connected to; "out": who dialled
    UtcTime arrived_at{};
    std::optional<UtcTime> answered_at{}, queued_at{}, connected_at{};  ///< each: the first time
    UtcTime ended_at{};
    std::string cause{};
    std::string who{};
    std::int64_t waited_ms = 0, talked_ms = 0, held_ms = 0;
    std::optional<std::int32_t> score{};
    std::string disposition{};
    std::int32_t hops = 0;  ///< transfers begun
    Private tail{};         ///< the last four digits of the citizen's number, for the search
};
BOOST_DESCRIBE_STRUCT(CallRow, (),
                      (id, centre_id, direction, caller, dialled, display_name, customer_id,
                       case_id, queue_id, agent_id, arrived_at, answered_at, queued_at,
                       connected_at, ended_at, cause, who, waited_ms, talked_ms, held_ms, score,
                       disposition, hops, tail))

struct RecordingRow {
    RecordingId id{};
    CentreId centre_id{};
    InteractionId interaction_id{};
    AgentId agent_id{};
    std::string purpose{};  ///< "call" "consult" "voicemail"
    std::string file{};
    std::string format = "alaw";  ///< "alaw" as recorded, "opus" after encoding
    std::int64_t length_ms = 0;
    std::string outcome{};  ///< "" while it runs, then as in RecordingClosed
    UtcTime opened_at{};
    std::string key_name{};  ///< of the key it is encrypted with, "" for none
};
BOOST_DESCRIBE_STRUCT(RecordingRow, (),
                      (id, centre_id, interaction_id, agent_id, purpose, file, format, length_ms,
                       outcome, opened_at, key_name))

// What facts do to the two lists.
struct PutCall {
    CallRow row;
};
/// The wrap-up or the survey came after the call had ended.
struct NoteOnCall {
    CentreId centre;
    InteractionId id;
    std::optional<std::string> disposition;
    std::optional<std::int32_t> score;
};
struct OpenRecording {
    RecordingRow row;
};
struct CloseRecording {
    CentreId centre;
    RecordingId id;
    std::int64_t length_ms = 0;
    std::string outcome;
};
/// The call has become another centre's, and so has what was recorded of it.
struct MoveRecordings {
    CentreId centre;
    InteractionId interaction;
};
using RowChange = std::variant<PutCall, NoteOnCall, OpenRecording, CloseRecording, MoveRecordings>;

/// Adds what one fact says to the row of its call.
void apply(CallRow& row, const facts::Fact& fact);

/// Calls that have not ended, by their facts so far.
class CallProjector {
public:
    /// What the fact changes in the lists; most change nothing yet.
    std::vector<RowChange> on(const facts::Fact& fact);
    const std::map<InteractionId, CallRow>& open() const { return open_; }

private:
    std::map<InteractionId, CallRow> open_;
};

}  // namespace ys::interactions
