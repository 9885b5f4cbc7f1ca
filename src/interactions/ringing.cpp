// SPDX-License-Identifier: Apache-2.0
// One person is rung for one errand: what follows when they answer, and when they do not.
#include <utility>

#include "base/later.h"
#include "base/panic.h"
#include "interactions/desk_codes.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

/// After the answer key, a browser's media must be up in this time.
constexpr Millis media_up_within{10'000};

/// Words of facts::ProposalEnded and of the break that follows.
const char* failure_of(EndCause cause) {
    switch (cause) {
        case EndCause::NoAnswer:
            return "no_answer";
        case EndCause::Busy:
        case EndCause::Declined:
            return "declined";
        default:
            return "seat_failed";
    }
}

}  // namespace

LegId Coordinator::Inside::ring(Call& call, Party party, SeatCall how, Millis within) {
    party.leg = LegId{next_leg++};
    party.ringing_until = later(now.utc, within);
    legs[party.leg] = call.id;
    arm(party.deadline, {Wake::Ring, call.id, party.leg, party.agent}, within);
    const std::string& citizens = call.direction == "out" ? call.dialled : call.caller;
    if (party.agent) {
        Desk& desk = desks.at(party.agent);
        YS_ASSERT(!desk.call);
        desk.call = call.id;
        party.number = desk.setup.work_number;
        do_effect(RingSeat{party.leg, call.id, party.agent, desk.seat, how, citizens});
    } else {
        // The hotline's own number is shown: a third party calls it back, not the citizen.
        const std::string& ours = call.direction == "out" ? call.caller : call.dialled;
        do_effect(DialNumber{party.leg, call.id, party.number, ours});
    }
    touched.insert(call.id);
    call.parties.push_back(std::move(party));
    return call.parties.back().leg;
}

bool Coordinator::Inside::is_free(AgentId agent) const {
    const auto desk = desks.find(agent);
    return desk != desks.end() && desk->second.is_present && !desk->second.call &&
           roster.state(agent) == agents::AgentState::Ready;
}

void Coordinator::Inside::on(const LegRinging& c) {
    Call* call = call_of(c.leg);
    if (call == nullptr || call->state != CallState::Dialling || c.leg != call->citizen) return;
    if (std::exchange(call->playing, Playing::Music) == Playing::Music) return;
    const Party& agent = call->parties.front();
    do_effect(Play{agent.leg, PlayId{next_play++}, {std::string{prompts::ringback}}, true, true});
}

void Coordinator::Inside::on(const LegUp& c) {
    Call* call = call_of(c.leg);
    if (call == nullptr) return;  // The ring was over before the answer came: it has its EndLeg.
    if (c.leg == call->citizen) {
        if (call->is_up) return;
        if (call->state == CallState::Dialling) citizen_answered(*call);
        if (call->state == CallState::Away) callback_answered(*call);
        return;
    }
    Party* party = call->party(c.leg);
    if (party == nullptr || !party->is_ringing()) return;
    if (party->errand == Errand::Duty && party->state == PartyState::Answering) return;
    disarm(party->deadline);
    party_up(*call, c.leg);
}

void Coordinator::Inside::on(const DialogKnown& c) {
    const auto leg = legs.find(c.leg);
    if (leg != legs.end()) state(calls.at(leg->second), {}, c.dialog);
}

void Coordinator::Inside::party_up(Call& call, LegId leg) {
    Party& party = *call.party(leg);
    const AgentId agent = party.agent;
    switch (party.errand) {
        case Errand::Proposal:
            dispatcher.on(now.mono, routing::Accepted{call.id, agent});
            if (call.had_to_wait) waits[call.queue].estimate.served(now.mono);
            tell(agents::Accept{agent});
            state(call, agent, facts::ProposalEnded{"accepted"});
            end_transfer(call, "taken");
            stop_duty(call, "agent_came");
            return begin_talk(call, leg, Greet::Yes);
        case Errand::Duty:
            return duty_answered(call, party);
        case Errand::Transfer:
        case Errand::ToSupervisor: {
            const bool is_supervisor = party.errand == Errand::ToSupervisor;
            if (agent) tell(agents::Accept{agent});
            end_transfer(call, is_supervisor ? "to_supervisor" : "taken");
            return begin_talk(call, leg, Greet::Yes);
        }
        case Errand::Return:
            tell(agents::Accept{agent});
            return begin_talk(call, leg, Greet::No);
        case Errand::Consult:
            if (agent) tell(agents::Accept{agent});
            party.state = PartyState::Consulting;
            if (call.consult->has_second_leg) do_effect(StopPlay{call.consult->own_leg});
            if (call.is_recorded)
                call.consult->recording = record(call, "consult", {call.consult->own_leg}, {leg});
            return;
        case Errand::AddParty:
            if (agent) tell(agents::Accept{agent});
            if (call.state == CallState::SeatLost) {
                move(call, CallEvent::Take);
                quiet(call);
            }
            return join(call, party);
        case Errand::DialOut:
            return dial_citizen(call);
        case Errand::SeatBack:
            party.state = PartyState::Talking;
            disarm(desks.at(agent).seat_back);
            if (call.state != CallState::SeatLost) return;  // Others kept the citizen company.
            move(call, CallEvent::Take);
            return quiet(call);
        case Errand::Monitor:
            return watch(call, &party);
        case Errand::TakeOver:
            return take_over(call, &party);
    }
}

