// SPDX-License-Identifier: Apache-2.0
#include "app/say_command.h"

#include <fstream>
#include <vector>

#include "app/commands.h"
#include "platform/clock.h"
#include "platform/words/toned_pinyin.h"
#include "voice/media/g711.h"
#include "voice/media/wav_file.h"
#include "voice/speech/espeak_engine.h"

namespace ys::app {
namespace {

Result<Done> say(const SayFlags& flags) {
    YS_TRY(const auto pinyin, words::TonedPinyin::make());
    YS_TRY(const auto engine, speech::EspeakEngine::make(*pinyin, flags.espeak));
    const auto pace = flags.is_slow ? speech::Pace::Slow : speech::Pace::Usual;
    YS_TRY(const speech::Sound sound, engine->say({flags.text, pace, Instant::max()}));
    std::vector<std::uint8_t> alaw(sound.samples.size());
    media::encode_alaw(sound.samples, alaw);
    const auto header = media::recording_header(static_cast<std::uint32_t>(alaw.size()), 1);
    std::ofstream file{flags.out, std::ios::binary};
    file.write(reinterpret_cast<const char*>(header.data()), header.size());
    file.write(reinterpret_cast<const char*>(alaw.data()),
               static_cast<std::streamsize>(alaw.size()));
    file.close();
    if (!file) return Error{std::errc::io_error, "writing " + flags.out};
    return Done{};
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
