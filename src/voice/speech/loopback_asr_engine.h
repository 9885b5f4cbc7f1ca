// SPDX-License-Identifier: Apache-2.0
// Stands in for a recogniser in tests: it knows the sentences of a folder by their sound and no
// others. The sound has to travel through the telephone for it; it is of no use to a citizen.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "voice/speech/asr_engine.h"
#include "voice/speech/sound_shape.h"

namespace ys::speech {

class LoopbackAsrEngine final : public AsrEngine {
public:
    static constexpr std::size_t sentences_max = 500;
    static constexpr std::size_t file_bytes_max = 1U << 20;

    /// Takes every `<name>.wav` (8 kHz, one channel) that has its words in `<name>.txt` beside it.
    /// is_test  whether the settings say that this is a test
    /// errors   Errc::not_set_up: no test; no folder; a file that cannot be read; no sentence
    static Result<std::unique_ptr<LoopbackAsrEngine>> build(const std::string& folder,
                                                            bool is_test);
    std::string name() const override { return "loopback (test)"; }
    Result<SpokenWords> write_down(const AsrOrder& order) override;

private:
    struct Sentence {
        std::string words;
        SoundShape shape;
    };
    std::vector<Sentence> sentences_;
};

}  // namespace ys::speech