void Coordinator::Inside::on(const AnswerPressed& c) {
    Call* call = call_at(c.agent);
    Party* party = call == nullptr ? nullptr : call->party(c.agent);
    if (party == nullptr || party->state != PartyState::Ringing) return;
    party->state = PartyState::Answering;
    arm(party->deadline, {Wake::Ring, call->id, party->leg, c.agent}, media_up_within);
}

void Coordinator::Inside::on(const DeclinePressed& c) {
    Call* call = call_at(c.agent);
    Party* party = call == nullptr ? nullptr : call->party(c.agent);
    if (party == nullptr || !party->is_ringing()) return refuse(c.agent, codes::not_in_a_call);
    if (party->errand == Errand::DialOut) return on(HangUp{c.agent});
    ring_failed(*call, party->leg, EndCause::Declined, LegIs::Up);
}

/// Takes somebody out of the books; what their agent does next is the caller's to tell.
Party Coordinator::Inside::take_out(Call& call, Party* party, EndCause cause, LegIs leg_is) {
    Party gone = std::move(*party);
    call.parties.erase(call.parties.begin() + (party - call.parties.data()));
    disarm(gone.deadline);
    legs.erase(gone.leg);
    if (gone.leg && leg_is == LegIs::Up) do_effect(EndLeg{gone.leg, cause});
    if (gone.agent) {
        touched_desks.insert(gone.agent);
        Desk& desk = desks.at(gone.agent);
        desk.call = {};
        if (gone.errand == Errand::SeatBack || gone.state == PartyState::Lost)
            if (desk.is_present) disarm(desk.seat_back);
    }
    touched.insert(call.id);
    return gone;
}

void Coordinator::Inside::ring_failed(Call& call, LegId leg, EndCause cause, LegIs leg_is) {
    Party* party = call.party(leg);
    YS_ASSERT(party != nullptr && party->is_ringing());
    if (party->state == PartyState::Answering && party->agent && cause == EndCause::NoAnswer)
        cause = EndCause::MediaFailed;  // They answered; their seat did not.
    if (party->errand == Errand::DialOut) {
        talker_leaves(call, party, leg_is);
        return;
    }
    if (party->errand == Errand::SeatBack) {
        if (leg_is == LegIs::Up) do_effect(EndLeg{leg, cause});
        legs.erase(leg);
        party->leg = {};
        return give_up_seat(call, party);
    }
    const Party gone = take_out(call, party, cause, leg_is);
    const bool is_watcher = gone.errand == Errand::Monitor || gone.errand == Errand::TakeOver;
    if (is_watcher) {
        tell(agents::Release{gone.agent});
        return refuse(gone.agent, codes::party_not_reached);
    }
    if (gone.agent) tell(agents::NoAnswer{gone.agent, failure_of(cause)});
    switch (gone.errand) {
        case Errand::Proposal:
            state(call, gone.agent, facts::ProposalEnded{failure_of(cause)});
            carry_out_routing(dispatcher.on(now.mono, routing::Failed{call.id, gone.agent}));
            return;
        case Errand::Transfer:
            return return_to_sender(call);
        case Errand::ToSupervisor:
            if (ring_supervisor(call)) return;
            end_transfer(call, "requeued");
            return requeue(call, "transfer");
        case Errand::Return:
            return requeue(call, "returned");
        case Errand::Duty:
            return duty_failed(call, gone, cause);
        case Errand::Consult:
            refuse(call.consult->by, codes::consult_not_reached);
            close_consult(call, "failed");
            return;
        case Errand::AddParty:
            return refuse(gone.asked_by, codes::party_not_reached);
        default:
            return;
    }
}

void Coordinator::Inside::on(const LegDown& c) {
    Call* call = call_of(c.leg);
    if (call == nullptr) return;  // We ended it ourselves.
    if (c.leg == call->citizen) return citizen_gone(*call, c.cause);
    if (call->consult && call->consult->has_second_leg && c.leg == call->consult->own_leg) {
        // A desk phone hung up its second call: back to the citizen, who is still on its first.
        legs.erase(c.leg);
        call->consult->has_second_leg = false;
        cancel_consult(*call, "cancelled", LegIs::Up);
        return end_hold(*call);
    }
    Party* party = call->party(c.leg);
    YS_ASSERT(party != nullptr);
    const bool is_lost = c.cause == EndCause::MediaLost || c.cause == EndCause::MediaFailed ||
                         c.cause == EndCause::SeatLost;
    switch (party->state) {
        case PartyState::Ringing:
        case PartyState::Answering:
            return ring_failed(*call, c.leg, c.cause, LegIs::Gone);
        case PartyState::Talking:
            if (is_lost && party->agent && call->state != CallState::Dialling)
                return lose_seat(*call, party, LegIs::Gone);
            return talker_leaves(*call, party, LegIs::Gone);
        case PartyState::Consulting:
            return cancel_consult(*call, "cancelled", LegIs::Gone);
        case PartyState::Monitoring:
            return stop_watching(*call, party, LegIs::Gone, "hung up");
        case PartyState::Lost:
            return;
    }
}

}  // namespace ys::interactions
