// SPDX-License-Identifier: Apache-2.0
#include "routing/testing/plain_rule.h"

#include <algorithm>

namespace ys::routing {

PlainRule::PlainRule(const std::vector<QueueRule>& queues, const std::vector<AgentRule>& agents) {
    for (const QueueRule& rule : queues) queues_[rule.id] = rule;
    for (const AgentRule& rule : agents) agents_[rule.id].rule = rule;
}

std::vector<Effect> PlainRule::on(Instant now, const Command& command) {
    now_ = now;
    Effects out;
    std::visit([&](const auto& c) { on(c, out); }, command);
    return out;
}

/// Whom the limit counts: kept places of those who are away do not.
std::size_t PlainRule::present(QueueId queue) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        callers_, [&](const auto& c) { return c.second.queue == queue && !c.second.is_away; }));
}

std::size_t PlainRule::count(QueueId queue, bool shown_too) const {
    std::size_t n = 0;
    for (const auto& [id, c] : callers_)
        if (c.queue == queue && (shown_too || !c.shown_to)) ++n;
    return n;
}

std::size_t PlainRule::position(InteractionId id) const {
    const auto found = callers_.find(id);
    if (found == callers_.end() || found->second.shown_to) return 0;
    std::size_t place = 1;
    for (const auto& [other, c] : callers_)
        if (c.queue == found->second.queue && !c.shown_to &&
            ServedFirst{}(c.rank, found->second.rank))
            ++place;
    return place;
}

void PlainRule::on(const Enter& c, Effects& out) {
    const QueueRule& rule = queues_.at(c.queue);
    if (c.admission == Admission::ByLimit && present(c.queue) >= rule.waiting_max) {
        out.push_back(QueueFull{c.interaction, c.queue});
        return;
    }
    Caller caller;
    caller.steps = std::clamp(c.priority, -priority_max, priority_max);
    caller.rank = rank_of(c.first_arrival, rule.priority + caller.steps, c.interaction);
    caller.queue = c.queue;
    caller.own_needs = c.needs;
    caller.needs = c.needs.with(rule.needs);
    caller.entered = now_;
    caller.is_away = c.is_away;
    const auto wished = agents_.find(c.preferred.agent);
    if (wished != agents_.end() && c.preferred.wait_for > Millis::zero() &&
        wished->second.rule.skills.has_all_of(caller.needs)) {
        caller.preferred = c.preferred;
        caller.is_reserved = true;
    }
    open_rings(caller, out);
    callers_[c.interaction] = caller;
    match_caller(c.interaction, out);
}

void PlainRule::open_rings(Caller& caller, Effects& out) const {
    const InteractionId id = caller.rank.id;
    if (caller.is_reserved) {
        const Instant until = caller.entered + caller.preferred.wait_for;
        if (now_ < until) {
            out.push_back(LookAgain{id, until});
            return;
        }
        caller.is_reserved = false;
        out.push_back(Widened{id, caller.queue, 0});
    }
    std::vector<Ring> rings = queues_.at(caller.queue).rings;
    if (rings.empty()) rings.push_back({});
    for (; caller.rings_open < rings.size(); ++caller.rings_open) {
        const std::size_t i = caller.rings_open;
        if (i > 0 && now_ < caller.entered + rings[i].after) {
            out.push_back(LookAgain{id, caller.entered + rings[i].after});
            return;
        }
        if (i > 0) out.push_back(Widened{id, caller.queue, static_cast<std::uint32_t>(i)});
    }
}

/// The nearest first.
std::vector<PlainRule::Circle> PlainRule::circles(const Caller& caller) const {
    std::vector<Circle> all;
    const auto& rings = queues_.at(caller.queue).rings;
    for (std::size_t i = 0; i < caller.rings_open; ++i) {
        const Ring ring = rings.empty() ? Ring{} : rings[i];
        all.push_back({caller.queue, ring.level_min});
        if (ring.also) all.push_back({ring.also, ring.level_min});
    }
    return all;
}

