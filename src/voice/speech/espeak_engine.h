// SPDX-License-Identifier: Apache-2.0
// espeak-ng, the voice that needs no recording, as a process of its own (it is GPL).
#pragma once

#include <memory>
#include <string>

#include "platform/words/toned_pinyin.h"
#include "voice/speech/tts_engine.h"

namespace ys::speech {

/// It never sees the text: numbers are made words (ivr/reading), words our pinyin, and the pinyin
/// goes to its standard input.
class EspeakEngine final : public TtsEngine {
public:
    static constexpr std::size_t text_bytes_max = 4000;
    static constexpr std::size_t syllables_max = 500;  ///< some three minutes of speech
    static constexpr Seconds time_max{20};

    /// pinyin  must outlive the engine
    /// errors  Errc::not_installed
    static Result<std::unique_ptr<EspeakEngine>> make(const words::TonedPinyin& pinyin,
                                                      std::string program = "/usr/bin/espeak-ng");
    std::string voice() const override;
    Result<Sound> say(const SpeechOrder& order) const override;

private:
    EspeakEngine(const words::TonedPinyin& pinyin, std::string program)
        : pinyin_(pinyin), program_(std::move(program)) {}
    const words::TonedPinyin& pinyin_;
    std::string program_;
};

}  // namespace ys::speech
