// SPDX-License-Identifier: Apache-2.0
// Asking somebody while the citizen is on hold, and what it may become: a transfer, a conference,
// or back to the citizen. Also third parties joined at once.
#include <utility>

#include "interactions/desk_codes.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

constexpr Millis rung_for{30'000};
constexpr std::size_t parties_max = 6;

}  // namespace

void Coordinator::Inside::on(const Consult& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (call->consult) return refuse(c.agent, codes::consult_first);
    Target to = c.to;
    if (to.kind == TargetKind::Queue && !why_not(*call, c.agent, to)) {
        const auto idle = dispatcher.longest_idle(to.queue);
        if (!idle) return refuse(c.agent, codes::target_not_free);
        to = Target{TargetKind::Agent, *idle, {}, {}};
    }
    if (const char* code = why_not(*call, c.agent, to)) return refuse(c.agent, code);
    begin_consult(*call, c.agent, to, {});
}

void Coordinator::Inside::begin_consult(Call& call, AgentId by, const Target& to,
                                        LegId second_leg) {
    begin_hold(call);
    const LegId own = second_leg ? second_leg : call.party(by)->leg;
    Consulting consult{by, own, {}, target_text(to), {}, static_cast<bool>(second_leg)};
    state(call, by, facts::ConsultBegan{consult.target});
    consult.other = ring(call, called(to, Errand::Consult), SeatCall::Ring, rung_for);
    call.consult = std::move(consult);
}

/// A desk phone that talks with a citizen and calls a colleague on its second line: that call is
/// no call of its own but the agent's side of a consult. false: this is an ordinary arrival.
bool Coordinator::Inside::consult_by_phone(const CallArrived& c) {
    const AgentId agent = agent_of_phone(c.source);
    if (!agent || !desks.at(agent).call) return false;
    Call& call = touch(desks.at(agent).call);
    const Party* party = call.party(agent);
    const bool can_ask = party->state == PartyState::Talking && !call.consult &&
                         (call.state == CallState::Talking || call.state == CallState::Held);
    Target to;
    for (const auto& [id, desk] : desks)
        if (desk.setup.centre == call.centre && desk.setup.work_number == c.dialled) to.agent = id;
    if (!can_ask || why_not(call, agent, to) != nullptr) {
        refuse_call(c, call.centre, can_ask && to.agent ? EndCause::Busy : EndCause::NoSuchNumber);
        return true;
    }
    legs[c.leg] = call.id;
    do_effect(AnswerLeg{c.leg, call.id});
    do_effect(Play{c.leg, PlayId{next_play++}, {std::string{prompts::ringback}}, true, true});
    begin_consult(call, agent, to, c.leg);
    return true;
}

void Coordinator::Inside::on(const EndConsult& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (!call->consult || call->consult->by != c.agent) return refuse(c.agent, codes::no_consult);
    const Party* other = call->party(call->consult->other);
    switch (c.how) {
        case EndConsult::How::Cancel:
            cancel_consult(*call, "cancelled", LegIs::Up);
            return end_hold(*call);
        case EndConsult::How::Join:
            if (other->is_ringing()) return refuse(c.agent, codes::not_now);
            return join_consult(*call);
        case EndConsult::How::Complete: {
            const bool is_last = is_supervisors_turn(*call, c.agent) && call->talkers() == 1;
            const bool to_supervisor = other->agent && desks.at(other->agent).setup.is_supervisor;
            if (is_last && !to_supervisor) return refuse(c.agent, codes::only_to_supervisor);
            return complete_consult(*call);
        }
    }
}

/// Ends the consult in the books; whoever was asked stays a party.
void Coordinator::Inside::close_consult(Call& call, const char* outcome) {
    Consulting consult = std::move(*call.consult);
    call.consult.reset();
    stop_recording(consult.recording);
    if (consult.has_second_leg) {
        legs.erase(consult.own_leg);
        do_effect(EndLeg{consult.own_leg, EndCause::Completed});
    }
    state(call, consult.by, facts::ConsultEnded{outcome});
    touched.insert(call.id);
}

