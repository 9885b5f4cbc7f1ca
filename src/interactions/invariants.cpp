// SPDX-License-Identifier: Apache-2.0
// What must hold after every command, asked by the simulation after every step.
#include "interactions/inside.h"

namespace ys::interactions {

using agents::AgentState;

std::string Coordinator::Inside::broken_in(const Call& call) const {
    const std::string name =
        "call " + std::to_string(call.id.value) + " (" + std::string{name_of(call.state)} + ")";
    const bool is_waiting = call.state == CallState::Waiting;
    if (call.state == CallState::Away) {
        const auto w = waits.find(call.queue);
        const bool is_due = w != waits.end() && call.promise &&
                            w->second.due.contains({call.first_arrival->mono, call.id});
        const int places =
            (dispatcher.is_waiting(call.id) ? 1 : 0) + (is_due ? 1 : 0) + (call.wait ? 1 : 0);
        if (places != 1) return name + " has " + std::to_string(places) + " places";
        if (call.citizen && !call.wait) return name + " is rung without a deadline";
    } else if (is_waiting != dispatcher.is_waiting(call.id)) {
        return name + " and its queue disagree";
    }
    std::size_t sought = 0, talking = 0, lost = 0, proposed = 0, duty = 0;
    for (const Party& p : call.parties) {
        if (p.state != PartyState::Lost) {
            const auto leg = legs.find(p.leg);
            if (leg == legs.end() || leg->second != call.id)
                return name + " has a leg not in the books";
        }
        if (p.is_ringing() != static_cast<bool>(p.deadline))
            return name + " rings without a deadline, or has one without ringing";
        if (p.deadline && !alarms.contains(p.deadline)) return name + " waits for a dead timer";
        if (p.agent && desks.at(p.agent).call != call.id)
            return name + " holds agent " + std::to_string(p.agent.value) + " who is elsewhere";
        const bool is_sought = p.errand == Errand::Transfer || p.errand == Errand::Return ||
                               p.errand == Errand::ToSupervisor;
        sought += p.is_ringing() && is_sought ? 1 : 0;
        duty += p.is_ringing() && p.errand == Errand::Duty ? 1 : 0;
        proposed += p.is_ringing() && p.errand == Errand::Proposal ? 1 : 0;
        lost +=
            p.state == PartyState::Lost || (p.is_ringing() && p.errand == Errand::SeatBack) ? 1 : 0;
        talking += p.state == PartyState::Talking ? 1 : 0;
        if (p.state == PartyState::Consulting && !call.consult)
            return name + " consults without a consult";
    }
    const bool is_shown = dispatcher.shown_to(call.id).has_value();
    if (proposed != (is_shown ? 1u : 0u)) return name + " is shown to " + std::to_string(proposed);
    if ((call.state == CallState::Seeking) != (sought == 1))
        return name + " seeks " + std::to_string(sought);
    if (duty > (is_waiting ? 1u : 0u)) return name + " rings " + std::to_string(duty) + " on duty";
    const bool has_people = call.state == CallState::Talking || call.state == CallState::Held;
    if (has_people && talking == 0) return name + " with nobody";
    if (call.state == CallState::SeatLost && (lost == 0 || talking > 0))
        return name + " for no seat";
    if (call.state == CallState::Ended) return name + " is still in the books";
    if (call.consult && call.parties.size() < 2) return name + " consults nobody";
    if (const Party* asking = call.consult ? call.party(call.consult->by) : nullptr;
        call.consult && (asking == nullptr || asking->state != PartyState::Talking))
        return name + " has a consult that nobody leads";
    if (call.promise && promised.find(call.caller) == promised.end())
        return name + " is promised to nobody";
    const bool may_be_alone = call.state == CallState::Dialling || call.state == CallState::Away;
    if (!may_be_alone && !call.citizen) return name + " has no citizen";
    if (call.citizen && !legs.contains(call.citizen)) return name + " lost its citizen's leg";
    for (const TimerId t : {call.wait, call.position, call.widen, call.secure_off})
        if (t && !alarms.contains(t)) return name + " waits for a dead timer";
    for (const Hears& h : call.heard)
        for (const LegId leg : {h.ear, h.mouth})
            if (!legs.contains(leg)) return name + " mixes a leg that is gone";
    return "";
}

std::string Coordinator::Inside::broken_at(const Desk& desk) const {
    const AgentId id = desk.setup.id;
    const AgentState at = roster.state(id);
    const std::string name =
        "agent " + std::to_string(id.value) + " (" + std::string{name_of(at)} + ")";
    const bool should_have_call = at == AgentState::Alerted || at == AgentState::Busy;
    if (should_have_call != static_cast<bool>(desk.call)) return name + " and their call disagree";
    if (!desk.call)
        return at == AgentState::Ready && !desk.is_present ? name + " is not there" : "";
    const auto call = calls.find(desk.call);
    const Party* party = call == calls.end() ? nullptr : call->second.party(id);
    if (party == nullptr) return name + " is in a call that does not know them";
    const bool is_called = party->is_ringing() && party->errand != Errand::DialOut &&
                           party->errand != Errand::SeatBack && party->errand != Errand::Monitor &&
                           party->errand != Errand::TakeOver;
    if (is_called != (at == AgentState::Alerted)) return name + " is not rung as the books say";
    return "";
}

std::string Coordinator::Inside::broken_invariant() const {
    for (const auto& [id, call] : calls)
        if (std::string broken = broken_in(call); !broken.empty()) return broken;
    for (const auto& [id, desk] : desks)
        if (std::string broken = broken_at(desk); !broken.empty()) return broken;
    for (const auto& [leg, id] : legs)
        if (!calls.contains(id)) return "leg " + std::to_string(leg.value) + " outlived its call";
    for (const auto& [timer, alarm] : alarms)
        if (alarm.call && !calls.contains(alarm.call))
            return "timer " + std::to_string(timer.value) + " outlived its call";
    for (const auto& [number, id] : promised)
        if (const auto call = calls.find(id); call == calls.end() || !call->second.promise)
            return "the promise to " + number + " outlived its call";
    for (const auto& [queue, w] : waits) {
        const auto is_dialled = [&, q = queue](const auto& c) {
            return c.second.queue == q && c.second.state == CallState::Away && c.second.citizen;
        };
        if (w.dialling != static_cast<std::size_t>(std::ranges::count_if(calls, is_dialled)))
            return "queue " + std::to_string(queue.value) + " does not know whom it dials";
    }
    return dispatcher.broken_invariant();
}

}  // namespace ys::interactions
