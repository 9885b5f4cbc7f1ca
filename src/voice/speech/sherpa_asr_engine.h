// SPDX-License-Identifier: Apache-2.0
// A recogniser inside this program: sherpa-onnx with a model the operator has put on the machine.
#pragma once

#include <memory>
#include <string>

#include "voice/speech/asr_engine.h"
#include "voice/speech/sherpa_library.h"

namespace ys::speech {

struct SherpaAsrSettings {
    std::string folder;  ///< of the model: tokens.txt and model.int8.onnx or model.onnx
    std::string family;  ///< see SherpaAsrEngine::build
    std::string language = "zh";
    int threads = 2;  ///< of one utterance
};

class SherpaAsrEngine final : public AsrEngine {
public:
    /// family  "sense_voice" "paraformer" "zipformer_ctc" "wenet_ctc" "fire_red_ctc"
    /// "telespeech_ctc" errors  Errc::not_set_up, in words an operator can act on
    static Result<std::unique_ptr<SherpaAsrEngine>> build(const SherpaLibrary& library,
                                                          const SherpaAsrSettings& settings);
    ~SherpaAsrEngine() override;
    std::string name() const override { return name_; }
    /// Not ended before its time is over, but not begun after it.
    Result<SpokenWords> write_down(const AsrOrder& order) override;

private:
    SherpaAsrEngine(const SherpaLibrary& library, const sherpa::Recognizer* recognizer,
                    std::string name);
    SherpaLibrary library_;
    const sherpa::Recognizer* recognizer_;
    std::string name_;
};

/// What the library says of an utterance: "text", and how sure it was of each token.
/// errors  Errc::failed (no such JSON), Errc::not_understood (no words in it)
Result<SpokenWords> words_of_sherpa(std::string_view json);

}  // namespace ys::speech
