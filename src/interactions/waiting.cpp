// SPDX-License-Identifier: Apache-2.0
// What who waits is told - place, how long it may take, what else they may choose - and their keys.
#include <utility>

#include "interactions/inside.h"
#include "interactions/prompt_names.h"
#include "ivr/spoken.h"

namespace ys::interactions {
namespace {

constexpr std::size_t number_digits_max = 20;

bool has_waited(const Call& call, Millis after, Millis waited) {
    // Who was with a person already is promised another, not a recorder.
    return after > Millis::zero() && waited >= after && !call.connected;
}

}  // namespace

void Coordinator::Inside::announce_position(Call& call) {
    if (ring_duty(call)) return;  // The last agent may have gone home while they waited.
    const bool is_waiting = call.state == CallState::Waiting && call.announces && !call.keyed &&
                            dispatcher.position(call.id) > 0;
    if (!is_waiting) return;
    auto words = words_for(call);
    if (words.empty()) return play_music(call);
    play(call, Playing::Notice, std::move(words));
}

std::vector<std::string> Coordinator::Inside::words_for(Call& call) {
    const QueueSetup& rule = queues.at(call.queue);
    auto words = ivr::spoken_place(dispatcher.position(call.id) - 1);
    for (std::string& w : estimate_for(call)) words.push_back(std::move(w));
    const Millis waited = call.waited.at(now.mono);
    if (!is_draining && has_waited(call, rule.callback_after, waited)) {
        call.is_offered_callback = true;
        words.emplace_back(prompts::callback_offer);
    }
    if (has_waited(call, rule.voicemail_after, waited)) {
        call.is_offered_voicemail = true;
        words.emplace_back(prompts::voicemail_offer);
    }
    return words;
}

std::vector<std::string> Coordinator::Inside::estimate_for(Call& call) {
    const std::size_t place = dispatcher.position(call.id);
    const auto range = waits[call.queue].estimate.at(place);
    if (!range) return {};
    state(call, {},
          facts::WaitEstimated{call.queue.value, static_cast<std::uint32_t>(place),
                               range->low.count(), range->high.count()});
    if (!call.told) {
        call.told = range;
        call.told_at = now.mono;
    }
    return ivr::spoken_wait(std::chrono::duration_cast<Seconds>(range->low),
                            std::chrono::ceil<Seconds>(range->high));
}

/// Sooner than usual when there will be something new to offer.
Millis Coordinator::Inside::next_announcement(const Call& call) const {
    const QueueSetup& rule = queues.at(call.queue);
    const Millis waited = call.waited.at(now.mono);
    Millis next = setup.position_every;
    for (const Millis after : {rule.callback_after, rule.voicemail_after})
        if (after > waited) next = std::min(next, after - waited);
    return next;
}

void Coordinator::Inside::wait_became(Call& call) {
    if (!call.told) return;
    const auto wait = std::chrono::duration_cast<Millis>(now.mono - call.told_at);
    waits[call.queue].estimate.became(*call.told, wait);
    call.told.reset();
}

void Coordinator::Inside::waiting_key(Call& call, char key) {
    const bool is_waiting = call.state == CallState::Waiting;
    // Other last words, such as thanks after a survey, ask nothing: old offers are over.
    if (!is_waiting && call.goodbye_cause != EndCause::QueueFull) return;
    if (is_waiting && dispatcher.position(call.id) == 0) return;  // Somebody is about to answer.
    if (call.keyed) return number_key(call, key);
    if (key == '1' && call.is_offered_callback) return ask_for_callback(call);
    if (key == '2' && is_waiting && call.is_offered_voicemail) return leave_message(call);
}

void Coordinator::Inside::number_key(Call& call, char key) {
    if (key != '#') {
        const bool is_digit = key >= '0' && key <= '9';
        if (is_digit && call.keyed->size() < number_digits_max) call.keyed->push_back(key);
        return;
    }
    const std::string number = *std::exchange(call.keyed, std::nullopt);
    if (may_call_back(number)) return promise_callback(call, number);
    if (call.state == CallState::Waiting)
        play(call, Playing::Notice, {std::string{prompts::callback_refused}});
    else
        end_call(call, call.goodbye_cause, "system");
}

void Coordinator::Inside::leave_message(Call& call) {
    state(call, {}, facts::KeysPressed{"queue", "2"});
    leave_queue(call);
    begin_voicemail(call, {std::string{prompts::voicemail}});
}

/// They wait no longer, and are not served either.
void Coordinator::Inside::leave_queue(Call& call) {
    stop_duty(call, "caller_left");
    dispatcher.on(now.mono, routing::Leave{call.id});
    call.waited.stop(now.mono);
    disarm(call.position);
    disarm(call.widen);
}

}  // namespace ys::interactions