std::optional<int> PlainRule::weight(const Caller& caller, const Circle& circle,
                                     const Agent& agent) const {
    const auto service = std::ranges::find(agent.rule.queues, circle.serving, &Service::queue);
    if (service == agent.rule.queues.end()) return std::nullopt;
    if (!agent.rule.skills.has_all_of(caller.needs)) return std::nullopt;
    const SkillId measured = queues_.at(caller.queue).skill;
    if (circle.level_min > 0 && agent.rule.skills.level(measured) < circle.level_min)
        return std::nullopt;
    return service->weight;
}

void PlainRule::on(const Leave& c, Effects& out) {
    const auto found = callers_.find(c.interaction);
    if (found == callers_.end()) return;
    if (const auto agent = found->second.shown_to) {
        agents_.at(*agent).is_shown = false;
        out.push_back(Withdraw{c.interaction, *agent});
    }
    callers_.erase(found);
}

void PlainRule::on(const Widen& c, Effects& out) {
    const auto found = callers_.find(c.interaction);
    if (found == callers_.end() || found->second.shown_to) return;
    open_rings(found->second, out);
    match_caller(c.interaction, out);
}

void PlainRule::on(const BecameReady& c, Effects& out) {
    Agent& agent = agents_.at(c.agent);
    if (agent.idle || agent.is_shown) return;
    agent.idle = c;
    match_agent(c.agent, out);
}

void PlainRule::on(const Accepted& c, Effects&) {
    const auto found = callers_.find(c.interaction);
    if (found == callers_.end() || found->second.shown_to != c.agent) return;
    agents_.at(c.agent).is_shown = false;
    callers_.erase(found);
}

void PlainRule::on(const Failed& c, Effects& out) {
    const auto found = callers_.find(c.interaction);
    if (found == callers_.end() || found->second.shown_to != c.agent) return;
    agents_.at(c.agent).is_shown = false;
    found->second.shown_to.reset();
    found->second.is_reserved = false;
    open_rings(found->second, out);
    match_caller(c.interaction, out);
}

std::vector<InteractionId> PlainRule::standing_in(QueueId queue) const {
    std::vector<Rank> ranks;
    for (const auto& [id, c] : callers_)
        if (c.queue == queue && !c.shown_to) ranks.push_back(c.rank);
    std::ranges::sort(ranks, ServedFirst{});
    std::vector<InteractionId> ids;
    for (const Rank& rank : ranks) ids.push_back(rank.id);
    return ids;
}

void PlainRule::on(const ChangeQueue& c, Effects& out) {
    const bool is_new = !queues_.contains(c.rule.id);
    const auto before = standing_in(c.rule.id);
    queues_[c.rule.id] = c.rule;
    if (is_new) return;
    for (auto& [id, caller] : callers_) {
        if (caller.queue != c.rule.id) continue;
        caller.rank = rank_of(caller.rank.first_arrival, c.rule.priority + caller.steps, id);
        caller.needs = caller.own_needs.with(c.rule.needs);
        caller.rings_open = 0;
        if (caller.is_reserved && !can_take(caller)) caller.is_reserved = false;
    }
    for (const InteractionId id : before) open_rings(callers_.at(id), out);
    for (const InteractionId id : standing_in(c.rule.id)) match_caller(id, out);
}

void PlainRule::on(const ChangeAgent& c, Effects& out) {
    Agent& agent = agents_[c.rule.id];
    agent.rule = c.rule;
    const auto idle = std::exchange(agent.idle, std::nullopt);
    std::vector<Rank> released;
    for (const auto& [id, caller] : callers_)
        if (caller.is_reserved && !caller.shown_to && caller.preferred.agent == c.rule.id &&
            !can_take(caller))
            released.push_back(caller.rank);
    std::ranges::sort(released, ServedFirst{});
    for (const Rank& rank : released) {
        Caller& caller = callers_.at(rank.id);
        caller.is_reserved = false;
        open_rings(caller, out);
        match_caller(rank.id, out);
    }
    agent.idle = idle;
    if (agent.idle) match_agent(c.rule.id, out);
}

bool PlainRule::can_take(const Caller& caller) const {
    return agents_.at(caller.preferred.agent).rule.skills.has_all_of(caller.needs);
}

