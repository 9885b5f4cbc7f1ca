// SPDX-License-Identifier: Apache-2.0
#include "app/say_command.h"

#include "app/commands.h"
#include "app/prompt_file.h"
#include "platform/clock.h"
#include "platform/words/toned_pinyin.h"
#include "voice/speech/espeak_engine.h"

namespace ys::app {
namespace {

Result<Done> say(const SayFlags& flags) {
    YS_TRY(const auto pinyin, words::TonedPinyin::make());
    YS_TRY(const auto engine, speech::EspeakEngine::make(*pinyin, flags.espeak));
    const auto pace = flags.is_slow ? speech::Pace::Slow : speech::Pace::Usual;
    YS_TRY(const speech::Sound sound, engine->say({flags.text, pace, Instant::max()}));
    return write_prompt(flags.out, sound.samples);
}

}  // namespace

int run_say(const SayFlags& flags) {
    if (auto said = say(flags); !said) {
        print_error(said.error(), false);
        return exit_failed;
    }
    return exit_done;
}

}  // namespace ys::app
