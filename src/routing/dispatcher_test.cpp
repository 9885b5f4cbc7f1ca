// SPDX-License-Identifier: Apache-2.0
// The dispatcher by behaviour: commands in, proposals out.
#include "routing/dispatcher.h"

#include <gtest/gtest.h>

#include <set>

#include "base/dice.h"
#include "routing/why.h"

namespace ys::routing {
namespace {

const QueueId sales{1}, repair{2};
const AgentId ann{1}, bob{2}, cat{3};
const InteractionId c1{11}, c2{12}, c3{13}, c4{14};
const SkillId uyghur{7};
const Instant t0{};

std::vector<QueueRule> two_queues() {
    return {{.id = sales, .answer_within = 15s, .waiting_max = 3},
            {.id = repair, .answer_within = 20s, .priority = 5}};
}

struct DispatcherTest : testing::Test {
    Dispatcher acd{
        two_queues(),
        {{ann, {{sales}}, {}}, {bob, {{sales}, {repair}}, {{uyghur}}}, {cat, {{repair}}, {}}}};

    /// Effects as text without the sentence: "11>1@15" is caller 11 to agent 1 until second 15.
    std::string tell(Seconds when, const Command& command) {
        std::string text;
        for (const Effect& e : acd.on(t0 + when, command)) {
            if (!text.empty()) text += " ";
            if (const auto* p = std::get_if<Propose>(&e)) {
                text +=
                    std::to_string(p->interaction.value) + ">" + std::to_string(p->agent.value) +
                    "@" +
                    std::to_string(std::chrono::duration_cast<Seconds>(p->deadline - t0).count());
                why = in_words(p->decision);
            } else if (const auto* w = std::get_if<Withdraw>(&e)) {
                text += "withdraw " + std::to_string(w->interaction.value) + "/" +
                        std::to_string(w->agent.value);
            } else if (const auto* l = std::get_if<LookAgain>(&e)) {
                text += "again@" +
                        std::to_string(std::chrono::duration_cast<Seconds>(l->at - t0).count());
            } else if (const auto* r = std::get_if<Widened>(&e)) {
                text += "ring" + std::to_string(r->ring);
            } else if (const auto* b = std::get_if<CallBack>(&e)) {
                text += "call " + std::to_string(b->interaction.value);
            } else {
                text += "full";
            }
        }
        EXPECT_EQ(acd.broken_invariant(), "");
        return text;
    }
    std::string ready(Seconds when, AgentId a) { return tell(when, BecameReady{a, t0 + when}); }
    std::string enter(Seconds when, InteractionId c, QueueId q = sales, int priority = 0) {
        return tell(when, Enter{.interaction = c,
                                .queue = q,
                                .priority = priority,
                                .first_arrival = t0 + when,
                                .needs = {}});
    }
    std::string why;
};

TEST_F(DispatcherTest, longest_idle_agent_is_proposed_first_and_the_next_on_no_answer) {
    EXPECT_EQ(ready(0s, ann), "");
    EXPECT_EQ(ready(5s, bob), "");
    EXPECT_EQ(enter(10s, c1), "11>1@25");
    EXPECT_EQ(tell(25s, Failed{c1, ann}), "11>2@40");
}

TEST_F(DispatcherTest, says_why_in_a_sentence) {
    ready(0s, ann);
    ready(5s, bob);
    enter(42s, c1);
    EXPECT_EQ(why, "空闲最久：已空闲 42 秒（空闲坐席 2 人），来电排在第一位");
    enter(43s, c2);
    tell(44s, Accepted{c1, ann});
    tell(44s, Accepted{c2, bob});
    for (const std::uint64_t i : {21, 22, 23}) enter(45s, InteractionId{i});
    ready(50s, bob);
    EXPECT_EQ(why, "空闲最久：已空闲 0 秒，排队 3 人中等待最久");
}

TEST_F(DispatcherTest, a_caller_nobody_answered_keeps_its_place) {
    ready(0s, ann);
    EXPECT_EQ(enter(1s, c1), "11>1@16");
    EXPECT_EQ(enter(2s, c2), "");
    EXPECT_EQ(tell(16s, Failed{c1, ann}), "");
    EXPECT_EQ(acd.position(c1), 1u);
    EXPECT_EQ(acd.position(c2), 2u);
    EXPECT_EQ(ready(20s, bob), "11>2@35");
}

TEST_F(DispatcherTest, first_arrival_of_the_whole_call_decides_the_place) {
    enter(1s, c1);
    enter(2s, c2);
    EXPECT_EQ(
        tell(60s,
             Enter{.interaction = c3, .queue = sales, .first_arrival = t0 + 500ms, .needs = {}}),
        "");
    EXPECT_EQ(acd.position(c3), 1u);
    EXPECT_EQ(ready(61s, ann), "13>1@76");
}

TEST_F(DispatcherTest, an_agent_on_two_queues_takes_the_higher_priority_first) {
    enter(1s, c1, sales);
    enter(9s, c2, repair);
    EXPECT_EQ(ready(10s, bob), "12>2@30");
}

TEST_F(DispatcherTest, a_callers_own_priority_goes_before_arrival) {
    enter(1s, c1);
    enter(2s, c2, sales, 10);
    EXPECT_EQ(ready(3s, ann), "12>1@18");
    EXPECT_EQ(why, "空闲最久：已空闲 0 秒，排队 2 人中最先（紧急程度折合多等 10 分钟）");
}

/// A head start is minutes, not a class: who has waited longer than it comes first.
TEST_F(DispatcherTest, nobody_starves_behind_urgent_callers) {
    enter(0s, c1);
    enter(400s, c2, sales, 5);
    EXPECT_EQ(acd.position(c1), 1u) << "400 s of waiting beat a head start of 300 s";
    enter(401s, c3, sales, 9);
    EXPECT_EQ(acd.position(c3), 1u);
    EXPECT_EQ(ready(402s, ann), "13>1@417");
    EXPECT_EQ(tell(403s, Accepted{c3, ann}), "");
    EXPECT_EQ(ready(404s, ann), "11>1@419");
}

TEST_F(DispatcherTest, an_agents_weights_are_head_starts_too) {
    tell(0s, ChangeAgent{{bob, {{sales, 2}, {repair, -4}}, {{uyghur}}}});
    enter(1s, c1, sales);
    enter(2s, c2, repair);  // Five steps of the queue less four of bob's are one.
    EXPECT_EQ(ready(3s, bob), "11>2@18");
    EXPECT_EQ(why, "空闲最久：已空闲 0 秒，来电排在第一位");
    EXPECT_EQ(tell(4s, BecameReady{cat, t0 + 4s}), "12>3@24");
}

TEST_F(DispatcherTest, those_whose_own_queue_it_is_are_asked_before_helpers) {
    tell(0s, ChangeAgent{{bob, {{sales, -1}}, {}}});
    ready(0s, bob);
    ready(9s, ann);
    EXPECT_EQ(enter(10s, c1), "11>1@25") << "bob has been idle longer but only helps out";
}

TEST_F(DispatcherTest, fewest_calls_and_least_talk_choose_by_the_day) {
    tell(0s, ChangeQueue{{.id = sales, .strategy = Strategy::FewestCalls}});
    tell(1s, BecameReady{.agent = ann, .since = t0, .calls = 7, .talked = 10s});
    tell(1s, BecameReady{.agent = bob, .since = t0 + 1s, .calls = 3, .talked = 60s});
    EXPECT_EQ(enter(2s, c1), "11>2@17");
    EXPECT_EQ(why, "今日接听最少：3 通（空闲坐席 2 人），来电排在第一位");
    tell(3s, Accepted{c1, bob});
    tell(3s, ChangeQueue{{.id = sales, .strategy = Strategy::LeastTalk}});
    tell(4s, BecameReady{.agent = bob, .since = t0 + 4s, .calls = 4, .talked = 9s});
    EXPECT_EQ(enter(5s, c2), "12>2@20");
    EXPECT_EQ(why, "今日通话最短：9 秒（空闲坐席 2 人），来电排在第一位");
}

struct Widening : DispatcherTest {
    const SkillId billing{1};
    void SetUp() override {
        tell(0s, ChangeQueue{{.id = sales,
                              .skill = billing,
                              .rings = {{.level_min = 7},
                                        {.after = 20s, .level_min = 3},
                                        {.after = 60s, .level_min = 0, .also = repair}}}});
        tell(0s, ChangeAgent{{ann, {{sales}}, {{billing, 4}}}});
        tell(0s, ChangeAgent{{bob, {{sales}}, {{billing, 8}, {uyghur, 1}}}});
        tell(0s, ChangeAgent{{cat, {{repair}}, {}}});
    }
};

TEST_F(Widening, a_circle_widens_with_time) {
    ready(0s, ann);
    ready(0s, cat);
    EXPECT_EQ(enter(1s, c1), "again@21") << "ann's level is 4, the first circle asks for 7";
    EXPECT_EQ(tell(21s, Widen{c1}), "ring1 again@61 11>1@36");
    EXPECT_EQ(why, "空闲最久：已空闲 21 秒，已扩大到第 2 圈，来电排在第一位");
    EXPECT_EQ(enter(22s, c2), "again@42");
    EXPECT_EQ(tell(42s, Widen{c2}), "ring1 again@82");
    EXPECT_EQ(tell(82s, Widen{c2}), "ring2 12>3@97") << "the other queue's agent helps";
}

TEST_F(Widening, nearer_circles_are_asked_first_even_when_a_farther_agent_is_idle_longer) {
    enter(0s, c1);
    tell(20s, Widen{c1});
    tell(60s, Widen{c1});
    tell(61s, Leave{c1});
    ready(62s, cat);
    ready(70s, bob);
    EXPECT_EQ(enter(71s, c2), "again@91 12>2@86");
}

TEST_F(Widening, a_need_is_not_relaxed_by_any_ring) {
    ready(0s, ann);
    ready(0s, cat);
    EXPECT_EQ(
        tell(1s,
             Enter{.interaction = c1, .queue = sales, .first_arrival = t0 + 1s, .needs = {uyghur}}),
        "again@21");
    EXPECT_EQ(tell(21s, Widen{c1}), "ring1 again@61");
    EXPECT_EQ(tell(61s, Widen{c1}), "ring2");
    EXPECT_EQ(tell(600s, Widen{c1}), "");
    EXPECT_EQ(ready(601s, bob), "11>2@616");
}

TEST_F(Widening, a_caller_nobody_answered_has_all_circles_that_are_due) {
    ready(0s, bob);
    ready(0s, ann);
    EXPECT_EQ(enter(1s, c1), "again@21 11>2@16");
    EXPECT_EQ(tell(30s, Failed{c1, bob}), "ring1 again@61 11>1@45");
}

TEST_F(Widening, a_slid_overflow_holds_at_once_for_those_who_wait) {
    ready(0s, cat);
    EXPECT_EQ(enter(1s, c1), "again@21");
    EXPECT_EQ(tell(10s, ChangeQueue{{.id = sales, .rings = {{}, {.after = 5s, .also = repair}}}}),
              "ring1 11>3@25");
}

TEST_F(DispatcherTest, the_agent_of_the_last_call_is_waited_for_but_not_for_ever) {
    ready(0s, ann);
    const auto known = [&](InteractionId id, Seconds when) {
        return tell(when, Enter{.interaction = id,
                                .queue = sales,
                                .first_arrival = t0 + when,
                                .preferred = {bob, 30s}});
    };
    EXPECT_EQ(known(c1, 1s), "again@31");
    EXPECT_EQ(ready(10s, bob), "11>2@25");
    EXPECT_EQ(why, "上次接待或负责此事的坐席，来电排在第一位");
    tell(11s, Accepted{c1, bob});
    EXPECT_EQ(known(c2, 12s), "again@42");
    EXPECT_EQ(tell(42s, Widen{c2}), "ring0 12>1@57");
}

TEST_F(DispatcherTest, waiting_for_one_agent_overtakes_nobody) {
    enter(1s, c1);
    tell(2s,
         Enter{
             .interaction = c2, .queue = sales, .first_arrival = t0 + 2s, .preferred = {ann, 30s}});
    EXPECT_EQ(acd.position(c2), 2u);
    EXPECT_EQ(ready(3s, ann), "11>1@18");
    tell(4s, Accepted{c1, ann});
    EXPECT_EQ(ready(5s, ann), "12>1@20");
    EXPECT_EQ(tell(6s, Failed{c2, ann}), "") << "who was wished for did not come: anybody may";
    EXPECT_EQ(ready(7s, bob), "12>2@22");
}

TEST_F(DispatcherTest, who_is_away_keeps_their_place_and_reserves_nobody) {
    tell(1s, Enter{.interaction = c1, .queue = sales, .first_arrival = t0 + 1s, .is_away = true});
    enter(2s, c2);
    EXPECT_EQ(acd.position(c2), 2u);
    EXPECT_EQ(ready(3s, ann), "call 11 12>1@18") << "ann takes who is there meanwhile";
    EXPECT_EQ(enter(4s, c3), "");
    EXPECT_EQ(tell(9s, Enter{.interaction = c1, .queue = sales, .first_arrival = t0 + 1s}), "");
    EXPECT_EQ(acd.position(c1), 1u) << "back on the line with their first arrival";
    EXPECT_EQ(ready(10s, bob), "11>2@25");
}

TEST_F(DispatcherTest, kept_places_do_not_fill_the_queue) {
    for (std::uint64_t i = 0; i < 3; ++i)
        tell(1s, Enter{.interaction = InteractionId{20 + i},
                       .queue = sales,
                       .first_arrival = t0,
                       .admission = Admission::Always,
                       .is_away = true});
    EXPECT_EQ(enter(2s, c1), "");
    EXPECT_EQ(acd.position(c1), 4u);
    EXPECT_EQ(enter(2s, c2), "");
    EXPECT_EQ(enter(2s, c3), "");
    EXPECT_EQ(enter(2s, c4), "full");
}

TEST_F(DispatcherTest, needed_skills_are_never_given_up_and_do_not_block_others) {
    ready(0s, ann);
    EXPECT_EQ(
        tell(1s, Enter{.interaction = c1, .queue = sales, .first_arrival = t0, .needs = {uyghur}}),
        "");
    EXPECT_EQ(enter(2s, c2), "12>1@17");
    EXPECT_EQ(ready(3s, bob), "11>2@18");
}

TEST_F(DispatcherTest, a_full_queue_refuses_new_callers_but_not_returned_ones) {
    enter(1s, c1);
    enter(1s, c2);
    enter(1s, c3);
    EXPECT_EQ(enter(2s, c4), "full");
    EXPECT_FALSE(acd.is_waiting(c4));
    EXPECT_EQ(tell(3s, Enter{.interaction = c4,
                             .queue = sales,
                             .first_arrival = t0,
                             .needs = {},
                             .admission = Admission::Always}),
              "");
    EXPECT_EQ(acd.position(c4), 1u);
}

TEST_F(DispatcherTest, a_caller_being_shown_counts_as_waiting) {
    ready(0s, ann);
    enter(1s, c1);
    EXPECT_EQ(acd.waiting(sales), 1u);
    EXPECT_EQ(acd.position(c1), 0u);
    tell(2s, Accepted{c1, ann});
    EXPECT_EQ(acd.waiting(sales), 0u);
}

TEST_F(DispatcherTest, a_caller_who_leaves_while_being_shown_withdraws_the_proposal) {
    ready(0s, ann);
    enter(1s, c1);
    EXPECT_EQ(tell(2s, Leave{c1}), "withdraw 11/1");
    enter(3s, c2);
    EXPECT_EQ(acd.shown_to(c2),
              std::nullopt);  // Ann is offered again only when she is ready again.
    EXPECT_EQ(ready(4s, ann), "12>1@19");
}

TEST_F(DispatcherTest, late_answers_and_failures_of_another_agent_change_nothing) {
    ready(0s, ann);
    ready(1s, bob);
    enter(2s, c1);
    tell(17s, Failed{c1, ann});
    EXPECT_EQ(tell(18s, Accepted{c1, ann}), "");
    EXPECT_EQ(acd.shown_to(c1), bob);
    EXPECT_EQ(tell(18s, Failed{c1, ann}), "");
    EXPECT_EQ(tell(19s, Leave{c4}), "");
}

TEST_F(DispatcherTest, an_unready_agent_is_not_proposed) {
    ready(0s, ann);
    tell(1s, BecameUnready{ann});
    EXPECT_EQ(enter(2s, c1), "");
    EXPECT_EQ(acd.longest_idle(sales), std::nullopt);
}

/// Ten thousand random steps: no able agent idles while somebody waits, and within one priority
/// nobody who came later is shown before somebody who came earlier and could have been.
TEST(dispatcher_at_random, serves_in_order) {
    Dice dice{20260101};
    std::vector<AgentRule> agents;
    for (std::uint64_t i = 1; i <= 20; ++i)
        agents.push_back(
            {AgentId{i},
             i % 3 ? std::vector<Service>{{sales}} : std::vector<Service>{{sales}, {repair}},
             {}});
    auto rules = two_queues();
    rules[0].waiting_max = 100000;
    rules[1].priority = 0;
    Dispatcher acd{rules, agents};
    std::map<std::uint64_t, QueueId> waiting;  // in order of arrival
    std::map<std::uint64_t, std::uint64_t> shown;
    std::set<std::uint64_t> off;
    for (const AgentRule& a : agents) off.insert(a.id.value);
    std::uint64_t next = 1;
    const auto take = [&](const std::vector<Effect>& effects) {
        for (const Effect& e : effects) {
            if (const auto* p = std::get_if<Propose>(&e)) {
                for (const auto& [id, q] : waiting) {
                    if (id >= p->interaction.value) break;
                    ASSERT_FALSE(q == p->queue) << id << " was overtaken in its own queue";
                }
                waiting.erase(p->interaction.value);
                shown[p->interaction.value] = p->agent.value;
                off.erase(p->agent.value);
            }
        }
    };
    for (int step = 0; step < 10'000; ++step) {
        const Instant now = t0 + Millis{step};
        const auto what = dice.below(4);
        if (what == 0) {
            const QueueId q = dice.chance(0.7) ? sales : repair;
            waiting[next] = q;
            take(acd.on(now, Enter{.interaction = InteractionId{next++},
                                   .queue = q,
                                   .first_arrival = now,
                                   .needs = {}}));
        } else if (what == 1 && !off.empty()) {
            const auto a = *std::next(off.begin(), static_cast<long>(dice.below(off.size())));
            off.erase(a);
            take(acd.on(now, BecameReady{AgentId{a}, now}));
        } else if (what == 2 && !shown.empty()) {
            const auto [c, a] =
                *std::next(shown.begin(), static_cast<long>(dice.below(shown.size())));
            shown.erase(c);
            off.insert(a);
            const bool accepts = dice.chance(0.8);
            if (!accepts) {
                const auto effects = acd.on(now, Failed{InteractionId{c}, AgentId{a}});
                for (const Effect& e : effects)
                    if (const auto* p = std::get_if<Propose>(&e)) shown[c] = p->agent.value;
                // Where it goes back to the lane its queue is asked for: it is in acd's books.
                if (effects.empty()) acd.on(now, Leave{InteractionId{c}});
            } else {
                acd.on(now, Accepted{InteractionId{c}, AgentId{a}});
            }
        } else if (what == 3 && !waiting.empty() && dice.chance(0.3)) {
            const auto c = waiting.begin()->first;
            waiting.erase(c);
            take(acd.on(now, Leave{InteractionId{c}}));
        }
        ASSERT_EQ(acd.broken_invariant(), "") << "step " << step;
    }
    EXPECT_GT(next, 2000u);
}

}  // namespace
}  // namespace ys::routing
