// SPDX-License-Identifier: Apache-2.0
// Who is old hears everything a little slower, and is talked to without a clock.
#include <gtest/gtest.h>

#include "interactions/coordinator.h"

namespace ys::interactions {
namespace {

const CentreId centre{1};
const AgentId ann{1};

constexpr const char* flow_text = R"(flow main
recorded no
start menu
person person
fallback person

node menu choose
  say menu-main
  key 1 -> elder
  other -> person
  nothing -> person
  wait 3s

node person queue
  queue repair

node elder queue
  queue elder
)";

struct PaceTest : testing::Test {
    std::unique_ptr<Coordinator> house = [] {
        interactions::Setup s;
        s.queues = {{.id = QueueId{1}, .centre = centre, .name = "repair"},
                    {.id = QueueId{2}, .centre = centre, .name = "elder", .is_unhurried = true}};
        AgentSetup a;
        a.id = ann;
        a.centre = centre;
        a.work_number = "1001";
        a.queues = {{QueueId{1}}, {QueueId{2}}};
        s.agents = {a};
        s.numbers = {{"6000", centre, "main"}};
        s.flows["main"] = flow_text;
        return *Coordinator::make(std::move(s));
    }();
    Seconds at{};

    /// Whether what was played last was the slower reading; none when nothing was.
    std::optional<bool> tell(const Command& command) {
        at += 1s;
        const Outcome out = house->on({Instant{} + at, UtcTime{at / 1us}}, command);
        std::optional<bool> is_slow;
        for (const Effect& e : out.effects)
            if (const auto* p = std::get_if<Play>(&e)) is_slow = p->is_slow;
        EXPECT_EQ(house->broken_invariant(), "");
        return is_slow;
    }
    static CallArrived call(LegId leg, std::vector<std::string> tags) {
        CallArrived c;
        c.leg = leg;
        c.dialled = "6000";
        c.caller_tags = std::move(tags);
        return c;
    }
    void ann_is_ready() {
        tell(SignIn{ann, {SeatKind::Browser, ""}});
        tell(BecomeReady{ann});
    }
};

TEST_F(PaceTest, known_elders_hear_slower_prompts_from_the_first_word) {
    EXPECT_EQ(tell(call(LegId{1}, {"elder"})), true);
    EXPECT_EQ(tell(call(LegId{2}, {"long-standing"})), false);
}

TEST_F(PaceTest, one_key_for_the_elder_lane_is_enough_and_the_desk_shows_no_clock) {
    ann_is_ready();
    EXPECT_EQ(tell(call(LegId{1}, {})), false);
    EXPECT_EQ(tell(KeyPressed{LegId{1}, '1'}), true);
    EXPECT_TRUE(house->desk_view(ann)->is_unhurried);
}

TEST_F(PaceTest, everybody_else_is_as_ever) {
    ann_is_ready();
    EXPECT_EQ(tell(call(LegId{1}, {})), false);
    EXPECT_EQ(tell(KeyPressed{LegId{1}, '5'}), false);
    EXPECT_FALSE(house->desk_view(ann)->is_unhurried);
}

}  // namespace
}  // namespace ys::interactions
