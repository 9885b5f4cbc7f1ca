// SPDX-License-Identifier: Apache-2.0
// Other rules while callers wait and agents talk: nobody is lost, nobody overtaken who was not
// meant to be, and the journal knows the rules from here on.
#include <algorithm>
#include <utility>

#include "base/panic.h"
#include "interactions/desk_codes.h"
#include "interactions/flow_change.h"
#include "interactions/inside.h"
#include "interactions/replay.h"
#include "interactions/setup_check.h"
#include "ivr/checker.h"

namespace ys::interactions {
namespace {

template <class Things, class Id>
bool has(const Things& things, Id id) {
    return std::ranges::any_of(things, [id](const auto& thing) { return thing.id == id; });
}

Error bad(std::string note) { return Error{std::errc::invalid_argument, std::move(note)}; }

Result<Done> can_become(const Books& books, const Setup& rules) {
    if (!rules.flows.empty()) return can_take_flows(books, rules.flows);
    Setup whole = rules;
    whole.numbers = books.setup.numbers;
    YS_TRY([[maybe_unused]] Done checked, check(whole, books.flows));
    YS_TRY(checked, fits_flows_before(books, rules));
    for (const SkillSetup& skill : books.setup.skills)
        if (!has(rules.skills, skill.id)) return bad("skill " + skill.name + " may be needed");
    for (const QueueSetup& q : books.setup.queues) {
        if (has(rules.queues, q.id)) continue;
        // Who was with an agent of this queue may come back to it.
        const bool is_in_use =
            std::ranges::any_of(books.calls, [&](const auto& c) { return c.second.queue == q.id; });
        if (is_in_use) return bad("queue " + q.name + " has callers");
    }
    for (const AgentSetup& agent : rules.agents)
        if (const auto desk = books.desks.find(agent.id);
            desk != books.desks.end() && desk->second.setup.centre != agent.centre)
            return bad("agent " + agent.work_number + " would change centres");
    return Done{};
}

void take_queues(Books& books, const std::vector<QueueSetup>& now_there) {
    for (const QueueSetup& gone : books.setup.queues)
        if (!has(now_there, gone.id)) books.queues.erase(gone.id);
    books.setup.queues = now_there;
    books.queue_names.clear();
    for (const QueueSetup& q : now_there) {
        books.queues.insert_or_assign(q.id, q);
        books.queue_names.emplace(std::pair{q.centre, q.name}, q.id);
    }
}

/// Who is not named stays as they are: their account may be closed while they still talk.
void take_agents(Books& books, const std::vector<AgentSetup>& now_there) {
    auto& known = books.setup.agents;
    for (const AgentSetup& agent : now_there) {
        if (!books.setup.tree.has(agent.centre))
            static_cast<void>(books.setup.tree.add(agent.centre, {}));
        const auto was = std::ranges::find(known, agent.id, &AgentSetup::id);
        if (was == known.end())
            known.push_back(agent);
        else
            *was = agent;
    }
    books.serving.clear();
    for (AgentSetup& a : known) {
        // A queue that is gone is nobody's any more.
        std::erase_if(a.queues,
                      [&](const routing::Service& s) { return !books.queues.contains(s.queue); });
        books.roster.change({a.id, a.centre, a.wrap_up_max});
        books.desks[a.id].setup = a;
        for (const routing::Service& service : a.queues)
            books.serving[service.queue].push_back(a.id);
    }
}

void recount(Books& books) {
    std::erase_if(books.waits, [&](const auto& w) { return !books.queues.contains(w.first); });
    for (const QueueSetup& q : books.setup.queues) {
        const auto& agents = books.serving[q.id];
        books.waits[q.id].at_work = static_cast<std::size_t>(std::ranges::count_if(
            agents, [&](AgentId agent) { return agents::is_at_work(books.roster.state(agent)); }));
        books.touched_queues.insert(q.id);
    }
}

void take_days(Books& books, const std::vector<DaySetup>& days) {
    books.setup.days = days;
    // In place: callers who hear a flow walk through this very one.
    for (auto& [name, flow] : books.flows)
        if (const auto written = ivr::load_flow(books.setup.flows.at(name)))
            flow.calendar = calendar_in_force(written->calendar, days);
    books.calendar = state_calendar(books.flows, days);
}

}  // namespace

Result<Done> Coordinator::may_become(const Setup& rules) const { return can_become(*in_, rules); }

void Coordinator::Inside::on(const ChangeRules& c) {
    YS_ASSERT(c.rules);
    if (!can_become(*this, *c.rules)) return refuse(c.by, codes::rules_do_not_fit);
    // Which version came into force, and when, is a fact of who keeps the versions.
    if (!c.rules->flows.empty()) return take_flows(*this, c.rules->flows);
    const Rules before = rules_of(setup);
    out.facts.push_back(
        {now.utc, c.centre, {}, c.by, facts::PolicyInForce{c.by.value, c.what, c.policy}});
    setup.skills = c.rules->skills;
    take_queues(*this, c.rules->queues);
    take_agents(*this, c.rules->agents);
    take_days(*this, c.rules->days);
    recount(*this);
    for (const routing::Command& command : routing::changes(before, rules_of(setup)))
        carry_out_routing(dispatcher.on(now.mono, command));
}

}  // namespace ys::interactions
