// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/espeak_engine.h"

#include <algorithm>
#include <span>

#include <unistd.h>

#include "ivr/reading/reading.h"
#include "platform/clock.h"
#include "voice/media/wav_file.h"
#include "voice/speech/child_process.h"
#include "voice/speech/errc.h"
#include "voice/speech/telephone_sound.h"

namespace ys::speech {
namespace {

/// The voice that takes pinyin; "cmn" reads some characters as English.
constexpr std::string_view espeak_voice = "cmn-latn-pinyin";
/// Words a minute, as tools/prompts/make_prompts has them.
constexpr std::string_view usual_pace = "150", slow_pace = "110";
/// Five hundred W (double-u) at the slow pace are 25 MB.
constexpr std::size_t output_bytes_max = 32U << 20;

}  // namespace

Result<std::unique_ptr<EspeakEngine>> EspeakEngine::make(const words::TonedPinyin& pinyin,
                                                         std::string program) {
    if (access(program.c_str(), X_OK) != 0) return Error{Errc::not_installed, std::move(program)};
    return std::unique_ptr<EspeakEngine>(new EspeakEngine(pinyin, std::move(program)));
}

std::string EspeakEngine::voice() const { return "espeak-ng " + std::string(espeak_voice); }

Result<Sound> EspeakEngine::say(const SpeechOrder& order) const {
    if (order.text.size() > text_bytes_max)
        return Error{Errc::too_long, std::to_string(order.text.size()) + " bytes"};
    std::string line = pinyin_.line(ivr::reading(order.text));
    if (std::ranges::none_of(line, [](char c) { return c >= 'A'; }))
        return Error{Errc::nothing_to_say, "no syllable in the text"};
    if (std::ranges::count(line, ' ') >= static_cast<std::ptrdiff_t>(syllables_max))
        return Error{Errc::too_long, "too many syllables"};
    ChildOrder child{.program = program_,
                     .arguments = {"-v", std::string(espeak_voice), "-s",
                                   std::string(order.pace == Pace::Slow ? slow_pace : usual_pace),
                                   "--stdin", "--stdout"},
                     .input = std::move(line) + '\n',
                     .output_bytes_max = output_bytes_max,
                     .until = std::min(order.until, mono_now() + time_max)};
    YS_TRY(const std::string file, run_child(child));
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(file.data());
    const auto wav = media::parse_wav(std::span(bytes, file.size()));
    if (!wav) return Error{Errc::failed, "the voice's file: " + wav.error().note};
    if (wav->format != 1 || wav->channels != 1 || wav->bits != 16)
        return Error{Errc::failed, "the voice's file is no PCM of one channel"};
    return telephone_sound(samples_of(wav->data), wav->sample_rate);
}

}  // namespace ys::speech
