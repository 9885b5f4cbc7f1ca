// SPDX-License-Identifier: Apache-2.0
// The desk by behaviour; chat_desk_random_test.cpp tries it at random.
#include "channels/chat/chat_desk.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ys::chat {
namespace {

const CentreId centre{1};
const QueueId water{2}, heat{3};
const AgentId ann{11}, bob{12};

Now at(Seconds s) { return {Instant{} + s, UtcTime{s.count() * 1'000'000}}; }

struct ChatDeskTest : testing::Test {
    DeskRules rules;
    ChatDesk desk{rules};
    ChatDesk::Outcome last;
    int keys = 0;

    void TearDown() override { EXPECT_EQ(desk.broken_invariant(), ""); }
    void tell(Seconds when, const DeskCommand& command) {
        auto out = desk.on(at(when), command);
        ASSERT_TRUE(out) << out.error().note << ": " << out.error().code.message();
        last = *std::move(out);
        EXPECT_EQ(desk.broken_invariant(), "");
    }
    std::string refused(Seconds when, const DeskCommand& command) {
        const auto out = desk.on(at(when), command);
        return out ? "taken" : std::string(word_of(out.error().code));
    }
    void ask(Seconds when, std::uint64_t id, QueueId queue = water) {
        tell(when, OpenConversation{ConversationId{id}, centre, queue});
        tell(when, Tell{ConversationId{id}, AskForPerson{}});
    }
    void says(Seconds when, std::uint64_t id) {
        tell(when, Tell{ConversationId{id}, CitizenSays{std::to_string(++keys), "在吗"}});
    }
    void answers(Seconds when, AgentId agent, std::uint64_t id) {
        tell(when, Tell{ConversationId{id}, AgentSays{agent, std::to_string(++keys), "您好"}});
    }
    std::string waiting(QueueId queue = water) const {
        std::string out;
        for (const ConversationId id : desk.waiting(queue)) out += std::to_string(id.value) + " ";
        return out;
    }
    std::string of(AgentId agent) const {
        std::string out;
        if (const auto view = desk.agent(agent))
            for (const ConversationId id : view->conversations)
                out += std::to_string(id.value) + " ";
        return out;
    }
};

TEST_F(ChatDeskTest, an_agent_takes_who_waited_longest_as_many_as_they_can) {
    for (std::uint64_t id = 1; id <= 5; ++id) ask(Seconds(id), id, id % 2 ? water : heat);
    tell(10s, AgentReady{ann, {water, heat}, 3});
    EXPECT_EQ(of(ann), "1 2 3 ");
    EXPECT_EQ(waiting(heat), "4 ");
    tell(11s, Tell{ConversationId{2}, CitizenEnds{}});
    EXPECT_EQ(of(ann), "1 3 4 ");
    tell(12s, AgentReady{bob, {heat}, 5});
    EXPECT_EQ(of(bob), "") << "nobody waits for heat";
    EXPECT_EQ(waiting(water), "5 ");
}

TEST_F(ChatDeskTest, a_new_one_goes_to_who_has_fewest_then_to_who_got_one_longest_ago) {
    tell(0s, AgentReady{ann, {water}, 3});
    tell(0s, AgentReady{bob, {water}, 3});
    for (std::uint64_t id = 1; id <= 6; ++id) ask(Seconds(id), id);
    EXPECT_EQ(of(ann), "1 3 5 ");
    EXPECT_EQ(of(bob), "2 4 6 ");
    tell(10s, Tell{ConversationId{4}, CitizenEnds{}});
    ask(11s, 7);
    EXPECT_EQ(of(bob), "2 6 7 ");
    ask(12s, 8);
    EXPECT_EQ(waiting(), "8 ");
}

TEST_F(ChatDeskTest, a_silent_agent_gets_no_more_and_the_chat_goes_before_who_came_later) {
    tell(0s, AgentReady{ann, {water}, 2});
    ask(1s, 1);
    answers(2s, ann, 1);
    ask(3s, 2);
    answers(4s, ann, 2);
    ask(5s, 3);
    says(10s, 1);
    tell(130s, DeskTimePassed{});
    EXPECT_EQ(waiting(), "1 3 ");
    EXPECT_EQ(of(ann), "2 ");
    EXPECT_FALSE(desk.agent(ann)->takes_more);
    EXPECT_TRUE(std::ranges::find(last.effects, Effect{AgentPaused{ann}}) != last.effects.end());
    tell(140s, AgentReady{bob, {water}, 1});
    EXPECT_EQ(of(bob), "1 ");
    tell(150s, AgentReady{ann, {water}, 2});
    EXPECT_EQ(of(ann), "2 3 ");
}

TEST_F(ChatDeskTest, who_leaves_loses_theirs_to_colleagues_and_queue_in_order) {
    tell(0s, AgentReady{ann, {water}, 5});
    for (std::uint64_t id = 1; id <= 4; ++id) ask(Seconds(id), id);
    tell(5s, AgentReady{bob, {water}, 2});
    tell(6s, AgentLeft{ann});
    EXPECT_EQ(of(bob), "1 2 ");
    EXPECT_EQ(waiting(), "3 4 ");
    EXPECT_FALSE(desk.agent(ann));
    EXPECT_EQ(refused(7s, AgentLeft{ann}), "no_such_agent");
}

TEST_F(ChatDeskTest, who_is_passed_on_comes_first_in_the_other_queue) {
    tell(0s, AgentReady{ann, {water}, 5});
    ask(1s, 1);
    ask(2s, 2);
    const auto pass = [](std::uint64_t id, Office office = Office::Open, QueueId to = heat) {
        return Tell{ConversationId{id}, PassOn{ann, to, "供暖", "家里不热", office}};
    };
    EXPECT_EQ(refused(3s, pass(2)), "nobody_there");
    EXPECT_EQ(refused(3s, pass(2, Office::Open, water)), "passed_to_own");
    tell(4s, AgentReady{bob, {heat}, 1});
    EXPECT_EQ(refused(5s, pass(2, Office::Closed)), "queue_closed");
    tell(6s, OpenConversation{ConversationId{7}, centre, heat});
    EXPECT_EQ(refused(6s, pass(7)), "not_yours");
    tell(6s, Tell{ConversationId{7}, AskForPerson{}});
    ask(7s, 8, heat);
    ask(8s, 9, heat);
    tell(9s, pass(2));
    EXPECT_EQ(waiting(heat), "2 8 9 ");
    EXPECT_EQ(of(ann), "1 ");
    EXPECT_EQ(last.changes.front().messages.front().text, "家里不热");
    EXPECT_EQ(last.changes.front().messages.front().for_citizen(), "供暖");
    tell(10s, Tell{ConversationId{7}, CitizenEnds{}});
    EXPECT_EQ(of(bob), "2 ");
    tell(11s, Tell{ConversationId{2}, CitizenEnds{}});
    EXPECT_EQ(of(bob), "8 ");
    tell(12s, AgentPauses{bob});
    EXPECT_EQ(refused(13s, pass(1)), "nobody_there") << "who takes no more is not there";
}

TEST_F(ChatDeskTest, who_came_later_than_those_who_wait_there_is_still_first) {
    ask(1s, 1, heat);
    tell(2s, AgentReady{ann, {water}, 5});
    ask(3s, 2);
    tell(4s, Tell{ConversationId{1}, CitizenGone{}});
    tell(5s, AgentReady{bob, {heat}, 1});
    tell(6s, Tell{ConversationId{2}, PassOn{ann, heat, "供暖"}});
    EXPECT_EQ(of(bob), "2 ");
    tell(7s, Tell{ConversationId{1}, CitizenBack{}});
    tell(8s, AgentLeft{bob});
    EXPECT_EQ(waiting(heat), "2 1 ");
}

TEST_F(ChatDeskTest, a_seat_that_is_gone_is_waited_for) {
    tell(0s, AgentReady{ann, {water}, 3});
    ask(1s, 1);
    tell(2s, AgentGone{ann});
    ask(3s, 2);
    EXPECT_EQ(waiting(), "2 ");
    EXPECT_EQ(of(ann), "1 ");
    tell(20s, AgentReady{ann, {water}, 3});
    EXPECT_EQ(of(ann), "1 2 ");
    tell(30s, AgentGone{ann});
    EXPECT_EQ(desk.due(), at(60s).mono);
    tell(60s, DeskTimePassed{});
    EXPECT_EQ(waiting(), "1 2 ");
    EXPECT_FALSE(desk.agent(ann));
}

TEST_F(ChatDeskTest, who_is_gone_is_passed_over_and_keeps_the_place) {
    ask(1s, 1);
    ask(2s, 2);
    tell(3s, Tell{ConversationId{1}, CitizenGone{}});
    tell(4s, AgentReady{ann, {water}, 1});
    EXPECT_EQ(of(ann), "2 ");
    ask(5s, 3);
    tell(6s, Tell{ConversationId{1}, CitizenBack{}});
    EXPECT_EQ(waiting(), "1 3 ");
    tell(7s, Tell{ConversationId{2}, CitizenEnds{}});
    EXPECT_EQ(of(ann), "1 ");
}

TEST_F(ChatDeskTest, somebody_else_may_decide_who_gets_it_within_the_capacity) {
    rules.matching = Matching::External;
    desk = ChatDesk{rules};
    tell(0s, AgentReady{ann, {water}, 1});
    ask(1s, 1);
    ask(2s, 2);
    EXPECT_EQ(waiting(), "1 2 ");
    EXPECT_EQ(refused(3s, Tell{ConversationId{1}, AgentGiven{bob}}), "no_such_agent");
    tell(3s, Tell{ConversationId{1}, AgentGiven{ann}});
    EXPECT_EQ(refused(4s, Tell{ConversationId{2}, AgentGiven{ann}}), "agent_full");
    EXPECT_EQ(refused(4s, Tell{ConversationId{1}, AgentGiven{ann}}), "agent_full");
    EXPECT_EQ(of(ann), "1 ");
}

TEST_F(ChatDeskTest, what_has_to_be_kept_is_each_conversation_once_with_its_last_standing) {
    tell(0s, AgentReady{ann, {water}, 1});
    tell(1s, OpenConversation{ConversationId{1}, centre, water});
    tell(2s, Tell{ConversationId{1}, CitizenSays{"k", "转人工"}});
    ASSERT_EQ(last.changes.size(), 1U);
    EXPECT_EQ(last.changes[0].standing, desk.find(ConversationId{1})->standing());
    EXPECT_EQ(last.changes[0].messages.size(), 3U) << "the words, queued, agent joined";
    EXPECT_EQ(last.number, 2U);
}

TEST_F(ChatDeskTest, what_was_kept_is_put_back_and_its_agent_waited_for) {
    const auto standing = [&](std::uint64_t id, State state, Seconds asked) {
        return Standing{.id = ConversationId{id},
                        .centre = centre,
                        .queue = water,
                        .state = state,
                        .agent = state == State::WithAgent ? ann : AgentId{},
                        .asked_at = at(asked).utc,
                        .messages = 3};
    };
    desk.restore(standing(1, State::Waiting, 20s), {}, at(100s));
    const auto out = desk.restore(standing(2, State::Waiting, 10s), {}, at(100s));
    EXPECT_EQ(out.effects,
              (std::vector<Effect>{AskForAgent{ConversationId{2}, water, at(10s).mono}}));
    desk.restore(standing(3, State::WithAgent, 5s), {}, at(100s));
    EXPECT_EQ(desk.broken_invariant(), "");
    EXPECT_EQ(waiting(), "2 1 ");
    EXPECT_EQ(of(ann), "3 ");
    tell(130s, DeskTimePassed{});
    EXPECT_EQ(waiting(), "3 2 1 ") << "she did not come back";
    tell(131s, AgentReady{ann, {water}, 3});
    EXPECT_EQ(of(ann), "") << "nobody is looking";
    tell(132s, Tell{ConversationId{1}, CitizenBack{}});
    EXPECT_EQ(of(ann), "1 ");
}

TEST_F(ChatDeskTest, limits_are_named_and_what_is_rated_or_old_is_forgotten) {
    rules.living_max = 1;
    desk.change(rules);
    tell(0s, OpenConversation{ConversationId{1}, centre, water});
    EXPECT_EQ(refused(0s, OpenConversation{ConversationId{2}, centre, water}),
              "too_many_conversations");
    EXPECT_EQ(refused(0s, Tell{ConversationId{2}, CitizenEnds{}}), "no_such_conversation");
    EXPECT_EQ(refused(0s, AgentReady{ann, {water}, 6}), "capacity_unfit");
    EXPECT_EQ(refused(0s, AgentReady{ann, {water}, 0}), "capacity_unfit");
    tell(1s, Tell{ConversationId{1}, CitizenEnds{}});
    tell(1'801s, DeskTimePassed{});
    EXPECT_EQ(desk.size(), 0U);
    EXPECT_FALSE(desk.due());
}

}  // namespace
}  // namespace ys::chat
