// SPDX-License-Identifier: Apache-2.0
// sherpa-onnx, opened while the program runs: it is not there on every machine. It runs neural
// networks over sound; the networks are files beside it or the operator's.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "voice/speech/sherpa_api.h"

namespace ys::speech {

/// Its functions. Never closed: the runtime below it has threads.
/// A network that is no network ends in an exception, which callers here turn into an error; some
/// wrong settings make the library end the process, so those are checked before.
struct SherpaLibrary {
    const sherpa::Detector* (*create_detector)(const sherpa::DetectorSettings*, float seconds);
    void (*destroy_detector)(const sherpa::Detector*);
    void (*detector_accept)(const sherpa::Detector*, const float*, std::int32_t);
    std::int32_t (*detector_detected)(const sherpa::Detector*);
    void (*detector_clear)(const sherpa::Detector*);
    void (*detector_reset)(const sherpa::Detector*);

    const sherpa::Recognizer* (*create_recognizer)(const sherpa::RecognizerSettings*);
    void (*destroy_recognizer)(const sherpa::Recognizer*);
    const sherpa::Stream* (*create_stream)(const sherpa::Recognizer*);
    void (*destroy_stream)(const sherpa::Stream*);
    void (*stream_accept)(const sherpa::Stream*, std::int32_t samples_per_s, const float*,
                          std::int32_t);
    void (*decode)(const sherpa::Recognizer*, const sherpa::Stream*);
    const char* (*result_as_json)(const sherpa::Stream*);
    void (*destroy_json)(const char*);

    /// Where tools/setup/sherpa puts it, with Silero's model beside it.
    static constexpr const char* usual_folder = "/usr/local/lib/sherpa-onnx";
    static constexpr const char* voice_model = "silero_vad.onnx";

    /// errors  Errc::not_installed (no such file), Errc::not_set_up (another version, no library)
    static Result<SherpaLibrary> open(const std::string& folder);
};

}  // namespace ys::speech
