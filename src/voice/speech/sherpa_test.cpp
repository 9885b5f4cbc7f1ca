// SPDX-License-Identifier: Apache-2.0
// The library that tools/setup/sherpa fetches, with Silero's model and with a model made here.
#include <filesystem>
#include <fstream>
#include <future>

#include "platform/clock.h"
#include "voice/media/test_engine.h"
#include "voice/media/test_tone.h"
#include "voice/speech/errc.h"
#include "voice/speech/espeak_engine.h"
#include "voice/speech/sherpa_asr_engine.h"
#include "voice/speech/silero_judges.h"
#include "voice/speech/test_model.h"

namespace ys::speech {
namespace {

const std::string model_of_a_voice =
    std::string(SherpaLibrary::usual_folder) + "/" + SherpaLibrary::voice_model;
const LegId leg{1};

std::vector<std::int16_t> spoken(const std::string& text) {
    static const auto pinyin = *words::TonedPinyin::make();
    static const auto voice = *EspeakEngine::make(*pinyin);
    auto sound = voice->say({text, Pace::Usual, mono_now() + 20s});
    EXPECT_TRUE(sound) << "espeak-ng is in tools/setup/packages.txt";
    return sound ? sound->samples : std::vector<std::int16_t>{};
}

/// 500 Hz that swells and fades as syllables do: loudness takes it for speech.
std::vector<std::int16_t> swelling(int ms) {
    std::vector<std::int16_t> out(static_cast<std::size_t>(8 * ms));
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double t = static_cast<double>(i) / 8000 * 2 * std::numbers::pi;
        out[i] =
            static_cast<std::int16_t>(6000 * std::sin(500 * t) * (0.6 - 0.5 * std::cos(5 * t)));
    }
    return out;
}

class Sherpa : public media::EngineTest {
protected:
    void SetUp() override {
#ifndef __x86_64__
        GTEST_SKIP() << "tools/setup/sherpa has it for x86_64";
#endif
        auto opened = SherpaLibrary::open(SherpaLibrary::usual_folder);
        ASSERT_TRUE(opened) << opened.error().note << "; tools/setup/sherpa installs it";
        library_ = *opened;
    }
    /// Whether speech began before the last word.
    bool begins(media::TestPhone& phone, const std::vector<std::int16_t>& sound,
                std::unique_ptr<media::SpeechJudge> judge) {
        bool has_begun = false;
        std::promise<void> over;
        engine().listen(
            leg, {.nothing_after = 2500ms},
            [&](const media::HearEvent& event) {
                if (std::holds_alternative<media::SpeechBegan>(event))
                    has_begun = true;
                else
                    over.set_value();
            },
            std::move(judge));
        phone.say(sound);
        over.get_future().wait();
        return has_begun;
    }
    /// One that somebody has given back comes when it has forgotten them.
    static std::unique_ptr<media::SpeechJudge> lent_again(SileroJudges& judges) {
        std::unique_ptr<media::SpeechJudge> out;
        while (!out) out = judges.lend();
        return out;
    }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
    }
    SherpaLibrary library_{};
};

TEST_F(Sherpa, hears_a_voice_and_not_what_is_only_as_loud) {
    auto judges = SileroJudges::make(library_, model_of_a_voice, 1);
    ASSERT_TRUE(judges) << judges.error().note;
    start();
    media::TestPhone phone({});
    connect(phone, leg);
    EXPECT_TRUE(begins(phone, spoken("公积金怎么提取"), (*judges)->lend()));
    EXPECT_FALSE(begins(phone, swelling(1500), lent_again(**judges)));
    EXPECT_TRUE(begins(phone, swelling(1500), nullptr)) << "loudness alone";
}

