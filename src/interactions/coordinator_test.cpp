// SPDX-License-Identifier: Apache-2.0
// The coordinator by values: commands in, vectors of effects out. Whole calls are in tests/stories.
#include "interactions/coordinator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "interactions/call_state.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

using Effects = std::vector<Effect>;

const CentreId centre{1};
const QueueId repair{1};
const AgentId ann{1}, bob{2}, sue{3};
const LegId citizen{1};
const InteractionId first{1};
constexpr LegId own(std::uint64_t n) { return LegId{first_own_leg + n}; }

Instant second(Seconds s) { return Instant{} + s; }
Now at(Seconds s) { return {second(s), UtcTime{s.count() * 1'000'000}}; }

constexpr const char* flow_text = R"(flow main
must-hear notice
start notice
person repair
fallback repair

node notice play
  say notice
  barge-in no
  -> greeting

node greeting choose
  say greeting
  key 1 -> account
  other -> repair
  nothing -> repair

node account digits
  say account
  digits 3-8
  secure yes
  -> repair

node repair queue
  queue repair
)";

Setup small_centre() {
    Setup s;
    s.queues = {{.id = repair, .centre = centre, .name = "repair", .title = "报修"}};
    const auto agent = [](AgentId id, std::string number, bool is_supervisor) {
        AgentSetup a;
        a.id = id;
        a.centre = centre;
        a.work_number = std::move(number);
        a.name = "agent " + a.work_number;
        a.queues = {{repair}};
        a.is_supervisor = is_supervisor;
        return a;
    };
    s.agents = {agent(ann, "1001", false), agent(bob, "1002", false), agent(sue, "9001", true)};
    s.flows["main"] = flow_text;
    s.numbers = {{.number = "6000", .centre = centre, .flow = "main"}};
    return s;
}

struct CoordinatorTest : testing::Test {
    std::unique_ptr<Coordinator> coordinator = *Coordinator::make(small_centre());
    std::vector<facts::Fact> last_facts;

    Effects tell(Seconds when, const Command& command) {
        Outcome out = coordinator->on(at(when), command);
        last_facts = std::move(out.facts);
        EXPECT_EQ(coordinator->broken_invariant(), "");
        return std::move(out.effects);
    }
    template <class Body>
    const Body* told() const {
        for (const facts::Fact& fact : last_facts)
            if (const auto* body = std::get_if<Body>(&fact.body)) return body;
        return nullptr;
    }
    void ready(AgentId agent) {
        tell(0s, SignIn{agent, {}});
        tell(0s, BecomeReady{agent});
    }
    Effects arrive(Seconds when, LegId leg = citizen) {
        CallArrived call;
        call.leg = leg;
        call.dialled = "6000";
        call.caller = "13800138000";
        return tell(when, call);
    }
    Effects to_queue(Seconds when) {
        tell(when, PlayEnded{citizen, PlayId{1}});
        return tell(when, KeyPressed{citizen, '9'});
    }
    /// Ann and the citizen have been talking since second 12; the greeting has ended.
    void talk() {
        ready(ann);
        arrive(10s);
        to_queue(11s);
        const Effects up = tell(12s, LegUp{own(0)});
        for (const Effect& e : up)
            if (const auto* play = std::get_if<Play>(&e)) tell(13s, PlayEnded{citizen, play->play});
    }
};

TEST(call_moves, are_drawn_in_the_readme_as_they_are_in_the_table) {
    std::string drawn;
    for (const CallMove& m : call_moves) {
        std::string from{name_of(m.from)}, on{name_of(m.on)};
        from.resize(9, ' ');
        on.resize(12, '-');
        drawn += from + " --" + on + "-> " + std::string{name_of(m.to)} + "\n";
    }
    const auto readme = std::filesystem::path{YS_ROOM} / "README.md";
    std::stringstream text;
    text << std::ifstream{readme}.rdbuf();
    EXPECT_NE(text.str().find("```\n" + drawn + "```"), std::string::npos) << drawn;
}

