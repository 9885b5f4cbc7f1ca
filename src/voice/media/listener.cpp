// SPDX-License-Identifier: Apache-2.0
#include "voice/media/listener.h"

#include <algorithm>
#include <utility>

namespace ys::media {

Listener::Listener(const ListenLimits& limits, Sink sink, std::unique_ptr<SpeechJudge> judge)
    : detector_(limits), judge_(std::move(judge)), sink_(std::move(sink)) {
    const auto frames = static_cast<std::size_t>(limits.speech_max.count() / 20) + frames_before;
    samples_.reserve(frames * frame_samples);
}

Listener::~Listener() { tell(ListeningStopped{}); }

bool Listener::on_frame(const Frame& heard, const AlawFrame* played, bool is_prompt) {
    if (is_over_) return false;
    double played_db = SpeechDetector::silent_db;
    if (played != nullptr) {
        Frame linear;
        decode_alaw(*played, linear);
        played_db = level_db(linear);
    }
    keep(heard);
    if (judge_) judge_->hear(heard);
    const auto is_voice = judge_ ? judge_->hears_voice() : std::nullopt;
    switch (detector_.on_frame(heard, played_db, !is_prompt, is_voice)) {
        case SpeechDetector::Event::None:
            break;
        case SpeechDetector::Event::Began:
            keep_what_was_before();
            sink_(SpeechBegan{});
            break;
        case SpeechDetector::Event::Ended:
            tell_utterance(false);
            break;
        case SpeechDetector::Event::Cut:
            tell_utterance(true);
            break;
        case SpeechDetector::Event::Nothing:
            tell(NothingSaid{});
            break;
    }
    return !is_over_;
}

void Listener::keep(const Frame& heard) {
    if (!detector_.has_begun()) {
        before_[before_at_] = heard;
        before_at_ = (before_at_ + 1) % frames_before;
        before_count_ = std::min(before_count_ + 1, frames_before);
    } else if (samples_.size() + frame_samples <= samples_.capacity()) {
        samples_.insert(samples_.end(), heard.begin(), heard.end());
    }
}

void Listener::keep_what_was_before() {
    for (std::size_t i = before_count_; i > 0; --i) {
        const Frame& frame = before_[(before_at_ + frames_before - i) % frames_before];
        samples_.insert(samples_.end(), frame.begin(), frame.end());
    }
}

void Listener::tell_utterance(bool is_cut) {
    const auto silent =
        static_cast<std::size_t>(std::max(0, detector_.silent_frames() - frames_after)) *
        frame_samples;
    samples_.resize(samples_.size() - std::min(silent, samples_.size()));
    tell(Utterance{std::move(samples_), is_cut});
}

void Listener::tell(HearEvent event) {
    if (std::exchange(is_over_, true)) return;
    sink_(std::move(event));
}

}  // namespace ys::media
