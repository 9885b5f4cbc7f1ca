// SPDX-License-Identifier: Apache-2.0
#include "reports/kpi.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <boost/mp11.hpp>

#include "reports/formulas.h"

namespace ys::reports {
namespace {

using facts::Body;
using facts::Fact;
using Facts = std::vector<Fact>;

constexpr CentreId centre{1};
constexpr QueueId repair{11}, billing{12};
constexpr AgentId ann{101}, bob{102};
const Window day{UtcTime{0}, UtcTime{86'400'000'000}};

UtcTime at_ms(std::int64_t ms) { return {ms * 1000}; }
Fact fact(std::int64_t ms, InteractionId call, AgentId agent, Body body) {
    return {at_ms(ms), centre, call, agent, std::move(body)};
}

facts::CallArrived arrival(const char* direction) {
    facts::CallArrived body;
    body.direction = direction;
    return body;
}

/// One caller's story as the coordinator tells it.
class Story {
public:
    Story(std::uint64_t id, std::int64_t ms) : call_(id), ms_(ms) { tell({}, arrival("in")); }
    Story& after(std::int64_t ms) {
        ms_ += ms;
        return *this;
    }
    Story& queued(QueueId queue) {
        tell({}, facts::Queued{queue.value, "flow", at_ms(ms_)});
        if (first_ < 0) first_ = ms_;
        return *this;
    }
    Story& connected(QueueId queue, AgentId agent) {
        waited_ = ms_ - first_;
        tell(agent, facts::Connected{queue.value, waited_});
        talking_since_ = ms_;
        return *this;
    }
    Story& tell(AgentId agent, Body body) {
        out_.push_back(fact(ms_, call_, agent, std::move(body)));
        return *this;
    }
    Story& moved(AgentId agent, const char* from, const char* to) {
        return tell(agent, facts::AgentMoved{from, to, "", ""});
    }
    Facts ends(const char* cause) {
        const bool answered = talking_since_ >= 0;
        const std::int64_t waited = answered ? waited_ : first_ < 0 ? 0 : ms_ - first_;
        tell({},
             facts::CallEnded{cause, "citizen", 0, waited, answered ? ms_ - talking_since_ : 0, 0});
        return out_;
    }
    const Facts& so_far() const { return out_; }

private:
    InteractionId call_;
    std::int64_t ms_;
    std::int64_t first_ = -1, waited_ = 0, talking_since_ = -1;
    Facts out_;
};

Kpi counted(const Facts& facts, Window window = day) {
    Kpi kpi(window);
    for (const Fact& f : facts) kpi.on(f);
    return kpi;
}

Facts operator+(Facts a, const Facts& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

TEST(kpi, an_answered_call_counts_from_offer_to_wrap_up) {
    Story s(1, 1000);
    s.after(5000).queued(repair).after(12'000).moved(ann, "Alerted", "Busy").connected(repair, ann);
    s.after(60'000).tell(ann, facts::HoldEnded{3000}).tell({}, facts::SurveyScored{5});
    s.moved(ann, "Busy", "WrapUp");
    Facts facts = s.ends("completed");
    facts.push_back(fact(108'000, {}, ann, facts::AgentMoved{"WrapUp", "Ready", "", ""}));
    const Kpi kpi = counted(facts);
    const CallFigures f = kpi.centre(centre);
    EXPECT_EQ(f.arrived, 1u);
    EXPECT_EQ(f.offered, 1u);
    EXPECT_EQ(f.answered, 1u);
    EXPECT_EQ(f.within_15s, 1u);
    EXPECT_EQ(f.waiting, 0u);
    EXPECT_EQ(f.talked_ms, 60'000);
    EXPECT_EQ(f.wrap_ups, 1u);
    EXPECT_EQ(f.wrap_up_ms, 30'000);
    EXPECT_EQ(f.wait_p50_ms, 12'000);
    EXPECT_DOUBLE_EQ(*f.connect_rate, 1.0);
    EXPECT_DOUBLE_EQ(*f.score_mean, 5.0);
    EXPECT_EQ(kpi.queue(repair), [&] {
        CallFigures q = f;
        q.arrived = 0;  // A queue is offered calls; they arrive at a centre.
        return q;
    }());
    const AgentFigures a = kpi.agent(ann, at_ms(200'000));
    EXPECT_EQ(a.handled, 1u);
    EXPECT_EQ(a.busy_ms, 60'000);
    EXPECT_EQ(a.held_ms, 3000);
    EXPECT_EQ(a.wrap_up_ms, 30'000);
    EXPECT_EQ(a.ready_ms, 92'000);
    EXPECT_NEAR(*a.occupancy, 90.0 / 182.0, 1e-9);
}

TEST(kpi, callers_who_leave_are_told_apart_by_how_soon) {
    const Kpi kpi =
        counted(Story(1, 0).queued(repair).after(4999).ends("abandoned") +
                Story(2, 0).queued(repair).after(5000).ends("abandoned") +
                Story(3, 0).after(2000).ends("left_in_flow") + Story(4, 0).ends("queue_full") +
                Story(5, 0).queued(repair).after(1).ends("media_lost"));
    const CallFigures f = kpi.centre(centre);
    EXPECT_EQ(f.arrived, 5u);
    EXPECT_EQ(f.robot_only, 1u);
    EXPECT_EQ(f.offered, 4u);
    EXPECT_EQ(f.abandoned, 2u);
    EXPECT_EQ(f.abandoned_short, 1u);
    EXPECT_EQ(f.turned_away, 1u);
    EXPECT_EQ(f.lost, 1u);
    EXPECT_DOUBLE_EQ(*f.connect_rate, 0.0);
    EXPECT_EQ(f.wait_max_ms, 5000);
    EXPECT_FALSE(f.talked_mean_ms);
}

TEST(kpi, a_transfer_to_another_queue_is_offered_there_too_but_once_in_the_centre) {
    const Facts call = Story(1, 0)
                           .queued(repair)
                           .after(20'000)
                           .connected(repair, ann)
                           .tell(ann, facts::TransferBegan{"blind", "queue:12", 1})
                           .after(1000)
                           .queued(billing)
                           .after(10'000)
                           .connected(billing, bob)
                           .after(5000)
                           .ends("completed");
    const Kpi kpi = counted(call);
    EXPECT_EQ(kpi.centre(centre).offered, 1u);
    EXPECT_EQ(kpi.centre(centre).answered, 1u);
    EXPECT_EQ(kpi.centre(centre).within_15s, 0u);
    EXPECT_EQ(kpi.centre(centre).transfers, 1u);
    EXPECT_EQ(kpi.queue(repair).answered, 1u);
    EXPECT_EQ(kpi.queue(repair).wait_max_ms, 20'000);
    EXPECT_EQ(kpi.queue(billing).answered, 1u);
    EXPECT_EQ(kpi.queue(billing).within_15s, 1u);
    EXPECT_EQ(kpi.queue(billing).wait_max_ms, 10'000);
    EXPECT_EQ(kpi.agent(ann, at_ms(0)).handled, 1u);
    EXPECT_EQ(kpi.agent(bob, at_ms(0)).handled, 1u);
}

TEST(kpi, a_call_passed_on_unanswered_is_lost_to_the_first_queue_until_it_comes_back) {
    Story s(1, 0);
    s.queued(repair).after(8000).queued(billing);
    EXPECT_EQ(counted(s.so_far()).queue(repair).lost, 1u);
    EXPECT_EQ(counted(s.so_far()).queue(billing).waiting, 1u);
    s.after(2000).queued(repair).after(4000).connected(repair, ann);
    const Kpi kpi = counted(s.ends("completed"));
    EXPECT_EQ(kpi.queue(repair).offered, 1u);
    EXPECT_EQ(kpi.queue(repair).lost, 0u);
    EXPECT_EQ(kpi.queue(repair).answered, 1u);
    EXPECT_EQ(kpi.queue(repair).wait_max_ms, 12'000);
    EXPECT_EQ(kpi.queue(billing).lost, 1u);
    EXPECT_EQ(kpi.centre(centre).wait_max_ms, 14'000);
}

TEST(kpi, calls_belong_to_the_window_they_arrived_in) {
    const Window hour{at_ms(3'600'000), at_ms(7'200'000)};
    const Facts facts =
        Story(1, 3'599'999).queued(repair).after(5).connected(repair, ann).ends("completed") +
        Story(2, 3'600'000).queued(repair).after(1).connected(repair, ann).ends("completed") +
        Story(3, 7'199'999).queued(repair).after(9000).connected(repair, ann).ends("completed") +
        Story(4, 7'200'000).queued(repair).after(1).connected(repair, ann).ends("completed");
    EXPECT_EQ(counted(facts, hour).centre(centre).answered, 2u);
    EXPECT_EQ(counted(facts, hour).centre(centre).wait_max_ms, 9000);
    EXPECT_EQ(counted(facts, hour).agent(ann, at_ms(0)).handled, 2u);
}

TEST(kpi, agents_states_are_cut_at_the_window_and_go_on_over_midnight) {
    const Facts facts{fact(1000, {}, ann, facts::AgentMoved{"LoggedOut", "Break", "", ""}),
                      fact(2000, {}, ann, facts::AgentMoved{"Break", "Ready", "", ""}),
                      fact(9000, {}, ann, facts::AgentMoved{"Ready", "LoggedOut", "", ""})};
    EXPECT_EQ(counted(facts, {at_ms(1500), at_ms(5000)}).agent(ann, at_ms(99'000)).break_ms, 500);
    EXPECT_EQ(counted(facts, {at_ms(1500), at_ms(5000)}).agent(ann, at_ms(99'000)).ready_ms, 3000);
    EXPECT_EQ(counted(facts).agent(ann, at_ms(99'000)).signed_in_ms, 8000);

    Kpi live({at_ms(0), at_ms(5000)});
    live.on(facts[0]);
    live.on(facts[1]);
    live.begin({at_ms(5000), at_ms(10'000)});
    EXPECT_EQ(live.agent(ann, at_ms(6000)).ready_ms, 1000);
    live.on(facts[2]);
    EXPECT_EQ(live.agent(ann, at_ms(10'000)).ready_ms, 4000);
    EXPECT_EQ(live.agent(ann, at_ms(10'000)).signed_in_ms, 4000);
}

TEST(kpi, calls_out_stand_apart) {
    const Facts facts{
        fact(0, InteractionId{1}, ann, arrival("out")),
        fact(10, InteractionId{1}, ann, facts::DialEnded{"connected"}),
        fact(10, InteractionId{1}, ann, facts::Connected{0, 0}),
        fact(20, InteractionId{1}, {}, facts::CallEnded{"completed", "agent", 20, 0, 10, 0}),
        fact(30, InteractionId{2}, ann, arrival("out")),
        fact(40, InteractionId{2}, ann, facts::DialEnded{"busy"})};
    const Kpi kpi = counted(facts);
    EXPECT_EQ(kpi.centre(centre).arrived, 0u);
    EXPECT_EQ(kpi.centre(centre).offered, 0u);
    EXPECT_EQ(kpi.centre(centre).dialled, 2u);
    EXPECT_EQ(kpi.centre(centre).dialled_connected, 1u);
    EXPECT_EQ(kpi.agent(ann, at_ms(0)).dialled, 2u);
    EXPECT_EQ(kpi.agent(ann, at_ms(0)).handled, 0u);
    EXPECT_FALSE(kpi.centre(centre).connect_rate);
}

TEST(kpi, refusals_are_counted_by_their_own_time) {
    const Fact refused{at_ms(5), centre, {}, {}, facts::CallRefused{"overload", "x", 7}};
    EXPECT_EQ(counted({refused}).centre(centre).refused, 7u);
    EXPECT_EQ(counted({refused}, {at_ms(6), at_ms(9)}).centre(centre).refused, 0u);
}

TEST(waits, percentiles_are_by_nearest_rank) {
    Waits w;
    EXPECT_EQ(w.percentile_ms(50), 0);
    for (std::int64_t i = 1; i <= 10; ++i) w.add(i * 100);
    EXPECT_EQ(w.percentile_ms(50), 500);
    EXPECT_EQ(w.percentile_ms(90), 900);
    EXPECT_EQ(w.percentile_ms(100), 1000);
    w.remove(1000);
    EXPECT_EQ(w.max_ms(), 900);
    EXPECT_EQ(w.sum_ms(), 4500);
}

Facts called(std::uint64_t id, std::int64_t ms, const char* direction, const char* number,
             std::vector<std::pair<std::int64_t, Body>> rest) {
    facts::CallArrived arrived = arrival(direction);
    (std::string{direction} == "out" ? arrived.dialled : arrived.caller) = number;
    Facts all{fact(ms, InteractionId{id}, {}, arrived)};
    for (auto& [after, body] : rest)
        all.push_back(fact(ms + after, InteractionId{id}, {}, std::move(body)));
    return all;
}

TEST(kpi, a_talk_that_may_be_long_is_in_no_mean) {
    const QueueId elder{12};
    const auto talk = [&](std::uint64_t id, QueueId queue, bool is_unhurried, std::int64_t ms) {
        return called(id, 0, "in", "13800138001",
                      {{0, facts::Queued{queue.value, "flow", at_ms(0)}},
                       {1'000, facts::Connected{queue.value, 1'000, is_unhurried}},
                       {1'000 + ms, facts::CallEnded{"completed", "system", 0, 1'000, ms, 0}}});
    };
    const Kpi kpi = counted(talk(1, repair, false, 60'000) + talk(2, elder, true, 600'000));
    EXPECT_EQ(kpi.centre(centre).talked_ms, 660'000);
    EXPECT_DOUBLE_EQ(*kpi.centre(centre).talked_mean_ms, 60'000);
    EXPECT_FALSE(kpi.queue(elder).talked_mean_ms);
}

facts::CallEnded end_of(const char* cause, std::int64_t waited_ms = 0) {
    return {cause, "system", waited_ms, waited_ms, 0, 0};
}

TEST(callbacks, are_counted_apart_and_never_twice) {
    Kpi kpi{day};
    const auto tell = [&](const Facts& facts) {
        for (const Fact& f : facts) kpi.on(f);
    };
    const facts::Queued queued{repair.value, "flow", at_ms(1000)};
    const facts::CallbackPromised promised{repair.value, "13800138001", at_ms(1000), "asked"};
    tell(called(1, 1'000, "in", "13800138001",
                {{0, queued}, {30'000, promised}, {33'000, end_of("callback_promised", 30'000)}}));
    tell(called(2, 31'000, "callback", "13800138001",
                {{0, queued},
                 {60'000, facts::CallbackTried{1, "answered"}},
                 {60'000, queued},
                 {70'000, facts::Connected{repair.value, 10'000}},
                 {70'000, facts::CallbackEnded{"connected"}},
                 {90'000, end_of("completed", 10'000)}}));
    tell(called(3, 40'000, "in", "13800138003",
                {{0, facts::CallbackPromised{repair.value, "13800138003", at_ms(40'000), "full"}},
                 {3'000, end_of("callback_promised")}}));
    tell(called(4, 41'000, "callback", "13800138003",
                {{0, queued},
                 {60'000, facts::CallbackTried{3, "busy"}},
                 {60'000, facts::CallbackEnded{"given_up"}},
                 {60'000, end_of("busy")}}));
    const CallFigures f = kpi.centre(centre), q = kpi.queue(repair);
    EXPECT_EQ(f.arrived, 2u);
    EXPECT_EQ(f.offered, 2u);
    EXPECT_EQ(f.answered, 0u);
    EXPECT_EQ(f.abandoned + f.lost + f.turned_away + f.waiting, 0u);
    EXPECT_EQ(f.callbacks_promised, 2u);
    EXPECT_EQ(f.callbacks_connected, 1u);
    EXPECT_EQ(f.callbacks_given_up, 1u);
    EXPECT_EQ(q.offered, 1u) << "who met a full queue was never in it";
    EXPECT_EQ(q.callbacks_promised, 1u);
    EXPECT_EQ(q.callbacks_connected, 1u);
    EXPECT_FALSE(f.wait_mean_ms) << "they chose not to wait";
}

TEST(lost_calls, are_called_back_until_they_have_been_served) {
    Kpi kpi{day};
    const auto tell = [&](const Facts& facts) {
        for (const Fact& f : facts) kpi.on(f);
    };
    const facts::Queued queued{repair.value, "flow", at_ms(0)};
    for (const std::uint64_t i : {1, 2, 3})
        tell(called(i, 1'000, "in", ("1380013800" + std::to_string(i)).c_str(),
                    {{0, queued}, {20'000, end_of("abandoned", 20'000)}}));
    tell(called(4, 30'000, "out", "13800138001", {{5'000, facts::DialEnded{"connected"}}}));
    tell(called(5, 40'000, "out", "13800138001", {{5'000, facts::DialEnded{"connected"}}}));
    tell(called(6, 50'000, "out", "13800138002", {{5'000, facts::DialEnded{"no_answer"}}}));
    tell(called(7, 60'000, "in", "13800138003",
                {{0, queued}, {5'000, facts::Connected{repair.value, 5'000}}}));
    tell(called(8, 70'000, "out", "13800138003", {{5'000, facts::DialEnded{"connected"}}}));
    EXPECT_EQ(kpi.centre(centre).called_back, 1u);
    EXPECT_EQ(kpi.queue(repair).called_back, 1u);
    EXPECT_NEAR(kpi.centre(centre).called_back_rate.value(), 1.0 / 3, 1e-9);
}

TEST(waits_told, hit_when_the_answer_came_within_them) {
    Kpi kpi{day};
    const facts::Queued queued{repair.value, "flow", at_ms(0)};
    const facts::WaitEstimated told{repair.value, 1, 10'000, 30'000};
    const facts::Connected answered{repair.value, 0};
    std::uint64_t id = 0;
    const auto waits = [&](std::int64_t ms, Body end) {
        for (const Fact& f : called(++id, 1'000, "in", "", {{0, queued}, {0, told}, {ms, end}}))
            kpi.on(f);
    };
    waits(20'000, answered);
    waits(30'000, answered);
    waits(5'000, answered);
    waits(31'000, answered);
    waits(5'000, end_of("abandoned", 5'000));
    waits(40'000, end_of("abandoned", 40'000));
    const CallFigures f = kpi.queue(repair);
    EXPECT_EQ(f.waits_told, 5u) << "who left early says nothing about the estimate";
    EXPECT_EQ(f.waits_hit, 2u);
    EXPECT_NEAR(f.wait_hit_rate.value(), 0.4, 1e-9);
}

TEST(formulas, every_figure_has_one_in_the_order_of_the_struct) {
    const auto names = []<class T>(T) {
        std::vector<std::string> out;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) { out.emplace_back(member.name); });
        return out;
    };
    std::vector<std::string> calls, agents{"agent", "centre"};
    for (const auto& f : call_formulas()) calls.push_back(f.figure);
    for (const auto& f : agent_formulas()) agents.push_back(f.figure);
    EXPECT_EQ(calls, names(CallFigures{}));
    EXPECT_EQ(agents, names(AgentFigures{}));
}

// ---- properties --------------------------------------------------------------------------------

/// A random story of one call and one agent of its own, in random order of what can happen.
Facts random_story(std::uint64_t id) {
    const AgentId agent{id + 1000};
    const auto pause = [] { return static_cast<std::int64_t>(*rc::gen::inRange(0, 20'000)); };
    const auto queue = [] { return *rc::gen::element(repair, billing, QueueId{13}); };
    Story s(id, *rc::gen::inRange(0, 80'000'000));
    s.moved(agent, "LoggedOut", "Ready").after(pause());
    if (*rc::gen::inRange(0, 6) == 0)
        return s.ends(*rc::gen::element("left_in_flow", "queue_full", "self_served"));
    QueueId at = queue();
    s.queued(at).after(pause());
    const int turns = *rc::gen::inRange(0, 5);
    bool talked = false;
    for (int i = 0; i < turns; ++i) {
        switch (*rc::gen::inRange(0, 3)) {
            case 0:
                at = queue();
                s.queued(at).after(pause());
                break;
            case 1:
                s.moved(agent, "Ready", "Busy").connected(at, agent).after(pause());
                s.moved(agent, "Busy", "WrapUp").after(pause()).moved(agent, "WrapUp", "Ready");
                talked = true;
                break;
            default:
                s.tell(agent, facts::ProposalEnded{"no_answer"}).after(pause());
        }
    }
    return s.ends(talked ? "completed" : *rc::gen::element("abandoned", "system_error"));
}

std::vector<Facts> random_stories() {
    std::vector<Facts> out;
    const auto n = *rc::gen::inRange<std::uint64_t>(1, 12);
    for (std::uint64_t id = 1; id <= n; ++id) out.push_back(random_story(id));
    return out;
}

/// A random merge that keeps each story's own order.
Facts merged(std::vector<Facts> stories) {
    Facts out;
    std::vector<std::size_t> at(stories.size(), 0);
    for (;;) {
        std::vector<std::size_t> left;
        for (std::size_t i = 0; i < stories.size(); ++i)
            if (at[i] < stories[i].size()) left.push_back(i);
        if (left.empty()) return out;
        const std::size_t i = left[*rc::gen::inRange<std::size_t>(0, left.size())];
        out.push_back(stories[i][at[i]++]);
    }
}

const UtcTime evening = at_ms(86'400'000);

TEST(kpi_properties, the_order_between_calls_and_agents_does_not_matter) {
    EXPECT_TRUE(rc::check([] {
        const auto stories = random_stories();
        RC_ASSERT(counted(merged(stories)).report(evening) ==
                  counted(merged(stories)).report(evening));
    }));
}

TEST(kpi_properties, asking_in_between_changes_nothing) {
    EXPECT_TRUE(rc::check([] {
        const Facts facts = merged(random_stories());
        Kpi live(day);
        for (const Fact& f : facts) {
            live.on(f);
            live.report(evening);
        }
        RC_ASSERT(live.report(evening) == counted(facts).report(evening));
    }));
}

TEST(kpi_properties, totals_equal_the_facts) {
    EXPECT_TRUE(rc::check([] {
        const Facts facts = merged(random_stories());
        std::set<std::uint64_t> arrived, asked, talked;
        std::set<std::pair<std::uint64_t, std::uint64_t>> offered, answered;
        for (const Fact& f : facts) {
            const auto call = f.interaction.value;
            if (std::holds_alternative<facts::CallArrived>(f.body)) arrived.insert(call);
            if (const auto* b = std::get_if<facts::Queued>(&f.body)) {
                asked.insert(call);
                offered.emplace(b->queue, call);
            }
            if (const auto* b = std::get_if<facts::CallEnded>(&f.body);
                b && b->cause == "queue_full")
                asked.insert(call);
            if (const auto* b = std::get_if<facts::Connected>(&f.body)) {
                talked.insert(call);
                answered.emplace(b->queue, call);
            }
        }
        const Report r = counted(facts).report(evening);
        const CallFigures& c = r.centres.at(0).calls;
        RC_ASSERT(c.arrived == arrived.size());
        RC_ASSERT(c.offered == asked.size());
        RC_ASSERT(c.answered == talked.size());
        RC_ASSERT(c.arrived == c.offered + c.robot_only);
        RC_ASSERT(c.offered == c.answered + c.abandoned + c.turned_away + c.lost + c.left_message +
                                   c.callbacks_promised);
        RC_ASSERT(c.waiting == 0u);
        std::uint64_t offered_sum = 0, answered_sum = 0;
        std::int64_t talked_ms = 0;
        for (const QueueRow& q : r.queues) {
            offered_sum += q.calls.offered;
            answered_sum += q.calls.answered;
            talked_ms += q.calls.talked_ms;
            RC_ASSERT(q.calls.waiting == 0u);
            RC_ASSERT(q.calls.offered == q.calls.answered + q.calls.abandoned + q.calls.lost);
        }
        RC_ASSERT(offered_sum == offered.size());
        RC_ASSERT(answered_sum == answered.size());
        RC_ASSERT(talked_ms == c.talked_ms);
        for (const AgentFigures& a : r.agents)
            RC_ASSERT(a.signed_in_ms ==
                      a.ready_ms + a.alerted_ms + a.busy_ms + a.wrap_up_ms + a.break_ms);
    }));
}

}  // namespace
}  // namespace ys::reports
