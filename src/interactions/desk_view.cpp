// SPDX-License-Identifier: Apache-2.0
// Plain projections for desks and the supervisor's live page.
#include "base/later.h"
#include "interactions/coordinator.h"
#include "interactions/inside.h"
#include "routing/why.h"

namespace ys::interactions {
namespace {

std::string party_state(const Party& p) {
    switch (p.state) {
        case PartyState::Ringing:
        case PartyState::Answering:
            return "ringing";
        case PartyState::Lost:
            return "held";
        default:
            return "talking";
    }
}

/// Who was not chosen for the call (transferred to, say) is not told why.
void say_why(const Call& call, AgentId agent, auto& view) {
    if (!call.chosen || call.chosen->agent != agent) return;
    view.why = routing::in_words(call.chosen->decision);
    view.why_en = routing::in_english(call.chosen->decision);
}

}  // namespace

std::string Coordinator::Inside::call_state_for(const Call& call, const Party& party) const {
    if (party.is_watching()) return "monitoring";
    if (call.state == CallState::Dialling) return "dialling";
    if (party.state == PartyState::Ringing && party.errand != Errand::SeatBack) return "ringing";
    if (party.state == PartyState::Answering) return "answering";
    if (party.state == PartyState::Consulting) return "consulting";
    if (call.consult && call.consult->by == party.agent) return "consulting";
    if (call.state == CallState::Held) return "held";
    return call.talkers() > 1 ? "conference" : "talking";
}

DeskView Coordinator::Inside::view(AgentId agent) const {
    const Desk& desk = desks.at(agent);
    const agents::Roster::View& seen = roster.view(agent);
    DeskView v;
    if (seen.state == agents::AgentState::WrapUp) v = desk.last_view;
    v.state = name_of(seen.state);
    v.reason = seen.reason;
    v.since = seen.since.utc;
    v.next_state = seen.next ? std::string{name_of(*seen.next)} : std::string{};
    v.wrap_up_until.reset();
    if (seen.wrap_up_until) v.wrap_up_until = later(seen.since.utc, desk.setup.wrap_up_max);
    if (!desk.call) {
        v.call_state.clear();
        v.parties.clear();
        v.own_leg = {};
        v.ringing_until.reset();
        v.monitored_by.clear();
        v.is_recorded = v.is_secure = false;
        return v;
    }
    const Call& call = calls.at(desk.call);
    const Party& own = *call.party(agent);
    v.interaction = call.id;
    v.call_state = call_state_for(call, own);
    v.direction = call.direction;
    v.caller = call.direction == "out" ? call.dialled : call.caller;
    v.display_name = call.display_name;
    v.customer_id = call.customer;
    v.case_id = call.case_id;
    v.queue = call.queue;
    const auto queue = queues.find(call.queue);
    v.queue_title = queue == queues.end() ? std::string{} : queue->second.title;
    v.centre_id = call.centre;
    v.place = call.place;
    say_why(call, agent, v);
    v.path = call.path;
    v.arrived_at = call.arrived.utc;
    if (own.is_ringing()) v.ringing_until = own.ringing_until;
    if (call.connected) v.connected_at = call.connected->utc;
    v.waited_ms = call.waited.at(now.mono).count();
    v.own_leg = own.leg;
    v.is_recorded = static_cast<bool>(call.recording);
    v.is_secure = call.is_secure;
    v.is_unhurried = is_unhurried(call);
    if (call.citizen) {
        const std::string state = call.state == CallState::Dialling  ? "ringing"
                                  : call.state == CallState::Talking ? "talking"
                                                                     : "held";
        v.parties.push_back({call.citizen, "citizen", v.caller, state});
    }
    for (const Party& p : call.parties) {
        const bool is_hidden = p.is_watching();
        if (is_hidden && p.agent != agent) {
            if (p.asked_by == agent && p.state == PartyState::Monitoring)
                v.monitored_by = desks.at(p.agent).setup.name;
            continue;
        }
        const bool is_asked = p.errand == Errand::Consult;
        v.parties.push_back({p.leg, is_asked ? "consulted" : role_name(p.role),
                             p.agent ? desks.at(p.agent).setup.name : p.number, party_state(p)});
    }
    return v;
}

std::optional<DeskView> Coordinator::desk_view(AgentId agent) const {
    if (!in_->desks.contains(agent)) return std::nullopt;
    return in_->view(agent);
}

std::vector<SeatView> Coordinator::seats(CentreId centre) const {
    std::vector<SeatView> all;
    for (const auto& [id, desk] : in_->desks) {
        if (desk.setup.centre != centre) continue;
        const auto& seen = in_->roster.view(id);
        SeatView v{id,
                   centre,
                   std::string{name_of(seen.state)},
                   seen.reason,
                   {},
                   {},
                   seen.since.utc,
                   desk.call,
                   {}};
        if (desk.call) {
            const Call& call = in_->calls.at(desk.call);
            v.caller = call.direction == "out" ? call.dialled : call.caller;
            v.call_state = in_->call_state_for(call, *call.party(id));
            v.queue = call.queue;
            say_why(call, id, v);
        }
        all.push_back(std::move(v));
    }
    return all;
}

std::vector<WaitingView> Coordinator::waiting(CentreId centre) const {
    std::vector<WaitingView> all;
    for (const auto& [id, call] : in_->calls) {
        if (call.centre != centre || call.state != CallState::Waiting) continue;
        all.push_back({id, call.queue, centre, call.caller, call.tags, call.first_arrival->utc,
                       in_->dispatcher.position(id)});
    }
    return all;
}

std::size_t Coordinator::interactions_open() const { return in_->calls.size(); }

std::string Coordinator::broken_invariant() const { return in_->broken_invariant(); }

}  // namespace ys::interactions