TEST_F(CoordinatorTest, an_arrival_is_answered_recorded_and_spoken_to_in_that_order) {
    EXPECT_EQ(arrive(10s), (Effects{AnswerLeg{citizen, first},
                                    Record{RecordingId{1}, first, "call", {citizen}, {}},
                                    Play{citizen, PlayId{1}, {"notice"}, false, false}}));
    ASSERT_EQ(last_facts.size(), 4u);
    EXPECT_NE(told<facts::CallArrived>(), nullptr);
    EXPECT_NE(told<facts::CallAnswered>(), nullptr);
    EXPECT_EQ(told<facts::RecordingOpened>()->purpose, "call");
    EXPECT_EQ(told<facts::FlowNodeEntered>()->node, "notice");
}

TEST_F(CoordinatorTest, the_same_arrival_told_twice_is_one_call) {
    arrive(10s);
    EXPECT_EQ(arrive(10s), Effects{});
    EXPECT_EQ(coordinator->interactions_open(), 1u);
}

TEST_F(CoordinatorTest, an_unknown_number_is_refused_and_leaves_both_its_facts) {
    CallArrived call;
    call.leg = citizen;
    call.dialled = "9999";
    EXPECT_EQ(tell(1s, call),
              (Effects{EndLeg{citizen, EndCause::NoSuchNumber}, CloseInteraction{first}}));
    EXPECT_NE(told<facts::CallArrived>(), nullptr);
    EXPECT_EQ(told<facts::CallEnded>()->cause, "no_such_number");
}

TEST_F(CoordinatorTest, a_caller_gone_before_we_knew_who_it_was_leaves_a_record_and_nothing_else) {
    CallArrived call;
    call.leg = citizen;
    call.dialled = "6000";
    call.has_left = true;
    EXPECT_EQ(tell(1s, call),
              (Effects{EndLeg{citizen, EndCause::Cancelled}, CloseInteraction{first}}));
    EXPECT_NE(told<facts::CallArrived>(), nullptr);
    EXPECT_EQ(told<facts::CallEnded>()->cause, "cancelled");
    EXPECT_EQ(told<facts::CallEnded>()->who, "citizen");
    EXPECT_EQ(coordinator->interactions_open(), 0u);
}

TEST_F(CoordinatorTest, a_proposal_rings_the_seat_until_a_deadline_and_says_why) {
    ready(ann);
    arrive(10s);
    EXPECT_EQ(to_queue(11s),
              (Effects{StopPlay{citizen}, SetTimer{TimerId{1}, second(41s)},
                       SetTimer{TimerId{2}, second(26s)},
                       RingSeat{own(0), first, ann, {}, SeatCall::Ring, "13800138000"},
                       Play{citizen, PlayId{3}, {"music"}, true, true}, RefreshDesk{ann}}));
    EXPECT_EQ(told<facts::Proposed>()->why, "空闲最久：已空闲 11 秒，来电排在第一位");
    EXPECT_EQ(told<facts::Proposed>()->until, at(26s).utc);
}

TEST_F(CoordinatorTest, on_connect_the_agent_hears_at_once_and_the_citizen_hears_the_work_number) {
    ready(ann);
    arrive(10s);
    to_queue(11s);
    const LegId seat = own(0);
    EXPECT_EQ(tell(12s, LegUp{seat}), (Effects{CancelTimer{TimerId{2}}, CancelTimer{TimerId{1}},
                                               Play{citizen,
                                                    PlayId{4},
                                                    {"agent-number", "digit-yao", "digit-0",
                                                     "digit-0", "digit-yao", "at-your-service"},
                                                    false,
                                                    false},
                                               SetTimer{TimerId{3}, second(27s)},
                                               Mix{first, {{seat, citizen}}}, RefreshDesk{ann}}));
    EXPECT_EQ(
        tell(17s, PlayEnded{citizen, PlayId{4}}),
        (Effects{CancelTimer{TimerId{3}}, Mix{first, {{seat, citizen}, {citizen, seat}}},
                 Record{RecordingId{1}, first, "call", {citizen}, {seat}}, RefreshDesk{ann}}));
}

TEST_F(CoordinatorTest, a_greeting_whose_end_is_never_told_does_not_keep_the_agent_silent) {
    ready(ann);
    arrive(10s);
    to_queue(11s);
    tell(12s, LegUp{own(0)});
    const Effects due = tell(27s, TimerDue{TimerId{3}});
    EXPECT_EQ(due[0], (Effect{StopPlay{citizen}}));
    EXPECT_EQ(due[1], (Effect{Mix{first, {{own(0), citizen}, {citizen, own(0)}}}}));
}

