// SPDX-License-Identifier: Apache-2.0
// Effects and facts put down, calls and agents moved, timers set.
#include "interactions/frame.h"

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "base/panic.h"

namespace ys::interactions {

void Frame::state(const Call& call, AgentId agent, facts::Body body) {
    out.facts.push_back({now.utc, call.centre, call.id, agent, std::move(body)});
}

void Frame::take_seat(AgentId agent, Seat seat) {
    Desk& desk = desks.at(agent);
    out.facts.push_back({now.utc,
                         desk.setup.centre,
                         {},
                         agent,
                         facts::SeatTaken{std::string{word_of(seat.kind)}, seat.address}});
    desk.seat = std::move(seat);
}

Call& Frame::touch(InteractionId id) {
    touched.insert(id);
    return calls.at(id);
}

Call* Frame::call_of(LegId leg) {
    const auto found = legs.find(leg);
    return found == legs.end() ? nullptr : &touch(found->second);
}

Call* Frame::call_at(AgentId agent) {
    const InteractionId id = desks.at(agent).call;
    return id ? &touch(id) : nullptr;
}

void Frame::move(Call& call, CallEvent event) {
    const auto to = next(call.state, event);
    YS_ASSERT(to);
    call.state = *to;
    touched.insert(call.id);
}

/// false: untimely, nothing changed.
bool Frame::tell(const agents::Command& command) {
    const AgentId agent = std::visit([](const auto& c) { return c.agent; }, command);
    const bool was_at_work = agents::is_at_work(roster.state(agent));
    agents::Roster::Outcome moved = roster.on(now, command);
    count_at_work(agent, was_at_work, agents::is_at_work(roster.state(agent)));
    // Wrap-up begins when the call has already left the desk, and is still about it.
    const bool is_finish = std::holds_alternative<agents::Finish>(command);
    const InteractionId call = is_finish ? desks.at(agent).last_call : desks.at(agent).call;
    for (facts::Fact& fact : moved.facts) {
        fact.interaction = call;
        out.facts.push_back(std::move(fact));
    }
    if (moved.taken) touched_desks.insert(agent);
    for (const agents::Effect& effect : moved.effects)
        std::visit(overloaded{
                       [&](const agents::Available& e) { freed.push_back(e.agent); },
                       [&](const agents::Unavailable& e) {
                           dispatcher.on(now.mono, routing::BecameUnready{e.agent});
                       },
                       [&](const agents::WrapUpBegan& e) {
                           arm(desks.at(e.agent).wrap_up, {Wake::WrapUp, {}, {}, e.agent},
                               std::chrono::duration_cast<Millis>(e.until - now.mono));
                       },
                       [&](const agents::WrapUpEnded& e) { disarm(desks.at(e.agent).wrap_up); },
                   },
                   effect);
    if (moved.taken && roster.state(agent) == agents::AgentState::LoggedOut) {
        desks.at(agent).is_present = false;
        disarm(desks.at(agent).seat_back);
    }
    return moved.taken;
}

void Frame::count_at_work(AgentId agent, bool was, bool is) {
    if (was == is) return;
    for (const routing::Service& service : desks.at(agent).setup.queues) {
        waits[service.queue].at_work += is ? 1 : -1;
        touched_queues.insert(service.queue);
    }
}

void Frame::arm(TimerId& slot, Alarm alarm, Millis in) {
    disarm(slot);
    slot = TimerId{next_timer++};
    alarms.emplace(slot, alarm);
    do_effect(SetTimer{slot, now.mono + in});
}

void Frame::disarm(TimerId& slot) {
    if (!slot) return;
    alarms.erase(slot);
    do_effect(CancelTimer{slot});
    slot = {};
}

bool Frame::is_anyone_at_work(QueueId queue) const {
    const auto agents = serving.find(queue);
    return agents != serving.end() && std::ranges::any_of(agents->second, [&](AgentId agent) {
               return roster.state(agent) != agents::AgentState::LoggedOut;
           });
}

/// Who sits at a desk is an agent or a supervisor; the one authorisation function decides.
bool Frame::may(AgentId user, centres::Action action, CentreId centre, AgentId owner) const {
    const auto desk = desks.find(user);
    if (desk == desks.end()) return false;
    const AgentSetup& who = desk->second.setup;
    const centres::Role role = who.is_supervisor ? centres::Role::Supervisor : centres::Role::Agent;
    const centres::User asking{.id = UserId{user.value}, .centre = who.centre, .roles = {role}};
    return centres::is_allowed(asking, action, {centre, UserId{owner.value}}, setup.tree);
}

/// By what is known of the caller, or by where they asked to be served.
bool Frame::is_unhurried(const Call& call) const {
    const auto queue = queues.find(call.queue);
    return std::ranges::count(call.tags, "elder") > 0 ||
           (queue != queues.end() && queue->second.is_unhurried);
}

std::string role_name(Role role) {
    switch (role) {
        case Role::Agent:
            return "agent";
        case Role::Supervisor:
            return "supervisor";
        case Role::ThirdParty:
            return "third_party";
    }
    return "";
}

const char* dial_outcome(EndCause cause) {
    switch (cause) {
        case EndCause::NoAnswer:
        case EndCause::Cancelled:
            return "no_answer";
        case EndCause::Busy:
            return "busy";
        case EndCause::Declined:
            return "declined";
        case EndCause::NoSuchNumber:
            return "no_such_number";
        default:
            return "failed";
    }
}

std::string target_text(const Target& to) {
    switch (to.kind) {
        case TargetKind::Agent:
            return "agent:" + std::to_string(to.agent.value);
        case TargetKind::Queue:
            return "queue:" + std::to_string(to.queue.value);
        case TargetKind::Number:
            return "number:" + to.number;
    }
    return "";
}

}  // namespace ys::interactions
