// SPDX-License-Identifier: Apache-2.0
// Supervisors listen, whisper, barge in, take over and force states; each act is a fact.
#include <utility>

#include "base/text.h"
#include "interactions/desk_codes.h"
#include "interactions/inside.h"

namespace ys::interactions {
namespace {

constexpr Millis seat_within{15'000};

const char* action_of(MonitorMode mode) {
    switch (mode) {
        case MonitorMode::Listen:
            return "listen";
        case MonitorMode::Whisper:
            return "whisper";
        case MonitorMode::Barge:
            return "barge";
    }
    return "";
}

agents::Forced forced(ForcedState to) {
    switch (to) {
        case ForcedState::Ready:
            return agents::Forced::Ready;
        case ForcedState::Break:
            return agents::Forced::Break;
        case ForcedState::LoggedOut:
            return agents::Forced::LoggedOut;
    }
    return agents::Forced::Break;
}

}  // namespace

/// Only who may by the authorisation function (a supervisor of the agent's centre or of one above
/// it), and never without a reason: else refused and false.
bool Coordinator::Inside::may_supervise(AgentId supervisor, AgentId agent,
                                        std::string_view reason) {
    const auto by = desks.find(supervisor);
    const auto whom = desks.find(agent);
    const bool may =
        by != desks.end() && whom != desks.end() && by->second.setup.is_supervisor &&
        this->may(supervisor, centres::Action::Monitor, whom->second.setup.centre, agent) &&
        supervisor != agent;
    const bool has_reason = !trimmed(reason).empty();
    if (!may || !has_reason) refuse(supervisor, may ? codes::reason_needed : codes::not_allowed);
    return may && has_reason;
}

/// The call to watch, or a refusal and nullptr.
Call* Coordinator::Inside::call_to_watch(AgentId supervisor, AgentId agent,
                                         std::string_view reason) {
    if (!may_supervise(supervisor, agent, reason)) return nullptr;
    Call* call = call_at(agent);
    const Party* party = call == nullptr ? nullptr : call->party(agent);
    const bool is_on = party != nullptr &&
                       (party->state == PartyState::Talking || party->state == PartyState::Lost) &&
                       call->state != CallState::Dialling;
    if (!is_on) refuse(supervisor, codes::not_in_a_call);
    return is_on ? call : nullptr;
}

/// Rings the supervisor's own seat into the call; false and a refusal when that cannot be.
bool Coordinator::Inside::bring_in(Call& call, Party supervisor) {
    const Desk& desk = desks.at(supervisor.agent);
    const char* code = !desk.is_present ? codes::not_signed_in
                       : desk.call      ? codes::already_in_a_call
                                        : nullptr;
    if (code == nullptr && !tell(agents::Attend{supervisor.agent})) code = codes::not_now;
    if (code != nullptr) {
        refuse(supervisor.agent, code);
        return false;
    }
    ring(call, std::move(supervisor), SeatCall::AutoAnswer, seat_within);
    return true;
}

void Coordinator::Inside::on(const Monitor& c) {
    Call* call = call_to_watch(c.supervisor, c.agent, c.reason);
    if (call == nullptr) return;
    const facts::SupervisorActed acted{c.supervisor.value, action_of(c.mode), c.reason};
    Party* party = call->party(c.supervisor);
    const bool is_watching = party != nullptr && party->errand == Errand::Monitor;
    if (is_watching && party->state == PartyState::Lost)
        return refuse(c.supervisor, codes::not_now);
    const bool is_asking = call->consult && call->consult->by == c.supervisor;
    if (is_watching && is_asking && c.mode != MonitorMode::Barge)
        return refuse(c.supervisor, codes::consult_first);
    if (is_watching && party->is_ringing()) {
        party->mode = c.mode;
        return state(*call, c.agent, acted);
    }
    if (is_watching) {
        if (!set_mode(*call, party, c.mode)) return refuse(c.supervisor, codes::not_now);
        return state(*call, c.agent, acted);
    }
    Party watcher;
    watcher.agent = c.supervisor;
    watcher.role = Role::Supervisor;
    watcher.errand = Errand::Monitor;
    watcher.asked_by = c.agent;
    watcher.mode = c.mode;
    if (bring_in(*call, std::move(watcher))) state(*call, c.agent, acted);
}

void Coordinator::Inside::watch(Call& call, Party* supervisor) {
    supervisor->state = PartyState::Monitoring;
    set_mode(call, supervisor, supervisor->mode);
}

/// Barging in is joining the talk; going back to listening is leaving it.
bool Coordinator::Inside::set_mode(Call& call, Party* supervisor, MonitorMode mode) {
    const bool was_in = supervisor->state == PartyState::Talking;
    const bool will_be_in = mode == MonitorMode::Barge;
    if (was_in && !will_be_in) {
        if (call.talkers() < 2) return false;  // The citizen has nobody else.
        leave_talk(call, *supervisor);
        supervisor->state = PartyState::Monitoring;
    }
    supervisor->mode = mode;
    if (!was_in && will_be_in && call.state == CallState::SeatLost) {
        move(call, CallEvent::Take);  // Nobody is with the citizen: now somebody is.
        quiet(call);
    }
    if (!was_in && will_be_in) join(call, *supervisor);
    touched.insert(call.id);
    return true;
}

void Coordinator::Inside::stop_watching(Call& call, Party* supervisor, LegIs leg_is,
                                        std::string_view reason) {
    state(call, supervisor->asked_by,
          facts::SupervisorActed{supervisor->agent.value, "stop", std::string{reason}});
    if (supervisor->joined) return talker_leaves(call, supervisor, leg_is);
    const Party gone = take_out(call, supervisor, EndCause::Completed, leg_is);
    tell(agents::Release{gone.agent});
}

/// Whoever was watched has left the call: there is nobody to listen to or to whisper to.
void Coordinator::Inside::stop_watchers(Call& call, AgentId watched) {
    for (std::size_t i = call.parties.size(); i-- > 0;) {
        Party& p = call.parties[i];
        if (p.is_watching() && p.asked_by == watched)
            stop_watching(call, &p, LegIs::Up, "agent left the call");
    }
}

void Coordinator::Inside::on(const StopMonitor& c) {
    Call* call = call_at(c.supervisor);
    Party* party = call == nullptr ? nullptr : call->party(c.supervisor);
    const bool is_watching =
        party != nullptr && (party->errand == Errand::Monitor || party->errand == Errand::TakeOver);
    if (!is_watching) return refuse(c.supervisor, codes::not_in_a_call);
    stop_watching(*call, party, LegIs::Up, "");
}

void Coordinator::Inside::on(const TakeOver& c) {
    Call* call = call_to_watch(c.supervisor, c.agent, c.reason);
    if (call == nullptr) return;
    const facts::SupervisorActed acted{c.supervisor.value, "take_over", c.reason};
    Party* party = call->party(c.supervisor);
    if (party != nullptr && party->state == PartyState::Lost)
        return refuse(c.supervisor, codes::not_now);  // They barged in; their own seat is gone.
    if (party != nullptr && party->errand == Errand::Monitor) {
        state(*call, c.agent, acted);
        party->errand = Errand::TakeOver;
        if (!party->is_ringing()) take_over(*call, party);
        return;
    }
    Party taker;
    taker.agent = c.supervisor;
    taker.role = Role::Supervisor;
    taker.errand = Errand::TakeOver;
    taker.asked_by = c.agent;
    if (bring_in(*call, std::move(taker))) state(*call, c.agent, acted);
}

/// The supervisor joins first and the agent leaves then: the citizen is never alone.
void Coordinator::Inside::take_over(Call& call, Party* supervisor) {
    const AgentId watched = std::exchange(supervisor->asked_by, {});
    const AgentId taker = supervisor->agent;
    if (call.consult && call.consult->by == watched) cancel_consult(call, "cancelled", LegIs::Up);
    if (!call.consult) end_hold(call);  // Somebody else's consult keeps the citizen on hold.
    supervisor = call.party(taker);
    if (call.state == CallState::SeatLost) {
        move(call, CallEvent::Take);
        quiet(call);
    }
    if (supervisor->state != PartyState::Talking) join(call, *supervisor);
    Party* agent = call.party(watched);
    if (agent != nullptr)
        remove_talker(call, agent, EndCause::Transferred, agent->leg ? LegIs::Up : LegIs::Gone);
}

void Coordinator::Inside::on(const ForceState& c) {
    if (!may_supervise(c.supervisor, c.agent, c.reason)) return;
    Call* call = call_at(c.agent);
    Party* party = call == nullptr ? nullptr : call->party(c.agent);
    const InteractionId about = call == nullptr ? InteractionId{} : call->id;
    if (party != nullptr && roster.state(c.agent) == agents::AgentState::Alerted)
        ring_failed(*call, party->leg, EndCause::Declined, LegIs::Up);
    if (!tell(agents::Force{c.agent, forced(c.to), c.reason}))
        return refuse(c.supervisor, codes::not_now);
    out.facts.push_back({now.utc, desks.at(c.agent).setup.centre, about, c.agent,
                         facts::SupervisorActed{c.supervisor.value, "force_state", c.reason}});
}

}  // namespace ys::interactions