void PlainRule::match_caller(InteractionId id, Effects& out) {
    const auto found = callers_.find(id);
    if (found == callers_.end() || found->second.shown_to) return;
    const Caller& caller = found->second;
    Decision decision;
    decision.ring = caller.rings_open == 0 ? 0 : static_cast<std::uint32_t>(caller.rings_open - 1);
    if (caller.is_reserved) {
        decision.is_preferred = true;
        if (agents_.at(caller.preferred.agent).idle)
            serve(id, caller.preferred.agent, decision, out);
        return;
    }
    const Strategy strategy = queues_.at(caller.queue).strategy;
    const auto score = [&](const BecameReady& idle) {
        return strategy == Strategy::LongestIdle   ? idle.since.time_since_epoch().count()
               : strategy == Strategy::FewestCalls ? idle.calls
                                                   : idle.talked.count();
    };
    std::vector<const Agent*> idlers;
    for (const auto& [agent_id, agent] : agents_)
        if (agent.idle) idlers.push_back(&agent);
    for (const Circle& circle : circles(caller)) {
        std::optional<Idle> best;
        int best_weight = 0;
        std::uint32_t able = 0;
        for (const Agent* agent : idlers) {
            const auto given = weight(caller, circle, *agent);
            if (!given) continue;
            ++able;
            const Idle idle{score(*agent->idle), agent->idle->since, agent->rule.id};
            if (!best || *given > best_weight ||
                (*given == best_weight && AskedFirst{}(idle, *best))) {
                best = idle;
                best_weight = *given;
            }
        }
        if (!best) continue;
        decision.idle = able;
        decision.head_start = best_weight * priority_step;
        return serve(id, best->agent, decision, out);
    }
}

void PlainRule::match_agent(AgentId id, Effects& out) {
    while (agents_.at(id).idle) {
        const Agent& agent = agents_.at(id);
        std::optional<Rank> next, reserved;
        int given = 0;
        for (const auto& [caller_id, caller] : callers_) {
            if (caller.shown_to) continue;
            if (caller.is_reserved) {
                const bool is_mine = caller.preferred.agent == id;
                if (is_mine && (!reserved || ServedFirst{}(caller.rank, *reserved)))
                    reserved = caller.rank;
                continue;
            }
            for (const Circle& circle : circles(caller)) {
                const auto w = weight(caller, circle, agent);
                if (!w) continue;
                const Rank seen = weighed(caller.rank, *w);
                if (next && !ServedFirst{}(seen, *next)) continue;
                next = seen;
                given = *w;
            }
        }
        Decision decision;
        if (reserved && (!next || ServedFirst{}(*reserved, *next))) {
            next = reserved;
            given = 0;
            decision.is_preferred = true;
        }
        if (!next) return;
        const std::size_t rings = callers_.at(next->id).rings_open;
        decision.ring = rings == 0 ? 0 : static_cast<std::uint32_t>(rings - 1);
        decision.head_start = given * priority_step;
        serve(next->id, id, decision, out);
    }
}

void PlainRule::serve(InteractionId id, AgentId agent_id, Decision decision, Effects& out) {
    Caller& caller = callers_.at(id);
    if (caller.is_away) {
        out.push_back(CallBack{id, caller.queue});
        callers_.erase(id);
        return;
    }
    Agent& agent = agents_.at(agent_id);
    const QueueRule& rule = queues_.at(caller.queue);
    decision.strategy = rule.strategy;
    decision.waiting = static_cast<std::uint32_t>(count(caller.queue, false));
    decision.head_start +=
        std::chrono::duration_cast<Millis>(caller.rank.first_arrival - caller.rank.counts_from);
    const Millis idle_for = std::chrono::duration_cast<Millis>(now_ - agent.idle->since);
    decision.score = rule.strategy == Strategy::LongestIdle   ? idle_for.count()
                     : rule.strategy == Strategy::FewestCalls ? agent.idle->calls
                                                              : agent.idle->talked.count();
    out.push_back(Propose{id, agent_id, caller.queue, now_ + rule.answer_within, decision});
    caller.shown_to = agent_id;
    agent.is_shown = true;
    agent.idle.reset();
}

}  // namespace ys::routing
