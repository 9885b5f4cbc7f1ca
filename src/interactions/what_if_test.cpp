// SPDX-License-Identifier: Apache-2.0
#include "interactions/what_if.h"

#include <gtest/gtest.h>

namespace ys::interactions {
namespace {

constexpr CentreId centre{1};
constexpr AgentId ann{1}, bob{2};
constexpr QueueId repair{1};

UtcTime at_s(std::int64_t s) { return {s * 1'000'000}; }

struct WhatIfTest : testing::Test {
    WhatIf what_if{at_s(100), at_s(1100)};

    void tell(std::int64_t s, InteractionId call, AgentId agent, facts::Body body) {
        what_if.on({at_s(s), centre, call, agent, std::move(body)});
    }
    void moves(std::int64_t s, AgentId agent, const char* from, const char* to) {
        tell(s, {}, agent, facts::AgentMoved{from, to, "", ""});
    }
    void calls(std::uint64_t id, std::int64_t at, std::int64_t waits, std::int64_t talks) {
        const InteractionId call{id};
        tell(at, call, {}, facts::Queued{.queue = repair.value, .first_arrival_at = at_s(at)});
        if (talks > 0) tell(at + waits, call, ann, facts::Connected{repair.value, waits * 1000});
        tell(at + waits + talks, call, {},
             facts::CallEnded{.cause = talks > 0 ? "completed" : "abandoned",
                              .talked_ms = talks * 1000});
    }
    static Rules rules() {
        Rules rules;
        rules.queues = {{.id = repair}};
        rules.agents = {{ann, {{repair}}, {}}, {bob, {{repair}}, {}}};
        return rules;
    }
};

TEST_F(WhatIfTest, a_day_is_made_of_who_came_and_who_was_there) {
    moves(10, ann, "Break", "Ready");
    moves(20, bob, "Break", "Ready");
    calls(1, 90, 1, 60);  // Before the window.
    calls(2, 200, 4, 60);
    calls(3, 300, 30, 0);
    moves(400, bob, "Ready", "Break");
    calls(4, 1099, 9, 50);   // Ends after the window.
    calls(5, 1200, 1, 100);  // After it.
    Dice dice{1};
    const routing::Day day = what_if.day(rules(), dice);
    ASSERT_EQ(day.arrivals.size(), 3u);
    EXPECT_EQ(day.arrivals[0].at, Instant{} + 100s);
    EXPECT_EQ(day.arrivals[0].handling, 60s);
    EXPECT_EQ(day.arrivals[0].patience, 30s) << "the only one seen to leave did so after 30 s";
    EXPECT_EQ(day.arrivals[1].patience, 30s) << "who left had the patience they showed";
    EXPECT_TRUE(day.arrivals[1].handling == 60s || day.arrivals[1].handling == 50s);
    ASSERT_EQ(day.shifts.size(), 2u);
    EXPECT_EQ(day.shifts[0].to, Instant{} + 1000s);
    EXPECT_EQ(day.shifts[1].to, Instant{} + 300s) << "bob's break";
}

TEST_F(WhatIfTest, more_people_and_fewer_leave) {
    moves(0, ann, "Break", "Ready");
    moves(0, bob, "Break", "Ready");
    for (std::uint64_t i = 0; i < 40; ++i) {
        const auto at = 100 + static_cast<std::int64_t>(i) * 25;
        calls(i + 1, at, i % 4 == 3 ? 40 : 20, i % 4 == 3 ? 0 : 60);
    }
    const auto played = [&](Rules other) {
        Dice dice{1};
        return routing::rehearse(what_if.day(other, dice)).total;
    };
    Rules only_ann = rules();
    only_ann.agents.pop_back();
    EXPECT_LT(played(rules()).abandoned, played(only_ann).abandoned);
    EXPECT_EQ(played(rules()).offered, 40u);
    EXPECT_EQ(played(rules()), played(rules()));
}

}  // namespace
}  // namespace ys::interactions
