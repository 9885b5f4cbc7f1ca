// SPDX-License-Identifier: Apache-2.0
// What the process before this one left: places owed, and people who were at work.
#include <gtest/gtest.h>

#include "interactions/coordinator.h"

namespace ys::interactions {
namespace {

const CentreId centre{1};
const QueueId repair{1};
const AgentId ann{1};

constexpr const char* flow_text = R"(flow main
recorded no
start person
person person
fallback person

node person queue
  queue repair
)";

struct RestartTest : testing::Test {
    std::unique_ptr<Coordinator> house = [] {
        interactions::Setup s;
        s.queues = {{.id = repair, .centre = centre, .name = "repair"}};
        AgentSetup a;
        a.id = ann;
        a.centre = centre;
        a.work_number = "1001";
        a.queues = {{repair}};
        s.agents = {a};
        s.numbers = {{"6000", centre, "main"}};
        s.flows["main"] = flow_text;
        return *Coordinator::make(std::move(s));
    }();
    std::vector<std::string> dialled;

    void tell(Seconds s, const Command& command) {
        const Outcome out =
            house->on({Instant{} + s, UtcTime{1'000'000'000 + s.count() * 1'000'000}}, command);
        for (const Effect& e : out.effects)
            if (const auto* d = std::get_if<DialNumber>(&e)) dialled.push_back(d->number);
        EXPECT_EQ(house->broken_invariant(), "");
    }
    /// Waited since `ago` seconds before the start.
    void owe(const char* number, int ago) {
        tell(1s, OweCallback{centre, repair, number, "6000", {1'000'000'000 - ago * 1'000'000}});
    }
    std::string state() const { return house->desk_view(ann)->state; }
};

TEST_F(RestartTest, who_waited_is_called_back_in_the_old_order_and_only_once) {
    owe("13800000002", 40);
    owe("13800000001", 90);
    owe("13800000001", 10);
    owe("", 60);     // Withheld: there is nobody to call.
    owe("110", 60);  // Nor is a service number called.
    EXPECT_TRUE(dialled.empty()) << "nobody is there to talk to them";
    tell(2s, SignIn{ann, {SeatKind::Browser, ""}});
    tell(3s, BecomeReady{ann});
    EXPECT_EQ(dialled, std::vector<std::string>{"13800000001"});
    EXPECT_EQ(state(), "Ready") << "no agent is kept for who has not answered";
}

TEST_F(RestartTest, whose_page_comes_back_is_ready_without_pressing_anything) {
    tell(1s, Restore{ann, {SeatKind::Browser, ""}, ""});
    EXPECT_EQ(state(), "Break");
    tell(9s, SeatBack{ann});
    EXPECT_EQ(state(), "Ready");
}

TEST_F(RestartTest, a_break_stays_the_break_it_was) {
    tell(1s, Restore{ann, {SeatKind::Browser, ""}, "meal"});
    tell(9s, SeatBack{ann});
    EXPECT_EQ(state(), "Break");
    EXPECT_EQ(house->desk_view(ann)->reason, "meal");
}

TEST_F(RestartTest, an_outside_number_is_there_as_ever) {
    tell(1s, Restore{ann, {SeatKind::OutsideNumber, "13800009008"}, ""});
    EXPECT_EQ(state(), "Ready");
}

TEST_F(RestartTest, a_seat_that_stays_away_is_signed_out) {
    Outcome out =
        house->on({Instant{} + 1s, UtcTime{1'000'000}}, Restore{ann, {SeatKind::Browser, ""}, ""});
    TimerId timer;
    for (const Effect& e : out.effects)
        if (const auto* t = std::get_if<SetTimer>(&e)) timer = t->timer;
    ASSERT_TRUE(timer);
    tell(200s, TimerDue{timer});
    EXPECT_EQ(state(), "LoggedOut");
}

TEST(EmergencyRestartTest, what_was_in_force_is_said_until_its_time_is_over) {
    interactions::Setup s;
    s.queues = {{.id = repair, .centre = centre, .name = "repair"}};
    s.numbers = {{"6000", centre, "main"}};
    s.flows["main"] = flow_text;
    static_cast<void>(s.tree.add(centre, {}));
    EmergencySetup asked{3, centre, "emergency-bus", {}, UtcTime{60'000'000}, ann, {}};
    EmergencySetup in_force{5,   centre,    "emergency-heating", {"听松里"}, UtcTime{60'000'000},
                            ann, AgentId{2}};
    s.emergencies = {asked, in_force};
    s.first_emergency = 9;
    const auto house = *Coordinator::make(std::move(s));
    TimerId last;
    const auto tell = [&](Seconds at, const Command& command) {
        Outcome out = house->on({Instant{} + at, UtcTime{at / 1us}}, command);
        for (const Effect& e : out.effects)
            if (const auto* t = std::get_if<SetTimer>(&e)) last = t->timer;
        return out;
    };
    const auto heard = [](const Outcome& out) {
        std::vector<std::uint64_t> ids;
        for (const facts::Fact& f : out.facts)
            if (const auto* e = std::get_if<facts::EmergencyHeard>(&f.body))
                ids.push_back(e->emergency);
        return ids;
    };
    CallArrived call;
    call.leg = LegId{1};
    call.dialled = "6000";
    call.address = "云汀市北桥区听松里1号楼";
    EXPECT_EQ(heard(tell(1s, call)), std::vector<std::uint64_t>{5}) << "nobody confirmed the other";
    const Outcome by_itself = tell(2s, ConfirmEmergency{{}, 3});
    ASSERT_EQ(by_itself.facts.size(), 1u) << "of an incident: its cases are the second witness";
    const auto moved = std::get<facts::EmergencyMoved>(by_itself.facts[0].body);
    EXPECT_EQ(moved.to, "in_force");
    EXPECT_EQ(moved.user, ann.value);
    EXPECT_TRUE(tell(2s, ConfirmEmergency{{}, 3}).facts.empty()) << "once";
    call.leg = LegId{7};
    EXPECT_EQ(heard(tell(3s, call)), (std::vector<std::uint64_t>{3, 5}));
    ASSERT_TRUE(last);
    ASSERT_EQ(house->emergencies(centre).size(), 2u);
    const std::uint64_t set = last.value;
    for (std::uint64_t i = 1; i <= set; ++i) tell(60s, TimerDue{TimerId{i}});
    EXPECT_TRUE(house->emergencies(centre).empty());
    call.leg = LegId{2};
    EXPECT_TRUE(heard(tell(63s, call)).empty());
}

}  // namespace
}  // namespace ys::interactions
