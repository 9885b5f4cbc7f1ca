// SPDX-License-Identifier: Apache-2.0
// Tones, noise and made-up syllables. Real sentences are in speech/hearing_test.cpp.
#include "voice/media/speech_detector.h"

#include <cmath>
#include <numbers>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ys::media {
namespace {

using Event = SpeechDetector::Event;
using Sound = std::vector<double>;  ///< of full scale

constexpr double pi2 = 2 * std::numbers::pi;

Sound silence(int ms) { return Sound(static_cast<std::size_t>(8 * ms)); }

double gain(double db) { return std::pow(10.0, db / 20); }

/// on_ms of sound and off_ms without, all over.
Sound tone(double first_hz, double second_hz, int on_ms, int off_ms, double db, int ms) {
    Sound out = silence(ms);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (static_cast<int>(i / 8) % (on_ms + off_ms) >= on_ms) continue;
        const double t = static_cast<double>(i) / 8000;
        out[i] = gain(db) * 0.7 * (std::sin(pi2 * first_hz * t) + std::sin(pi2 * second_hz * t));
    }
    return out;
}

/// Harmonics of 140 Hz that swell and fade five times a second.
Sound syllables(int ms, double db) {
    Sound out = silence(ms);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double t = static_cast<double>(i) / 8000;
        double voice = 0;
        for (int k = 1; k <= 12; ++k) voice += std::sin(pi2 * 140 * k * t) / k;
        out[i] = gain(db) * voice * (0.6 - 0.5 * std::cos(pi2 * 5 * t));
    }
    return out;
}

Sound operator+(Sound a, const Sound& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

Sound with_noise(Sound sound, double db) {
    std::mt19937 chance{7};
    std::normal_distribution<double> normal{0, gain(db)};
    for (double& s : sound) s += normal(chance);
    return sound;
}

struct Told {
    std::optional<int> began_ms, over_ms;
    Event last = Event::None;
};

Told told_of(const Sound& sound, const ListenLimits& limits = {}, double played_db = -90) {
    SpeechDetector detector(limits);
    Told out;
    for (std::size_t at = 0; at + frame_samples <= sound.size(); at += frame_samples) {
        Frame frame;
        for (std::size_t i = 0; i < frame_samples; ++i)
            frame[i] = static_cast<std::int16_t>(
                std::lround(std::max(-1.0, std::min(1.0, sound[at + i])) * 32767));
        const Event event = detector.on_frame(frame, played_db);
        const int ms = static_cast<int>((at + frame_samples) / 8);
        if (event == Event::Began) {
            EXPECT_FALSE(out.began_ms);
            out.began_ms = ms;
        } else if (event != Event::None) {
            EXPECT_FALSE(out.over_ms);
            out.over_ms = ms;
            out.last = event;
        }
    }
    return out;
}

TEST(speech_detector, begins_after_200_ms_of_speech_and_ends_after_800_ms_of_silence) {
    for (const double level : {-12.0, -25.0, -35.0}) {
        const Told told =
            told_of(with_noise(silence(1000) + syllables(1600, level) + silence(2000), -62));
        ASSERT_TRUE(told.began_ms && told.over_ms) << level;
        EXPECT_GE(*told.began_ms, 1200) << level;
        EXPECT_LE(*told.began_ms, 1400) << level;
        EXPECT_EQ(told.last, Event::Ended);
        EXPECT_NEAR(*told.over_ms, 2600 + 800, 120) << level;
    }
}

TEST(speech_detector, a_pause_between_words_ends_nothing) {
    const Told told = told_of(with_noise(
        silence(500) + syllables(800, -20) + silence(600) + syllables(800, -20) + silence(1500),
        -60));
    ASSERT_TRUE(told.over_ms);
    EXPECT_NEAR(*told.over_ms, 2700 + 800, 120);
}

TEST(speech_detector, a_cough_is_no_speech) {
    const Told told = told_of(with_noise(silence(500) + syllables(120, -15) + silence(6000), -60));
    EXPECT_FALSE(told.began_ms);
    EXPECT_EQ(told.last, Event::Nothing);
    EXPECT_EQ(told.over_ms, 6000);
}

TEST(speech_detector, steady_noise_is_no_speech_from_its_first_moment) {
    for (const double level : {-60.0, -45.0, -30.0, -20.0}) {
        const ListenLimits limits{.nothing_after = 20s};
        EXPECT_EQ(told_of(with_noise(silence(21'500), level), limits).last, Event::Nothing)
            << level;
        const Told sudden = told_of(silence(3000) + with_noise(silence(18'500), level), limits);
        EXPECT_FALSE(sudden.began_ms) << level;
    }
}

TEST(speech_detector, speech_is_heard_above_noise) {
    const Told told =
        told_of(with_noise(silence(2000) + syllables(1500, -18) + silence(1500), -38));
    ASSERT_TRUE(told.began_ms);
    EXPECT_GE(*told.began_ms, 2150);
    EXPECT_EQ(told.last, Event::Ended);
}

TEST(speech_detector, tones_of_the_network_keys_and_hum_are_no_speech) {
    const ListenLimits limits{.nothing_after = 10s};
    const auto is_nothing = [&](double f1, double f2, int on, int off) {
        return told_of(with_noise(tone(f1, f2, on, off, -15, 12'000), -65), limits).last ==
               Event::Nothing;
    };
    EXPECT_TRUE(is_nothing(450, 450, 1000, 0)) << "dial tone";
    EXPECT_TRUE(is_nothing(450, 450, 1000, 4000)) << "ringing";
    EXPECT_TRUE(is_nothing(450, 450, 350, 350)) << "busy";
    EXPECT_TRUE(is_nothing(770, 1336, 100, 100)) << "keys";
    EXPECT_TRUE(is_nothing(941, 1477, 400, 400)) << "long keys";
    EXPECT_TRUE(is_nothing(50, 100, 400, 0)) << "hum";
}

TEST(speech_detector, the_echo_of_a_prompt_is_no_speech_but_who_talks_over_it_is_heard) {
    const Sound echo = with_noise(silence(300) + syllables(5000, -32), -62);
    EXPECT_FALSE(told_of(echo, {.nothing_after = 5s}, -16).began_ms);
    EXPECT_TRUE(told_of(echo, {.nothing_after = 5s}).began_ms) << "without a prompt it is speech";
    const Sound over = with_noise(silence(300) + syllables(3000, -22), -62);
    EXPECT_TRUE(told_of(over, {}, -20).began_ms);
}

TEST(speech_detector, endless_speech_is_cut) {
    const Told told = told_of(silence(100) + syllables(15'000, -20), {.speech_max = 10s});
    EXPECT_EQ(told.last, Event::Cut);
    EXPECT_NEAR(*told.over_ms, 10'100, 250);
}

TEST(speech_detector, who_begins_in_the_last_moment_is_not_cut_off) {
    const Told told =
        told_of(with_noise(silence(5850) + syllables(1000, -20) + silence(1000), -62));
    ASSERT_TRUE(told.began_ms);
    EXPECT_EQ(told.last, Event::Ended);
}

}  // namespace
}  // namespace ys::media
