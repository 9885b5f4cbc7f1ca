// SPDX-License-Identifier: Apache-2.0
// Waiting for a person: the queue, music and positions, and what the dispatcher decides.
#include <algorithm>
#include <utility>

#include "base/later.h"
#include "base/overloaded.h"
#include "base/panic.h"
#include "interactions/inside.h"
#include "routing/why.h"

namespace ys::interactions {
namespace {

/// Whoever calls for the fourth time has waited long enough; more than that is no merit.
constexpr std::uint32_t repeats_max = 3;

int priority_of(const Call& call, const QueueSetup& queue) {
    const int again = static_cast<int>(std::min(call.repeats, repeats_max));
    return std::clamp(call.priority + again * queue.repeat_priority, -routing::priority_max,
                      routing::priority_max);
}

}  // namespace

void Coordinator::Inside::enter_queue(Call& call, QueueId queue, std::string why,
                                      routing::Admission admission) {
    they_are_here(call, queue);
    if (!call.first_arrival) call.first_arrival = now;
    const QueueSetup& rule = queues.at(queue);
    if (const QueueId helper = helper_of(rule, admission)) {
        call.queue = helper;
        return enter_queue(call, helper, "overflow", admission);
    }
    const routing::Preferred preferred = preferred_for(call, rule);
    const int priority = priority_of(call, rule);
    const auto effects =
        dispatcher.on(now.mono, routing::Enter{.interaction = call.id,
                                               .queue = queue,
                                               .priority = priority,
                                               .first_arrival = call.first_arrival->mono,
                                               .needs = routing::SkillSet{call.needs},
                                               .preferred = preferred,
                                               .admission = admission});
    if (!effects.empty() && std::holds_alternative<routing::QueueFull>(effects.front())) {
        // One step only: the helper's own overflow is for its own callers.
        if (rule.overflow && rule.overflow != queue && call.queue != queue) {
            call.queue = rule.overflow;
            return enter_queue(call, rule.overflow, "overflow", admission);
        }
        call.queue = queue;
        return turn_away(call);
    }
    call.queue = queue;
    call.told.reset();
    call.duty_asked = 0;
    call.is_offered_callback = call.is_offered_voicemail = false;
    move(call, CallEvent::Queue);
    disarm(call.wait);
    call.waited.start(now.mono);
    state(call, {},
          facts::Queued{.queue = queue.value,
                        .why = std::move(why),
                        .first_arrival_at = call.first_arrival->utc,
                        .priority = priority,
                        .needs = skill_names(call.needs),
                        .preferred = preferred.agent.value,
                        .preferred_ms = preferred.wait_for.count(),
                        .is_limited = admission == routing::Admission::ByLimit});
    if (call.announces)
        arm(call.position, {Wake::Position, call.id, {}, {}}, next_announcement(call));
    carry_out_routing(effects);
    call.had_to_wait = !dispatcher.shown_to(call.id);
    if (call.had_to_wait)
        announce_position(call);
    else
        play_music(call);
}

/// Who knows this caller and is at work; waiting for somebody on a break would be in vain.
routing::Preferred Coordinator::Inside::preferred_for(const Call& call, const QueueSetup& queue) {
    if (!call.known_to || queue.prefer_for == Millis::zero() || !desks.contains(call.known_to))
        return {};
    const auto at = roster.state(call.known_to);
    if (at == agents::AgentState::LoggedOut || at == agents::AgentState::Break) return {};
    return {call.known_to, queue.prefer_for};
}

std::vector<SkillId> Coordinator::Inside::skills_named(
    const std::vector<std::string>& names) const {
    std::vector<SkillId> skills;
    for (const std::string& name : names)
        skills.push_back(std::ranges::find(setup.skills, name, &SkillSetup::name)->id);
    return skills;
}

std::string Coordinator::Inside::skill_names(const std::vector<SkillId>& needs) const {
    std::string names;
    for (const SkillId id : needs) {
        const auto skill = std::ranges::find(setup.skills, id, &SkillSetup::id);
        names += (names.empty() ? "" : ",") + skill->name;
    }
    return names;
}

void Coordinator::Inside::carry_out_routing(const std::vector<routing::Effect>& effects) {
    for (const routing::Effect& effect : effects)
        std::visit(overloaded{
                       [&](const routing::Propose& p) { propose(p); },
                       // Who asked for the caller to leave takes the ring away themselves.
                       [](const routing::Withdraw&) {},
                       [](const routing::QueueFull&) {},
                       [&](const routing::LookAgain& l) {
                           Call& call = touch(l.interaction);
                           arm(call.widen, {Wake::Widen, call.id, {}, {}},
                               std::chrono::ceil<Millis>(l.at - now.mono));
                       },
                       [&](const routing::Widened& w) {
                           state(touch(w.interaction), {}, facts::Widened{w.queue.value, w.ring});
                       },
                       [&](const routing::CallBack& b) { call_back(touch(b.interaction)); },
                   },
                   effect);
}

void Coordinator::Inside::propose(const routing::Propose& p) {
    Call& call = touch(p.interaction);
    const Millis within = std::chrono::duration_cast<Millis>(p.deadline - now.mono);
    const routing::Decision& d = p.decision;
    call.chosen = p;
    state(call, p.agent,
          facts::Proposed{p.queue.value, later(now.utc, within), routing::in_words(d),
                          std::string{routing::rule_of(d)}, d.ring, d.idle, d.waiting, d.score,
                          d.head_start.count()});
    const bool is_alerted = tell(agents::Alert{p.agent});
    YS_ASSERT(is_alerted);
    Party party;
    party.agent = p.agent;
    party.errand = Errand::Proposal;
    ring(call, party, SeatCall::Ring, within);
}

/// Back among the waiting with the first arrival time: nobody who was promised a person loses
/// their place, and the limit is not asked again.
void Coordinator::Inside::requeue(Call& call, std::string why) {
    QueueId queue = call.queue;
    if (!queue)
        for (const QueueSetup& q : setup.queues)
            if (!queue && (q.centre == call.centre || q.centre == call.number_centre)) queue = q.id;
    if (!queue) return end_call(call, EndCause::SystemError, "system");
    enter_queue(call, queue, std::move(why), routing::Admission::Always);
}

/// Agents who came free during the command; routed last, so that the command finds the books as
/// it left them. Serving one may free nobody, so this ends.
void Coordinator::Inside::route_freed() {
    while (!freed.empty()) {
        const AgentId agent = freed.front();
        freed.pop_front();
        const auto& seen = roster.view(agent);
        if (seen.state != agents::AgentState::Ready) continue;
        if (Desk& desk = desks.at(agent); !desk.is_present) {
            tell(agents::SeatLost{agent});  // Free, but nobody sits there.
            if (!desk.seat_back)
                arm(desk.seat_back, {Wake::SeatBack, {}, {}, agent}, setup.seat_back_within);
            continue;
        }
        const Worked& worked = worked_today(agent);
        carry_out_routing(dispatcher.on(
            now.mono,
            routing::BecameReady{agent, roster.ready_since(agent), worked.calls, worked.talked}));
    }
}

}  // namespace ys::interactions
