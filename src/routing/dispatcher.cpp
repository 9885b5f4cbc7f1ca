// SPDX-License-Identifier: Apache-2.0
// The routing rule: an arrival looks at its queue's idle agents, a free agent at the heads of its
// queues; nothing ever scans all callers or all agents.
#include "routing/dispatcher.h"

#include <utility>

#include "base/overloaded.h"
#include "base/panic.h"

namespace ys::routing {
namespace {

std::string seconds(Instant now, Instant since) {
    return std::to_string(std::chrono::duration_cast<Seconds>(now - since).count());
}

}  // namespace

Dispatcher::Dispatcher(const std::vector<QueueRule>& queues, const std::vector<AgentRule>& agents) {
    for (const QueueRule& rule : queues) queues_.emplace(rule.id, Queue{rule});
    for (const AgentRule& rule : agents) {
        for (const QueueId q : rule.queues) YS_ASSERT(queues_.contains(q));
        agents_[rule.id].rule = rule;
    }
}

Queue& Dispatcher::queue(QueueId id) {
    const auto found = queues_.find(id);
    YS_ASSERT(found != queues_.end());
    return found->second;
}

std::vector<Effect> Dispatcher::on(Instant now, const Command& command) {
    YS_ASSERT(last_ <= now);
    last_ = now;
    std::vector<Effect> out;
    std::visit(overloaded{
                   [&](const Enter& c) { enter(now, c, out); },
                   [&](const Leave& c) { leave(c.interaction, out); },
                   [&](const BecameReady& c) {
                       Agent& a = agents_.at(c.agent);
                       if (a.idle_since || a.shown) return;
                       set_idle(a, c.since);
                       match_agent(now, c.agent, out);
                   },
                   [&](const BecameUnready& c) {
                       Agent& a = agents_.at(c.agent);
                       set_idle(a, std::nullopt);
                   },
                   [&](const Accepted& c) {
                       const auto found = callers_.find(c.interaction);
                       if (found == callers_.end() || found->second.shown_to != c.agent) return;
                       queue(found->second.queue).unshow();
                       agents_.at(c.agent).shown.reset();
                       callers_.erase(found);
                   },
                   [&](const Failed& c) { fail(now, c.interaction, c.agent, out); },
               },
               command);
    return out;
}

void Dispatcher::enter(Instant now, const Enter& c, std::vector<Effect>& out) {
    YS_ASSERT(!callers_.contains(c.interaction));
    Queue& q = queue(c.queue);
    if (c.admission == Admission::ByLimit && q.is_full()) {
        out.push_back(QueueFull{c.interaction, c.queue});
        return;
    }
    const Rank rank{q.rule().priority + c.priority, c.first_arrival, c.interaction};
    callers_.emplace(c.interaction, Caller{rank, c.queue, c.needs, std::nullopt});
    q.stand(c.needs, rank);
    match_caller(now, c.interaction, out);
}

void Dispatcher::leave(InteractionId id, std::vector<Effect>& out) {
    const auto found = callers_.find(id);
    if (found == callers_.end()) return;
    Caller& caller = found->second;
    Queue& q = queue(caller.queue);
    if (caller.shown_to) {
        q.unshow();
        agents_.at(*caller.shown_to).shown.reset();
        out.push_back(Withdraw{id, *caller.shown_to});
    } else {
        q.leave(caller.needs, caller.rank);
    }
    callers_.erase(found);
}

void Dispatcher::fail(Instant now, InteractionId id, AgentId agent, std::vector<Effect>& out) {
    const auto found = callers_.find(id);
    if (found == callers_.end() || found->second.shown_to != agent) return;
    Caller& caller = found->second;
    caller.shown_to.reset();
    agents_.at(agent).shown.reset();
    Queue& q = queue(caller.queue);
    q.unshow();
    q.stand(caller.needs, caller.rank);  // The agent failed, not the caller: same rank as before.
    match_caller(now, id, out);
}

void Dispatcher::match_caller(Instant now, InteractionId id, std::vector<Effect>& out) {
    const Caller& caller = callers_.at(id);
    for (const Idle& idle : queue(caller.queue).idle())
        if (agents_.at(idle.agent).rule.skills.has_all_of(caller.needs))
            return propose(now, id, idle.agent, out);
}

void Dispatcher::match_agent(Instant now, AgentId id, std::vector<Effect>& out) {
    const Agent& agent = agents_.at(id);
    std::optional<Rank> best;
    for (const QueueId q : agent.rule.queues) {
        const auto head = queue(q).head_for(agent.rule.skills);
        if (head && (!best || ServedFirst{}(*head, *best))) best = head;
    }
    if (best) propose(now, best->id, id, out);
}

void Dispatcher::propose(Instant now, InteractionId id, AgentId agent_id,
                         std::vector<Effect>& out) {
    Caller& caller = callers_.at(id);
    Agent& agent = agents_.at(agent_id);
    Queue& q = queue(caller.queue);
    out.push_back(
        Propose{id, agent_id, caller.queue, now + q.rule().answer_within, why(now, caller, agent)});
    q.leave(caller.needs, caller.rank);
    q.show();
    caller.shown_to = agent_id;
    agent.shown = id;
    set_idle(agent, std::nullopt);
}

void Dispatcher::set_idle(Agent& agent, std::optional<Instant> since) {
    for (const QueueId q : agent.rule.queues) {
        if (agent.idle_since) queue(q).remove_idle({*agent.idle_since, agent.rule.id});
        if (since) queue(q).add_idle({*since, agent.rule.id});
    }
    agent.idle_since = since;
}

/// Called before the pair leaves the indexes, so that the numbers are those decided on.
std::string Dispatcher::why(Instant now, const Caller& caller, const Agent& agent) const {
    const Queue& q = queues_.at(caller.queue);
    std::string text = "空闲最久：已空闲 " + seconds(now, *agent.idle_since) + " 秒";
    if (q.idle().size() > 1) text += "（空闲坐席 " + std::to_string(q.idle().size()) + " 人）";
    const std::size_t waiting = q.standing();
    if (waiting == 1) return text + "，来电排在第一位";
    text += "，排队 " + std::to_string(waiting) + " 人中";
    text += caller.rank.priority > q.rule().priority ? "优先级最高" : "等待最久";
    return text;
}

std::optional<AgentId> Dispatcher::shown_to(InteractionId interaction) const {
    const auto found = callers_.find(interaction);
    return found == callers_.end() ? std::nullopt : found->second.shown_to;
}

std::size_t Dispatcher::position(InteractionId interaction) const {
    const auto found = callers_.find(interaction);
    if (found == callers_.end() || found->second.shown_to) return 0;
    return 1 + queues_.at(found->second.queue).ahead_of(found->second.rank);
}

std::size_t Dispatcher::waiting(QueueId queue) const { return queues_.at(queue).waiting(); }
std::size_t Dispatcher::idle(QueueId queue) const { return queues_.at(queue).idle().size(); }

std::optional<AgentId> Dispatcher::longest_idle(QueueId queue) const {
    const auto& idle = queues_.at(queue).idle();
    if (idle.empty()) return std::nullopt;
    return idle.begin()->agent;
}

std::string Dispatcher::broken_invariant() const {
    std::map<QueueId, std::size_t> counted;
    for (const auto& [id, caller] : callers_) {
        ++counted[caller.queue];
        const auto name = "caller " + std::to_string(id.value);
        if (caller.shown_to) {
            if (agents_.at(*caller.shown_to).shown != id)
                return name + " is shown to an agent who does not know it";
            continue;
        }
        for (const Idle& idle : queues_.at(caller.queue).idle())
            if (agents_.at(idle.agent).rule.skills.has_all_of(caller.needs))
                return name + " waits although agent " + std::to_string(idle.agent.value) +
                       " is idle and able";
    }
    for (const auto& [id, q] : queues_)
        if (q.waiting() != counted[id])
            return "queue " + std::to_string(id.value) + " counts " + std::to_string(q.waiting()) +
                   " waiting, but " + std::to_string(counted[id]) + " are";
    for (const auto& [id, agent] : agents_) {
        const auto name = "agent " + std::to_string(id.value);
        if (agent.shown && agent.idle_since) return name + " is idle and being shown a caller";
        if (agent.shown && shown_to(*agent.shown) != id)
            return name + " is shown a caller who is not there";
    }
    return "";
}

}  // namespace ys::routing
