// SPDX-License-Identifier: Apache-2.0
// Agents come to work, rest and leave; their seats go away and come back.
#include <utility>

#include "interactions/desk_codes.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

constexpr Millis seat_media_within{10'000};
constexpr int seat_losses_max = 3;

}  // namespace

AgentId Coordinator::Inside::agent_of_phone(const std::string& user) const {
    for (const auto& [id, desk] : desks)
        if (desk.seat.kind == SeatKind::SipPhone && desk.seat.address == user &&
            roster.state(id) != agents::AgentState::LoggedOut)
            return id;
    return {};
}

void Coordinator::Inside::on(const SignIn& c) {
    Desk& desk = desks.at(c.agent);
    touched_desks.insert(c.agent);
    if (roster.state(c.agent) != agents::AgentState::LoggedOut) {
        // The same person again, from another page: the call, if any, follows them there.
        if (!desk.call) take_seat(c.agent, c.seat);
        return on(SeatBack{c.agent});
    }
    take_seat(c.agent, c.seat);
    desk.is_present = true;
    tell(agents::LogIn{c.agent});
}

void Coordinator::Inside::on(const SignOut& c) {
    tell(agents::LogOut{c.agent});
    touched_desks.insert(c.agent);
}

void Coordinator::Inside::on(const BecomeReady& c) {
    if (!desks.at(c.agent).is_present) return refuse(c.agent, codes::not_signed_in);
    if (!tell(agents::Resume{c.agent})) touched_desks.insert(c.agent);
}

void Coordinator::Inside::on(const TakeBreak& c) {
    if (!tell(agents::Pause{c.agent, c.reason})) refuse(c.agent, codes::not_signed_in);
}

void Coordinator::Inside::on(const FinishWrapUp& c) {
    Desk& desk = desks.at(c.agent);
    const bool is_wrapping_up = roster.state(c.agent) == agents::AgentState::WrapUp;
    // The disposition may arrive just after the time was over: it still belongs to that call.
    if (desk.last_call && !std::exchange(desk.has_disposition, true))
        out.facts.push_back(
            {now.utc, desk.last_centre, desk.last_call, c.agent, facts::WrapUpDone{c.disposition}});
    else if (!is_wrapping_up)
        return refuse(c.agent, codes::not_now);
    touched_desks.insert(c.agent);
    if (is_wrapping_up) tell(agents::WrapUpOver{c.agent});
}

void Coordinator::Inside::on(const SeatGone& c) {
    Desk& desk = desks.at(c.agent);
    const auto at = roster.state(c.agent);
    if (!desk.is_present || at == agents::AgentState::LoggedOut) return;
    desk.is_present = false;
    touched_desks.insert(c.agent);
    arm(desk.seat_back, {Wake::SeatBack, {}, {}, c.agent}, setup.seat_back_within);
    if (at == agents::AgentState::Ready) {
        tell(agents::SeatLost{c.agent});
        return;
    }
    Call* call = call_at(c.agent);
    if (call == nullptr) return;
    Party* party = call->party(c.agent);
    // A phone that lost its registration may well go on talking; its leg will say.
    const bool is_browser = desk.seat.kind == SeatKind::Browser;
    switch (party->state) {
        case PartyState::Ringing:
        case PartyState::Answering:
            if (party->errand == Errand::SeatBack) return lose_seat(*call, party, LegIs::Up);
            return ring_failed(*call, party->leg, EndCause::SeatLost, LegIs::Up);
        case PartyState::Talking:
            if (!is_browser) return;
            if (call->state == CallState::Dialling) return talker_leaves(*call, party, LegIs::Up);
            return lose_seat(*call, party, LegIs::Up);
        case PartyState::Consulting:
            if (is_browser) cancel_consult(*call, "cancelled", LegIs::Up);
            return;
        case PartyState::Monitoring:
            if (is_browser) stop_watching(*call, party, LegIs::Up, "seat gone");
            return;
        case PartyState::Lost:
            return;
    }
}

void Coordinator::Inside::on(const SeatBack& c) {
    Desk& desk = desks.at(c.agent);
    if (roster.state(c.agent) == agents::AgentState::LoggedOut) return;  // Signs in again.
    desk.is_present = true;
    disarm(desk.seat_back);
    touched_desks.insert(c.agent);
    Call* call = call_at(c.agent);
    Party* party = call == nullptr ? nullptr : call->party(c.agent);
    if (party != nullptr && party->state == PartyState::Lost) return ring_back(*call, party);
    const auto& seen = roster.view(c.agent);
    if (seen.state == agents::AgentState::Break && seen.reason == "seat_gone")
        tell(agents::Resume{c.agent});
}

