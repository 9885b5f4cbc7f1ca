// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/call_row.h"

#include <gtest/gtest.h>

namespace ys::interactions {
namespace {

const CentreId centre{1};
const InteractionId call{5};
const AgentId ann{7}, bob{8};

struct Told {
    CallProjector projector;
    std::vector<RowChange> changes;

    Told& tell(std::int64_t at_us, facts::Body body, AgentId agent = {}, InteractionId id = call) {
        changes = projector.on({UtcTime{at_us}, centre, id, agent, std::move(body)});
        return *this;
    }
    template <class T>
    const T& only() const {
        EXPECT_EQ(changes.size(), 1u);
        return std::get<T>(changes.at(0));
    }
};

TEST(CallProjector, a_call_out_that_nobody_answered_is_its_agents) {
    Told t;
    t.tell(10, facts::CallArrived{.direction = "out", .dialled = "138"}, ann);
    t.tell(11, facts::DialEnded{"busy"}, ann);
    t.tell(12, facts::CallEnded{.cause = "busy"});
    EXPECT_EQ(t.only<PutCall>().row.agent_id, ann);
}

TEST(CallProjector, a_call_becomes_a_row_when_it_ends) {
    Told t;
    t.tell(10, facts::CallArrived{.direction = "in",
                                  .caller = "138",
                                  .dialled = "6000",
                                  .display_name = "张",
                                  .customer = 3});
    t.tell(11, facts::CallAnswered{});
    t.tell(12, facts::Queued{.queue = 2});
    t.tell(13, facts::Proposed{.queue = 2}, ann);
    t.tell(14, facts::Connected{.queue = 2, .waited_ms = 4}, ann);
    EXPECT_TRUE(t.changes.empty());
    t.tell(30, facts::CallEnded{.cause = "completed",
                                .who = "citizen",
                                .total_ms = 20,
                                .waited_ms = 4,
                                .talked_ms = 16,
                                .held_ms = 1});
    const CallRow& row = t.only<PutCall>().row;
    EXPECT_EQ(row.id, call);
    EXPECT_EQ(row.centre_id, centre);
    EXPECT_EQ(row.caller, "138");
    EXPECT_EQ(row.customer_id, CustomerId{3});
    EXPECT_EQ(row.queue_id, QueueId{2});
    EXPECT_EQ(row.agent_id, ann);
    EXPECT_EQ(row.arrived_at, UtcTime{10});
    EXPECT_EQ(row.answered_at, UtcTime{11});
    EXPECT_EQ(row.queued_at, UtcTime{12});
    EXPECT_EQ(row.connected_at, UtcTime{14});
    EXPECT_EQ(row.ended_at, UtcTime{30});
    EXPECT_EQ(row.cause, "completed");
    EXPECT_EQ(row.talked_ms, 16);
    EXPECT_TRUE(t.projector.open().empty());
}

TEST(CallProjector, a_transferred_call_keeps_its_first_times_and_its_last_agent) {
    Told t;
    t.tell(10, facts::CallArrived{.direction = "in"});
    t.tell(12, facts::Queued{.queue = 2}).tell(14, facts::Connected{.queue = 2}, ann);
    t.tell(20, facts::TransferBegan{.kind = "blind", .target = "queue:3", .hop = 1}, ann);
    t.tell(21, facts::Queued{.queue = 3, .why = "transfer"})
        .tell(25, facts::Connected{.queue = 3}, bob);
    t.tell(26, facts::WrapUpDone{"转办"}, ann);
    t.tell(27, facts::SurveyScored{4});
    t.tell(30, facts::CallEnded{.cause = "completed"});
    const CallRow& row = t.only<PutCall>().row;
    EXPECT_EQ(row.agent_id, bob);
    EXPECT_EQ(row.queue_id, QueueId{3});
    EXPECT_EQ(row.queued_at, UtcTime{12});
    EXPECT_EQ(row.connected_at, UtcTime{14});
    EXPECT_EQ(row.hops, 1);
    EXPECT_EQ(row.disposition, "转办");
    EXPECT_EQ(row.score, 4);
}

TEST(CallProjector, what_comes_after_the_end_is_a_note_on_the_row) {
    Told t;
    t.tell(10, facts::CallArrived{}).tell(20, facts::CallEnded{});
    EXPECT_EQ(t.tell(30, facts::WrapUpDone{"已解决"}, ann).only<NoteOnCall>().disposition,
              "已解决");
    EXPECT_EQ(t.tell(31, facts::SurveyScored{5}).only<NoteOnCall>().score, 5);
}

TEST(CallProjector, an_end_without_an_arrival_still_makes_a_row) {
    Told t;
    t.tell(5'000'000, facts::CallEnded{.cause = "system_error", .total_ms = 2'000});
    EXPECT_EQ(t.only<PutCall>().row.arrived_at, UtcTime{3'000'000});
}

TEST(CallProjector, a_recording_opens_and_closes_on_its_own) {
    Told t;
    t.tell(10, facts::CallArrived{}).tell(12, facts::Connected{}, ann);
    t.tell(13, facts::RecordingOpened{.recording = 9, .purpose = "call", .file = "a/9.al"});
    const RecordingRow& row = t.only<OpenRecording>().row;
    EXPECT_EQ(row.id, RecordingId{9});
    EXPECT_EQ(row.interaction_id, call);
    EXPECT_EQ(row.agent_id, ann);
    EXPECT_EQ(row.format, "alaw");
    EXPECT_EQ(row.outcome, "");
    t.tell(20, facts::CallEnded{});
    t.tell(21, facts::RecordingClosed{.recording = 9, .length_ms = 7, .outcome = "complete"});
    EXPECT_EQ(t.only<CloseRecording>().length_ms, 7);
}

TEST(CallProjector, facts_of_no_call_change_nothing) {
    Told t;
    EXPECT_TRUE(t.tell(1, facts::AgentMoved{}, ann, {}).changes.empty());
    EXPECT_TRUE(t.tell(1, facts::WrapUpDone{"x"}, ann, {}).changes.empty());
    EXPECT_TRUE(t.projector.open().empty());
}

}  // namespace
}  // namespace ys::interactions
