// SPDX-License-Identifier: Apache-2.0
// The routing rule said once more, without any index: every decision looks at all callers and all
// agents. Slow and plain, so that the dispatcher can be compared with it; for tests only.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "routing/commands.h"
#include "routing/effects.h"
#include "routing/rank.h"

namespace ys::routing {

class PlainRule {
public:
    PlainRule(const std::vector<QueueRule>& queues, const std::vector<AgentRule>& agents);

    /// The same as Dispatcher::on, effect by effect.
    std::vector<Effect> on(Instant now, const Command& command);
    std::size_t position(InteractionId id) const;  ///< 0: not standing

private:
    struct Caller {
        Rank rank;
        QueueId queue;
        SkillSet own_needs;
        SkillSet needs;
        Preferred preferred;
        Instant entered{};
        int steps = 0;
        std::size_t rings_open = 0;
        bool is_reserved = false;
        bool is_away = false;
        std::optional<AgentId> shown_to;
    };
    struct Agent {
        AgentRule rule;
        std::optional<BecameReady> idle;
        bool is_shown = false;
    };
    struct Circle {
        QueueId serving;
        int level_min = 0;
    };
    using Effects = std::vector<Effect>;

    void on(const Enter& c, Effects& out);
    void on(const Leave& c, Effects& out);
    void on(const Widen& c, Effects& out);
    void on(const BecameReady& c, Effects& out);
    void on(const BecameUnready& c, Effects&) { agents_.at(c.agent).idle.reset(); }
    void on(const Accepted& c, Effects& out);
    void on(const Failed& c, Effects& out);
    void on(const ChangeQueue& c, Effects& out);
    void on(const ChangeAgent& c, Effects& out);

    void open_rings(Caller& caller, Effects& out) const;
    std::vector<Circle> circles(const Caller& caller) const;
    /// The weight the agent gives to the circle's callers; nothing when they may not serve them.
    std::optional<int> weight(const Caller& caller, const Circle& circle, const Agent& agent) const;
    void match_caller(InteractionId id, Effects& out);
    void match_agent(AgentId id, Effects& out);
    void serve(InteractionId id, AgentId agent, Decision decision, Effects& out);
    std::size_t present(QueueId queue) const;
    std::size_t count(QueueId queue, bool shown_too) const;
    bool can_take(const Caller& caller) const;
    std::vector<InteractionId> standing_in(QueueId queue) const;

    Instant now_{};
    std::map<QueueId, QueueRule> queues_;
    std::map<AgentId, Agent> agents_;
    std::map<InteractionId, Caller> callers_;
};

}  // namespace ys::routing
