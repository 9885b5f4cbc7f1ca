// SPDX-License-Identifier: Apache-2.0
// The citizen talks with our people: joining, hold, leaving, and the end of the call.
#include <utility>

#include "base/panic.h"
#include "interactions/desk_codes.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"
#include "ivr/spoken.h"

namespace ys::interactions {
namespace {

constexpr Millis secure_input_max{60'000};
constexpr std::size_t digits_max = 64;

}  // namespace

void Coordinator::Inside::join(Call& call, Party& party) {
    party.state = PartyState::Talking;
    party.joined = now.mono;
    call.talked.start(now.mono);
    if (party.agent) ++worked_today(party.agent).calls;
    state(call, party.agent, facts::PartyJoined{role_name(party.role), party.number});
}

void Coordinator::Inside::leave_talk(Call& call, Party& party) {
    const auto talked = std::chrono::duration_cast<Millis>(now.mono - *party.joined);
    if (party.agent) worked_today(party.agent).talked += talked;
    state(call, party.agent, facts::PartyLeft{role_name(party.role), party.number, talked.count()});
    party.joined.reset();
}

void Coordinator::Inside::begin_talk(Call& call, LegId leg, Greet greet) {
    Party& party = *call.party(leg);
    move(call, CallEvent::Take);
    disarm(call.position);
    disarm(call.widen);
    disarm(call.wait);
    call.waited.stop(now.mono);
    if (!call.connected) {
        call.connected = now;
        state(call, party.agent,
              facts::Connected{call.queue.value, call.waited.total.count(), is_unhurried(call)});
        wait_became(call);
        end_promise(call, "connected");
    }
    join(call, party);
    const bool says_number = greet == Greet::Yes && party.agent && call.announces;
    if (!says_number) return quiet(call);
    std::vector<std::string> words{std::string{prompts::agent_number}};
    for (std::string& w : ivr::spoken_digits(party.number)) words.push_back(std::move(w));
    words.emplace_back(prompts::at_your_service);
    play(call, Playing::Greeting, std::move(words));
}

/// The call this agent talks in (the citizen may be on hold), or a refusal and nullptr.
Call* Coordinator::Inside::talking_call(AgentId agent) {
    Call* call = call_at(agent);
    const Party* party = call == nullptr ? nullptr : call->party(agent);
    const bool is_in = party != nullptr && party->state == PartyState::Talking;
    const bool is_on =
        is_in && (call->state == CallState::Talking || call->state == CallState::Held);
    if (!is_on) refuse(agent, is_in ? codes::not_now : codes::not_in_a_call);
    return is_on ? call : nullptr;
}

void Coordinator::Inside::begin_hold(Call& call) {
    if (call.state == CallState::Held) return;
    disarm(call.wait);  // A greeting still playing gives way to the music.
    set_secure(call, false);
    move(call, CallEvent::Hold);
    call.held.start(now.mono);
    state(call, {}, facts::HoldBegan{});
    play(call, Playing::Music, {std::string{prompts::music}});
}

void Coordinator::Inside::end_hold(Call& call) {
    if (call.state != CallState::Held) return;
    const Millis before = call.held.total;
    call.held.stop(now.mono);
    move(call, CallEvent::Retrieve);
    state(call, {}, facts::HoldEnded{(call.held.total - before).count()});
    quiet(call);
}

void Coordinator::Inside::on(const Hold& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (call->state == CallState::Held) return refuse(c.agent, codes::not_now);
    begin_hold(*call);
}

void Coordinator::Inside::on(const Retrieve& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (call->state != CallState::Held) return refuse(c.agent, codes::not_now);
    if (call->consult) cancel_consult(*call, "cancelled", LegIs::Up);
    end_hold(*call);
}

void Coordinator::Inside::on(const SendDigits& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (c.digits.empty() || c.digits.size() > digits_max) return refuse(c.agent, codes::not_now);
    // Towards whoever the agent is talking to who has keys to answer: a third party, else the
    // citizen.
    LegId to = call->citizen;
    for (const Party& p : call->parties)
        if (p.role == Role::ThirdParty && !p.is_ringing()) to = p.leg;
    if (to) do_effect(PlayDigits{to, c.digits});
}

void Coordinator::Inside::on(const SecureInputByAgent& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (call->state != CallState::Talking) return refuse(c.agent, codes::not_now);
    set_secure(*call, c.on);
    if (c.on) arm(call->secure_off, {Wake::SecureOff, call->id, {}, {}}, secure_input_max);
}

void Coordinator::Inside::on(const HangUp& c) {
    Call* call = call_at(c.agent);
    if (call == nullptr) return refuse(c.agent, codes::not_in_a_call);
    Party* party = call->party(c.agent);
    switch (party->state) {
        case PartyState::Ringing:
        case PartyState::Answering:
            if (party->errand == Errand::DialOut || party->errand == Errand::SeatBack)
                return talker_leaves(*call, party, LegIs::Up);
            if (party->errand == Errand::Monitor || party->errand == Errand::TakeOver)
                return on(StopMonitor{c.agent});
            return ring_failed(*call, party->leg, EndCause::Declined, LegIs::Up);
        case PartyState::Talking:
        case PartyState::Lost:
            return talker_leaves(*call, party, LegIs::Up);
        case PartyState::Consulting:
            return cancel_consult(*call, "cancelled", LegIs::Up);
        case PartyState::Monitoring:
            return on(StopMonitor{c.agent});
    }
}

/// Somebody who talked with the citizen is out; their watchers and their unanswered rings go too.
Party Coordinator::Inside::remove_talker(Call& call, Party* party, EndCause cause, LegIs leg_is) {
    if (call.consult && party->agent == call.consult->by) {
        const AgentId asker = party->agent;
        cancel_consult(call, "cancelled", LegIs::Up);
        party = call.party(asker);
    }
    if (party->agent) {
        Desk& desk = desks.at(party->agent);
        desk.last_call = call.id;
        desk.last_centre = call.centre;
        desk.last_view = view(party->agent);
        desk.has_disposition = false;
    }
    Party gone = take_out(call, party, cause, leg_is);
    if (gone.joined) leave_talk(call, gone);
    if (gone.agent) {
        tell(agents::Finish{gone.agent});
        stop_watchers(call, gone.agent);
    }
    for (std::size_t i = call.parties.size(); i-- > 0;) {
        Party* other = &call.parties[i];
        if (other->errand != Errand::AddParty || !other->is_ringing()) continue;
        if (!gone.agent || other->asked_by != gone.agent) continue;
        const Party uncalled = take_out(call, other, EndCause::Cancelled, LegIs::Up);
        if (uncalled.agent) tell(agents::Withdraw{uncalled.agent});
    }
    return gone;
}

/// A person hangs up. A consult under way then means "take them": the citizen is never dropped.
void Coordinator::Inside::talker_leaves(Call& call, Party* party, LegIs leg_is) {
    if (call.state == CallState::Dialling) {
        if (leg_is == LegIs::Gone) {
            legs.erase(party->leg);
            party->leg = {};
        }
        return dial_failed(call, EndCause::Cancelled, "agent");
    }
    const AgentId agent = party->agent;
    if (call.consult && agent == call.consult->by) {
        if (leg_is == LegIs::Gone) {
            legs.erase(party->leg);
            party->leg = {};
        }
        return complete_consult(call);
    }
    const bool others_stay = std::ranges::any_of(call.parties, [&](const Party& p) {
        return &p != party && (p.state == PartyState::Talking || p.state == PartyState::Lost ||
                               p.errand == Errand::SeatBack);
    });
    if (!others_stay) {
        if (leg_is == LegIs::Gone) {
            legs.erase(party->leg);
            party->leg = {};
        }
        const bool is_supervisor = party->role == Role::Supervisor;
        return end_call(call, EndCause::Completed, is_supervisor ? "supervisor" : "agent");
    }
    remove_talker(call, party, EndCause::Completed, leg_is);
    if (call.talkers() > 0) return;
    // Only a lost seat is left: the citizen waits for it with music.
    end_hold(call);
    move(call, CallEvent::LoseSeat);
    play(call, Playing::Notice, {std::string{prompts::seat_lost}});
}

void Coordinator::Inside::citizen_gone(Call& call, EndCause cause) {
    legs.erase(call.citizen);
    call.citizen = {};
    call.is_up = false;
    const bool is_broken = cause == EndCause::MediaLost || cause == EndCause::MediaFailed ||
                           cause == EndCause::SystemError;
    const std::string_view who = is_broken ? "system" : "citizen";
    if (call.state == CallState::Dialling) return dial_failed(call, cause, who);
    if (call.state == CallState::Away) return callback_failed(call, cause, LegIs::Gone);
    // What the last words say is settled: a line that breaks while they are said changes nothing.
    if (call.state == CallState::Goodbye) return end_call(call, call.goodbye_cause, who);
    if (is_broken) return end_call(call, cause, who);
    switch (call.state) {
        case CallState::New:
            return end_call(call, EndCause::Cancelled, who);
        case CallState::InFlow:
            return end_call(call, EndCause::LeftInFlow, who);
        case CallState::Waiting:
            return end_call(call, call.connected ? EndCause::Completed : EndCause::Abandoned, who);
        case CallState::Voicemail:
            return end_message(call, who);
        default:
            return end_call(call, EndCause::Completed, who);
    }
}

/// One person out of a call that ends.
void Coordinator::Inside::release_party(Call& call, EndCause cause) {
    Party* party = &call.parties.back();
    const bool was_ringing = party->is_ringing();
    const Errand errand = party->errand;
    const bool was_consulted = party->state == PartyState::Consulting;
    const bool was_watching = party->is_watching();
    const bool was_talking = party->joined.has_value() || errand == Errand::DialOut;
    if (was_talking) {
        remove_talker(call, party, cause, LegIs::Up);
        return;
    }
    const Party gone = take_out(call, party, cause, LegIs::Up);
    if (errand == Errand::Duty) state(call, {}, facts::DutyEnded{"caller_left"});
    if (!gone.agent) return;
    if (was_watching || was_consulted) {
        tell(agents::Release{gone.agent});
    } else if (was_ringing) {
        if (errand == Errand::Proposal)
            state(call, gone.agent, facts::ProposalEnded{"caller_left"});
        tell(agents::Withdraw{gone.agent});
    }
}

void Coordinator::Inside::end_call(Call& call, EndCause cause, std::string_view who) {
    if (call.state == CallState::Ended) return;
    end_hold(call);
    set_secure(call, false);
    if (call.consult) close_consult(call, "cancelled");
    if (dispatcher.is_waiting(call.id)) dispatcher.on(now.mono, routing::Leave{call.id});
    end_transfer(call, "caller_left");
    end_promise(call, cause == EndCause::Cancelled ? "cancelled" : "given_up");
    while (!call.parties.empty()) release_party(call, cause);
    call.waited.stop(now.mono);
    call.talked.stop(now.mono);
    stop_recording(call.voicemail);
    stop_recording(call.recording);
    if (call.citizen) {
        legs.erase(call.citizen);
        do_effect(EndLeg{call.citizen, cause});
        call.citizen = {};
    }
    disarm(call.wait);
    disarm(call.position);
    disarm(call.widen);
    disarm(call.secure_off);
    move(call, CallEvent::End);
    const auto total = std::chrono::duration_cast<Millis>(now.mono - call.arrived.mono);
    state(call, {},
          facts::CallEnded{std::string{name_of(cause)}, std::string{who}, total.count(),
                           call.waited.total.count(), call.talked.total.count(),
                           call.held.total.count()});
    do_effect(CloseInteraction{call.id});
}

}  // namespace ys::interactions
