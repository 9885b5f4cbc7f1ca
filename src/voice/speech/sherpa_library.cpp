// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/sherpa_library.h"

#include <dlfcn.h>
#include <filesystem>

#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

/// False when it is not there.
template <class Function>
bool find(void* library, const char* name, Function& out) {
    out = reinterpret_cast<Function>(::dlsym(library, name));
    return out != nullptr;
}

}  // namespace

Result<SherpaLibrary> SherpaLibrary::open(const std::string& folder) {
    const std::string file = folder + "/libsherpa-onnx-c-api.so";
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return Error{Errc::not_installed, "no " + file};
    void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return Error{Errc::not_set_up, ::dlerror()};
    const char* (*version)() = nullptr;
    if (!find(library, "SherpaOnnxGetVersionStr", version) || version() != sherpa::version)
        return Error{Errc::not_set_up,
                     file + (version ? ": version " + std::string(version()) : ": no sherpa-onnx") +
                         "; " + std::string(sherpa::version) + " is needed"};
    SherpaLibrary out{};
    const bool has_all =
        find(library, "SherpaOnnxCreateVoiceActivityDetector", out.create_detector) &&
        find(library, "SherpaOnnxDestroyVoiceActivityDetector", out.destroy_detector) &&
        find(library, "SherpaOnnxVoiceActivityDetectorAcceptWaveform", out.detector_accept) &&
        find(library, "SherpaOnnxVoiceActivityDetectorDetected", out.detector_detected) &&
        find(library, "SherpaOnnxVoiceActivityDetectorClear", out.detector_clear) &&
        find(library, "SherpaOnnxVoiceActivityDetectorReset", out.detector_reset) &&
        find(library, "SherpaOnnxCreateOfflineRecognizer", out.create_recognizer) &&
        find(library, "SherpaOnnxDestroyOfflineRecognizer", out.destroy_recognizer) &&
        find(library, "SherpaOnnxCreateOfflineStream", out.create_stream) &&
        find(library, "SherpaOnnxDestroyOfflineStream", out.destroy_stream) &&
        find(library, "SherpaOnnxAcceptWaveformOffline", out.stream_accept) &&
        find(library, "SherpaOnnxDecodeOfflineStream", out.decode) &&
        find(library, "SherpaOnnxGetOfflineStreamResultAsJson", out.result_as_json) &&
        find(library, "SherpaOnnxDestroyOfflineStreamResultJson", out.destroy_json);
    if (!has_all) return Error{Errc::not_set_up, file + ": functions are missing"};
    return out;
}

}  // namespace ys::speech
