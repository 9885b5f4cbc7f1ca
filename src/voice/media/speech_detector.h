// SPDX-License-Identifier: Apache-2.0
// Where speech begins and ends in the sound of a line: by its loudness, and by a judge of voices if
// there is one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/time.h"
#include "voice/media/g711.h"

namespace ys::media {

struct ListenLimits {
    Millis begins_after{200};    ///< of speech; shorter sounds are a cough or a door
    Millis ends_after{800};      ///< of silence
    Millis speech_max{10'000};   ///< longer speech is cut
    Millis nothing_after{6000};  ///< for speech to begin; not counted while a prompt is played
};

/// Loudness below full scale; no sound at all is -90.
double level_db(std::span<const std::int16_t> samples);

/// Speech is what is clearly louder than the line was before, and changes as syllables do: noise
/// and tones that stay as they are become the line's own loudness. What is played to the speaker
/// comes back as an echo, so louder than that, too. Allocates nothing.
class SpeechDetector {
public:
    static constexpr double silent_db = -90;
    enum class Event : std::uint8_t { None, Began, Ended, Cut, Nothing };

    explicit SpeechDetector(const ListenLimits& limits);

    /// Once every 20 ms. Ended, Cut and Nothing are the last word.
    /// played_db   loudness of what the speaker is played in this tick
    /// is_waiting  whether the time without speech counts
    /// is_voice    what a SpeechJudge says; none: loudness decides alone
    Event on_frame(const Frame& frame, double played_db = silent_db, bool is_waiting = true,
                   std::optional<bool> is_voice = {});

    /// Frames without speech up to now, after it began.
    int silent_frames() const { return silent_; }
    bool has_begun() const { return has_begun_; }

private:
    static constexpr std::size_t remembered = 25;  ///< frames: half a second
    static constexpr std::size_t echo_frames = 15;
    struct Past {
        double db = silent_db;
        bool is_loud = false;  ///< as speech is: louder than the line, or a voice
    };

    double level_of(const Frame& frame);
    double echo(double played_db);
    void remember(double db, bool is_loud);
    const Past& past(std::size_t frames_ago) const;
    bool is_beginning(bool is_voice) const;
    void learn_floor(double db);
    Event while_waiting(bool is_waiting, bool is_voice);
    Event while_speaking(bool is_loud);

    int begin_frames_, end_frames_, max_frames_, nothing_frames_;
    double last_in_ = 0, last_out_ = 0;  ///< of the filter against hum
    double floor_;
    std::array<Past, remembered> past_{};
    std::array<double, echo_frames> played_{};
    std::size_t at_ = 0, played_at_ = 0;
    int waited_ = 0, silent_ = 0, spoken_ = 0;
    bool has_begun_ = false, is_over_ = false;
};

}  // namespace ys::media
