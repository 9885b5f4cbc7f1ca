// SPDX-License-Identifier: Apache-2.0
// The dispatcher: which waiting caller is shown to which idle agent. The routing rule is
// match_caller and match_agent in dispatcher.cpp; the orders are in rank.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "routing/commands.h"
#include "routing/effects.h"
#include "routing/queue.h"

namespace ys::routing {

struct AgentRule {
    AgentId id;
    std::vector<QueueId> queues;
    SkillSet skills;
};

class Dispatcher {
public:
    Dispatcher(const std::vector<QueueRule>& queues, const std::vector<AgentRule>& agents);

    /// Shows the first caller in the order of service to the agent who has been idle longest.
    ///
    /// now      never earlier than in the call before (asserted)
    /// returns  effects in the order they must happen; untimely commands have none
    std::vector<Effect> on(Instant now, const Command& command);

    bool is_waiting(InteractionId interaction) const { return callers_.contains(interaction); }
    std::optional<AgentId> shown_to(InteractionId interaction) const;
    /// 1 for who is served next; 0 when not waiting, or being shown to an agent right now.
    std::size_t position(InteractionId interaction) const;
    std::size_t waiting(QueueId queue) const;
    std::size_t idle(QueueId queue) const;
    /// The idle agent a colleague's question to this queue would reach.
    std::optional<AgentId> longest_idle(QueueId queue) const;
    /// Empty, or the first broken invariant of README.md in words. O(callers * queues).
    std::string broken_invariant() const;

private:
    struct Caller {
        Rank rank;
        QueueId queue;
        SkillSet needs;
        std::optional<AgentId> shown_to;
    };
    struct Agent {
        AgentRule rule;
        std::optional<Instant> idle_since;
        std::optional<InteractionId> shown;
    };
    void enter(Instant now, const Enter& c, std::vector<Effect>& out);
    void leave(InteractionId id, std::vector<Effect>& out);
    void fail(Instant now, InteractionId id, AgentId agent, std::vector<Effect>& out);
    void match_caller(Instant now, InteractionId id, std::vector<Effect>& out);
    void match_agent(Instant now, AgentId id, std::vector<Effect>& out);
    void propose(Instant now, InteractionId id, AgentId agent, std::vector<Effect>& out);
    void set_idle(Agent& agent, std::optional<Instant> since);
    std::string why(Instant now, const Caller& caller, const Agent& agent) const;
    Queue& queue(QueueId id);

    Instant last_{};
    std::unordered_map<QueueId, Queue> queues_;
    std::unordered_map<AgentId, Agent> agents_;
    std::unordered_map<InteractionId, Caller> callers_;
};

}  // namespace ys::routing