/// Who sat at work before a restart need not sign in again. A number outside is there as ever; a
/// browser and a phone come back by themselves, within the time a lost seat has.
void Coordinator::Inside::on(const Restore& c) {
    if (roster.state(c.agent) != agents::AgentState::LoggedOut) return;
    Desk& desk = desks.at(c.agent);
    take_seat(c.agent, c.seat);
    desk.is_present = c.seat.kind == SeatKind::OutsideNumber;
    tell(agents::LogIn{c.agent});
    if (!c.break_reason.empty())
        tell(agents::Pause{c.agent, c.break_reason});
    else if (desk.is_present)
        tell(agents::Resume{c.agent});
    else
        tell(agents::Pause{c.agent, "seat_gone"});
    if (!desk.is_present)
        arm(desk.seat_back, {Wake::SeatBack, {}, {}, c.agent}, setup.restored_seat_within);
}

/// The agent's seat went away in the middle of a talk.
void Coordinator::Inside::lose_seat(Call& call, Party* party, LegIs leg_is) {
    const AgentId agent = party->agent;
    if (call.consult && call.consult->by == agent) cancel_consult(call, "cancelled", LegIs::Up);
    party = call.party(agent);
    disarm(party->deadline);
    legs.erase(party->leg);
    if (party->leg && leg_is == LegIs::Up) do_effect(EndLeg{party->leg, EndCause::SeatLost});
    party->leg = {};
    party->state = PartyState::Lost;
    if (call.talkers() == 0 && call.state != CallState::SeatLost) {
        end_hold(call);
        set_secure(call, false);
        disarm(call.wait);
        move(call, CallEvent::LoseSeat);
        play(call, Playing::Notice, {std::string{prompts::seat_lost}});
    }
    if (++party->seat_losses > seat_losses_max) return give_up_seat(call, party);
    if (desks.at(agent).is_present) ring_back(call, party);
}

/// The reloaded page gets the live call back.
void Coordinator::Inside::ring_back(Call& call, Party* party) {
    Desk& desk = desks.at(party->agent);
    party->leg = LegId{next_leg++};
    party->state = PartyState::Ringing;
    party->errand = Errand::SeatBack;
    legs[party->leg] = call.id;
    arm(party->deadline, {Wake::Ring, call.id, party->leg, party->agent}, seat_media_within);
    const std::string& citizens = call.direction == "out" ? call.dialled : call.caller;
    do_effect(
        RingSeat{party->leg, call.id, party->agent, desk.seat, SeatCall::AutoAnswer, citizens});
}

void Coordinator::Inside::seat_not_back(AgentId agent) {
    Call* call = call_at(agent);
    Party* party = call == nullptr ? nullptr : call->party(agent);
    if (party != nullptr && party->state == PartyState::Lost) return give_up_seat(*call, party);
    const auto at = roster.state(agent);
    const bool is_idle = at == agents::AgentState::Break || at == agents::AgentState::Ready;
    // Wrap-up ends by its own timer, which then signs the absent agent out; a phone still talks.
    if (is_idle && !desks.at(agent).is_present) tell(agents::SeatLost{agent});
}

/// The seat stays away: the citizen goes to the head of the queue, unless others talk with them.
void Coordinator::Inside::give_up_seat(Call& call, Party* party) {
    const AgentId agent = party->agent;
    const bool is_here = desks.at(agent).is_present;
    if (!is_here) tell(agents::SeatLost{agent});  // Before Finish, which is then untimely.
    remove_talker(call, call.party(agent), EndCause::SeatLost,
                  call.party(agent)->leg ? LegIs::Up : LegIs::Gone);
    if (!is_here) disarm(desks.at(agent).seat_back);
    const bool has_company = std::ranges::any_of(call.parties, [](const Party& p) {
        return p.state == PartyState::Talking || p.state == PartyState::Lost ||
               p.errand == Errand::SeatBack;
    });
    if (has_company || call.state != CallState::SeatLost) return;
    call.talked.stop(now.mono);
    // A citizen we called has no queue to go back to but the centre's; they did not ask to wait.
    if (call.direction == "out") return end_call(call, EndCause::SeatLost, "system");
    requeue(call, "seat_lost");
}

}  // namespace ys::interactions
