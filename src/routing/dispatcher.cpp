// SPDX-License-Identifier: Apache-2.0
// The routing rule: a caller asks the idle agents of their lanes, the nearest circle first; a free
// agent takes the head of their lanes who counts as having waited longest. Nothing ever scans all
// callers or all agents.
#include "routing/dispatcher.h"

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "base/panic.h"

namespace ys::routing {

Dispatcher::Dispatcher(const std::vector<QueueRule>& queues, const std::vector<AgentRule>& agents) {
    Effects none;
    for (const QueueRule& rule : queues) queues_.emplace(rule.id, Queue{rule});
    for (const AgentRule& rule : agents) change({}, ChangeAgent{rule}, none);
}

Queue& Dispatcher::queue(QueueId id) {
    const auto found = queues_.find(id);
    YS_ASSERT(found != queues_.end());
    return found->second;
}

std::vector<Effect> Dispatcher::on(Instant now, const Command& command) {
    YS_ASSERT(last_ <= now);
    last_ = now;
    Effects out;
    std::visit(overloaded{
                   [&](const Enter& c) { enter(now, c, out); },
                   [&](const Leave& c) { leave(c.interaction, out); },
                   [&](const Widen& c) { widen(now, c.interaction, out); },
                   [&](const BecameReady& c) { ready(now, c, out); },
                   [&](const BecameUnready& c) { set_idle(agents_.at(c.agent), std::nullopt); },
                   [&](const Accepted& c) { accept(c); },
                   [&](const Failed& c) { fail(now, c.interaction, c.agent, out); },
                   [&](const ChangeQueue& c) { change(now, c, out); },
                   [&](const ChangeAgent& c) { change(now, c, out); },
               },
               command);
    return out;
}

void Dispatcher::enter(Instant now, const Enter& c, Effects& out) {
    YS_ASSERT(!callers_.contains(c.interaction));
    Queue& q = queue(c.queue);
    if (c.admission == Admission::ByLimit && q.is_full()) {
        out.push_back(QueueFull{c.interaction, c.queue});
        return;
    }
    const int steps = std::clamp(c.priority, -priority_max, priority_max);
    Caller caller;
    caller.rank = rank_of(c.first_arrival, q.rule().priority + steps, c.interaction);
    caller.queue = c.queue;
    caller.own_needs = c.needs;
    caller.needs = c.needs.with(q.rule().needs);
    caller.entered = now;
    caller.steps = steps;
    caller.is_away = c.is_away;
    const auto preferred = agents_.find(c.preferred.agent);
    const bool is_able =
        preferred != agents_.end() && preferred->second.rule.skills.has_all_of(caller.needs);
    if (is_able && c.preferred.wait_for > Millis::zero()) {
        caller.preferred = c.preferred;
        caller.is_reserved = true;
    }
    Caller& stored = callers_.emplace(c.interaction, std::move(caller)).first->second;
    open_rings(now, stored, out);
    stand(stored);
    match_caller(now, c.interaction, out);
}

/// Opens what is due by now and asks to be woken for the next. The caller does not stand.
void Dispatcher::open_rings(Instant now, Caller& caller, Effects& out) {
    if (caller.is_reserved) {
        const Instant until = caller.entered + caller.preferred.wait_for;
        if (now < until) {
            out.push_back(LookAgain{caller.rank.id, until});
            return;
        }
        caller.is_reserved = false;
        out.push_back(Widened{caller.rank.id, caller.queue, 0});
    }
    const auto& rings = queue(caller.queue).rule().rings;
    for (std::uint32_t i = caller.lanes.empty() ? 0 : caller.ring + 1; i < rings.size(); ++i) {
        // The first circle is there from the start, whatever it says.
        if (i > 0 && now < caller.entered + rings[i].after) {
            out.push_back(LookAgain{caller.rank.id, caller.entered + rings[i].after});
            return;
        }
        open_ring(caller, rings[i]);
        caller.ring = i;
        if (i > 0) out.push_back(Widened{caller.rank.id, caller.queue, i});
    }
}

void Dispatcher::open_ring(Caller& caller, const Ring& ring) {
    const SkillId skill = queue(caller.queue).rule().skill;
    for (const QueueId serving : {caller.queue, ring.also}) {
        if (!serving) continue;
        const LaneIndex lane =
            lanes_.lane({caller.queue, serving, skill, ring.level_min, caller.needs});
        if (!std::ranges::count(caller.lanes, lane)) caller.lanes.push_back(lane);
    }
}

void Dispatcher::stand(Caller& caller) {
    queue(caller.queue).stand(caller.rank, whose(caller));
    if (caller.is_reserved) agents_.at(caller.preferred.agent).reserved.insert(caller.rank);
    for (const LaneIndex lane : caller.lanes) lanes_.stand(lane, caller.rank);
}

void Dispatcher::step_out(Caller& caller) {
    queue(caller.queue).leave(caller.rank, whose(caller));
    if (caller.is_reserved) agents_.at(caller.preferred.agent).reserved.erase(caller.rank);
    for (const LaneIndex lane : caller.lanes) lanes_.leave(lane, caller.rank);
}

void Dispatcher::leave(InteractionId id, Effects& out) {
    const auto found = callers_.find(id);
    if (found == callers_.end()) return;
    Caller& caller = found->second;
    if (caller.shown_to) {
        queue(caller.queue).unshow();
        agents_.at(*caller.shown_to).shown.reset();
        out.push_back(Withdraw{id, *caller.shown_to});
    } else {
        step_out(caller);
    }
    callers_.erase(found);
}

void Dispatcher::widen(Instant now, InteractionId id, Effects& out) {
    const auto found = callers_.find(id);
    // Who is being shown is looked at again when that fails.
    if (found == callers_.end() || found->second.shown_to) return;
    step_out(found->second);
    open_rings(now, found->second, out);
    stand(found->second);
    match_caller(now, id, out);
}

void Dispatcher::ready(Instant now, const BecameReady& c, Effects& out) {
    Agent& agent = agents_.at(c.agent);
    if (agent.idle || agent.shown) return;
    seek_work(now, agent, c, out);
}

void Dispatcher::accept(const Accepted& c) {
    const auto found = callers_.find(c.interaction);
    if (found == callers_.end() || found->second.shown_to != c.agent) return;
    queue(found->second.queue).unshow();
    agents_.at(c.agent).shown.reset();
    callers_.erase(found);
}

void Dispatcher::fail(Instant now, InteractionId id, AgentId agent, Effects& out) {
    const auto found = callers_.find(id);
    if (found == callers_.end() || found->second.shown_to != agent) return;
    Caller& caller = found->second;
    caller.shown_to.reset();
    caller.is_reserved = false;  // Whom they wished for did not come.
    agents_.at(agent).shown.reset();
    queue(caller.queue).unshow();
    open_rings(now, caller, out);
    stand(caller);  // The agent failed, not the caller: same rank as before.
    match_caller(now, id, out);
}

void Dispatcher::change(Instant now, const ChangeQueue& c, Effects& out) {
    const auto found = queues_.find(c.rule.id);
    if (found == queues_.end()) {
        queues_.emplace(c.rule.id, Queue{c.rule});
        return;
    }
    Queue& q = found->second;
    std::vector<InteractionId> standing;
    for (const Rank& rank : q.in_order()) standing.push_back(rank.id);
    for (const InteractionId id : standing) step_out(callers_.at(id));
    const QueueRule was = q.rule();
    q.change(c.rule);
    for (auto& [id, caller] : callers_) {
        if (caller.queue != c.rule.id) continue;
        caller.rank = rank_of(caller.rank.first_arrival, c.rule.priority + caller.steps, id);
        caller.needs = caller.own_needs.with(c.rule.needs);
        caller.lanes.clear();
        caller.ring = 0;
        if (caller.is_reserved && !can_take(caller)) caller.is_reserved = false;
    }
    for (const InteractionId id : standing) {
        Caller& caller = callers_.at(id);
        open_rings(now, caller, out);
        stand(caller);
    }
    // In the new order of service, or the first in the old one would ask first.
    std::vector<InteractionId> in_order;
    for (const Rank& rank : q.in_order()) in_order.push_back(rank.id);
    for (const InteractionId id : in_order) match_caller(now, id, out);
}

void Dispatcher::change(Instant now, const ChangeAgent& c, Effects& out) {
    Agent& agent = agents_[c.rule.id];
    const auto idle = agent.idle;
    if (idle) set_idle(agent, std::nullopt);
    for (const Service& s : c.rule.queues) YS_ASSERT(queues_.contains(s.queue));
    agent.rule = c.rule;
    ProfileKey key{c.rule.queues, c.rule.skills};
    std::ranges::sort(key.queues);
    agent.profile = lanes_.profile(key);
    release_reserved(now, agent, out);
    if (idle) seek_work(now, agent, *idle, out);
}

/// Who waited for an agent who has unlearnt what they need waits for everybody.
void Dispatcher::release_reserved(Instant now, Agent& agent, Effects& out) {
    std::vector<InteractionId> freed;
    for (const Rank& rank : agent.reserved)
        if (!can_take(callers_.at(rank.id))) freed.push_back(rank.id);
    for (const InteractionId id : freed) {
        Caller& caller = callers_.at(id);
        step_out(caller);
        caller.is_reserved = false;
        open_rings(now, caller, out);
        stand(caller);
        match_caller(now, id, out);
    }
}

bool Dispatcher::can_take(const Caller& caller) const {
    return agents_.at(caller.preferred.agent).rule.skills.has_all_of(caller.needs);
}

void Dispatcher::match_caller(Instant now, InteractionId id, Effects& out) {
    const auto found = callers_.find(id);
    if (found == callers_.end() || found->second.shown_to) return;
    const Caller& caller = found->second;
    Decision decision;
    decision.ring = caller.ring;
    if (caller.is_reserved) {
        const Agent& agent = agents_.at(caller.preferred.agent);
        decision.is_preferred = true;
        if (agent.idle) serve(now, id, agent.rule.id, decision, out);
        return;
    }
    const Strategy strategy = queue(caller.queue).rule().strategy;
    for (const LaneIndex lane : caller.lanes) {
        const auto asked = lanes_.ask(lane, strategy);
        if (!asked) continue;
        decision.idle = asked->idle;
        decision.head_start = asked->weight * priority_step;
        return serve(now, id, asked->agent, decision, out);
    }
}

void Dispatcher::match_agent(Instant now, AgentId id, Effects& out) {
    // Who is away is called back and takes nobody: the agent stays idle for the next.
    for (;;) {
        const Agent& agent = agents_.at(id);
        if (!agent.idle) return;
        auto next = lanes_.next_for(agent.profile);
        Decision decision;
        if (!agent.reserved.empty() &&
            (!next || ServedFirst{}(*agent.reserved.begin(), next->rank))) {
            next = Lanes::Head{*agent.reserved.begin(), 0};
            decision.is_preferred = true;
        }
        if (!next) return;
        decision.ring = callers_.at(next->rank.id).ring;
        decision.head_start = next->weight * priority_step;
        serve(now, next->rank.id, id, decision, out);
    }
}

/// `decision` comes with what only the one who decided knows.
void Dispatcher::serve(Instant now, InteractionId id, AgentId agent_id, Decision decision,
                       Effects& out) {
    Caller& caller = callers_.at(id);
    Agent& agent = agents_.at(agent_id);
    Queue& q = queue(caller.queue);
    if (caller.is_away) {
        out.push_back(CallBack{id, caller.queue});
        step_out(caller);
        callers_.erase(id);
        return;
    }
    const BecameReady& idle = *agent.idle;
    decision.strategy = q.rule().strategy;
    decision.waiting = static_cast<std::uint32_t>(q.standing());
    decision.head_start +=
        std::chrono::duration_cast<Millis>(caller.rank.first_arrival - caller.rank.counts_from);
    switch (decision.strategy) {
        case Strategy::LongestIdle:
            decision.score = std::chrono::duration_cast<Millis>(now - idle.since).count();
            break;
        case Strategy::FewestCalls:
            decision.score = idle.calls;
            break;
        case Strategy::LeastTalk:
            decision.score = idle.talked.count();
            break;
    }
    out.push_back(Propose{id, agent_id, caller.queue, now + q.rule().answer_within, decision});
    step_out(caller);
    q.show();
    caller.shown_to = agent_id;
    agent.shown = id;
    set_idle(agent, std::nullopt);
}

void Dispatcher::set_idle(Agent& agent, std::optional<BecameReady> idle) {
    if (const auto& was = agent.idle; agent.is_listed)
        lanes_.remove_idle(agent.profile, was->since, was->calls, was->talked, agent.rule.id);
    if (idle) lanes_.add_idle(agent.profile, idle->since, idle->calls, idle->talked, agent.rule.id);
    agent.is_listed = idle.has_value();
    agent.idle = idle;
}

/// Who finds a caller at once, as in a busy centre nearly everybody does, is never listed.
void Dispatcher::seek_work(Instant now, Agent& agent, const BecameReady& idle, Effects& out) {
    agent.idle = idle;
    match_agent(now, agent.rule.id, out);
    if (agent.idle) set_idle(agent, idle);
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

std::optional<AgentId> Dispatcher::longest_idle(QueueId queue) {
    const auto asked = lanes_.ask(lanes_.lane({queue, queue, {}, 0, {}}), Strategy::LongestIdle);
    if (!asked) return std::nullopt;
    return asked->agent;
}

std::string Dispatcher::broken_invariant() const {
    std::unordered_map<QueueId, std::size_t> counted;
    for (const auto& [id, caller] : callers_) {
        ++counted[caller.queue];
        const auto name = "caller " + std::to_string(id.value);
        if (caller.shown_to) {
            if (agents_.at(*caller.shown_to).shown != id)
                return name + " is shown to an agent who does not know it";
            continue;
        }
        if (caller.is_reserved == !caller.lanes.empty()) return name + " stands nowhere, or twice";
        for (const auto& [agent_id, agent] : agents_) {
            if (!agent.idle) continue;
            const bool is_able = caller.is_reserved
                                     ? agent_id == caller.preferred.agent
                                     : std::ranges::any_of(caller.lanes, [&](LaneIndex lane) {
                                           return lanes_.fits(lane, agent.profile);
                                       });
            if (is_able)
                return name + " waits although agent " + std::to_string(agent_id.value) +
                       " is idle and able";
        }
    }
    for (const auto& [id, q] : queues_)
        if (q.waiting() != counted[id])
            return "queue " + std::to_string(id.value) + " counts " + std::to_string(q.waiting()) +
                   " waiting, but " + std::to_string(counted[id]) + " are";
    for (const auto& [id, agent] : agents_) {
        const auto name = "agent " + std::to_string(id.value);
        if (agent.shown && agent.idle) return name + " is idle and being shown a caller";
        if (agent.shown && shown_to(*agent.shown) != id)
            return name + " is shown a caller who is not there";
    }
    return "";
}

}  // namespace ys::routing
