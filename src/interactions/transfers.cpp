// SPDX-License-Identifier: Apache-2.0
// Passing a citizen on. A transfer always ends at a person: the target, the sender again, or the
// head of the queue; the third hop is the supervisor's.
#include <utility>

#include "interactions/desk_codes.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

constexpr Millis person_rung_for{20'000};
constexpr Millis number_rung_for{30'000};
constexpr std::uint32_t hops_before_supervisor = 2;

}  // namespace

/// After two transfers the citizen is not passed round any more; a supervisor still may.
bool Coordinator::Inside::is_supervisors_turn(const Call& call, AgentId sender) const {
    return call.hop >= hops_before_supervisor && !desks.at(sender).setup.is_supervisor;
}

/// nullptr when `to` can be rung for this call now, else the refusal's code.
const char* Coordinator::Inside::why_not(const Call& call, AgentId by, const Target& to) const {
    switch (to.kind) {
        case TargetKind::Number:
            return to.number.empty() ? codes::no_such_target : nullptr;
        case TargetKind::Queue: {
            const auto queue = queues.find(to.queue);
            const bool is_ours =
                queue != queues.end() && is_reached(call, by, queue->second.centre);
            return is_ours ? nullptr : codes::no_such_target;
        }
        case TargetKind::Agent: {
            const auto desk = desks.find(to.agent);
            const bool is_ours = desk != desks.end() && to.agent != by &&
                                 is_reached(call, by, desk->second.setup.centre);
            if (!is_ours) return codes::no_such_target;
            return is_free(to.agent) ? nullptr : codes::target_not_free;
        }
    }
    return codes::no_such_target;
}

/// Somebody to ring; an agent is alerted with it, so that nothing else reaches them.
Party Coordinator::Inside::called(const Target& to, Errand errand) {
    Party party;
    party.errand = errand;
    if (to.kind == TargetKind::Agent) {
        party.agent = to.agent;
        tell(agents::Alert{to.agent});
    } else {
        party.role = Role::ThirdParty;
        party.number = to.number;
    }
    return party;
}

void Coordinator::Inside::on(const BlindTransfer& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (call->consult) return refuse(c.agent, codes::consult_first);
    const bool has_company = std::ranges::any_of(
        call->parties, [&](const Party& p) { return p.agent != c.agent && !p.is_watching(); });
    if (has_company) return refuse(c.agent, codes::in_conference);
    const bool is_third = is_supervisors_turn(*call, c.agent);
    if (const char* code = why_not(*call, c.agent, c.to); code != nullptr && !is_third)
        return refuse(c.agent, code);
    transfer_to(*call, c.agent, c.to);
}

/// A desk phone's transfer key: to a colleague's work number or a number the edge has allowed, or
/// the end of a consult made with the phone's second line.
void Coordinator::Inside::on(const ReferAsked& c) {
    Call* call = call_of(c.leg);
    Party* party = call == nullptr ? nullptr : call->party(c.leg);
    if (party == nullptr || !party->agent) return;
    const AgentId agent = party->agent;
    const bool is_consult =
        call->consult && call->consult->by == agent &&
        (c.replaces == call->consult->own_leg || c.replaces == call->consult->other);
    if (is_consult) return on(EndConsult{agent, EndConsult::How::Complete});
    if (c.replaces || c.number.empty()) return refuse(agent, codes::no_such_target);
    Target to{TargetKind::Number, {}, {}, c.number};
    for (const auto& [id, desk] : desks)
        if (is_reached(*call, agent, desk.setup.centre) && desk.setup.work_number == c.number)
            to = Target{TargetKind::Agent, id, {}, {}};
    on(BlindTransfer{agent, to});
}

void Coordinator::Inside::transfer_to(Call& call, AgentId sender, const Target& to) {
    const bool to_the_supervisor = is_supervisors_turn(call, sender);
    ++call.hop;
    call.tried.clear();
    call.transfer = Transfer{"blind", sender};
    const std::string target = to_the_supervisor ? "supervisor" : target_text(to);
    state(call, sender, facts::TransferBegan{"blind", target, call.hop});
    end_hold(call);
    set_secure(call, false);
    disarm(call.wait);
    // Alerted before the sender is freed, so that no queue takes the target in between.
    Party next;
    if (!to_the_supervisor && to.kind != TargetKind::Queue) next = called(to, Errand::Transfer);
    remove_talker(call, call.party(sender), EndCause::Transferred, LegIs::Up);
    call.talked.stop(now.mono);
    if (!to_the_supervisor && to.kind == TargetKind::Queue)
        return enter_queue(call, to.queue, "transfer", routing::Admission::Always);
    move(call, CallEvent::PassOn);
    play(call, Playing::Notice, {std::string{prompts::transferring}});
    if (to_the_supervisor) return to_supervisor(call);
    const Millis within = next.agent ? person_rung_for : number_rung_for;
    ring(call, std::move(next), SeatCall::Ring, within);
}

void Coordinator::Inside::to_supervisor(Call& call) {
    if (ring_supervisor(call)) return;
    end_transfer(call, "requeued");
    requeue(call, "transfer");
}

/// Any supervisor of the centre at work and not on a call; one who is ready first.
bool Coordinator::Inside::ring_supervisor(Call& call) {
    AgentId chosen;
    for (const auto& [id, desk] : desks) {
        const auto at = roster.state(id);
        const bool may = desk.setup.is_supervisor &&
                         is_reached(call, call.transfer->sender, desk.setup.centre) &&
                         desk.is_present && !desk.call && at != agents::AgentState::LoggedOut &&
                         id != call.transfer->sender && !std::ranges::count(call.tried, id);
        if (may && (!chosen || at == agents::AgentState::Ready)) chosen = id;
    }
    if (!chosen) return false;
    call.tried.push_back(chosen);
    if (!tell(agents::Summon{chosen})) return false;
    Party party;
    party.agent = chosen;
    party.role = Role::Supervisor;
    party.errand = Errand::ToSupervisor;
    ring(call, std::move(party), SeatCall::Ring, person_rung_for);
    return true;
}

/// The target did not take the citizen: whoever sent them is asked first, then the queue's head.
void Coordinator::Inside::return_to_sender(Call& call) {
    const AgentId sender = call.transfer->sender;
    const Desk& desk = desks.at(sender);
    const auto at = roster.state(sender);
    const bool is_there = desk.is_present && !desk.call &&
                          (at == agents::AgentState::Ready || at == agents::AgentState::WrapUp);
    if (!is_there || !tell(agents::Summon{sender})) {
        end_transfer(call, "requeued");
        return requeue(call, "transfer");
    }
    end_transfer(call, "returned");
    Party party;
    party.agent = sender;
    party.errand = Errand::Return;
    party.role = desk.setup.is_supervisor ? Role::Supervisor : Role::Agent;
    ring(call, std::move(party), SeatCall::Ring, person_rung_for);
}

void Coordinator::Inside::end_transfer(Call& call, const char* outcome) {
    if (!call.transfer) return;
    state(call, call.transfer->sender, facts::TransferEnded{outcome});
    call.transfer.reset();
}

}  // namespace ys::interactions
