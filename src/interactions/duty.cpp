// SPDX-License-Identifier: Apache-2.0
// Nobody is at work: the mobiles of who is on duty are rung, one after the other. Who answers hears
// what it is about and takes the caller by a key: a voicemail box must not swallow a citizen. The
// caller keeps their place in the queue meanwhile, so an agent who comes to work may be quicker.
#include <algorithm>
#include <utility>

#include "interactions/inside.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

constexpr Millis mobile_rung_for{30'000};
constexpr char take_key = '1';

bool is_rung(const Party& p) { return p.errand == Errand::Duty && p.is_ringing(); }

/// Words of facts::DutyEnded.
const char* outcome_of(const Party& gone, EndCause cause) {
    return gone.state == PartyState::Answering ? "not_taken" : dial_outcome(cause);
}

}  // namespace

/// Who is on duty takes one caller at a time, and does not hear their own call.
bool Coordinator::Inside::is_on_a_call(const std::string& number) const {
    return std::ranges::any_of(calls, [&](const auto& c) {
        return (c.second.citizen && c.second.caller == number) ||
               std::ranges::any_of(c.second.parties,
                                   [&](const Party& p) { return !p.agent && p.number == number; });
    });
}

/// Somebody is at work who serves this queue, or helps it after a while.
bool Coordinator::Inside::has_hope(const Call& call) const {
    const QueueSetup& queue = queues.at(call.queue);
    return dispatcher.shown_to(call.id) || is_anyone_at_work(queue.id) ||
           std::ranges::any_of(queue.rings, [&](const routing::Ring& ring) {
               return ring.also && is_anyone_at_work(ring.also);
           });
}

/// false: this caller waits for an agent like any other.
bool Coordinator::Inside::ring_duty(Call& call) {
    if (call.state != CallState::Waiting) return false;
    if (std::ranges::any_of(call.parties, is_rung)) return true;
    const std::vector<std::string>& duty = queues.at(call.queue).duty;
    if (call.duty_asked >= duty.size() || has_hope(call)) return false;
    const bool is_first = call.duty_asked == 0;
    while (call.duty_asked < duty.size()) {
        const std::string& number = duty[call.duty_asked++];
        if (is_on_a_call(number)) continue;
        state(call, {}, facts::DutyRung{call.queue.value, number});
        Party party;
        party.role = Role::ThirdParty;
        party.number = number;
        party.errand = Errand::Duty;
        ring(call, std::move(party), SeatCall::Ring, mobile_rung_for);
        if (is_first && call.announces)
            play(call, Playing::Notice, {std::string{prompts::duty_connecting}});
        return true;
    }
    return leave_message_instead(call);
}

/// Nobody is at work and nobody on duty took them. Who was with a person already is promised
/// another, not a recorder: false.
bool Coordinator::Inside::leave_message_instead(Call& call) {
    if (call.connected) return false;
    state(call, {}, facts::DutyEnded{"nobody"});
    leave_queue(call);
    begin_voicemail(call, {std::string{prompts::duty_unreached}});
    return true;
}

/// The mobile is up: its owner, or a box, hears who calls and how to take them.
void Coordinator::Inside::duty_answered(Call& call, Party& party) {
    constexpr Millis taken_within{20'000};
    party.state = PartyState::Answering;
    arm(party.deadline, {Wake::Ring, call.id, party.leg, {}}, taken_within);
    do_effect(Play{party.leg, PlayId{next_play++}, {std::string{prompts::duty_call}}, true});
}

void Coordinator::Inside::duty_key(Call& call, LegId leg, char key) {
    Party* party = call.party(leg);
    const bool is_asked =
        party != nullptr && party->errand == Errand::Duty && party->state == PartyState::Answering;
    if (!is_asked || key != take_key) return;
    disarm(party->deadline);
    do_effect(StopPlay{leg});
    // An agent who came to work may be rung for this caller as well.
    dispatcher.on(now.mono, routing::Leave{call.id});
    const auto shown = std::ranges::find(call.parties, Errand::Proposal, &Party::errand);
    if (shown != call.parties.end()) {
        const Party gone = take_out(call, &*shown, EndCause::Transferred, LegIs::Up);
        state(call, gone.agent, facts::ProposalEnded{"caller_left"});
        tell(agents::Withdraw{gone.agent});
    }
    state(call, {}, facts::DutyEnded{"taken"});
    begin_talk(call, leg, Greet::No);
}

void Coordinator::Inside::duty_failed(Call& call, const Party& gone, EndCause cause) {
    state(call, {}, facts::DutyEnded{outcome_of(gone, cause)});
    if (ring_duty(call)) return;
    if (has_hope(call)) return announce_position(call);
    if (!leave_message_instead(call)) play_music(call);
}

/// The caller is served or leaves: nobody is rung for them any more.
void Coordinator::Inside::stop_duty(Call& call, const char* outcome) {
    const auto rung = std::ranges::find_if(call.parties, is_rung);
    if (rung == call.parties.end()) return;
    take_out(call, &*rung, EndCause::Cancelled, LegIs::Up);
    state(call, {}, facts::DutyEnded{outcome});
}

}  // namespace ys::interactions
