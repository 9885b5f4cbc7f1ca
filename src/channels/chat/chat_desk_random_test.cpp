// SPDX-License-Identifier: Apache-2.0
// Random hours at the desk: whatever comes in whatever order, no conversation is lost, none has two
// agents, nobody has more than they can, and nobody is overtaken.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/dice.h"
#include "base/overloaded.h"
#include "channels/chat/chat_desk.h"

namespace ys::chat {
namespace {

/// Knows only commands and effects: what anybody outside could know.
class Hour {
public:
    Hour(std::uint64_t seed, Matching matching)
        : dice_(seed), desk_(rules(matching)), is_external_(matching == Matching::External) {}

    void run(int steps) {
        for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
            now_.mono += Millis(dice_.below(20'000));
            now_.utc.us += 1'000;
            step();
            ASSERT_EQ(desk_.broken_invariant(), "") << "step " << i;
            check_books();
        }
    }
    std::size_t given() const { return given_; }
    std::size_t returned() const { return returned_; }
    std::size_t ended() const { return ended_; }
    std::size_t passed() const { return passed_; }

private:
    struct Known {
        bool is_living = true, is_waiting = false, is_here = true;
        QueueId queue;
        Instant asked{};
        AgentId agent{};
        std::uint32_t messages = 0;
        std::uint32_t robot_owes = 0;
    };
    struct Colleague {
        bool is_there = false;
        std::size_t at_once = 0;
    };

    static DeskRules rules(Matching matching) {
        DeskRules out;
        out.matching = matching;
        out.living_max = 60;
        return out;
    }

    void step() {
        const auto kind = dice_.below(20);
        if (kind < 3) return open();
        if (kind < 5) return agent_comes();
        if (kind == 5) return agent_goes();
        if (kind == 6) return tell_desk(DeskTimePassed{});
        if (kind == 7 && desk_.due()) {
            now_.mono = std::max(now_.mono, *desk_.due());
            return tell_desk(DeskTimePassed{});
        }
        if (known_.empty()) return;
        const auto at =
            std::next(known_.begin(), static_cast<std::ptrdiff_t>(dice_.below(known_.size())));
        talk(at->first, at->second);
    }

    void open() {
        const ConversationId id{++last_id_};
        const QueueId queue{1 + dice_.below(3)};
        const auto out = desk_.on(now_, OpenConversation{id, CentreId{1}, queue});
        if (!out) {
            EXPECT_EQ(out.error().code, make_error_code(Errc::TooManyConversations));
            return;
        }
        known_[id].queue = queue;
        hear(*out);
    }

    void agent_comes() {
        const AgentId agent{1 + dice_.below(6)};
        std::vector<QueueId> queues;
        for (std::uint64_t q = 1; q <= 3; ++q)
            if (dice_.chance(0.6)) queues.push_back(QueueId{q});
        Colleague& colleague = colleagues_[agent];
        colleague.is_there = true;
        colleague.at_once = 1 + dice_.below(5);
        tell_desk(AgentReady{agent, queues, colleague.at_once});
    }

    void agent_goes() {
        const AgentId agent{1 + dice_.below(6)};
        switch (dice_.below(3)) {
            case 0:
                return tell_desk(AgentPauses{agent});
            case 1:
                return tell_desk(AgentGone{agent});
            default:
                return tell_desk(AgentLeft{agent});
        }
    }

    void talk(ConversationId id, Known& known) {
        const AgentId somebody = dice_.chance(0.8) ? known.agent : AgentId{1 + dice_.below(6)};
        const std::string key = std::to_string(dice_.below(400));
        switch (dice_.below(17)) {
            case 0:
            case 1:
                return tell_desk(Tell{id, CitizenSays{key, "话"}});
            case 2:
                return tell_desk(Tell{id, CitizenSays{key, "转人工"}});
            case 3:
            case 4:
                return tell_desk(Tell{id, AskForPerson{}});
            case 5:
                return tell_desk(Tell{id, StayWithRobot{}});
            case 6:
            case 7:
            case 8:
                return tell_desk(Tell{id, AgentSays{somebody, key, "话"}});
            case 9:
                return tell_desk(Tell{id, AgentEnds{somebody}});
            case 10:
                known.is_here = false;
                return tell_desk(Tell{id, CitizenGone{}});
            case 11:
                known.is_here = true;
                return tell_desk(Tell{id, CitizenBack{}});
            case 12:
                if (dice_.chance(0.3)) return tell_desk(Tell{id, CitizenEnds{}});
                return tell_desk(Tell{id, Rate{static_cast<int>(dice_.below(7))}});
            case 13:
                if (dice_.chance(0.2)) return tell_desk(Tell{id, LeaveMessage{key, "话", ""}});
                return tell_desk(Tell{id, RobotSays{known.robot_owes, "话", {}, false}});
            case 14:
                return tell_desk(
                    Tell{id, PassOn{somebody, QueueId{1 + dice_.below(3)}, "别的", "话"}});
            default:
                return tell_desk(Tell{id, AgentGiven{AgentId{1 + dice_.below(6)}}});
        }
    }

    void tell_desk(const DeskCommand& command) {
        const auto out = desk_.on(now_, command);
        if (out) hear(*out);
    }

    void hear(const ChatDesk::Outcome& out) {
        for (const ChatDesk::Change& change : out.changes) {
            Known& known = known_.at(change.standing.id);
            for (const Message& message : change.messages)
                ASSERT_EQ(message.number, ++known.messages) << "numbers have no gaps";
            ASSERT_EQ(change.standing.messages, known.messages);
            if (known.is_living && is_over(change.standing.state)) ++ended_;
            known.is_living = !is_over(change.standing.state);
        }
        for (const Effect& effect : out.effects)
            std::visit(
                overloaded{
                    [&](const AskForAgent& e) { asked(e); },
                    [&](const LeaveQueue& e) { left(e.conversation); },
                    [&](const Given& e) { given(e); }, [&](const TakenAway& e) { taken(e); },
                    [&](const AskRobot& e) { known_.at(e.conversation).robot_owes = e.number; },
                    [](const auto&) {}},
                effect);
    }

    void asked(const AskForAgent& e) {
        Known& known = known_.at(e.conversation);
        EXPECT_FALSE(known.is_waiting || known.agent);
        if (was_passed_.erase(e.conversation) != 0) {
            EXPECT_LE(e.asked, known.asked);
            for (const auto& [id, other] : known_)
                if (other.is_waiting && other.queue == e.queue) {
                    EXPECT_LT(e.asked, other.asked) << "first there";
                }
            known.queue = e.queue;
        }
        if (known.asked != Instant{} && was_taken_.contains(e.conversation)) {
            EXPECT_EQ(known.asked, e.asked) << "the old place";
        }
        was_taken_.erase(e.conversation);
        known.is_waiting = true;
        known.asked = e.asked;
    }
    void left(ConversationId id) {
        EXPECT_TRUE(known_.at(id).is_waiting);
        known_.at(id).is_waiting = false;
    }
    void given(const Given& e) {
        ++given_;
        Known& known = known_.at(e.conversation);
        EXPECT_TRUE(known.is_waiting);
        EXPECT_FALSE(known.agent) << "none has two agents";
        known.is_waiting = false;
        known.agent = e.agent;
        std::size_t has = 0;
        for (const auto& [id, other] : known_) has += other.agent == e.agent ? 1 : 0;
        EXPECT_LE(has, colleagues_.at(e.agent).at_once) << "never more than they can";
        if (is_external_) return;
        EXPECT_TRUE(known.is_here);
        for (const auto& [id, other] : known_)
            if (other.is_waiting && other.is_here && other.queue == known.queue) {
                EXPECT_LE(known.asked, other.asked) << id.value << " was overtaken";
            }
    }
    void taken(const TakenAway& e) {
        Known& known = known_.at(e.conversation);
        EXPECT_EQ(known.agent, e.agent);
        known.agent = {};
        if (e.why == Why::Ended) return;
        if (e.why == Why::Passed) {
            ++passed_;
            was_passed_.insert(e.conversation);
            return;
        }
        ++returned_;
        was_taken_.insert(e.conversation);
    }

    /// Nothing is lost: what was heard is what the desk says.
    void check_books() {
        std::map<QueueId, std::size_t> waiting;
        for (auto it = known_.begin(); it != known_.end();) {
            const auto& [id, known] = *it;
            const Conversation* found = desk_.find(id);
            if (!known.is_living && found == nullptr) {
                it = known_.erase(it);
                continue;
            }
            ASSERT_NE(found, nullptr) << "conversation " << id.value << " is lost";
            ASSERT_EQ(found->state() == State::Waiting, known.is_waiting);
            ASSERT_EQ(found->agent(), known.agent);
            ASSERT_EQ(found->is_citizen_here(), known.is_here);
            waiting[known.queue] += known.is_waiting ? 1 : 0;
            ++it;
        }
        ASSERT_EQ(desk_.size(), known_.size());
        for (std::uint64_t q = 1; q <= 3; ++q) {
            const auto line = desk_.waiting(QueueId{q});
            ASSERT_EQ(line.size(), waiting[QueueId{q}]);
            ASSERT_TRUE(std::ranges::is_sorted(
                line, {}, [&](ConversationId id) { return known_.at(id).asked; }));
        }
    }
    Dice dice_;
    ChatDesk desk_;
    bool is_external_;
    Now now_{Instant{} + 1s, UtcTime{1}};
    std::map<ConversationId, Known> known_;
    std::map<AgentId, Colleague> colleagues_;
    std::set<ConversationId> was_taken_, was_passed_;
    std::uint64_t last_id_ = 0;
    std::size_t given_ = 0, returned_ = 0, ended_ = 0, passed_ = 0;
};

TEST(chat_desk_at_random, loses_nobody_and_keeps_order_and_capacity) {
    std::size_t given = 0, returned = 0, ended = 0, passed = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Hour hour{seed, Matching::Own};
        hour.run(1'200);
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
        given += hour.given();
        returned += hour.returned();
        ended += hour.ended();
        passed += hour.passed();
    }
    EXPECT_GT(given, 700U) << "the hours were busy";
    EXPECT_GT(returned, 200U);
    EXPECT_GT(ended, 200U);
    EXPECT_GT(passed, 0U);
}

TEST(chat_desk_at_random, holds_also_when_somebody_else_decides) {
    std::size_t given = 0;
    for (std::uint64_t seed = 100; seed < 106; ++seed) {
        Hour hour{seed, Matching::External};
        hour.run(1'200);
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
        given += hour.given();
    }
    EXPECT_GT(given, 40U);
}

}  // namespace
}  // namespace ys::chat
