// SPDX-License-Identifier: Apache-2.0
// The dispatcher: which waiting caller is shown to which idle agent. The routing rule is
// match_caller and match_agent in dispatcher.cpp; the orders are in rank.h, the rules as data in
// policy.h.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "routing/commands.h"
#include "routing/effects.h"
#include "routing/lanes.h"

namespace ys::routing {

class Dispatcher {
public:
    Dispatcher(const std::vector<QueueRule>& queues, const std::vector<AgentRule>& agents);

    /// now      never earlier than in the call before (asserted)
    /// returns  effects in the order they must happen; untimely commands have none
    std::vector<Effect> on(Instant now, const Command& command);

    bool is_waiting(InteractionId interaction) const { return callers_.contains(interaction); }
    std::optional<AgentId> shown_to(InteractionId interaction) const;
    /// 1 for who is served next; 0 when not waiting, or being shown to an agent right now.
    std::size_t position(InteractionId interaction) const;
    std::size_t waiting(QueueId queue) const;
    std::size_t idle(QueueId queue) const { return lanes_.idle(queue); }
    /// The idle agent a colleague's question to this queue would reach.
    std::optional<AgentId> longest_idle(QueueId queue);
    const QueueRule& rule(QueueId queue) const { return queues_.at(queue).rule(); }
    const AgentRule& rule(AgentId agent) const { return agents_.at(agent).rule; }
    /// Empty, or the first broken invariant of README.md in words. O(callers * agents).
    std::string broken_invariant() const;

private:
    struct Caller {
        Rank rank;
        QueueId queue;
        SkillSet own_needs;
        SkillSet needs;  ///< the queue's included
        Preferred preferred;
        Instant entered{};
        int steps = 0;             ///< own priority, without the queue's
        std::uint32_t ring = 0;    ///< the last one opened
        bool is_reserved = false;  ///< only the preferred agent, as yet
        bool is_away = false;
        std::vector<LaneIndex> lanes;  ///< in the order they opened
        std::optional<AgentId> shown_to;
    };
    struct Agent {
        AgentRule rule;
        ProfileIndex profile = 0;
        std::optional<BecameReady> idle;
        bool is_listed = false;  ///< in lanes_ among the idle
        std::optional<InteractionId> shown;
        std::set<Rank, ServedFirst> reserved;  ///< callers who wait for this agent only
    };
    using Effects = std::vector<Effect>;
    static Queue::Whose whose(const Caller& caller) {
        return caller.is_away ? Queue::Whose::Away : Queue::Whose::Present;
    }
    void enter(Instant now, const Enter& c, Effects& out);
    void leave(InteractionId id, Effects& out);
    void widen(Instant now, InteractionId id, Effects& out);
    void ready(Instant now, const BecameReady& c, Effects& out);
    void accept(const Accepted& c);
    void fail(Instant now, InteractionId id, AgentId agent, Effects& out);
    void change(Instant now, const ChangeQueue& c, Effects& out);
    void change(Instant now, const ChangeAgent& c, Effects& out);
    void release_reserved(Instant now, Agent& agent, Effects& out);
    void match_caller(Instant now, InteractionId id, Effects& out);
    void match_agent(Instant now, AgentId id, Effects& out);
    void serve(Instant now, InteractionId id, AgentId agent, Decision decision, Effects& out);
    void set_idle(Agent& agent, std::optional<BecameReady> idle);
    void seek_work(Instant now, Agent& agent, const BecameReady& idle, Effects& out);
    void stand(Caller& caller);
    void step_out(Caller& caller);
    void open_rings(Instant now, Caller& caller, Effects& out);
    void open_ring(Caller& caller, const Ring& ring);
    bool can_take(const Caller& caller) const;  ///< the preferred agent, by the skills
    Queue& queue(QueueId id);

    Instant last_{};
    Lanes lanes_;
    std::unordered_map<QueueId, Queue> queues_;
    std::unordered_map<AgentId, Agent> agents_;
    std::unordered_map<InteractionId, Caller> callers_;
};

}  // namespace ys::routing
