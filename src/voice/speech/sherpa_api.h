// SPDX-License-Identifier: Apache-2.0
// The part of the C interface of sherpa-onnx 1.13.4 that is called here; its package has no header.
// The layouts are that version's alone: sherpa_library.h refuses another.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace ys::speech::sherpa {

inline constexpr std::string_view version = "1.13.4";

struct VoiceModel {
    const char* file;
    float threshold, silence_min_s, speech_min_s;
    std::int32_t window_samples;
    float speech_max_s;
};
struct DetectorSettings {
    VoiceModel silero;
    std::int32_t samples_per_s, threads;
    const char* provider;
    std::int32_t is_debug;
    VoiceModel ten;
};

struct Whisper {
    const char *encoder, *decoder, *language, *task;
    std::int32_t tail_paddings, token_times, segment_times;
};
struct SenseVoice {
    const char *model, *language;
    std::int32_t writes_numbers;
};
struct Canary {
    const char *encoder, *decoder, *from, *to;
    std::int32_t punctuates;
};
struct FunAsrNano {
    std::array<const char*, 6> files_and_prompts;
    std::int32_t tokens_max;
    float temperature, top_p;
    std::int32_t seed;
    const char* language;
    std::int32_t writes_numbers;
    const char* hotwords;
};
struct Qwen3 {
    std::array<const char*, 4> files;
    std::int32_t length_max, tokens_max;
    float temperature, top_p;
    std::int32_t seed;
    const char* hotwords;
};
struct Cohere {
    const char *encoder, *decoder, *language;
    std::int32_t punctuates, writes_numbers;
};
/// One family of models is named in it, the others are null.
struct Models {
    const char *encoder, *decoder, *joiner;  ///< transducer
    const char* paraformer;
    const char* nemo_ctc;
    Whisper whisper;
    const char* tdnn;
    const char* tokens;
    std::int32_t threads, is_debug;
    const char *provider, *type, *unit, *vocabulary;
    const char* telespeech_ctc;
    SenseVoice sense_voice;
    std::array<const char*, 5> moonshine;
    std::array<const char*, 2> fire_red;
    const char* dolphin;
    const char* zipformer_ctc;
    Canary canary;
    const char* wenet_ctc;
    const char* omnilingual;
    const char* med_asr;
    FunAsrNano fun_asr_nano;
    const char* fire_red_ctc;
    Qwen3 qwen3;
    Cohere cohere;
};
struct RecognizerSettings {
    std::int32_t samples_per_s, features;
    Models models;
    const char* language_model;
    float language_model_scale;
    const char* decoding;
    std::int32_t paths_max;
    const char* hotwords;
    float hotwords_score;
    const char *rules, *rule_archives;
    float blank_penalty;
    std::array<const char*, 3> homophones;
};

struct Detector;
struct Recognizer;
struct Stream;

}  // namespace ys::speech::sherpa
