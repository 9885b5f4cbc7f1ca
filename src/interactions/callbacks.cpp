// SPDX-License-Identifier: Apache-2.0
// Calling back instead of waiting: the place is kept, one attempt at a time, and no agent is
// reserved before the citizen has answered.
#include <algorithm>
#include <utility>

#include "interactions/inside.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

constexpr Millis citizen_rung_for{45'000};
constexpr Millis while_on_the_line{10'000};
constexpr Millis keying_max{40'000};
constexpr Millis goodbye_max{20'000};

}  // namespace

/// Only whom anybody in the country may call: a mobile, or a fixed number with its area code. Not
/// abroad, no service numbers: a keyed number must not become a bill.
bool may_call_back(std::string_view number) {
    const bool is_digits = std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_digits || number.size() < 10 || number.size() > 12) return false;
    const char second = number[1];
    const bool is_mobile = number[0] == '1' && second >= '3' && number.size() == 11;
    const bool is_fixed = number[0] == '0' && second >= '1';
    return is_mobile || is_fixed;
}

/// A full queue: the caller hears so, and that they are called back: in their turn when they press
/// 1; else by the list of lost calls.
void Coordinator::Inside::turn_away(Call& call) {
    const bool is_known = may_call_back(call.caller);
    call.is_offered_callback = !is_draining;
    say_goodbye(
        call,
        is_known ? queues.at(call.queue).full_prompt : std::string{prompts::queue_full_withheld},
        EndCause::QueueFull);
}

void Coordinator::Inside::ask_for_callback(Call& call) {
    const bool is_waiting = call.state == CallState::Waiting;
    const Waits& w = waits[call.queue];
    if (is_draining || w.promises >= queues.at(call.queue).callbacks_max) {
        if (is_waiting) play(call, Playing::Notice, {std::string{prompts::callback_refused}});
        return;
    }
    if (may_call_back(call.caller)) return promise_callback(call, call.caller);
    call.keyed.emplace();
    play(call, is_waiting ? Playing::Notice : Playing::Goodbye,
         {std::string{prompts::callback_number}});
    if (!is_waiting) arm(call.wait, {Wake::Wait, call.id, {}, {}}, keying_max);
}

void Coordinator::Inside::promise_callback(Call& call, const std::string& number) {
    const bool was_waiting = call.state == CallState::Waiting;
    const Now first = call.first_arrival.value_or(now);
    state(call, {},
          facts::CallbackPromised{call.queue.value, number, first.utc,
                                  was_waiting ? "asked" : "full"});
    if (was_waiting) leave_queue(call);
    call.is_offered_callback = false;
    if (was_waiting) {
        say_goodbye(call, std::string{prompts::callback_promised}, EndCause::CallbackPromised);
    } else {
        call.goodbye_cause = EndCause::CallbackPromised;
        play(call, Playing::Goodbye, {std::string{prompts::callback_promised}});
        arm(call.wait, {Wake::Wait, call.id, {}, {}}, goodbye_max);
    }
    Call* opened = open_promise(call.centre, call.queue, number, first);
    if (opened == nullptr) return;
    Call& next = *opened;
    next.dialled = call.dialled;
    next.display_name = call.display_name;
    next.tags = call.tags;
    next.customer = call.customer;
    next.known_to = call.known_to;
    next.flow = call.flow;
    next.path = call.path;
    next.is_recorded = call.is_recorded;
    next.priority = call.priority;
    next.needs = call.needs;
    state(next, {},
          facts::CallArrived{next.direction, number, next.dialled, next.display_name, "", "",
                             next.customer.value, 0});
    move(next, CallEvent::KeepPlace);
    keep_place(next);
}

/// A call to be made; nullptr when it was asked for twice: then the older place stands.
Call* Coordinator::Inside::open_promise(CentreId centre, QueueId queue, const std::string& number,
                                        Now first) {
    const InteractionId id{next_interaction};
    if (!promised.emplace(number, id).second) return nullptr;
    ++next_interaction;
    ++waits[queue].promises;
    Call& next = calls[id];
    next.id = id;
    next.centre = centre;
    next.direction = "callback";
    next.caller = number;
    next.queue = queue;
    next.arrived = now;
    next.first_arrival = first;
    next.promise.emplace();
    return &next;
}

void Coordinator::Inside::on(const OweCallback& c) {
    if (!queues.contains(c.queue) || !may_call_back(c.number)) return;
    const auto ago =
        std::chrono::microseconds{std::max<std::int64_t>(0, now.utc.us - c.first_arrival_at.us)};
    Call* opened = open_promise(c.centre, c.queue, c.number, {now.mono - ago, c.first_arrival_at});
    if (opened == nullptr) return;
    Call& next = *opened;
    next.dialled = c.dialled;
    if (const auto number = numbers.find(c.dialled); number != numbers.end()) {
        next.flow = number->second.flow;
        next.is_recorded = flows.at(next.flow).recorded;
    }
    state(next, {}, facts::CallArrived{next.direction, c.number, c.dialled, "", "", "", 0, 0});
    state(next, {},
          facts::CallbackPromised{c.queue.value, c.number, c.first_arrival_at, "restart"});
    move(next, CallEvent::KeepPlace);
    keep_place(next);
}

/// Stands where the first arrival puts them, until it is their turn (call_back).
void Coordinator::Inside::keep_place(Call& call) {
    touch(call.id);
    const auto effects =
        dispatcher.on(now.mono, routing::Enter{.interaction = call.id,
                                               .queue = call.queue,
                                               .priority = call.priority,
                                               .first_arrival = call.first_arrival->mono,
                                               .needs = routing::SkillSet{call.needs},
                                               .admission = routing::Admission::Always,
                                               .is_away = true});
    state(call, {},
          facts::Queued{.queue = call.queue.value,
                        .why = "callback",
                        .first_arrival_at = call.first_arrival->utc,
                        .priority = call.priority,
                        .needs = skill_names(call.needs),
                        .is_limited = false,
                        .is_away = true});
    carry_out_routing(effects);
}

/// It is their turn. Who is talking to us already, or too many phones ringing: a little later.
void Coordinator::Inside::call_back(Call& call) {
    if (is_draining) return end_call(call, EndCause::Drained, "system");
    if (is_on_the_line(call.caller))
        return arm(call.wait, {Wake::CallBack, call.id, {}, {}}, while_on_the_line);
    Waits& w = waits[call.queue];
    // No more phones ring than there are agents to talk to whoever answers.
    const std::size_t at_once =
        std::clamp<std::size_t>(dispatcher.idle(call.queue), 1,
                                std::max<std::size_t>(1, queues.at(call.queue).callbacks_at_once));
    if (w.dialling >= at_once) {
        w.due.emplace(call.first_arrival->mono, call.id);
        return;
    }
    ++w.dialling;
    ++call.promise->attempts;
    call.citizen = LegId{next_leg++};
    legs[call.citizen] = call.id;
    do_effect(DialNumber{call.citizen, call.id, call.caller, call.dialled});
    arm(call.wait, {Wake::Ring, call.id, call.citizen, {}}, citizen_rung_for);
}

void Coordinator::Inside::callback_answered(Call& call) {
    --waits[call.queue].dialling;
    disarm(call.wait);
    call.is_up = true;
    state(call, {}, facts::CallbackTried{call.promise->attempts, "answered"});
    state(call, {}, facts::CallAnswered{});
    if (call.is_recorded) open_recording(call);
    enter_queue(call, call.queue, "callback", routing::Admission::Always);
    if (call.state == CallState::Waiting)
        play(call, Playing::Notice, {std::string{prompts::callback_greeting}});
    dial_due(call.queue);
}

void Coordinator::Inside::callback_failed(Call& call, EndCause cause, LegIs leg_is) {
    --waits[call.queue].dialling;
    disarm(call.wait);
    if (leg_is == LegIs::Up) do_effect(EndLeg{call.citizen, cause});
    legs.erase(call.citizen);
    call.citizen = {};
    state(call, {}, facts::CallbackTried{call.promise->attempts, dial_outcome(cause)});
    const bool is_last = call.promise->attempts >= setup.callback_attempts || is_draining ||
                         cause == EndCause::NoSuchNumber;
    const QueueId queue = call.queue;
    if (is_last)
        end_call(call, cause, "citizen");
    else
        arm(call.wait, {Wake::CallBack, call.id, {}, {}}, setup.callback_again);
    dial_due(queue);
}

/// Kept, given up, or no longer needed.
void Coordinator::Inside::end_promise(Call& call, const char* outcome) {
    if (!call.promise) return;
    Waits& w = waits[call.queue];
    if (call.state == CallState::Away && call.citizen) --w.dialling;
    w.due.erase({call.first_arrival->mono, call.id});
    --w.promises;
    promised.erase(call.caller);
    call.promise.reset();
    state(call, {}, facts::CallbackEnded{outcome});
}

/// A phone has stopped ringing: the next ones go back to their places, from where they are called
/// when somebody is free for them.
void Coordinator::Inside::dial_due(QueueId queue) {
    Waits& w = waits[queue];
    std::size_t free = queues.at(queue).callbacks_at_once;
    free = free > w.dialling ? free - w.dialling : 1;
    std::vector<InteractionId> next;
    while (!w.due.empty() && next.size() < free)
        next.push_back(w.due.extract(w.due.begin()).value().second);
    for (const InteractionId id : next) keep_place(calls.at(id));
}

/// Whoever was to be called back is on the line themselves and asks for a person.
void Coordinator::Inside::they_are_here(Call& call, QueueId queue) {
    const auto found = promised.find(call.caller);
    if (found == promised.end() || found->second == call.id) return;
    Call& kept = touch(found->second);
    if (kept.state != CallState::Away) return;  // We have them on another line.
    if (!call.first_arrival && kept.queue == queue) call.first_arrival = kept.first_arrival;
    end_call(kept, EndCause::Cancelled, "citizen");
    dial_due(kept.queue);
}

bool Coordinator::Inside::is_on_the_line(const std::string& number) const {
    return std::ranges::any_of(calls, [&](const auto& c) {
        const Call& call = c.second;
        const std::string& citizens = call.direction == "out" ? call.dialled : call.caller;
        return call.citizen && call.state != CallState::Ended && citizens == number;
    });
}

/// Who is only promised a call would outlive the server; the list of lost calls does not.
void Coordinator::Inside::on(const Drain&) {
    is_draining = true;
    std::vector<InteractionId> kept;
    for (const auto& [id, call] : calls)
        if (call.state == CallState::Away && !call.citizen) kept.push_back(id);
    for (const InteractionId id : kept) end_call(touch(id), EndCause::Drained, "system");
}

}  // namespace ys::interactions
