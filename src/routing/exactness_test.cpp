// SPDX-License-Identifier: Apache-2.0
// Thousands of random days, small enough that everything meets everything: the dispatcher does,
// effect by effect, what a plain restatement of the rule does that has no index.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/dice.h"
#include "routing/dispatcher.h"
#include "routing/testing/plain_rule.h"

namespace ys::routing {
namespace {

std::string text_of(const Effect& effect) {
    const auto n = [](auto id) { return std::to_string(id.value); };
    const auto at = [](Instant t) {
        return "@" +
               std::to_string(std::chrono::duration_cast<Millis>(t.time_since_epoch()).count());
    };
    if (const auto* p = std::get_if<Propose>(&effect)) {
        const Decision& d = p->decision;
        return n(p->interaction) + ">" + n(p->agent) + at(p->deadline) + " preferred " +
               std::to_string(d.is_preferred) + " ring " + std::to_string(d.ring) + " idle " +
               std::to_string(d.idle) + " waiting " + std::to_string(d.waiting) + " score " +
               std::to_string(d.score) + " head start " + std::to_string(d.head_start.count());
    }
    if (const auto* w = std::get_if<Withdraw>(&effect))
        return "withdraw " + n(w->interaction) + "/" + n(w->agent);
    if (const auto* f = std::get_if<QueueFull>(&effect)) return "full " + n(f->interaction);
    if (const auto* l = std::get_if<LookAgain>(&effect))
        return "look again " + n(l->interaction) + at(l->at);
    if (const auto* w = std::get_if<Widened>(&effect))
        return "widened " + n(w->interaction) + " to " + std::to_string(w->ring);
    return "call back " + n(std::get<CallBack>(effect).interaction);
}

std::string text_of(const std::vector<Effect>& effects) {
    std::string all;
    for (const Effect& e : effects) all += text_of(e) + "; ";
    return all;
}

class Day {
public:
    explicit Day(std::uint64_t seed)
        : dice_(seed),
          queues_(queues()),
          agents_(agents()),
          acd_(queues_, agents_),
          plain_(queues_, agents_) {}

