// SPDX-License-Identifier: Apache-2.0
#include "interactions/what_if.h"

#include <algorithm>

#include "base/overloaded.h"
#include "base/text.h"

namespace ys::interactions {
namespace {

Millis between(UtcTime from, UtcTime to) { return Millis{(to.us - from.us) / 1000}; }

bool is_at_work(const std::string& state) { return state != "LoggedOut" && state != "Break"; }

}  // namespace

void WhatIf::on(const facts::Fact& fact) {
    const bool is_in = from_ <= fact.at && fact.at < to_;
    const auto asked = asked_.find(fact.interaction);
    std::visit(overloaded{
                   [&](const facts::Queued& f) {
                       // Only the first time: what follows a transfer depends on who answered.
                       if (!is_in || asked != asked_.end()) return;
                       asked_[fact.interaction] = {fact.at,
                                                   QueueId{f.queue},
                                                   f.priority,
                                                   f.needs,
                                                   {AgentId{f.preferred}, Millis{f.preferred_ms}},
                                                   {},
                                                   false,
                                                   {}};
                   },
                   [&](const facts::Connected&) {
                       if (asked == asked_.end()) return;
                       asked->second.waited = between(asked->second.at, fact.at);
                       asked->second.is_answered = true;
                   },
                   [&](const facts::CallEnded& f) {
                       if (asked == asked_.end()) return;
                       asked->second.talked = Millis{f.talked_ms};
                       if (!asked->second.waited)
                           asked->second.waited = between(asked->second.at, fact.at);
                   },
                   [&](const facts::AgentMoved& f) { moved(fact.at, agents_[fact.agent], f); },
                   [](const auto&) {},
               },
               fact.body);
}

void WhatIf::moved(UtcTime at, Agent& agent, const facts::AgentMoved& f) {
    const bool is_in = from_ <= at && at < to_;
    if (f.from == "WrapUp" && agent.wrap_up_since && is_in)
        wrap_up_.add(between(*agent.wrap_up_since, at));
    if (f.from == "Alerted" && f.to == "Busy" && agent.alerted_at && is_in)
        ring_.add(between(*agent.alerted_at, at));
    agent.wrap_up_since.reset();
    agent.alerted_at.reset();
    if (f.to == "WrapUp") agent.wrap_up_since = at;
    if (f.to == "Alerted") agent.alerted_at = at;
    if (is_at_work(f.to)) {
        if (!agent.at_work_since) agent.at_work_since = at;
        return;
    }
    if (agent.at_work_since) agent.spans.push_back({*agent.at_work_since, at});
    agent.at_work_since.reset();
}

std::map<QueueId, routing::Patience> WhatIf::patience() const {
    std::map<QueueId, routing::Waits> seen;
    for (const auto& [id, asked] : asked_) {
        if (!asked.waited) continue;
        if (asked.is_answered)
            seen[asked.queue].answered_after(*asked.waited);
        else
            seen[asked.queue].left_after(*asked.waited);
    }
    std::map<QueueId, routing::Patience> patience;
    for (const auto& [queue, waits] : seen) patience.emplace(queue, waits);
    return patience;
}

routing::Day WhatIf::day(const Rules& rules, Dice& dice) const {
    routing::Day day;
    day.queues = rules.queues;
    day.agents = rules.agents;
    day.wrap_up = wrap_up_.value();
    day.rings_for = ring_.value();
    const auto since_start = [&](UtcTime at) {
        return Instant{std::chrono::microseconds{std::clamp(at, from_, to_).us - from_.us}};
    };
    for (const auto& [id, agent] : agents_) {
        if (std::ranges::count(rules.agents, id, &routing::AgentRule::id) == 0) continue;
        auto spans = agent.spans;
        if (agent.at_work_since) spans.push_back({*agent.at_work_since, to_});
        for (const Span& span : spans)
            if (span.from < to_ && span.to > from_)
                day.shifts.push_back({id, since_start(span.from), since_start(span.to)});
    }
    const auto patience = this->patience();
    // Who left would have talked as those of the same queue did who were answered.
    std::map<QueueId, std::vector<Millis>> talks;
    for (const auto& [id, asked] : asked_)
        if (asked.is_answered) talks[asked.queue].push_back(asked.talked);
    for (const auto& [id, asked] : asked_) {
        const bool is_known =
            std::ranges::count(rules.queues, asked.queue, &routing::QueueRule::id) > 0;
        if (!is_known || !asked.waited) continue;
        routing::Arrival& a = day.arrivals.emplace_back();
        a.at = since_start(asked.at);
        a.queue = asked.queue;
        a.priority = asked.priority;
        a.preferred = asked.preferred;
        std::vector<SkillId> needs;
        for (const std::string_view name : split(asked.needs, ','))
            if (const auto skill = rules.skills.find(std::string{name});
                skill != rules.skills.end())
                needs.push_back(skill->second);
        a.needs = routing::SkillSet{std::move(needs)};
        if (asked.is_answered) {
            a.handling = asked.talked;
            a.patience = patience.at(asked.queue).draw(dice, *asked.waited);
        } else {
            const auto& others = talks[asked.queue];
            a.handling = others.empty() ? Millis{180'000} : others[dice.below(others.size())];
            a.patience = asked.waited;
        }
    }
    std::ranges::stable_sort(day.arrivals, {}, &routing::Arrival::at);
    return day;
}

}  // namespace ys::interactions