void Coordinator::Inside::cancel_consult(Call& call, const char* outcome, LegIs other_is) {
    const LegId other = call.consult->other;
    close_consult(call, outcome);
    const bool was_ringing = call.party(other)->is_ringing();
    const Party gone = take_out(call, call.party(other), EndCause::Cancelled, other_is);
    if (!gone.agent) return;
    if (was_ringing)
        tell(agents::Withdraw{gone.agent});
    else
        tell(agents::Release{gone.agent});
}

/// The asking agent leaves. Whoever was asked takes the citizen, or, still ringing, is now rung
/// for the citizen: not taken, it comes back to the agent as every transfer does.
void Coordinator::Inside::complete_consult(Call& call) {
    const Consulting consult = *call.consult;
    const bool is_ringing = call.party(consult.other)->is_ringing();
    close_consult(call, "completed");
    ++call.hop;
    call.tried.clear();
    call.transfer = Transfer{"consult", consult.by};
    state(call, consult.by, facts::TransferBegan{"consult", consult.target, call.hop});
    const bool was_held = call.state == CallState::Held;
    end_hold(call);
    Party* sender = call.party(consult.by);
    remove_talker(call, sender, EndCause::Transferred, sender->leg ? LegIs::Up : LegIs::Gone);
    Party& taker = *call.party(consult.other);
    if (is_ringing && call.talkers() > 0) {
        // Others keep the citizen company: whoever rings joins them.
        taker.errand = Errand::AddParty;
        taker.asked_by = {};
        return end_transfer(call, "taken");
    }
    if (is_ringing) {
        taker.errand = Errand::Transfer;
        call.talked.stop(now.mono);
        move(call, CallEvent::PassOn);
        if (was_held) play_music(call);
        return;
    }
    end_transfer(call, "taken");
    taker.errand = Errand::Transfer;
    join(call, taker);
}

void Coordinator::Inside::join_consult(Call& call) {
    Party& other = *call.party(call.consult->other);
    close_consult(call, "joined");
    end_hold(call);
    other.errand = Errand::AddParty;
    join(call, other);
}

void Coordinator::Inside::on(const AddParty& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (call->consult) return refuse(c.agent, codes::consult_first);
    if (call->parties.size() >= parties_max) return refuse(c.agent, codes::not_now);
    Target who = c.who;
    if (who.kind == TargetKind::Queue && !why_not(*call, c.agent, who)) {
        const auto idle = dispatcher.longest_idle(who.queue);
        if (!idle) return refuse(c.agent, codes::target_not_free);
        who = Target{TargetKind::Agent, *idle, {}, {}};
    }
    if (const char* code = why_not(*call, c.agent, who)) return refuse(c.agent, code);
    Party party = called(who, Errand::AddParty);
    party.asked_by = c.agent;
    ring(*call, std::move(party), SeatCall::Ring, rung_for);
}

void Coordinator::Inside::on(const DropParty& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    Party* party = call->party(c.leg);
    const bool is_own = party != nullptr && party->agent == c.agent;
    const bool is_watcher = party != nullptr && party->role == Role::Supervisor;
    if (party == nullptr || is_own || is_watcher) return refuse(c.agent, codes::no_such_target);
    if (call->consult && c.leg == call->consult->other) {
        cancel_consult(*call, "cancelled", LegIs::Up);
        return end_hold(*call);
    }
    if (call->consult && party->agent == call->consult->by) {
        const AgentId asking = party->agent;  // What they asked a colleague is asked no more.
        cancel_consult(*call, "cancelled", LegIs::Up);
        end_hold(*call);
        party = call->party(asking);
    }
    if (party->joined) {  // Also one whose page is being reloaded: they were with the citizen.
        remove_talker(*call, party, EndCause::Completed, LegIs::Up);
        return;
    }
    const Party gone = take_out(*call, party, EndCause::Cancelled, LegIs::Up);
    if (gone.agent) tell(agents::Withdraw{gone.agent});
}

}  // namespace ys::interactions