    /// "" or the first difference.
    std::string step() {
        now_ += Millis{dice_.between(0, 4'000)};
        // Who asked to be looked at again is, mostly in time.
        if (!looks_.empty() && dice_.chance(0.8)) {
            const auto [id, at] = *looks_.begin();
            if (at <= now_) {
                looks_.erase(looks_.begin());
                return tell(Widen{id});
            }
        }
        return tell(any_command());
    }
    std::size_t proposals = 0, preferred = 0, widened = 0, called_back = 0, weighed = 0, full = 0;

private:
    SkillSet some_needs(double chance) {
        return dice_.chance(chance) ? SkillSet{SkillId{1 + dice_.below(3)}} : SkillSet{};
    }
    QueueRule any_queue(std::uint64_t id) {
        QueueRule rule{.id = QueueId{id}};
        rule.waiting_max = dice_.chance(0.8) ? 500 : 3;
        rule.priority = static_cast<int>(dice_.between(-1, 2));
        rule.strategy = static_cast<Strategy>(dice_.below(3));
        rule.needs = some_needs(0.2);
        if (dice_.chance(0.7)) rule.skill = SkillId{1 + dice_.below(3)};
        Millis after{};
        for (std::uint64_t ring = dice_.below(4); ring > 0; --ring) {
            const bool is_leaning = dice_.chance(0.5);
            rule.rings.push_back({after, static_cast<int>(dice_.between(0, 3)),
                                  is_leaning ? QueueId{1 + dice_.below(4)} : QueueId{}});
            after += Millis{dice_.between(0, 20'000)};
        }
        // Circles only grow.
        for (std::size_t i = 1; i < rule.rings.size(); ++i)
            rule.rings[i].level_min =
                std::min(rule.rings[i].level_min, rule.rings[i - 1].level_min);
        return rule;
    }
    AgentRule any_agent(std::uint64_t id) {
        AgentRule rule{AgentId{id}, {}, {}};
        for (std::uint64_t q = 1; q <= 4; ++q)
            if (dice_.chance(0.5))
                rule.queues.push_back({QueueId{q}, static_cast<int>(dice_.between(-1, 2))});
        std::vector<Skill> skills;
        for (std::uint64_t s = 1; s <= 3; ++s)
            if (dice_.chance(0.6))
                skills.push_back({SkillId{s}, static_cast<int>(dice_.between(1, 4))});
        rule.skills = SkillLevels{skills};
        return rule;
    }
    std::vector<QueueRule> queues() {
        std::vector<QueueRule> all;
        for (std::uint64_t i = 1; i <= 4; ++i) all.push_back(any_queue(i));
        return all;
    }
    std::vector<AgentRule> agents() {
        std::vector<AgentRule> all;
        for (std::uint64_t i = 1; i <= 6; ++i) all.push_back(any_agent(i));
        return all;
    }

    Enter any_enter() {
        Enter e;
        e.interaction = InteractionId{++entered_};
        e.queue = QueueId{1 + dice_.below(4)};
        e.priority = static_cast<int>(dice_.between(-2, 3));
        // Transferred callers came earlier.
        e.first_arrival = dice_.chance(0.8) ? now_ : now_ - Millis{dice_.between(0, 90'000)};
        e.needs = some_needs(0.3);
        if (dice_.chance(0.3))
            e.preferred = {AgentId{1 + dice_.below(7)}, Millis{dice_.between(0, 30'000)}};
        e.admission = dice_.chance(0.8) ? Admission::ByLimit : Admission::Always;
        e.is_away = dice_.chance(0.1);
        return e;
    }

    Command any_command() {
        const AgentId agent{1 + dice_.below(6)};
        const InteractionId caller{1 + dice_.below(entered_ + 1)};
        switch (dice_.below(24)) {
            case 0:
                return BecameUnready{agent};
            case 1:
                return Widen{caller};
            case 2:
            case 3:
                return Leave{recent()};
            case 4:
                if (dice_.chance(0.3)) return ChangeQueue{any_queue(1 + dice_.below(4))};
                break;
            case 5:
                if (dice_.chance(0.3)) return ChangeAgent{any_agent(agent.value)};
                break;
            default:
                break;
        }
        if (!shown_.empty() && dice_.chance(0.35)) {
            const auto [id, who] = *shown_.begin();
            shown_.erase(shown_.begin());
            if (dice_.chance(0.7)) return Accepted{id, who};
            return Failed{id, who};
        }
        if (dice_.chance(0.55)) return any_enter();
        return BecameReady{agent, now_ - Millis{dice_.between(0, 30'000)},
                           static_cast<std::int64_t>(dice_.below(4)), Millis{dice_.between(0, 3)}};
    }
    InteractionId recent() {
        const std::uint64_t back = dice_.below(12);
        return InteractionId{entered_ > back ? entered_ - back : 1};
    }

    std::string tell(const Command& command) {
        const auto mine = acd_.on(now_, command);
        const auto theirs = plain_.on(now_, command);
        if (mine != theirs)
            return "command " + std::to_string(command.index()) + "\n is:       " + text_of(mine) +
                   "\n expected: " + text_of(theirs);
        if (const auto broken = acd_.broken_invariant(); !broken.empty()) return broken;
        const InteractionId any = recent();
        if (acd_.position(any) != plain_.position(any)) return "positions differ";
        for (const Effect& effect : mine) note(effect);
        return "";
    }
    void note(const Effect& effect) {
        if (const auto* p = std::get_if<Propose>(&effect)) {
            shown_.insert_or_assign(p->interaction, p->agent);
            ++proposals;
            preferred += p->decision.is_preferred ? 1 : 0;
            weighed += p->decision.head_start != Millis::zero() ? 1 : 0;
        }
        if (const auto* w = std::get_if<Withdraw>(&effect)) shown_.erase(w->interaction);
        if (const auto* l = std::get_if<LookAgain>(&effect)) looks_[l->interaction] = l->at;
        if (std::holds_alternative<Widened>(effect)) ++widened;
        if (std::holds_alternative<CallBack>(effect)) ++called_back;
        if (std::holds_alternative<QueueFull>(effect)) ++full;
    }

    Dice dice_;
    Instant now_{Seconds{3600}};
    std::uint64_t entered_ = 0;
    std::vector<QueueRule> queues_;
    std::vector<AgentRule> agents_;
    Dispatcher acd_;
    PlainRule plain_;
    std::map<InteractionId, AgentId> shown_;
    std::map<InteractionId, Instant> looks_;
};

TEST(Exactness, the_dispatcher_does_what_the_plain_rule_says) {
    std::size_t proposals = 0, preferred = 0, widened = 0, called_back = 0, weighed = 0, full = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Day day{seed};
        for (int i = 0; i < 250; ++i) {
            const std::string differs = day.step();
            ASSERT_EQ(differs, "") << "seed " << seed << ", step " << i;
        }
        proposals += day.proposals;
        preferred += day.preferred;
        widened += day.widened;
        called_back += day.called_back;
        weighed += day.weighed;
        full += day.full;
    }
    // All of the rule was there to be compared.
    EXPECT_GT(proposals, 2'000u);
    EXPECT_GT(preferred, 100u);
    EXPECT_GT(widened, 500u);
    EXPECT_GT(called_back, 50u);
    EXPECT_GT(weighed, 500u);
    EXPECT_GT(full, 100u);
}

}  // namespace
}  // namespace ys::routing
