// SPDX-License-Identifier: Apache-2.0
#include "voice/media/speech_detector.h"

#include <algorithm>
#include <cmath>

namespace ys::media {
namespace {

constexpr double full_scale = 32768;
constexpr double floor_at_start = -60, floor_least = -70;
constexpr double begins_above_floor = 8, goes_on_above_floor = 5;
constexpr double begins_above = -48, goes_on_above = -51;  ///< the quietest talker there is
/// A telephone line gives back what it is played at least so much quieter (ITU-T G.122: a hybrid
/// balanced badly).
constexpr double echo_loss = 15;
/// Levels of 20 ms of steady noise differ by half a decibel, of speech by several.
constexpr double steady_db = 1.0, changing_db = 1.5;
constexpr std::size_t loud_missing_max = 6;  ///< frames between syllables that do not count
constexpr int grace_frames = 50, grace_loud = 5;

int frames(Millis length) { return static_cast<int>(length.count() / 20); }

/// Sums for the deviation of levels.
struct Spread {
    double sum = 0, squares = 0;
    int count = 0;
    void add(double db) {
        sum += db;
        squares += db * db;
        ++count;
    }
    double mean() const { return sum / count; }
    double deviation() const { return std::sqrt(std::max(0.0, squares / count - mean() * mean())); }
};

}  // namespace

double level_db(std::span<const std::int16_t> samples) {
    double power = 0;
    for (const double s : samples) power += s * s;
    if (samples.empty() || power == 0) return SpeechDetector::silent_db;
    const double mean = power / static_cast<double>(samples.size()) / full_scale / full_scale;
    return std::max(SpeechDetector::silent_db, 10 * std::log10(mean));
}

SpeechDetector::SpeechDetector(const ListenLimits& limits)
    : begin_frames_(std::clamp(frames(limits.begins_after), 3,
                               static_cast<int>(remembered - loud_missing_max - 1))),
      end_frames_(frames(limits.ends_after)),
      max_frames_(frames(limits.speech_max)),
      nothing_frames_(frames(limits.nothing_after)),
      floor_(floor_at_start) {
    played_.fill(silent_db);
}

/// Without what lies below the voice: mains hum would be loud all the time.
double SpeechDetector::level_of(const Frame& frame) {
    constexpr double keeps = 0.89;  // A corner at 150 Hz.
    double power = 0;
    for (const double in : frame) {
        last_out_ = in - last_in_ + keeps * last_out_;
        last_in_ = in;
        power += last_out_ * last_out_;
    }
    if (power == 0) return silent_db;
    const double mean = power / frame_samples / full_scale / full_scale;
    return std::max(silent_db, 10 * std::log10(mean));
}

/// An echo of what was played in the last 300 ms is at most so loud.
double SpeechDetector::echo(double played_db) {
    played_[played_at_] = played_db;
    played_at_ = (played_at_ + 1) % echo_frames;
    return *std::ranges::max_element(played_) - echo_loss;
}

void SpeechDetector::remember(double db, bool is_loud) {
    at_ = (at_ + 1) % remembered;
    past_[at_] = {db, is_loud};
}

const SpeechDetector::Past& SpeechDetector::past(std::size_t frames_ago) const {
    return past_[(at_ + remembered - frames_ago) % remembered];
}

SpeechDetector::Event SpeechDetector::on_frame(const Frame& frame, double played_db,
                                               bool is_waiting, std::optional<bool> is_voice) {
    if (is_over_) return Event::None;
    const double db = level_of(frame);
    const double least = has_begun_ ? std::max(floor_ + goes_on_above_floor, goes_on_above)
                                    : std::max(floor_ + begins_above_floor, begins_above);
    // Who hears voices needs no floor, but the echo of a prompt is a voice, too.
    const double above = echo(played_db);
    const bool is_loud = is_voice ? *is_voice && db > above : db > std::max(least, above);
    remember(db, is_loud);
    learn_floor(db);
    const Event event =
        has_begun_ ? while_speaking(is_loud) : while_waiting(is_waiting, is_voice.value_or(false));
    is_over_ = event != Event::None && event != Event::Began;
    return event;
}

void SpeechDetector::learn_floor(double db) {
    if (!past(0).is_loud) {
        // Down at once, up in a second: a breath must not become the floor.
        const double part = db < floor_ ? 0.5 : 0.04;
        floor_ = std::max(floor_least, floor_ + part * (db - floor_));
        return;
    }
    Spread levels;
    for (std::size_t i = 0; i < remembered && past(i).is_loud; ++i) levels.add(past(i).db);
    if (levels.count == static_cast<int>(remembered) && levels.deviation() < steady_db)
        floor_ = levels.mean();
}

/// Loud for long enough, and not all the same. Frames at the edge of a sound are only partly
/// filled: they would make a tone look changing. A voice may stay as it is.
bool SpeechDetector::is_beginning(bool is_voice) const {
    const std::size_t window = static_cast<std::size_t>(begin_frames_) + loud_missing_max;
    int loud = 0;
    Spread inside;
    for (std::size_t i = 0; i < window; ++i) {
        if (!past(i).is_loud) continue;
        ++loud;
        if (i > 0 && past(i - 1).is_loud && past(i + 1).is_loud) inside.add(past(i).db);
    }
    if (loud < begin_frames_) return false;
    return is_voice || (inside.count > 2 && inside.deviation() >= changing_db);
}

SpeechDetector::Event SpeechDetector::while_waiting(bool is_waiting, bool is_voice) {
    if (is_beginning(is_voice)) {
        has_begun_ = true;
        spoken_ = begin_frames_;
        return Event::Began;
    }
    if (is_waiting) ++waited_;
    if (waited_ < nothing_frames_) return Event::None;
    // Somebody who begins in the last moment is not cut off.
    const auto loud = std::ranges::count_if(past_, [](const Past& p) { return p.is_loud; });
    const bool may_begin = loud >= grace_loud && waited_ < nothing_frames_ + grace_frames;
    return may_begin ? Event::None : Event::Nothing;
}

SpeechDetector::Event SpeechDetector::while_speaking(bool is_loud) {
    ++spoken_;
    silent_ = is_loud ? 0 : silent_ + 1;
    if (silent_ >= end_frames_) return Event::Ended;
    return spoken_ >= max_frames_ ? Event::Cut : Event::None;
}

}  // namespace ys::media