TEST_F(Sherpa, lends_so_many_judges_and_takes_them_back) {
    auto judges = SileroJudges::make(library_, model_of_a_voice, 2);
    ASSERT_TRUE(judges) << judges.error().note;
    std::vector<std::unique_ptr<media::SpeechJudge>> lent;
    for (int i = 0; i < 2; ++i) {
        lent.push_back((*judges)->lend());
        ASSERT_TRUE(lent.back());
        EXPECT_FALSE(lent.back()->hears_voice()) << "it has heard nothing";
    }
    EXPECT_FALSE((*judges)->lend());
    lent.pop_back();
    const auto again = lent_again(**judges);
    judges = Result<std::unique_ptr<SileroJudges>>(nullptr);
    again->hear({});  // The judges are gone; it says nothing.
    EXPECT_FALSE(again->hears_voice());
}

TEST_F(Sherpa, says_what_is_missing_or_no_model) {
    EXPECT_EQ(SherpaLibrary::open(path("no")).error().code, Errc::not_installed);
    std::filesystem::create_directory(path("folder"));
    write("folder/libsherpa-onnx-c-api.so", "not a library");
    EXPECT_EQ(SherpaLibrary::open(path("folder")).error().code, Errc::not_set_up);
    EXPECT_EQ(SileroJudges::make(library_, path("no")).error().code, Errc::not_installed);
    write("half.onnx", "\x08\x08 and no more");
    EXPECT_EQ(SileroJudges::make(library_, path("half.onnx")).error().code, Errc::not_set_up);
}

TEST_F(Sherpa, writes_down_what_the_operators_model_hears) {
    SherpaAsrSettings settings{.folder = path("."), .family = "zipformer_ctc"};
    write("model.onnx", test_model::loud_or_not(-400));
    write("tokens.txt", "<blk> 0\n有声 1\n");
    auto made = SherpaAsrEngine::build(library_, settings);
    ASSERT_TRUE(made) << made.error().note;
    EXPECT_EQ((*made)->name(), "sherpa zipformer_ctc");
    const auto loud = spoken("公积金怎么提取");
    const auto words = (*made)->write_down({loud, mono_now() + 20s});
    ASSERT_TRUE(words) << words.error().note;
    EXPECT_NE(words->text.find("有声"), std::string::npos);
    const std::vector<std::int16_t> quiet(16'000);
    EXPECT_EQ((*made)->write_down({quiet, mono_now() + 20s}).error().code, Errc::not_understood);
    EXPECT_EQ((*made)->write_down({loud, mono_now() - 1s}).error().code, Errc::timed_out);
}

TEST_F(Sherpa, refuses_a_model_that_is_none_in_words) {
    const auto fault = [&](const std::string& family) {
        auto made = SherpaAsrEngine::build(library_, {.folder = path("."), .family = family});
        return made ? "" : made.error().note;
    };
    EXPECT_NE(fault("magic").find("sense_voice"), std::string::npos);
    EXPECT_NE(fault("paraformer").find("tokens.txt"), std::string::npos);
    write("tokens.txt", "<blk> 0\n");
    EXPECT_NE(fault("paraformer").find("model.onnx"), std::string::npos);
    write("model.onnx", "no network");
    EXPECT_NE(fault("zipformer_ctc").find("model.onnx"), std::string::npos);
}

TEST(sherpa_words, say_how_sure_the_library_was) {
    const auto words = words_of_sherpa(R"({"text":" 查进度 ","ys_log_probs":[0,-0.6931]})");
    ASSERT_TRUE(words);
    EXPECT_EQ(words->text, "查进度");
    EXPECT_NEAR(words->certainty.value_or(0), 0.75, 0.001);
    EXPECT_FALSE(words_of_sherpa(R"({"text":"好","ys_log_probs":[]})")->certainty);
    EXPECT_EQ(words_of_sherpa(R"({"text":" "})").error().code, Errc::not_understood);
    EXPECT_EQ(words_of_sherpa("{").error().code, Errc::failed);
    EXPECT_EQ(words_of_sherpa("[[[[[[[[]]]]]]]]").error().code, Errc::failed);
}

}  // namespace
}  // namespace ys::speech
