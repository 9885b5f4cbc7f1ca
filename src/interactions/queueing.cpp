// SPDX-License-Identifier: Apache-2.0
// Waiting for a person: the queue, music and positions, and what the dispatcher decides.
#include <utility>

#include "base/overloaded.h"
#include "base/panic.h"
#include "interactions/inside.h"
#include "ivr/spoken.h"

namespace ys::interactions {

void Coordinator::Inside::enter_queue(Call& call, QueueId queue, std::string why,
                                      routing::Admission admission) {
    if (!call.first_arrival) call.first_arrival = now;
    call.queue = queue;
    const auto effects =
        dispatcher.on(now.mono, routing::Enter{.interaction = call.id,
                                               .queue = queue,
                                               .priority = call.priority,
                                               .first_arrival = call.first_arrival->mono,
                                               .needs = {},
                                               .admission = admission});
    if (!effects.empty() && std::holds_alternative<routing::QueueFull>(effects.front()))
        return say_goodbye(call, queues.at(queue).full_prompt, EndCause::QueueFull);
    move(call, CallEvent::Queue);
    disarm(call.wait);
    call.waited.start(now.mono);
    state(call, {}, facts::Queued{queue.value, std::move(why), call.first_arrival->utc});
    if (call.announces) arm(call.position, {Wake::Position, call.id, {}, {}}, setup.position_every);
    carry_out_routing(effects);
    if (effects.empty())
        announce_position(call);
    else
        play_music(call);
}

void Coordinator::Inside::carry_out_routing(const std::vector<routing::Effect>& effects) {
    for (const routing::Effect& effect : effects)
        std::visit(overloaded{
                       [&](const routing::Propose& p) { propose(p); },
                       // Who asked for the caller to leave takes the ring away themselves.
                       [](const routing::Withdraw&) {},
                       [](const routing::QueueFull&) {},
                   },
                   effect);
}

void Coordinator::Inside::propose(const routing::Propose& p) {
    Call& call = touch(p.interaction);
    const Millis within = std::chrono::duration_cast<Millis>(p.deadline - now.mono);
    call.why = p.why;
    state(call, p.agent, facts::Proposed{p.queue.value, later(now.utc, within), p.why});
    const bool is_alerted = tell(agents::Alert{p.agent});
    YS_ASSERT(is_alerted);
    Party party;
    party.agent = p.agent;
    party.errand = Errand::Proposal;
    ring(call, party, SeatCall::Ring, within);
}

void Coordinator::Inside::announce_position(Call& call) {
    const std::size_t place = dispatcher.position(call.id);
    const bool is_waiting = call.state == CallState::Waiting && place > 0 && call.announces;
    if (!is_waiting) return;
    auto words = ivr::spoken_place(place - 1);
    if (words.empty()) return play_music(call);
    play(call, Playing::Notice, std::move(words));
}

/// Back among the waiting with the first arrival time: nobody who was promised a person loses
/// their place, and the limit is not asked again.
void Coordinator::Inside::requeue(Call& call, std::string why) {
    QueueId queue = call.queue;
    if (!queue)
        for (const QueueSetup& q : setup.queues)
            if (!queue && q.centre == call.centre) queue = q.id;
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
        carry_out_routing(
            dispatcher.on(now.mono, routing::BecameReady{agent, roster.ready_since(agent)}));
    }
}

}  // namespace ys::interactions
