// SPDX-License-Identifier: Apache-2.0
// A synthetic voice speaks into a telephone; what comes out of the media engine is written down.
#include <condition_variable>
#include <mutex>
#include <optional>
#include <random>
#include <string>

#include "platform/clock.h"
#include "voice/media/test_engine.h"
#include "voice/speech/errc.h"
#include "voice/speech/espeak_engine.h"
#include "voice/speech/loopback_asr_engine.h"
#include "voice/speech/wav_of.h"

namespace ys::speech {
namespace {

using media::HearEvent;
using media::SpeechDetector;
using media::Utterance;

const std::vector<std::string> sentences{"公积金怎么提取", "我的证件办好了吗", "是", "不是",
                                         "新生儿落户需要什么材料"};

std::vector<std::int16_t> spoken(const std::string& text) {
    static const auto pinyin = *words::TonedPinyin::make();
    static const auto voice = *EspeakEngine::make(*pinyin);
    auto sound = voice->say({text, Pace::Usual, mono_now() + 20s});
    EXPECT_TRUE(sound) << "espeak-ng is in tools/setup/packages.txt";
    return sound ? sound->samples : std::vector<std::int16_t>{};
}

class Hearing : public media::EngineTest {
protected:
    void write_sentences() const {
        int number = 0;
        for (const std::string& text : sentences) {
            const std::string name = path("s" + std::to_string(++number));
            std::ofstream(name + ".wav", std::ios::binary) << wav_of(spoken(text));
            std::ofstream(name + ".txt") << text << "\n";
        }
    }
    std::optional<Utterance> heard_from(media::TestPhone& phone, LegId leg,
                                        const std::vector<std::int16_t>& said) {
        std::mutex lock;
        std::condition_variable wake;
        std::optional<HearEvent> last;
        engine().listen(leg, {}, [&](HearEvent event) {
            const std::lock_guard guard(lock);
            if (std::holds_alternative<media::SpeechBegan>(event)) return;
            last = std::move(event);
            wake.notify_all();
        });
        phone.say(said);
        std::unique_lock guard(lock);
        EXPECT_TRUE(wake.wait_for(guard, 20s, [&] { return last.has_value(); }));
        const auto* utterance = last ? std::get_if<Utterance>(&*last) : nullptr;
        return utterance ? std::optional(*utterance) : std::nullopt;
    }
    std::string folder() const { return path("."); }
};

TEST_F(Hearing, what_is_said_into_a_telephone_is_written_down) {
    write_sentences();
    start();
    const auto engine_of_words = LoopbackAsrEngine::build(folder(), true);
    ASSERT_TRUE(engine_of_words) << engine_of_words.error().note;
    std::uint64_t number = 1;
    for (const media::Codec codec : {media::Codec::Pcma, media::Codec::Opus}) {
        media::TestPhone phone({.codec = codec});
        const LegId leg{number++};
        connect(phone, leg);
        for (const std::string& text : sentences) {
            const auto said = heard_from(phone, leg, spoken(text));
            ASSERT_TRUE(said) << text;
            const auto words = (*engine_of_words)->write_down({said->samples, mono_now() + 5s});
            ASSERT_TRUE(words) << text;
            EXPECT_EQ(words->text, text);
            EXPECT_GT(words->certainty.value_or(0), 0.5);
        }
    }
}

TEST_F(Hearing, the_stand_in_knows_no_other_sentence_and_is_for_tests_only) {
    write_sentences();
    const auto known = LoopbackAsrEngine::build(folder(), true);
    ASSERT_TRUE(known);
    for (const std::string text : {"暖气不热怎么办", "好", "我要投诉"}) {
        const auto words = (*known)->write_down({spoken(text), mono_now() + 5s});
        ASSERT_FALSE(words) << text;
        EXPECT_EQ(words.error().code, Errc::not_understood);
    }
    EXPECT_FALSE((*known)->write_down({{}, mono_now() + 5s}));
    const auto refused = LoopbackAsrEngine::build(folder(), false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::not_set_up);
    EXPECT_FALSE(LoopbackAsrEngine::build(path("nowhere"), true));
    std::ofstream(path("bad") + ".wav") << "no sound";
    EXPECT_FALSE(LoopbackAsrEngine::build(folder(), true)) << "a file without words";
}

/// Half a second before, two after, at a loudness, over the line's noise, through A-law.
std::vector<std::int16_t> on_the_line(const std::vector<std::int16_t>& said, double to_db,
                                      double noise_db) {
    std::mt19937 chance{3};
    std::normal_distribution<double> noise{0, 32768 * std::pow(10.0, noise_db / 20)};
    const double gain = std::pow(10.0, (to_db - media::level_db(said)) / 20);
    std::vector<std::int16_t> out(said.size() + 20'000);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool is_said = i >= 4000 && i - 4000 < said.size();
        const double sum = noise(chance) + (is_said ? gain * said[i - 4000] : 0.0);
        const auto cut = static_cast<std::int16_t>(std::max(-32767.0, std::min(32767.0, sum)));
        out[i] = media::from_alaw(media::to_alaw(cut));
    }
    return out;
}

TEST(speech_detector, finds_sentences_loud_and_quiet_in_silence_and_noise) {
    struct Line {
        double level_db, noise_db;
    };
    for (const Line line : {Line{-15, -65}, Line{-25, -50}, Line{-35, -60}, Line{-20, -38}}) {
        for (const std::string& text : sentences) {
            const auto said = spoken(text);
            const auto sound = on_the_line(said, line.level_db, line.noise_db);
            SpeechDetector detector({});
            int began = 0, ended = 0;
            for (std::size_t at = 0; at + media::frame_samples <= sound.size() && !ended;
                 at += media::frame_samples) {
                media::Frame frame;
                std::copy_n(sound.begin() + static_cast<std::ptrdiff_t>(at), frame.size(),
                            frame.begin());
                const auto event = detector.on_frame(frame);
                const int ms = static_cast<int>(at / 8) + 20;
                if (event == SpeechDetector::Event::Began) began = ms;
                if (event == SpeechDetector::Event::Ended) ended = ms;
            }
            const int last_ms = 500 + static_cast<int>(said.size() / 8);
            EXPECT_GE(began, 500) << text << " at " << line.level_db;
            EXPECT_LE(began, 1100) << text << " at " << line.level_db;
            EXPECT_GE(ended, last_ms + 800 - 400) << text << " at " << line.level_db;
            EXPECT_LE(ended, last_ms + 800 + 100) << text << " at " << line.level_db;
        }
    }
}

}  // namespace
}  // namespace ys::speech
