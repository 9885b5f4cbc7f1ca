// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/sherpa_asr_engine.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <vector>

#include <boost/json.hpp>

#include "base/text.h"
#include "platform/clock.h"
#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::int32_t telephone_samples_per_s = 8000, model_samples_per_s = 16'000;

Error not_set_up(const std::string& why) { return {Errc::not_set_up, "sherpa: " + why}; }

bool is_file(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error);
}

/// Where the file of a family stands in the settings; nullptr for an unknown family.
const char** place_of(std::string_view family, sherpa::Models& models) {
    if (family == "sense_voice") return &models.sense_voice.model;
    if (family == "paraformer") return &models.paraformer;
    if (family == "zipformer_ctc") return &models.zipformer_ctc;
    if (family == "wenet_ctc") return &models.wenet_ctc;
    if (family == "fire_red_ctc") return &models.fire_red_ctc;
    if (family == "telespeech_ctc") return &models.telespeech_ctc;
    return nullptr;
}

/// The mean probability of the tokens; none when the model does not say.
std::optional<double> certainty_of(const json::object& answer) {
    const auto* logs = answer.if_contains("ys_log_probs");
    if (logs == nullptr || !logs->is_array() || logs->get_array().empty()) return std::nullopt;
    double sum = 0;
    for (const json::value& each : logs->get_array()) {
        if (!each.is_number()) return std::nullopt;
        sum += std::exp(std::min(0.0, each.to_number<double>()));
    }
    return sum / static_cast<double>(logs->get_array().size());
}

}  // namespace

Result<SpokenWords> words_of_sherpa(std::string_view text) {
    json::error_code error;
    json::parse_options limits;
    limits.max_depth = 4;
    const json::value answer = json::parse(text, error, {}, limits);
    const auto* object = error ? nullptr : answer.if_object();
    const auto* words = object == nullptr ? nullptr : object->if_contains("text");
    if (words == nullptr || !words->is_string())
        return Error{Errc::failed, "an answer without \"text\""};
    std::string said =
        cleaned(trimmed(std::string_view(words->get_string())), AsrEngine::text_bytes_max);
    if (trimmed(said).empty()) return Error{Errc::not_understood, "no words"};
    return SpokenWords{std::move(said), certainty_of(*object)};
}

Result<std::unique_ptr<SherpaAsrEngine>> SherpaAsrEngine::build(const SherpaLibrary& library,
                                                                const SherpaAsrSettings& s) {
    sherpa::RecognizerSettings settings{};
    const char** place = place_of(s.family, settings.models);
    if (place == nullptr)
        return not_set_up(
            "model is sense_voice, paraformer, zipformer_ctc, wenet_ctc, "
            "fire_red_ctc or telespeech_ctc");
    const std::string tokens = s.folder + "/tokens.txt";
    std::string model = s.folder + "/model.int8.onnx";
    if (!is_file(model)) model = s.folder + "/model.onnx";
    // The library ends the process over a file that is missing: it is not asked.
    for (const std::string& each : {tokens, model})
        if (!is_file(each)) return not_set_up("no " + each);
    *place = model.c_str();
    settings.samples_per_s = model_samples_per_s;
    settings.features = 80;
    settings.models.tokens = tokens.c_str();
    settings.models.threads = s.threads;
    settings.models.provider = "cpu";
    settings.models.sense_voice.language = s.language.c_str();
    settings.decoding = "greedy_search";
    settings.paths_max = 4;
    try {
        if (const auto* made = library.create_recognizer(&settings))
            return std::unique_ptr<SherpaAsrEngine>(
                new SherpaAsrEngine(library, made, "sherpa " + s.family));
    } catch (const std::exception& e) {
        return not_set_up(model + ": " + e.what());
    }
    return not_set_up(model + ": no model of this family");
}

SherpaAsrEngine::SherpaAsrEngine(const SherpaLibrary& library, const sherpa::Recognizer* recognizer,
                                 std::string name)
    : library_(library), recognizer_(recognizer), name_(std::move(name)) {}

SherpaAsrEngine::~SherpaAsrEngine() { library_.destroy_recognizer(recognizer_); }

Result<SpokenWords> SherpaAsrEngine::write_down(const AsrOrder& order) {
    if (mono_now() >= order.until) return Error{Errc::timed_out, "waiting for the recogniser"};
    std::vector<float> sound(order.samples.size());
    std::ranges::transform(order.samples, sound.begin(),
                           [](std::int16_t s) { return static_cast<float>(s) / 32768; });
    try {
        const std::unique_ptr<const sherpa::Stream, void (*)(const sherpa::Stream*)> stream(
            library_.create_stream(recognizer_), library_.destroy_stream);
        library_.stream_accept(stream.get(), telephone_samples_per_s, sound.data(),
                               static_cast<std::int32_t>(sound.size()));
        library_.decode(recognizer_, stream.get());
        const std::unique_ptr<const char, void (*)(const char*)> answer(
            library_.result_as_json(stream.get()), library_.destroy_json);
        return words_of_sherpa(answer.get());
    } catch (const std::exception& e) {
        return Error{Errc::failed, e.what()};
    }
}

}  // namespace ys::speech
