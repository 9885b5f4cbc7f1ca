// SPDX-License-Identifier: Apache-2.0
// Counts facts as formulas.cpp says.
#include "reports/kpi.h"

#include <algorithm>
#include <string_view>

#include "base/overloaded.h"
#include "base/panic.h"

namespace ys::reports {
namespace {

std::optional<double> share(double part, double whole) {
    if (whole == 0) return std::nullopt;
    return part / whole;
}

}  // namespace

void Kpi::on(const facts::Fact& fact) {
    if (const auto* body = std::get_if<facts::CallArrived>(&fact.body)) return arrived(fact, *body);
    if (const auto* body = std::get_if<facts::AgentMoved>(&fact.body)) return moved(fact, *body);
    if (const auto* body = std::get_if<facts::CallRefused>(&fact.body)) {
        if (window_.has(fact.at)) tally(fact.centre).plain.refused += body->count;
        return;
    }
    if (const auto* body = std::get_if<facts::SurveyAnswered>(&fact.body))
        return answered_by_link(fact, *body);
    const auto call = calls_.find(fact.interaction);
    if (call == calls_.end()) return;
    about_a_call(fact, call->second);
    if (std::holds_alternative<facts::CallEnded>(fact.body)) calls_.erase(call);
}

void Kpi::about_a_call(const facts::Fact& fact, OpenCall& call) {
    CallFigures& centre = tally(call.centre).plain;
    std::visit(overloaded{
                   [&](const facts::Queued& b) { queued(fact, call, QueueId{b.queue}); },
                   [&](const facts::Connected& b) { connected(fact, call, b); },
                   [&](const facts::WaitEstimated& b) {
                       if (!call.told)
                           call.told = Told{QueueId{b.queue}, fact.at, b.low_ms, b.high_ms};
                   },
                   [&](const facts::CallbackPromised& b) {
                       call.is_promised = true;
                       call.queue = QueueId{b.queue};
                   },
                   [&](const facts::CallbackEnded& b) { callback_ended(call, b); },
                   [&](const facts::CallEnded& b) { ended(fact, call, b); },
                   [&](const facts::ProposalEnded& b) { proposal_ended(fact, b); },
                   [&](const facts::TerritoryFound&) { moved_home(fact, call); },
                   [&](const facts::TransferBegan&) { ++centre.transfers; },
                   [&](const facts::HoldEnded& b) {
                       if (fact.agent) desk(fact).counts.held_ms += b.held_ms;
                   },
                   [&](const facts::DialEnded& b) {
                       if (!call.outgoing || b.outcome != "connected") return;
                       ++centre.dialled_connected;
                       reached(call);
                       if (fact.agent) ++desk(fact).counts.dialled_connected;
                   },
                   [&](const facts::SurveyScored& b) {
                       const auto score = [&](Tally& t) {
                           ++t.plain.scored;
                           t.score_sum += b.score;
                       };
                       score(tally(call.centre));
                       if (call.answered_from) score(tally(call.answered_from, call.centre));
                   },
                   [](const auto&) {},
               },
               fact.body);
}

/// Long after the call has ended and is forgotten here: by when it was asked.
void Kpi::answered_by_link(const facts::Fact& fact, const facts::SurveyAnswered& body) {
    if (body.case_id != 0 || !window_.has(body.asked_at)) return;
    const auto score = [&](Tally& t) {
        ++t.plain.scored;
        t.score_sum += body.score;
    };
    score(tally(fact.centre));
    if (body.queue != 0) score(tally(QueueId{body.queue}, fact.centre));
}

void Kpi::begin(Window window) {
    window_ = window;
    centres_.clear();
    queues_.clear();
    calls_.clear();
    unserved_.clear();
    for (auto& [agent, desk] : desks_) {
        desk.counts = {};
        desk.us = {};
        desk.has_call = false;
    }
}

void Kpi::arrived(const facts::Fact& fact, const facts::CallArrived& body) {
    if (!window_.has(fact.at)) return;
    OpenCall call;
    call.centre = fact.centre;
    call.outgoing = body.direction == "out";
    call.is_callback = body.direction == "callback";
    call.number = call.outgoing ? body.dialled : body.caller;
    CallFigures& figures = tally(fact.centre).plain;
    if (!call.outgoing && !call.is_callback) ++figures.arrived;
    if (call.outgoing) {
        ++figures.dialled;
        if (fact.agent) ++desk(fact).counts.dialled;
    }
    calls_.insert_or_assign(fact.interaction, std::move(call));
}

/// Before anybody was asked for, so that only the arrival has been counted.
void Kpi::moved_home(const facts::Fact& fact, OpenCall& call) {
    if (call.centre == fact.centre || call.outgoing || call.asking.fate != Fate::NotAsked) return;
    --tally(call.centre).plain.arrived;
    call.centre = fact.centre;
    ++tally(call.centre).plain.arrived;
}

void Kpi::queued(const facts::Fact& fact, OpenCall& call, QueueId queue) {
    if (call.outgoing) return;
    call.queue = queue;
    if (call.is_callback) return;
    Tally& centre = tally(call.centre);
    if (call.asking.fate == Fate::NotAsked) settle(centre, call.asking, Fate::Waiting, 0);
    leave_open_visits(call, fact.at, Fate::Lost);
    auto visit = std::ranges::find(call.visits, queue, &Visit::queue);
    if (visit == call.visits.end()) {
        call.visits.push_back({queue, {}, {}, false, 0});
        visit = call.visits.end() - 1;
    }
    visit->since = fact.at;
    visit->open = true;
    if (visit->asking.fate != Fate::Answered)
        settle(tally(queue, call.centre), visit->asking, Fate::Waiting, 0);
}

void Kpi::connected(const facts::Fact& fact, OpenCall& call, const facts::Connected& body) {
    const QueueId queue{body.queue};
    if (fact.agent) {
        Desk& d = desk(fact);
        const bool again = std::ranges::find(call.handled_by, fact.agent) != call.handled_by.end();
        if (!again) call.handled_by.push_back(fact.agent);
        if (!again && !call.outgoing) ++d.counts.handled;
        d.has_call = true;
        d.call_centre = call.centre;
        d.call_queue = call.outgoing ? QueueId{} : queue;
    }
    if (call.outgoing) return;
    wait_ended(call, fact.at, true);
    unserved_.erase({call.centre, call.number});  // Served: nobody has to call them.
    if (call.is_callback) return;
    const bool first = call.asking.fate == Fate::Waiting;
    if (first) settle(tally(call.centre), call.asking, Fate::Answered, body.waited_ms);
    if (first) call.answered_from = queue;
    call.is_unhurried |= body.is_unhurried;
    for (Visit& visit : call.visits) {
        if (!visit.open || visit.queue != queue) continue;
        visit.open = false;
        visit.waited_ms += (fact.at.us - visit.since.us) / 1000;
        if (visit.asking.fate == Fate::Answered) continue;
        // The engine's own monotonic figure, where the call has been in this queue only.
        const bool only = call.visits.size() == 1 && first;
        settle(tally(queue, call.centre), visit.asking, Fate::Answered,
               only ? body.waited_ms : visit.waited_ms);
    }
    leave_open_visits(call, fact.at, Fate::Lost);
}

void Kpi::ended(const facts::Fact& fact, OpenCall& call, const facts::CallEnded& body) {
    wait_ended(call, fact.at, false);
    if (call.outgoing || call.is_callback) return;
    Tally& centre = tally(call.centre);
    const bool abandoned = body.cause == "abandoned";
    if (call.asking.fate == Fate::NotAsked) {
        if (call.is_promised) {
            settle(centre, call.asking, Fate::Promised, 0);
        } else if (body.cause == "queue_full") {
            lose(call, {});
            settle(centre, call.asking, Fate::TurnedAway, 0);
        } else {
            ++centre.plain.robot_only;
        }
        return;
    }
    const bool is_message = body.cause == "left_message";
    const Fate fate = call.is_promised ? Fate::Promised
                      : is_message     ? Fate::LeftMessage
                      : abandoned      ? Fate::Abandoned
                                       : Fate::Lost;
    if (abandoned && call.asking.fate == Fate::Waiting) lose(call, call.queue);
    if (call.asking.fate == Fate::Waiting) {
        settle(centre, call.asking, fate, body.waited_ms);
        if (call.visits.size() == 1 && call.visits.front().open) {
            Visit& only = call.visits.front();
            only.open = false;
            settle(tally(only.queue, call.centre), only.asking, fate, body.waited_ms);
        }
    }
    leave_open_visits(call, fact.at, fate);
    if (call.asking.fate != Fate::Answered) return;
    const auto talk = [&](Tally& t) {
        t.plain.talked_ms += body.talked_ms;
        t.plain.held_ms += body.held_ms;
        if (call.is_unhurried) return;
        ++t.talks;
        t.talked_ms += body.talked_ms;
        t.held_ms += body.held_ms;
    };
    talk(centre);
    if (call.answered_from) talk(tally(call.answered_from, call.centre));
}

void Kpi::leave_open_visits(OpenCall& call, UtcTime at, Fate fate) {
    for (Visit& visit : call.visits) {
        if (!visit.open) continue;
        visit.open = false;
        visit.waited_ms += (at.us - visit.since.us) / 1000;
        if (visit.asking.fate == Fate::Waiting)
            settle(tally(visit.queue, call.centre), visit.asking, fate, visit.waited_ms);
    }
}

std::uint64_t& Kpi::count_of(CallFigures& f, Fate fate) {
    YS_ASSERT(fate != Fate::NotAsked);
    switch (fate) {
        case Fate::Waiting:
            return f.waiting;
        case Fate::Answered:
            return f.answered;
        case Fate::Abandoned:
            return f.abandoned;
        case Fate::Lost:
            return f.lost;
        case Fate::LeftMessage:
            return f.left_message;
        case Fate::Promised:
            return f.callbacks_promised;
        default:
            return f.turned_away;
    }
}

/// Moves one asking from the fate it had to a new one, in every count that shows it.
void Kpi::settle(Tally& tally, Asking& asking, Fate fate, std::int64_t wait_ms) {
    CallFigures& f = tally.plain;
    if (asking.fate == Fate::NotAsked)
        ++f.offered;
    else
        --count_of(f, asking.fate);
    if (asking.has_wait) tally.waits.remove(asking.wait_ms);
    if (asking.was_soon) --f.within_15s;
    if (asking.was_short) --f.abandoned_short;
    asking = {fate, false, false, false, wait_ms};
    ++count_of(f, fate);
    const bool is_wait = fate == Fate::Answered || fate == Fate::Abandoned || fate == Fate::Lost;
    if (!is_wait) return;  // Not over, never begun, or not waited to the end by choice.
    asking.has_wait = true;
    tally.waits.add(wait_ms);
    asking.was_soon = fate == Fate::Answered && wait_ms <= answered_soon_ms;
    asking.was_short = fate == Fate::Abandoned && wait_ms < short_abandon_ms;
    if (asking.was_soon) ++f.within_15s;
    if (asking.was_short) ++f.abandoned_short;
}

/// The call that is made for a promise is counted by what became of it, never as one offered.
void Kpi::callback_ended(const OpenCall& call, const facts::CallbackEnded& body) {
    for (Tally* t : {&tally(call.centre), &tally(call.queue, call.centre)}) {
        if (body.outcome == "connected") ++t->plain.callbacks_connected;
        if (body.outcome == "given_up") ++t->plain.callbacks_given_up;
    }
}

/// Who left before the end of what they were told says nothing about it; who left after it does.
void Kpi::wait_ended(OpenCall& call, UtcTime at, bool is_answered) {
    if (!call.told) return;
    const std::int64_t wait_ms = (at.us - call.told->at.us) / 1000;
    const bool is_over = is_answered || wait_ms > call.told->high_ms;
    const bool is_hit =
        is_answered && call.told->low_ms <= wait_ms && wait_ms <= call.told->high_ms;
    for (Tally* t : {&tally(call.centre), &tally(call.told->queue, call.centre)}) {
        t->plain.waits_told += is_over ? 1 : 0;
        t->plain.waits_hit += is_hit ? 1 : 0;
    }
    call.told.reset();
}

void Kpi::lose(const OpenCall& call, QueueId queue) {
    if (!call.number.empty()) unserved_[{call.centre, call.number}].push_back(queue);
}

/// A call of ours reached somebody who had not been served.
void Kpi::reached(const OpenCall& call) {
    const auto lost = unserved_.find({call.centre, call.number});
    if (lost == unserved_.end()) return;
    for (const QueueId queue : lost->second) {
        ++tally(call.centre).plain.called_back;
        if (queue) ++tally(queue, call.centre).plain.called_back;
    }
    unserved_.erase(lost);
}

void Kpi::proposal_ended(const facts::Fact& fact, const facts::ProposalEnded& body) {
    if (!fact.agent) return;
    AgentFigures& counts = desk(fact).counts;
    if (body.outcome == "no_answer" || body.outcome == "seat_failed") ++counts.missed;
    if (body.outcome == "declined") ++counts.declined;
}

void Kpi::moved(const facts::Fact& fact, const facts::AgentMoved& body) {
    static constexpr std::array<std::string_view, state_count> names{
        "LoggedOut", "Ready", "Alerted", "Busy", "WrapUp", "Break"};
    const auto name = std::ranges::find(names, std::string_view(body.to));
    if (!fact.agent || name == names.end()) return;
    Desk& d = desk(fact);
    d.us[d.state] += inside_us(d.since, fact.at);
    if (d.state == WrapUp && d.has_call) {
        const std::int64_t ms = std::max<std::int64_t>(0, fact.at.us - d.since.us) / 1000;
        const auto wrapped = [&](Tally& t) {
            ++t.plain.wrap_ups;
            t.plain.wrap_up_ms += ms;
        };
        wrapped(tally(d.call_centre));
        if (d.call_queue) wrapped(tally(d.call_queue, d.call_centre));
    }
    d.state = static_cast<State>(name - names.begin());
    if (d.state != Busy && d.state != WrapUp) d.has_call = false;
    d.since = fact.at;
}

std::int64_t Kpi::inside_us(UtcTime from, UtcTime to) const {
    const auto begin = std::max(from, window_.from), end = std::min(to, window_.to);
    return std::max<std::int64_t>(0, end.us - begin.us);
}

Kpi::Tally& Kpi::tally(QueueId queue, CentreId centre) {
    Tally& t = queues_[queue];
    t.centre = centre;
    return t;
}

Kpi::Desk& Kpi::desk(const facts::Fact& fact) {
    const auto [at, is_new] = desks_.try_emplace(fact.agent);
    if (is_new) at->second.since = fact.at;
    at->second.centre = fact.centre;
    return at->second;
}

CallFigures Kpi::worked_out(const Tally& t) {
    CallFigures f = t.plain;
    const auto number = [](auto n) { return static_cast<double>(n); };
    f.wait_max_ms = t.waits.max_ms();
    f.wait_p50_ms = t.waits.percentile_ms(50);
    f.wait_p90_ms = t.waits.percentile_ms(90);
    f.wait_mean_ms = share(number(t.waits.sum_ms()), number(t.waits.count()));
    f.talked_mean_ms = share(number(t.talked_ms), number(t.talks));
    f.held_mean_ms = share(number(t.held_ms), number(t.talks));
    f.wrap_up_mean_ms = share(number(f.wrap_up_ms), number(f.wrap_ups));
    f.score_mean = share(number(t.score_sum), number(f.scored));
    f.connect_rate = share(number(f.answered), number(f.offered));
    f.within_15s_rate = share(number(f.within_15s), number(f.offered));
    f.called_back_rate = share(number(f.called_back), number(f.abandoned + f.turned_away));
    f.wait_hit_rate = share(number(f.waits_hit), number(f.waits_told));
    return f;
}

AgentFigures Kpi::worked_out(AgentId agent, const Desk& desk, UtcTime until) const {
    AgentFigures f = desk.counts;
    f.agent = agent;
    f.centre = desk.centre;
    auto us = desk.us;
    us[desk.state] += inside_us(desk.since, until);
    f.ready_ms = us[Ready] / 1000;
    f.alerted_ms = us[Alerted] / 1000;
    f.busy_ms = us[Busy] / 1000;
    f.wrap_up_ms = us[WrapUp] / 1000;
    f.break_ms = us[Break] / 1000;
    f.signed_in_ms = f.ready_ms + f.alerted_ms + f.busy_ms + f.wrap_up_ms + f.break_ms;
    f.occupancy = share(static_cast<double>(f.busy_ms + f.wrap_up_ms),
                        static_cast<double>(f.signed_in_ms - f.break_ms));
    return f;
}

CallFigures Kpi::centre(CentreId centre) const {
    const auto it = centres_.find(centre);
    return it == centres_.end() ? CallFigures{} : worked_out(it->second);
}

CallFigures Kpi::queue(QueueId queue) const {
    const auto it = queues_.find(queue);
    return it == queues_.end() ? CallFigures{} : worked_out(it->second);
}

AgentFigures Kpi::agent(AgentId agent, UtcTime until) const {
    const auto it = desks_.find(agent);
    if (it != desks_.end()) return worked_out(agent, it->second, until);
    AgentFigures none;
    none.agent = agent;
    return none;
}

Report Kpi::report(UtcTime until) const {
    Report out{window_.from, window_.to, until, {}, {}, {}};
    for (const auto& [id, t] : centres_) out.centres.push_back({id, worked_out(t)});
    for (const auto& [id, t] : queues_) out.queues.push_back({id, t.centre, worked_out(t)});
    for (const auto& [id, d] : desks_) out.agents.push_back(worked_out(id, d, until));
    return out;
}

}  // namespace ys::reports
