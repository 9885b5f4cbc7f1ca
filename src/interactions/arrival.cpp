// SPDX-License-Identifier: Apache-2.0
// A call arrives and walks through its flow: the robot's prompts, keys and waits.
#include <utility>

#include "base/overloaded.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

/// A prompt whose end is never reported must not hold a caller up.
constexpr Millis greeting_max{15'000};

std::string direction_of(Via via) { return via == Via::Web ? "web" : "in"; }

}  // namespace

void Coordinator::Inside::on(const CallArrived& c) {
    if (legs.contains(c.leg)) return;  // Told twice.
    if (c.has_left) return refuse_call(c, c.centre, EndCause::Cancelled);
    if (c.via == Via::Phone && consult_by_phone(c)) return;
    const auto number = numbers.find(c.dialled);
    if (number == numbers.end()) return refuse_call(c, c.centre, EndCause::NoSuchNumber);
    if (is_draining) return refuse_call(c, number->second.centre, EndCause::Drained);
    const InteractionId id{next_interaction++};
    Call& call = calls[id];
    call.id = id;
    call.direction = direction_of(c.via);
    call.citizen = c.leg;
    call.caller = c.caller;
    call.dialled = c.dialled;
    call.display_name = c.display_name;
    call.tags = c.caller_tags;
    call.customer = c.customer;
    call.known_to = c.known_to;
    call.repeats = c.repeats;
    call.address = c.address;
    call.arrived = now;
    call.flow = number->second.flow;
    legs[c.leg] = id;
    touch(id);
    const routing::Located found = locate(call, number->second, c);
    state(call, {},
          facts::CallArrived{call.direction, c.caller, c.dialled, c.display_name, c.call_id,
                             c.source, c.customer.value, 0});
    if (number->second.locates)
        state(call, {}, facts::TerritoryFound{found.centre.value, found.from, found.place});
    const ivr::Flow& flow = flows.at(call.flow);
    call.is_recorded = flow.recorded;
    answer(call, flow, c.is_barred);
}

/// A call nothing was built for still leaves its two facts: it came, and why it was not served.
void Coordinator::Inside::refuse_call(const CallArrived& c, CentreId centre, EndCause cause) {
    Call unserved;
    unserved.id = InteractionId{next_interaction++};
    unserved.centre = centre;
    state(unserved, {},
          facts::CallArrived{direction_of(c.via), c.caller, c.dialled, c.display_name, c.call_id,
                             c.source, c.customer.value, 0});
    const char* who = c.has_left ? "citizen" : "system";
    state(unserved, {}, facts::CallEnded{std::string{name_of(cause)}, who});
    do_effect(EndLeg{c.leg, cause});
    do_effect(CloseInteraction{unserved.id});
}

/// Who is barred hears why and may leave a message; nobody is rung for them.
void Coordinator::Inside::answer(Call& call, const ivr::Flow& flow, bool is_barred) {
    move(call, CallEvent::Answer);
    call.is_up = true;
    do_effect(AnswerLeg{call.citizen, call.id});
    state(call, {}, facts::CallAnswered{});
    if (call.is_recorded) open_recording(call);
    if (is_barred) return begin_voicemail(call, {std::string{prompts::caller_barred}});
    call.run.emplace(flow, ivr::Caller{call.caller, call.tags});
    if (!say_emergencies(call)) begin_flow(call);
}

void Coordinator::Inside::take_steps(Call& call, const std::vector<ivr::Step>& steps) {
    for (const ivr::Step& step : steps)
        std::visit(
            overloaded{
                [&](const ivr::EnterNode& s) {
                    call.path.push_back(s.node);
                    state(call, {}, facts::FlowNodeEntered{call.flow, s.node});
                },
                [&](const ivr::TellKeys& s) {
                    call.path.push_back(s.node + "=" + s.keys);
                    state(call, {}, facts::KeysPressed{s.node, s.keys});
                },
                [&](const ivr::Say& s) { play(call, Playing::Flow, s.prompts); },
                [&](const ivr::StopSaying&) { quiet(call); },
                [&](const ivr::Wait& s) {
                    call.echoes = s.echo;
                    disarm(call.wait);
                    if (s.limit > Millis::zero())
                        arm(call.wait, {Wake::Wait, call.id, {}, {}}, s.limit);
                },
                [&](const ivr::Secure& s) { set_secure(call, s.on); },
                [&](const ivr::SetTerritory& s) { set_territory(call, s.keyed); },
                [&](const ivr::LookUpCase& s) {
                    do_effect(
                        LookUpCase{call.id, call.number_centre, call.caller, s.number, s.code});
                },
                [&](const ivr::LookUpLive& s) {
                    do_effect(LookUpLive{call.id, call.number_centre, s.about, s.number, s.digits,
                                         is_unhurried(call)});
                },
                [&](const ivr::AskKnowledge& s) {
                    do_effect(AskKnowledge{call.id, call.citizen, call.number_centre, s.matter,
                                           s.choice, s.within, is_unhurried(call)});
                },
                [&](const ivr::AskGuesses& s) {
                    do_effect(GuessNeed{call.id, call.number_centre, call.caller, s.kinds});
                },
                [&](const ivr::StopGuessing&) {
                    do_effect(NeverGuess{call.number_centre, call.caller});
                    state(call, {}, facts::MenuGuessed{"stopped", "", "pressed"});
                },
                [&](const ivr::ToQueue& s) {
                    call.priority = s.priority;
                    call.needs = skills_named(s.needs);
                    call.announces = s.announces;
                    enter_queue(call, queue_named(call, s.queue), "flow",
                                routing::Admission::ByLimit);
                },
                [&](const ivr::ToVoicemail&) { begin_voicemail(call, {}); },
                [&](const ivr::Finish&) { end_call(call, EndCause::SelfServed, "system"); },
            },
            step);
}

