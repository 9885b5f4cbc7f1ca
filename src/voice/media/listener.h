// SPDX-License-Identifier: Apache-2.0
// What one leg says, kept from shortly before speech begins until it ends.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <variant>
#include <vector>

#include "voice/media/g711.h"
#include "voice/media/speech_detector.h"
#include "voice/media/speech_judge.h"

namespace ys::media {

struct SpeechBegan {};
struct Utterance {
    std::vector<std::int16_t> samples;  ///< 8 kHz
    bool is_cut = false;                ///< at `speech_max`
};
struct NothingSaid {};
struct ListeningStopped {};  ///< by command, by another listening, or with the leg
using HearEvent = std::variant<SpeechBegan, Utterance, NothingSaid, ListeningStopped>;

/// Made on a control thread, with all the memory it will ever need; then it belongs to the leg.
class Listener {
public:
    /// Called on a media thread: post and return. Perhaps SpeechBegan, then exactly one of the
    /// others, whatever becomes of the leg.
    using Sink = std::function<void(HearEvent)>;

    /// judge  null: loudness decides
    Listener(const ListenLimits& limits, Sink sink, std::unique_ptr<SpeechJudge> judge = nullptr);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Once every 20 ms. False when the last word was told.
    /// played  what the speaker is played; null for nothing
    bool on_frame(const Frame& heard, const AlawFrame* played, bool is_prompt);

private:
    /// A word begins before it is loud, and 260 ms may pass before speech is sure.
    static constexpr std::size_t frames_before = 25;
    static constexpr int frames_after = 10;  ///< of the silence that ended it

    void keep(const Frame& heard);
    void keep_what_was_before();
    void tell(HearEvent event);
    void tell_utterance(bool is_cut);

    SpeechDetector detector_;
    std::unique_ptr<SpeechJudge> judge_;
    Sink sink_;
    std::vector<std::int16_t> samples_;
    std::array<Frame, frames_before> before_{};
    std::size_t before_at_ = 0, before_count_ = 0;
    bool is_over_ = false;
};

}  // namespace ys::media
