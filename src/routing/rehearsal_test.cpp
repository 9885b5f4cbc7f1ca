// SPDX-License-Identifier: Apache-2.0
// Small days whose every second is known by hand.
#include "routing/rehearsal.h"

#include <gtest/gtest.h>

#include <cmath>

#include "routing/demand.h"

namespace ys::routing {
namespace {

const QueueId sales{1}, repair{2};
const AgentId ann{1}, bob{2};
const SkillId tibetan{3};
const Instant t0{};

Arrival call(Seconds at, Millis handling = 60s, QueueId queue = sales) {
    Arrival a;
    a.at = t0 + at;
    a.queue = queue;
    a.handling = handling;
    return a;
}

Day day_of(std::vector<Arrival> arrivals) {
    return {.queues = {{.id = sales}, {.id = repair}},
            .agents = {{ann, {{sales}}, {}}, {bob, {{repair}}, {}}},
            .shifts = {{ann, t0, t0 + 3600s}, {bob, t0, t0 + 3600s}},
            .arrivals = std::move(arrivals)};
}

TEST(Rehearsal, a_caller_waits_until_the_agent_is_free) {
    const Outcome out = rehearse(day_of({call(10s), call(20s)}));
    const Tally& t = out.queues[0];
    EXPECT_EQ(t.offered, 2u);
    EXPECT_EQ(t.answered, 2u);
    EXPECT_EQ(t.waited, 1u);
    EXPECT_EQ(t.wait, 50s);
    EXPECT_EQ(t.within_15s, 1u);
    EXPECT_DOUBLE_EQ(*t.mean_wait_s(), 25.0);
    EXPECT_DOUBLE_EQ(*t.within_15s_rate(), 0.5);
    EXPECT_DOUBLE_EQ(*t.waiting_probability(), 0.5);
    EXPECT_DOUBLE_EQ(*t.occupancy(), 120.0 / 3600);
    EXPECT_DOUBLE_EQ(*out.total.occupancy(), 120.0 / 7200);
    EXPECT_EQ(out.queues[1].within_15s_rate(), std::nullopt);
}

TEST(Rehearsal, ringing_is_waited_and_wrap_up_is_worked) {
    Day day = day_of({call(10s), call(11s)});
    day.rings_for = 3s;
    day.wrap_up = 20s;
    const Tally t = rehearse(day).queues[0];
    EXPECT_EQ(t.wait, 3s + (10s + 3s + 60s + 20s + 3s - 11s));
    EXPECT_EQ(t.worked, 160s);
}

TEST(Rehearsal, an_agent_who_rings_too_long_counts_from_the_end_of_the_ring) {
    Day day = day_of({call(10s)});
    day.rings_for = 90s;
    EXPECT_EQ(rehearse(day).queues[0].wait, 15s);
}

TEST(Rehearsal, who_loses_patience_is_abandoned_even_while_it_rings) {
    Day day = day_of({call(10s), call(12s), call(30s)});
    day.rings_for = 5s;
    day.arrivals[0].patience = 4s;
    day.arrivals[1].patience = 40s;
    day.arrivals[2].patience = 10s;
    const Tally t = rehearse(day).queues[0];
    EXPECT_EQ(t.abandoned, 2u);  // The first while ringing, the third behind the second.
    EXPECT_EQ(t.answered, 1u);
    EXPECT_EQ(t.wait, 4s + 7s + 10s);
    EXPECT_EQ(t.offered, t.answered + t.abandoned);
}

TEST(Rehearsal, a_full_queue_turns_away_and_is_not_waited_in) {
    Day day = day_of({call(10s), call(11s), call(12s)});
    day.queues[0].waiting_max = 1;
    const Tally t = rehearse(day).queues[0];
    EXPECT_EQ(t.turned_away, 1u);
    EXPECT_EQ(t.answered, 2u);
    EXPECT_EQ(t.wait, 59s);
}

TEST(Rehearsal, after_the_shift_the_last_call_is_finished_and_the_rest_are_left) {
    Day day = day_of({call(3590s), call(3595s)});
    const Tally t = rehearse(day).queues[0];
    EXPECT_EQ(t.answered, 1u);
    EXPECT_EQ(t.left_waiting, 1u);
    EXPECT_EQ(t.at_work, 3650s);
}

TEST(Rehearsal, a_second_shift_takes_who_is_still_waiting) {
    Day day = day_of({call(3700s)});
    day.shifts.push_back({ann, t0 + 4000s, t0 + 5000s});
    const Tally t = rehearse(day).queues[0];
    EXPECT_EQ(t.wait, 300s);
    EXPECT_EQ(t.at_work, 4600s);
}

TEST(Rehearsal, who_comes_before_counting_begins_only_fills_the_centre) {
    Day day = day_of({call(10s), call(40s)});
    day.count_from = t0 + 30s;
    const Tally t = rehearse(day).queues[0];
    EXPECT_EQ(t.offered, 1u);
    EXPECT_EQ(t.wait, 30s);
    EXPECT_EQ(t.worked, 100s);
    EXPECT_EQ(t.at_work, 3570s);
}

TEST(Rehearsal, circles_widen_and_needs_hold) {
    Day day = day_of({call(0s, 600s), call(10s), call(11s)});
    day.queues[0].rings = {{}, {.after = 20s, .also = repair}};
    day.arrivals[2].needs = {tibetan};
    const Outcome out = rehearse(day);
    // The second is taken by bob after 20 s; nobody ever speaks Tibetan.
    EXPECT_EQ(out.queues[0].answered, 2u);
    EXPECT_EQ(out.queues[0].wait, 20s);
    EXPECT_EQ(out.queues[0].left_waiting, 1u);
}

TEST(Rehearsal, the_preferred_agent_is_waited_for_only_so_long) {
    Day day = day_of({call(0s, 100s), call(10s), call(20s, 60s, repair)});
    day.agents[1].queues = {{sales}, {repair}};
    day.arrivals[1].preferred = {ann, 30s};
    const Outcome out = rehearse(day);
    EXPECT_EQ(out.queues[0].wait, 80s - 10s);  // Bob talks until 80 s, ann until 100 s.
}

TEST(Demand, is_drawn_at_the_rates_of_its_quarters) {
    Dice dice{7};
    Demand d;
    d.queue = sales;
    d.per_quarter = {100, 0, 10'000};
    d.handling_mean = 200s;
    d.handling_sigma = 0.8;
    d.patience_mean = 60s;
    const auto all = arrivals_of({d}, dice);
    double first = 0, second = 0, handled = 0, patience = 0;
    for (const Arrival& a : all) {
        const auto quarter = (a.at - t0) / quarter_hour;
        (quarter == 0 ? first : second) += 1;
        EXPECT_NE(quarter, 1);
        handled += static_cast<double>(a.handling.count());
        patience += static_cast<double>(a.patience->count());
    }
    const double n = static_cast<double>(all.size());
    EXPECT_NEAR(first, 100, 30);
    EXPECT_NEAR(second, 10'000, 300);
    EXPECT_NEAR(handled / n / 1000, 200, 6);
    EXPECT_NEAR(patience / n / 1000, 60, 2);
    EXPECT_TRUE(std::ranges::is_sorted(all, {}, &Arrival::at));
}

TEST(Rehearsal, of_a_busy_day_loses_nobody_and_goes_the_same_way_twice) {
    Dice dice{11};
    Demand d;
    d.queue = sales;
    d.per_quarter = std::vector<double>(16, 12.0);
    d.patience_mean = 90s;
    Day day = day_of(arrivals_of({d}, dice));
    day.agents[1].queues = {{sales, 2}, {repair}};
    day.rings_for = 4s;
    const Outcome out = rehearse(day);
    const Tally& t = out.total;
    EXPECT_GT(t.offered, 150u);
    EXPECT_EQ(t.offered, t.answered + t.abandoned + t.turned_away + t.left_waiting);
    EXPECT_LE(*t.occupancy(), 1.0);
    EXPECT_EQ(rehearse(day), out);
}

}  // namespace
}  // namespace ys::routing
