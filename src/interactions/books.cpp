// SPDX-License-Identifier: Apache-2.0
// How the books are opened: the set-up becomes the rules of the engines.
#include "interactions/books.h"

#include <algorithm>
#include <utility>

#include "interactions/setup_check.h"

namespace ys::interactions {
namespace {

std::vector<agents::AgentRule> agent_rules(const Setup& setup) {
    std::vector<agents::AgentRule> rules;
    for (const AgentSetup& a : setup.agents) rules.push_back({a.id, a.centre, a.wrap_up_max});
    return rules;
}

std::vector<routing::QueueRule> queue_rules(const Setup& setup) {
    std::vector<routing::QueueRule> rules;
    for (const QueueSetup& q : setup.queues) rules.push_back(rule_of(q));
    return rules;
}

std::vector<routing::AgentRule> serving_rules(const Setup& setup) {
    std::vector<routing::AgentRule> rules;
    for (const AgentSetup& a : setup.agents) rules.push_back(rule_of(a));
    return rules;
}

/// The queue's rings with those of its helpers moved, so that the first of them opens when a
/// supervisor said; or without them. A queue that names no helper in its rings is helped by its
/// overflow.
std::vector<routing::Ring> rings_in_force(const QueueSetup& queue) {
    if (!queue.slid_to) return queue.rings;
    std::vector<routing::Ring> rings, helpers;
    for (const routing::Ring& ring : queue.rings) (ring.also ? helpers : rings).push_back(ring);
    if (helpers.empty() && queue.overflow) helpers.push_back({.also = queue.overflow});
    if (*queue.slid_to < Millis::zero() || helpers.empty()) return rings;
    // Without a ring of its own the queue would wait for its helpers, too.
    if (rings.empty()) rings.emplace_back();
    const Millis by = *queue.slid_to - helpers.front().after;
    for (routing::Ring& ring : helpers) {
        ring.after += by;
        rings.push_back(ring);
    }
    std::ranges::stable_sort(rings, {}, &routing::Ring::after);
    return rings;
}

}  // namespace

routing::QueueRule rule_of(const QueueSetup& q) {
    return {q.id,
            q.answer_within,
            q.waiting_max,
            q.priority,
            q.strategy,
            q.skill,
            routing::SkillSet{q.needs},
            rings_in_force(q)};
}

routing::AgentRule rule_of(const AgentSetup& a) {
    return {a.id, a.queues, routing::SkillLevels{a.skills}};
}

Books::Books(Setup s, std::map<std::string, ivr::Flow> f, routing::Territory t)
    : setup(std::move(s)),
      flows(std::move(f)),
      calendar(state_calendar(flows, setup.days)),
      territory(std::move(t)),
      roster(agent_rules(setup)),
      dispatcher(queue_rules(setup), serving_rules(setup)),
      next_interaction(setup.first_interaction),
      next_recording(setup.first_recording),
      next_emergency(setup.first_emergency) {
    for (const EmergencySetup& e : setup.emergencies) emergencies[e.id].is = e;
    // A set-up without a tree has centres that stand alone.
    for (const AgentSetup& a : setup.agents)
        if (!setup.tree.has(a.centre)) static_cast<void>(setup.tree.add(a.centre, {}));
    for (const NumberSetup& n : setup.numbers) numbers.emplace(n.number, n);
    for (const QueueSetup& q : setup.queues) {
        queues.emplace(q.id, q);
        queue_names.emplace(std::pair{q.centre, q.name}, q.id);
    }
    for (const AgentSetup& a : setup.agents) {
        desks[a.id].setup = a;
        for (const routing::Service& service : a.queues) serving[service.queue].push_back(a.id);
    }
}

}  // namespace ys::interactions
