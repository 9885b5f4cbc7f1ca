// SPDX-License-Identifier: Apache-2.0
#include "app/live_speech.h"

#include <utility>

#include "platform/clock.h"
#include "platform/log/log.h"
#include "voice/speech/espeak_engine.h"

namespace ys::app {

LiveSpeech::LiveSpeech(ControlLoop& loop, std::string program) : loop_(loop) {
    pool_.post([inside = inside_, program = std::move(program)] {
        auto pinyin = words::TonedPinyin::make();
        if (!pinyin) return log::error("speech", "no_voice", pinyin.error());
        inside->pinyin = *std::move(pinyin);
        auto engine = speech::EspeakEngine::make(*inside->pinyin, program);
        if (!engine)
            return log::warn("speech", "no_voice",
                             {{"program", program}, {"why", engine.error().code.message()}});
        inside->engine = *std::move(engine);
    });
}

void LiveSpeech::say(std::string text, speech::Pace pace, Then then) {
    if (waiting_ >= waiting_max) return loop_.post([then = std::move(then)] { then({}); });
    ++waiting_;
    speech::SpeechOrder order{std::move(text), pace, mono_now() + made_within};
    pool_.post([this, inside = inside_, is_alive = is_alive_, order = std::move(order),
                then = std::move(then)]() mutable {
        std::vector<std::int16_t> samples;
        if (inside->engine && mono_now() < order.until) {
            auto sound = inside->engine->say(order);
            if (sound)
                samples = std::move(sound->samples);
            else
                log::warn("speech", "not_said", {{"why", sound.error().code.message()}});
        }
        loop_.post(
            [this, is_alive, then = std::move(then), samples = std::move(samples)]() mutable {
                if (!*is_alive) return;
                --waiting_;
                then(std::move(samples));
            });
    });
}

void LiveSpeech::stop() {
    pool_.stop();
    *is_alive_ = false;
}

}  // namespace ys::app
