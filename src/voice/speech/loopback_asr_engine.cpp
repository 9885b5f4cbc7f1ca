// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/loopback_asr_engine.h"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "base/text.h"
#include "voice/media/wav_file.h"
#include "voice/speech/errc.h"
#include "voice/speech/wav_of.h"

namespace ys::speech {
namespace {

namespace fs = std::filesystem;

/// What the way through the telephone changes stays below; two sentences differ by more.
constexpr double alike_below_db = 4.0;

Error not_set_up(const std::string& why) { return {Errc::not_set_up, "loopback: " + why}; }

Result<std::string> text_of(const fs::path& path) {
    auto bytes = media::read_file(path.string(), LoopbackAsrEngine::file_bytes_max);
    if (!bytes) return not_set_up(path.string() + " cannot be read");
    return std::string(bytes->begin(), bytes->end());
}

}  // namespace

Result<std::unique_ptr<LoopbackAsrEngine>> LoopbackAsrEngine::build(const std::string& folder,
                                                                    bool is_test) {
    if (!is_test)
        return not_set_up("it is for tests only; speech.test = true says that this is one");
    std::error_code error;
    std::vector<fs::path> sounds;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".wav") sounds.push_back(entry.path());
    if (error) return not_set_up("no folder " + folder);
    if (sounds.size() > sentences_max) return not_set_up("too many files in " + folder);
    std::ranges::sort(sounds);
    auto out = std::make_unique<LoopbackAsrEngine>();
    for (const fs::path& sound : sounds) {
        YS_TRY(const std::string file, text_of(sound));
        YS_TRY(const std::string words, text_of(fs::path(sound).replace_extension(".txt")));
        const auto samples = samples_of_wav(file);
        if (!samples) return not_set_up(sound.string() + ": " + samples.error().note);
        out->sentences_.push_back(
            {cleaned(trimmed(words), AsrEngine::text_bytes_max), shape_of(*samples)});
    }
    if (out->sentences_.empty()) return not_set_up("no sentence in " + folder);
    return out;
}

Result<SpokenWords> LoopbackAsrEngine::write_down(const AsrOrder& order) {
    const SoundShape heard = shape_of(order.samples);
    const Sentence* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (const Sentence& each : sentences_) {
        const double differs = difference(heard, each.shape);
        if (differs >= least) continue;
        least = differs;
        best = &each;
    }
    if (best == nullptr || least > alike_below_db)
        return Error{Errc::not_understood, "a sentence that is not in the folder"};
    return SpokenWords{best->words, std::clamp(1 - least / (2 * alike_below_db), 0.0, 1.0)};
}

}  // namespace ys::speech
