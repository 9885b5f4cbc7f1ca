// SPDX-License-Identifier: Apache-2.0
// The roster's rules; the moves themselves are the table in agent_state.h.
#include "agents/roster.h"

#include <utility>

#include "base/overloaded.h"
#include "base/panic.h"

namespace ys::agents {

Roster::Roster(const std::vector<AgentRule>& agents) {
    for (const AgentRule& rule : agents) {
        Agent& a = agents_[rule.id];
        a.rule = rule;
    }
}

Roster::Agent& Roster::agent(AgentId id) {
    const auto found = agents_.find(id);
    YS_ASSERT(found != agents_.end());
    return found->second;
}

const Roster::View& Roster::view(AgentId id) const {
    return const_cast<Roster*>(this)->agent(id).view;
}

Instant Roster::ready_since(AgentId id) const {
    return const_cast<Roster*>(this)->agent(id).ready_since;
}

/// The only place a state changes. A move the table does not know is untimely: nothing happens.
void Roster::move(Now now, Agent& a, AgentEvent event, std::string reason, Outcome& out) {
    const AgentState from = a.view.state;
    const auto to = next(from, event);
    if (!to) return;
    out.taken = true;
    a.view.state = *to;
    a.view.reason = reason;
    a.view.since = now;
    out.facts.push_back({now.utc,
                         a.rule.centre,
                         {},
                         a.rule.id,
                         facts::AgentMoved{std::string{name_of(from)}, std::string{name_of(*to)},
                                           std::string{name_of(event)}, std::move(reason)}});
    if (from == AgentState::Ready) out.effects.push_back(Unavailable{a.rule.id});
    if (from == AgentState::WrapUp && a.view.wrap_up_until) {
        a.view.wrap_up_until.reset();
        out.effects.push_back(WrapUpEnded{a.rule.id});
    }
    if (*to == AgentState::Ready) {
        if (event != AgentEvent::Withdraw) a.ready_since = now.mono;
        out.effects.push_back(Available{a.rule.id, a.ready_since});
    }
    if (*to == AgentState::LoggedOut) a.view.next.reset();
}

void Roster::pause(Now now, Agent& a, const std::string& reason, AgentEvent event, Outcome& out) {
    if (a.view.state == AgentState::Busy || a.view.state == AgentState::Alerted) {
        a.view.next = AgentState::Break;
        a.next_reason = reason;
        out.taken = true;
        return;
    }
    if (a.view.state == AgentState::Break && a.view.reason != reason) {
        // A new reason begins a new span of break, so that both are counted.
        const AgentState same = AgentState::Break;
        out.taken = true;
        a.view.reason = reason;
        a.view.since = now;
        out.facts.push_back(
            {now.utc,
             a.rule.centre,
             {},
             a.rule.id,
             facts::AgentMoved{std::string{name_of(same)}, std::string{name_of(same)},
                               std::string{name_of(event)}, reason}});
        return;
    }
    move(now, a, event, reason, out);
}

void Roster::log_out(Now now, Agent& a, AgentEvent event, const std::string& reason, Outcome& out) {
    if (a.view.state == AgentState::Busy || a.view.state == AgentState::Alerted) {
        a.view.next = AgentState::LoggedOut;
        a.next_reason = reason;
        out.taken = true;
        return;
    }
    move(now, a, event, reason, out);
}

/// From wrap-up, or from a call that needs none, into what was queued or into Ready.
void Roster::come_free(Now now, Agent& a, Outcome& out) {
    const auto queued = std::exchange(a.view.next, std::nullopt);
    const bool from_call = a.view.state == AgentState::Busy;
    if (queued == AgentState::Break || queued == AgentState::LoggedOut) {
        move(now, a, from_call ? AgentEvent::ReleaseToBreak : AgentEvent::Pause, a.next_reason,
             out);
        if (queued == AgentState::LoggedOut) move(now, a, AgentEvent::LogOut, a.next_reason, out);
        return;
    }
    move(now, a, from_call ? AgentEvent::Release : AgentEvent::WrapUpOver, "", out);
}

void Roster::after_talk(Now now, Agent& a, Outcome& out) {
    move(now, a, AgentEvent::Finish, "", out);
    if (!out.taken) return;
    if (a.rule.wrap_up_max <= Millis::zero()) {
        come_free(now, a, out);
        return;
    }
    a.view.wrap_up_until = now.mono + a.rule.wrap_up_max;
    out.effects.push_back(WrapUpBegan{a.rule.id, *a.view.wrap_up_until});
}

/// Who is called away from a break goes back to the same break afterwards.
void Roster::leave_for(Now now, Agent& a, AgentEvent event, Outcome& out) {
    const bool was_on_break = a.view.state == AgentState::Break;
    const std::string reason = a.view.reason;
    move(now, a, event, "", out);
    if (!out.taken || !was_on_break) return;
    a.view.next = AgentState::Break;
    a.next_reason = reason;
}

void Roster::force(Now now, Agent& a, const Force& c, Outcome& out) {
    switch (c.to) {
        case Forced::Ready:
            if (a.view.next) {
                a.view.next.reset();
                out.taken = true;
            }
            return move(now, a, AgentEvent::ForceReady, c.reason, out);
        case Forced::Break:
            return pause(now, a, c.reason, AgentEvent::ForceBreak, out);
        case Forced::LoggedOut:
            return log_out(now, a, AgentEvent::ForceLogOut, c.reason, out);
    }
}

Roster::Outcome Roster::on(Now now, const Command& command) {
    Outcome out;
    Agent& a = agent(std::visit([](const auto& c) { return c.agent; }, command));
    const auto plain = [&](AgentEvent event) { move(now, a, event, "", out); };
    std::visit(overloaded{
                   [&](const LogIn&) { move(now, a, AgentEvent::LogIn, "signed_in", out); },
                   [&](const LogOut&) { log_out(now, a, AgentEvent::LogOut, "", out); },
                   [&](const Resume&) {
                       if (a.view.next && a.view.state != AgentState::WrapUp) {
                           a.view.next.reset();
                           out.taken = true;
                           return;
                       }
                       a.view.next.reset();
                       plain(a.view.state == AgentState::WrapUp ? AgentEvent::WrapUpOver
                                                                : AgentEvent::Resume);
                   },
                   [&](const Pause& c) { pause(now, a, c.reason, AgentEvent::Pause, out); },
                   [&](const Alert&) { plain(AgentEvent::Alert); },
                   [&](const Summon&) { leave_for(now, a, AgentEvent::Summon, out); },
                   [&](const Accept&) { plain(AgentEvent::Accept); },
                   [&](const NoAnswer& c) {
                       const auto queued = std::exchange(a.view.next, std::nullopt);
                       move(now, a, AgentEvent::NoAnswer, c.reason, out);
                       if (queued == AgentState::LoggedOut) plain(AgentEvent::LogOut);
                   },
                   [&](const Withdraw&) {
                       const auto queued = std::exchange(a.view.next, std::nullopt);
                       if (!queued) return plain(AgentEvent::Withdraw);
                       move(now, a, AgentEvent::NoAnswer, a.next_reason, out);
                       if (queued == AgentState::LoggedOut) plain(AgentEvent::LogOut);
                   },
                   [&](const Dial&) { leave_for(now, a, AgentEvent::Dial, out); },
                   [&](const Attend&) { leave_for(now, a, AgentEvent::Attend, out); },
                   [&](const Finish&) { after_talk(now, a, out); },
                   [&](const Release&) {
                       if (a.view.state == AgentState::Busy) come_free(now, a, out);
                   },
                   [&](const WrapUpOver&) {
                       if (a.view.state == AgentState::WrapUp) come_free(now, a, out);
                   },
                   [&](const SeatLost&) { move(now, a, AgentEvent::SeatLost, "seat_gone", out); },
                   [&](const Force& c) { force(now, a, c, out); },
               },
               command);
    return out;
}

}  // namespace ys::agents
