// SPDX-License-Identifier: Apache-2.0
// Another flow while the old one is being heard.
#include <algorithm>

#include <gtest/gtest.h>

#include "interactions/coordinator.h"

namespace ys::interactions {
namespace {

/// gtest has a Setup of its own.
using Rules = interactions::Setup;

const CentreId centre{1};
const QueueId repair{1}, billing{2};

std::string flow_to(const std::string& queue, const std::string& greeting) {
    return "flow main\nmust-hear notice\nperson desk\n\nnode hello choose\n  say notice " +
           greeting + "\n  barge-in no\n  key 1 -> desk\n\nnode desk queue\n  queue " + queue +
           "\n";
}

class FlowChangeTest : public testing::Test {
protected:
    FlowChangeTest() {
        Rules s;
        s.queues = {{.id = repair, .centre = centre, .name = "repair"},
                    {.id = billing, .centre = centre, .name = "billing"}};
        s.numbers = {{.number = "6000", .centre = centre, .flow = "main"}};
        s.flows["main"] = flow_to("repair", "greeting");
        coordinator_ = *Coordinator::make(std::move(s));
    }
    std::vector<Effect> tell(const Command& command) {
        second_ += 1;
        const Now now{Instant{} + Seconds{second_}, UtcTime{second_ * 1'000'000}};
        Outcome out = coordinator_->on(now, command);
        for (facts::Fact& fact : out.facts) facts_.push_back(std::move(fact));
        EXPECT_EQ(coordinator_->broken_invariant(), "");
        return out.effects;
    }
    /// The prompts they hear first.
    std::vector<std::string> arrive(std::uint64_t leg) {
        CallArrived call;
        call.leg = LegId{leg};
        call.dialled = "6000";
        call.caller = "13800138000";
        for (const Effect& e : tell(call))
            if (const auto* play = std::get_if<Play>(&e)) {
                plays_[leg] = play->play;
                return play->prompts;
            }
        return {};
    }
    void press_one(std::uint64_t leg) {
        tell(PlayEnded{LegId{leg}, plays_.at(leg)});
        tell(KeyPressed{LegId{leg}, '1'});
    }
    QueueId queue_of(InteractionId call) const {
        QueueId out;
        for (const facts::Fact& fact : facts_)
            if (const auto* queued = std::get_if<facts::Queued>(&fact.body);
                queued != nullptr && fact.interaction == call)
                out = QueueId{queued->queue};
        return out;
    }
    Rules with_flow(std::string text) const {
        Rules rules;
        rules.flows["main"] = std::move(text);
        return rules;
    }
    void change(Rules rules) {
        ChangeRules c;
        c.centre = centre;
        c.rules = std::make_shared<const Rules>(std::move(rules));
        tell(c);
    }
    Rules with_queues(std::vector<QueueSetup> queues) const {
        Rules rules;
        rules.queues = std::move(queues);
        return rules;
    }

    std::unique_ptr<Coordinator> coordinator_;
    std::vector<facts::Fact> facts_;
    std::map<std::uint64_t, PlayId> plays_;
    std::int64_t second_ = 0;
};

TEST_F(FlowChangeTest, who_is_in_a_flow_finishes_there_and_new_callers_come_into_the_new_one) {
    EXPECT_EQ(arrive(1), (std::vector<std::string>{"notice", "greeting"}));
    const Rules changed = with_flow(flow_to("billing", "welcome"));
    ASSERT_TRUE(coordinator_->may_become(changed));
    change(changed);
    EXPECT_EQ(arrive(2), (std::vector<std::string>{"notice", "welcome"}));
    change(with_flow(flow_to("repair", "third")));
    EXPECT_EQ(arrive(3), (std::vector<std::string>{"notice", "third"}));
    press_one(2);
    press_one(1);
    press_one(3);
    EXPECT_EQ(queue_of(InteractionId{1}), repair);
    EXPECT_EQ(queue_of(InteractionId{2}), billing);
    EXPECT_EQ(queue_of(InteractionId{3}), repair);
}

TEST_F(FlowChangeTest, a_flow_that_cannot_be_is_refused_by_its_fault_and_changes_nothing) {
    for (const auto& [text, why] :
         {std::pair{flow_to("gas", "welcome"), "no queue gas"},
          std::pair{std::string("flow main\nnonsense"), "nonsense"},
          std::pair{std::string("flow main\nperson a\nnode a hang-up\n  say bye\n"), "fallback"}}) {
        const auto may = coordinator_->may_become(with_flow(text));
        ASSERT_FALSE(may) << text;
        EXPECT_NE(may.error().note.find(why), std::string::npos) << may.error().note;
        change(with_flow(text));
        EXPECT_EQ(arrive(static_cast<std::uint64_t>(second_) + 10).back(), "greeting");
    }
    Rules other;
    other.flows["night"] = flow_to("repair", "greeting");
    EXPECT_FALSE(coordinator_->may_become(other)) << "no number uses it";
}

TEST_F(FlowChangeTest, a_queue_of_the_flow_before_stays_until_its_callers_have_come_there) {
    const std::vector<QueueSetup> without_repair{
        {.id = billing, .centre = centre, .name = "billing"}};
    EXPECT_FALSE(coordinator_->may_become(with_queues(without_repair)));
    arrive(1);
    change(with_flow(flow_to("billing", "welcome")));
    EXPECT_FALSE(coordinator_->may_become(with_queues(without_repair)));
    tell(LegDown{LegId{1}, {}});
    EXPECT_TRUE(coordinator_->may_become(with_queues(without_repair)));
    change(with_queues(without_repair));
    arrive(2);
    press_one(2);
    EXPECT_EQ(queue_of(InteractionId{2}), billing);
}

TEST_F(FlowChangeTest, special_days_hold_for_the_new_flow_too) {
    Rules days = with_queues({{.id = repair, .centre = centre, .name = "repair"},
                              {.id = billing, .centre = centre, .name = "billing"}});
    days.days = {{{1970, 1, 1}, "元旦", false}};
    change(days);
    change(
        with_flow("flow main\nperson desk\nrecorded no\n\nnode which branch\n  holiday -> shut\n"
                  "  else -> desk\n\nnode shut play\n  say closed\n  -> desk\n\n"
                  "node desk queue\n  queue repair\n"));
    EXPECT_EQ(arrive(1), std::vector<std::string>{"closed"});
}

}  // namespace
}  // namespace ys::interactions
