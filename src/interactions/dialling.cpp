// SPDX-License-Identifier: Apache-2.0
// An agent calls out: their own seat first, then the citizen, who is recorded from the answer on.
#include <utility>

#include "interactions/desk_codes.h"
#include "interactions/inside.h"

namespace ys::interactions {
namespace {

constexpr Millis own_seat_within{15'000};
constexpr Millis citizen_rung_for{45'000};

}  // namespace

void Coordinator::Inside::on(const DialOut& c) {
    Desk& desk = desks.at(c.agent);
    if (is_draining) return refuse(c.agent, codes::draining);
    if (!desk.is_present) return refuse(c.agent, codes::not_signed_in);
    if (desk.call) return refuse(c.agent, codes::already_in_a_call);
    if (c.number.empty()) return refuse(c.agent, codes::no_such_target);
    const InteractionId id{next_interaction};
    desk.call = id;  // So that the agent's move is part of this call's story.
    const bool may = tell(agents::Dial{c.agent});
    desk.call = {};
    if (!may) return refuse(c.agent, codes::not_now);
    ++next_interaction;
    Call& call = calls[id];
    call.id = id;
    call.centre = call.number_centre = desk.setup.centre;
    call.direction = "out";
    call.caller = c.shown_number;
    call.dialled = c.number;
    call.customer = c.customer;
    call.case_id = c.case_id;
    call.arrived = now;
    state(call, c.agent,
          facts::CallArrived{"out", c.shown_number, c.number, "", "", "", c.customer.value,
                             c.case_id.value});
    move(call, CallEvent::Dial);
    Party party;
    party.agent = c.agent;
    party.errand = Errand::DialOut;
    ring(call, std::move(party), SeatCall::AutoAnswer, own_seat_within);
}

void Coordinator::Inside::dial_citizen(Call& call) {
    call.parties.front().state = PartyState::Talking;
    call.citizen = LegId{next_leg++};
    legs[call.citizen] = call.id;
    do_effect(DialNumber{call.citizen, call.id, call.dialled, call.caller});
    arm(call.wait, {Wake::Ring, call.id, call.citizen, {}}, citizen_rung_for);
}

void Coordinator::Inside::citizen_answered(Call& call) {
    Party& agent = call.parties.front();
    if (std::exchange(call.playing, Playing::Nothing) != Playing::Nothing)
        do_effect(StopPlay{agent.leg});
    call.is_up = true;
    state(call, {}, facts::CallAnswered{});
    state(call, agent.agent, facts::DialEnded{"connected"});
    if (call.is_recorded) open_recording(call);
    begin_talk(call, agent.leg, Greet::No);
}

/// Not connected: the outcome is told and the agent goes on to wrap-up.
void Coordinator::Inside::dial_failed(Call& call, EndCause cause, std::string_view who) {
    state(call, call.parties.front().agent, facts::DialEnded{dial_outcome(cause)});
    call.playing = Playing::Nothing;
    end_call(call, cause, who);
}

}  // namespace ys::interactions