TEST_F(CoordinatorTest, hold_is_music_no_voices_and_a_marked_span) {
    talk();
    EXPECT_EQ(tell(30s, Hold{ann}),
              (Effects{Play{citizen, PlayId{5}, {"music"}, true, true}, Mix{first, {}},
                       Record{RecordingId{1}, first, "call", {citizen}, {}},
                       MarkRecording{RecordingId{1}, Span::Hold, true}, RefreshDesk{ann}}));
    const Effects back = tell(40s, Retrieve{ann});
    EXPECT_EQ(back[0], (Effect{StopPlay{citizen}}));
    EXPECT_EQ(told<facts::HoldEnded>()->held_ms, 10'000);
}

TEST_F(CoordinatorTest, the_end_ends_every_leg_and_recording_and_closes_the_room) {
    talk();
    EXPECT_EQ(tell(60s, HangUp{ann}),
              (Effects{EndLeg{own(0), EndCause::Completed}, SetTimer{TimerId{4}, second(120s)},
                       StopRecording{RecordingId{1}}, EndLeg{citizen, EndCause::Completed},
                       CloseInteraction{first}, RefreshDesk{ann}}));
    const auto* ended = told<facts::CallEnded>();
    EXPECT_EQ(ended->cause, "completed");
    EXPECT_EQ(ended->who, "agent");
    EXPECT_EQ(ended->total_ms, 50'000);
    EXPECT_EQ(ended->waited_ms, 1'000);
    EXPECT_EQ(ended->talked_ms, 48'000);
    EXPECT_EQ(coordinator->interactions_open(), 0u);
    tell(61s, RecordingDone{RecordingId{1}, 50'000, "complete"});
    EXPECT_EQ(told<facts::RecordingClosed>()->length_ms, 50'000);
    EXPECT_EQ(last_facts[0].interaction, first);
}

TEST_F(CoordinatorTest, late_messages_change_nothing) {
    talk();
    tell(60s, HangUp{ann});
    for (const Command& late :
         {Command{LegUp{own(0)}}, Command{LegDown{own(0)}}, Command{LegDown{citizen}},
          Command{PlayEnded{citizen, PlayId{4}}}, Command{KeyPressed{citizen, '1'}},
          Command{TimerDue{TimerId{1}}}, Command{TimerDue{TimerId{999}}},
          Command{ReferAsked{own(0), "1002", {}}}, Command{RecordingDone{RecordingId{77}, 1, ""}},
          Command{AnswerPressed{ann}}}) {
        EXPECT_EQ(tell(61s, late), Effects{});
        EXPECT_TRUE(last_facts.empty());
    }
}

TEST_F(CoordinatorTest, untimely_desk_commands_are_refused_with_a_code) {
    ready(ann);
    EXPECT_EQ(tell(1s, Hold{ann}), (Effects{RefuseDesk{ann, "not_in_a_call"}}));
    EXPECT_EQ(tell(1s, HangUp{ann}), (Effects{RefuseDesk{ann, "not_in_a_call"}}));
    EXPECT_EQ(tell(1s, FinishWrapUp{ann, "resolved"}), (Effects{RefuseDesk{ann, "not_now"}}));
    EXPECT_EQ(tell(1s, Monitor{ann, bob, MonitorMode::Listen, ""}),
              (Effects{RefuseDesk{ann, "not_allowed"}}));
    EXPECT_EQ(tell(1s, Hold{AgentId{99}}), Effects{});
}

TEST_F(CoordinatorTest, secure_keys_leave_only_stars_and_a_marked_span) {
    arrive(10s);
    tell(11s, PlayEnded{citizen, PlayId{1}});
    tell(11s, KeyPressed{citizen, '1'});
    EXPECT_NE(told<facts::RecordingMarked>(), nullptr);
    tell(12s, PlayEnded{citizen, PlayId{3}});
    for (const char key : {'4', '2', '7'}) {
        tell(13s, KeyPressed{citizen, key});
        EXPECT_EQ(told<facts::KeysPressed>(), nullptr);
    }
    const Effects done = tell(14s, KeyPressed{citizen, '#'});
    EXPECT_EQ(told<facts::KeysPressed>()->keys, "***");
    EXPECT_NE(std::ranges::find(done, Effect{SecureInput{first, false}}), done.end());
}

TEST_F(CoordinatorTest, a_desk_shows_the_call_before_it_is_answered) {
    ready(ann);
    arrive(10s);
    to_queue(11s);
    const DeskView v = *coordinator->desk_view(ann);
    EXPECT_EQ(v.state, "Alerted");
    EXPECT_EQ(v.call_state, "ringing");
    EXPECT_EQ(v.interaction, first);
    EXPECT_EQ(v.caller, "13800138000");
    EXPECT_EQ(v.queue, repair);
    EXPECT_EQ(v.queue_title, "报修");
    EXPECT_EQ(v.path, (std::vector<std::string>{"notice", "greeting", "greeting=9", "repair"}));
    EXPECT_EQ(v.ringing_until, at(26s).utc);
    EXPECT_FALSE(v.connected_at);
}

TEST_F(CoordinatorTest, wrap_up_still_shows_whose_call_it_is_about) {
    talk();
    tell(60s, HangUp{ann});
    const DeskView v = *coordinator->desk_view(ann);
    EXPECT_EQ(v.state, "WrapUp");
    EXPECT_EQ(v.interaction, first);
    EXPECT_EQ(v.caller, "13800138000");
    EXPECT_EQ(v.call_state, "");
    EXPECT_TRUE(v.parties.empty());
    EXPECT_EQ(v.wrap_up_until, at(120s).utc);
}

TEST_F(CoordinatorTest, the_waiting_are_listed_with_their_places) {
    arrive(10s);
    to_queue(11s);
    arrive(12s, LegId{2});
    tell(13s, PlayEnded{LegId{2}, PlayId{4}});
    tell(13s, KeyPressed{LegId{2}, '9'});
    const auto waiting = coordinator->waiting(centre);
    ASSERT_EQ(waiting.size(), 2u);
    EXPECT_EQ(waiting[0].position, 1u);
    EXPECT_EQ(waiting[1].position, 2u);
    EXPECT_TRUE(coordinator->waiting(CentreId{2}).empty());
}

TEST_F(CoordinatorTest, whispering_adds_one_pair_and_never_touches_the_recording) {
    talk();
    tell(20s, SignIn{sue, {}});
    tell(21s, Monitor{sue, ann, MonitorMode::Whisper, "training"});
    const LegId seat = own(0), ear = own(1);
    EXPECT_EQ(
        tell(22s, LegUp{ear})[1],
        (Effect{Mix{
            first, {{seat, citizen}, {citizen, seat}, {ear, citizen}, {ear, seat}, {seat, ear}}}}));
    for (const Effect& e : tell(23s, Hold{ann}))
        if (const auto* record = std::get_if<Record>(&e)) {
            EXPECT_TRUE(record->right.empty());
        }
    EXPECT_EQ(coordinator->desk_view(ann)->monitored_by, "agent 9001");
    EXPECT_EQ(coordinator->desk_view(sue)->call_state, "monitoring");
}

TEST_F(CoordinatorTest, a_supervisor_without_a_reason_is_refused_whatever_the_act) {
    talk();
    tell(20s, SignIn{sue, {}});
    const Effects refused{RefuseDesk{sue, "reason_needed"}};
    EXPECT_EQ(tell(21s, Monitor{sue, ann, MonitorMode::Listen, ""}), refused);
    EXPECT_EQ(tell(21s, Monitor{sue, ann, MonitorMode::Whisper, " "}), refused);
    EXPECT_EQ(tell(21s, Monitor{sue, ann, MonitorMode::Barge, ""}), refused);
    EXPECT_EQ(tell(21s, TakeOver{sue, ann, ""}), refused);
    EXPECT_EQ(tell(21s, ForceState{sue, ann, ForcedState::Break, ""}), refused);
    EXPECT_EQ(coordinator->desk_view(ann)->state, "Busy");
}

struct MeasuringTest : CoordinatorTest {
    /// One node behind 6000, in a flow whose rules about people are not checked.
    void serve(const std::string& node) {
        interactions::Setup s = small_centre();
        s.flows["main"] = "flow main\nmeasuring\n\n" + node;
        coordinator = *Coordinator::make(std::move(s));
    }
};

TEST_F(MeasuringTest, voicemail_is_recorded_after_the_tone_until_hash) {
    serve("node message voicemail\n  say leave-message\n");
    arrive(10s);
    EXPECT_EQ(tell(12s, PlayEnded{citizen, PlayId{1}}),
              (Effects{Play{citizen, PlayId{2}, {"beep"}, false, false},
                       SetTimer{TimerId{1}, second(192s)}}));
    EXPECT_EQ(tell(13s, PlayEnded{citizen, PlayId{2}}),
              (Effects{Record{RecordingId{2}, first, "voicemail", {citizen}, {}}}));
    EXPECT_EQ(tell(60s, KeyPressed{citizen, '#'}),
              (Effects{StopRecording{RecordingId{2}}, StopRecording{RecordingId{1}},
                       EndLeg{citizen, EndCause::SelfServed}, CancelTimer{TimerId{1}},
                       CloseInteraction{first}}));
    EXPECT_EQ(told<facts::CallEnded>()->cause, "self_served");
}

TEST_F(MeasuringTest, a_message_ends_after_three_minutes) {
    serve("node message voicemail\n  say leave-message\n");
    arrive(10s);
    tell(12s, PlayEnded{citizen, PlayId{1}});
    tell(13s, PlayEnded{citizen, PlayId{2}});
    tell(192s, TimerDue{TimerId{1}});
    EXPECT_EQ(told<facts::CallEnded>()->who, "system");
    EXPECT_EQ(coordinator->interactions_open(), 0u);
}

TEST_F(MeasuringTest, a_bare_queue_rings_and_connects_without_a_word) {
    serve("node desk queue\n  queue repair\n  announce no\n");
    ready(ann);
    EXPECT_EQ(arrive(10s), (Effects{AnswerLeg{citizen, first},
                                    Record{RecordingId{1}, first, "call", {citizen}, {}},
                                    SetTimer{TimerId{1}, second(25s)},
                                    RingSeat{own(0), first, ann, {}, SeatCall::Ring, "13800138000"},
                                    RefreshDesk{ann}}));
    EXPECT_EQ(
        tell(11s, LegUp{own(0)}),
        (Effects{CancelTimer{TimerId{1}}, Mix{first, {{own(0), citizen}, {citizen, own(0)}}},
                 Record{RecordingId{1}, first, "call", {citizen}, {own(0)}}, RefreshDesk{ann}}));
}

TEST_F(MeasuringTest, an_unrecorded_flow_records_nothing) {
    serve("recorded no\nnode desk queue\n  queue repair\n  announce no\n");
    ready(ann);
    for (const Effect& e : arrive(10s)) EXPECT_FALSE(std::holds_alternative<Record>(e));
    for (const Effect& e : tell(11s, LegUp{own(0)}))
        EXPECT_FALSE(std::holds_alternative<Record>(e));
}

TEST(coordinator_setup, names_what_does_not_fit) {
    const auto note = [](auto&& change) {
        interactions::Setup s = small_centre();
        change(s);
        const auto made = Coordinator::make(std::move(s));
        return made ? std::string{} : made.error().note;
    };
    EXPECT_EQ(note([](interactions::Setup&) {}), "");
    EXPECT_EQ(note([](interactions::Setup& s) { s.numbers[0].flow = "other"; }),
              "number 6000: no flow other");
    EXPECT_EQ(note([](interactions::Setup& s) { s.queues[0].name = "billing"; }),
              "flow main, line 24: the centre has no queue repair");
    EXPECT_EQ(note([](interactions::Setup& s) { s.agents[0].queues = {{QueueId{9}}}; }),
              "agent 1001 serves a queue their centre has not");
    EXPECT_NE(note([](interactions::Setup& s) {
                  s.flows["main"] = "flow main\nnonsense";
              }).find("line 2"),
              std::string::npos);
}

TEST(end_causes, have_one_word_each) {
    std::set<std::string_view> words;
    for (int c = 0; c <= static_cast<int>(EndCause::Drained); ++c)
        words.insert(name_of(static_cast<EndCause>(c)));
    EXPECT_EQ(words.size(), 19u);
    EXPECT_EQ(name_of(EndCause::LeftInFlow), "left_in_flow");
    EXPECT_EQ(name_of(EndCause::Drained), "drained");
}

}  // namespace
}  // namespace ys::interactions