void Coordinator::Inside::on(const KeyPressed& c) {
    Call* call = call_of(c.leg);
    if (call == nullptr) return;
    if (c.leg != call->citizen) return duty_key(*call, c.leg, c.key);
    switch (call->state) {
        case CallState::InFlow:
            if (call->playing == Playing::Notice) return emergency_key(*call, c.key);
            return take_steps(*call, call->run->on(now, ivr::Key{c.key}));
        case CallState::Survey:
            return survey_key(*call, c.key);
        case CallState::Voicemail:
            if (c.key == '#') end_message(*call, "citizen");
            return;
        case CallState::Waiting:
        case CallState::Goodbye:
            return waiting_key(*call, c.key);
        default:
            return;
    }
}

/// Who has left, or was helped in the meantime, is told nothing.
/// An answer the caller waits for in a flow; late ones change nothing.
void Coordinator::Inside::tell_flow(InteractionId who, const ivr::Input& told) {
    const auto call = calls.find(who);
    if (call == calls.end() || call->second.state != CallState::InFlow || !call->second.run) return;
    take_steps(touch(who), call->second.run->on(now, told));
}

void Coordinator::Inside::on(const PlayEnded& c) {
    Call* call = call_of(c.leg);
    // An older prompt's end, or one of an agent's own leg: the picture has moved on.
    if (call == nullptr || c.leg != call->citizen || c.play != call->play) return;
    if (call->playing != Playing::Nothing) prompts_ended(*call);
}

void Coordinator::Inside::prompts_ended(Call& call) {
    const Playing was = std::exchange(call.playing, Playing::Nothing);
    switch (was) {
        case Playing::Flow:
            return take_steps(call, call.run->on(now, ivr::PromptsEnded{}));
        case Playing::Notice:
            return call.state == CallState::InFlow ? begin_flow(call) : play_music(call);
        case Playing::Greeting:
            return disarm(call.wait);
        case Playing::Survey:
            return arm(call.wait, {Wake::Wait, call.id, {}, {}}, Millis{10'000});
        case Playing::Beep:
            call.voicemail = record(call, "voicemail", {call.citizen}, {});
            return;
        case Playing::Goodbye:
            // Who was asked something gets the time to answer.
            if (call.keyed) return;
            if (call.is_offered_callback && call.goodbye_cause == EndCause::QueueFull)
                return arm(call.wait, {Wake::Wait, call.id, {}, {}}, Millis{10'000});
            return end_call(call, call.goodbye_cause, "system");
        case Playing::Music:
        case Playing::Nothing:
            return;
    }
}

void Coordinator::Inside::wait_over(Call& call) {
    switch (call.state) {
        case CallState::InFlow:
            if (call.playing == Playing::Notice) return begin_flow(call);
            return take_steps(call, call.run->on(now, ivr::WaitOver{}));
        case CallState::Survey:
            if (call.playing == Playing::Survey) quiet(call);
            return ask_survey(call);
        case CallState::Voicemail:
            return end_message(call, "system");
        case CallState::Goodbye:
            return end_call(call, call.goodbye_cause, "system");
        default:
            if (call.playing == Playing::Greeting) quiet(call);
            return;
    }
}

/// Replaces what the citizen hears from us. Nothing to say counts as said.
void Coordinator::Inside::play(Call& call, Playing what, std::vector<std::string> prompts) {
    const bool is_music = what == Playing::Music;
    call.playing = what;
    call.play = PlayId{next_play++};
    do_effect(
        Play{call.citizen, call.play, std::move(prompts), is_music, is_music, is_unhurried(call)});
    if (what == Playing::Greeting) arm(call.wait, {Wake::Wait, call.id, {}, {}}, greeting_max);
}

void Coordinator::Inside::play_music(Call& call) {
    if (!call.announces) return quiet(call);
    if (call.playing != Playing::Music) play(call, Playing::Music, {std::string{prompts::music}});
}

void Coordinator::Inside::quiet(Call& call) {
    if (std::exchange(call.playing, Playing::Nothing) == Playing::Nothing) return;
    if (call.citizen) do_effect(StopPlay{call.citizen});
}

void Coordinator::Inside::set_secure(Call& call, bool is_on) {
    if (std::exchange(call.is_secure, is_on) == is_on) return;
    do_effect(SecureInput{call.id, is_on});
    if (!is_on) disarm(call.secure_off);
    touched.insert(call.id);
}

}  // namespace ys::interactions
