// SPDX-License-Identifier: Apache-2.0
// The real espeak-ng, and programs in its place that behave badly.
#include "voice/speech/espeak_engine.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "base/text.h"
#include "platform/clock.h"
#include "platform/words/characters.h"
#include "voice/speech/child_process.h"
#include "voice/speech/errc.h"
#include "voice/speech/telephone_sound.h"

namespace ys::speech {
namespace {

namespace fs = std::filesystem;

const words::TonedPinyin& pinyin() {
    static const auto made = *words::TonedPinyin::make();
    return *made;
}

SpeechOrder order(std::string text, Pace pace = Pace::Usual, Seconds limit = 30s) {
    return {std::move(text), pace, mono_now() + limit};
}

double seconds(const Sound& sound) {
    return static_cast<double>(sound.samples.size()) / Sound::sample_rate_hz;
}

double level_db(const Sound& sound) {
    double power = 0;
    for (const double s : sound.samples) power += s * s;
    return 10 * std::log10(power / static_cast<double>(sound.samples.size()) / 32768.0 / 32768.0);
}

bool has_no_children() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

/// A folder of its own with shell scripts that stand in for the voice.
class BadVoices : public testing::Test {
protected:
    BadVoices() {
        std::string name = fs::temp_directory_path() / "ys-speech-XXXXXX";
        folder_ = mkdtemp(name.data());
    }
    ~BadVoices() override { fs::remove_all(folder_); }

    std::string script(std::string_view lines) const {
        const fs::path path = folder_ / "voice";
        std::ofstream(path) << "#!/bin/sh\ncd " << folder_.string() << '\n' << lines << '\n';
        fs::permissions(path, fs::perms::owner_all);
        return path;
    }
    Result<Sound> say(std::string_view lines, SpeechOrder what) const {
        const auto engine = EspeakEngine::make(pinyin(), script(lines));
        if (!engine) return engine.error();
        return (*engine)->say(what);
    }
    std::string written(const char* name) const {
        std::ifstream file(folder_ / name);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    fs::path folder_;
};

TEST(EspeakEngine, speaks_at_the_rate_and_loudness_of_prompts) {
    const auto engine = EspeakEngine::make(pinyin());
    ASSERT_TRUE(engine) << "espeak-ng is in tools/setup/packages.txt";
    const auto usual = (*engine)->say(order("您好，工作日9:00–17:00请拨打12345。"));
    ASSERT_TRUE(usual) << usual.error().note;
    EXPECT_GT(seconds(*usual), 3.0);
    EXPECT_LT(seconds(*usual), 12.0);
    EXPECT_NEAR(level_db(*usual), -20.0, 1.0);
    const auto slow = (*engine)->say(order("您好，工作日9:00–17:00请拨打12345。", Pace::Slow));
    ASSERT_TRUE(slow);
    EXPECT_GT(seconds(*slow), 1.15 * seconds(*usual));
    EXPECT_TRUE(has_no_children());
}

TEST(EspeakEngine, numbers_take_as_long_as_their_words) {
    const auto engine = EspeakEngine::make(pinyin());
    ASSERT_TRUE(engine);
    const auto digits = (*engine)->say(order("12345")), words = (*engine)->say(order("幺二三四五"));
    ASSERT_TRUE(digits && words);
    EXPECT_EQ(digits->samples, words->samples);
}

TEST(EspeakEngine, may_be_asked_by_many_threads) {
    const auto engine = EspeakEngine::make(pinyin());
    ASSERT_TRUE(engine);
    std::array<std::size_t, 6> lengths{};
    {
        std::vector<std::jthread> threads;
        for (std::size_t& length : lengths)
            threads.emplace_back([&engine, &length] {
                if (const auto sound = (*engine)->say(order("请稍候")))
                    length = sound->samples.size();
            });
    }
    EXPECT_GT(lengths[0], 0u);
    for (const std::size_t length : lengths) EXPECT_EQ(length, lengths[0]);
    EXPECT_TRUE(has_no_children());
}

TEST(EspeakEngine, says_plainly_what_it_cannot_say) {
    const auto engine = EspeakEngine::make(pinyin());
    ASSERT_TRUE(engine);
    for (const char* nothing : {"", "……", "\xFF\xFE", "\n\n", "😀"})
        EXPECT_EQ((*engine)->say(order(nothing)).error().code, Errc::nothing_to_say) << nothing;
    const std::string novel(EspeakEngine::text_bytes_max + 1, 'a');
    EXPECT_EQ((*engine)->say(order(novel)).error().code, Errc::too_long);
}

TEST(EspeakEngine, the_longest_text_fits_its_limits) {
    const auto engine = EspeakEngine::make(pinyin());
    ASSERT_TRUE(engine);
    for (const std::string_view longest : {"装", "W"}) {
        std::string text;
        for (std::size_t i = 0; i < EspeakEngine::syllables_max; ++i) text += longest;
        const auto sound = (*engine)->say(order(text, Pace::Slow, 60s));
        ASSERT_TRUE(sound) << sound.error().code.message() << ' ' << sound.error().note;
        EXPECT_GT(seconds(*sound), 100.0);
        text += longest;
        EXPECT_EQ((*engine)->say(order(text)).error().code, Errc::too_long);
    }
}

/// What the voice does not know it spells in letters or leaves out.
TEST(EspeakEngine, knows_every_syllable_that_a_character_may_have) {
    std::set<std::string> syllables;
    for (char32_t c = words::first_han; c <= words::last_han; ++c) {
        const std::string syllable = pinyin().line(words::utf8(c));
        if (!syllable.empty()) syllables.insert(syllable);
    }
    EXPECT_GT(syllables.size(), 1200u);
    std::string lines;
    for (const std::string& syllable : syllables) lines += syllable + ".\n";
    const auto said = run_child({.program = "/usr/bin/espeak-ng",
                                 .arguments = {"-v", "cmn-latn-pinyin", "--stdin", "-q", "-x"},
                                 .input = lines,
                                 .output_bytes_max = 1U << 20,
                                 .until = mono_now() + 30s});
    ASSERT_TRUE(said) << said.error().note;
    const auto phonemes = split(trimmed(*said), '\n');
    ASSERT_EQ(phonemes.size(), syllables.size());
    const std::array<std::string_view, 5> tones{"55", "35", "214", "51", "11"};
    auto spoken = phonemes.begin();
    for (const std::string& syllable : syllables) {
        const auto tone = tones.at(static_cast<std::size_t>(syllable.back() - '1'));
        EXPECT_NE(spoken->find(tone), std::string_view::npos) << syllable << ' ' << *spoken;
        EXPECT_EQ(std::ranges::count(*spoken, '|'), 1) << syllable << ' ' << *spoken;
        ++spoken;
    }
}

TEST_F(BadVoices, are_given_pinyin_on_their_input_and_nothing_else) {
    const auto engine = EspeakEngine::make(pinyin());
    ASSERT_TRUE(engine);
    const auto said =
        say("echo \"$@\" > words; env > environment; ls /proc/self/fd > open; cat > heard\n"
            "exec /usr/bin/espeak-ng -v cmn-latn-pinyin --stdout ni3",
            order("请到银行，$(touch broken); `id` <speak> -f /etc/passwd [[a]]。"));
    ASSERT_TRUE(said) << said.error().note;
    EXPECT_EQ(written("words"), "-v cmn-latn-pinyin -s 150 --stdin --stdout\n");
    EXPECT_TRUE(written("heard").starts_with("qing3 dao4 yin2 hang2, "));
    EXPECT_EQ(written("heard").find_first_of("$(;`<[/-"), std::string::npos) << written("heard");
    EXPECT_NE(written("environment").find("LC_ALL=C.UTF-8"), std::string::npos);
    EXPECT_EQ(written("environment").find("HOME="), std::string::npos);
    EXPECT_FALSE(fs::exists(folder_ / "broken"));
}

TEST_F(BadVoices, that_are_not_there) {
    EXPECT_EQ(EspeakEngine::make(pinyin(), "/nowhere/espeak-ng").error().code, Errc::not_installed);
    const auto engine = EspeakEngine::make(pinyin(), script("exit 0"));
    ASSERT_TRUE(engine);
    fs::remove(folder_ / "voice");
    EXPECT_EQ((*engine)->say(order("请")).error().code, Errc::not_installed);
    EXPECT_FALSE(Error(Errc::not_installed, "").code.message().empty());
}

TEST_F(BadVoices, that_end_badly_or_say_no_sound) {
    for (const char* bad : {"exit 3", "kill -9 $$", "echo hello", "exit 0", "cat /dev/zero",
                            "printf 'RIFF\\044\\0\\0\\0WAVEfmt '"}) {
        const auto said = say(bad, order("请"));
        ASSERT_FALSE(said) << bad;
        EXPECT_EQ(said.error().code, Errc::failed) << bad;
        EXPECT_TRUE(has_no_children()) << bad;
    }
}

TEST_F(BadVoices, that_hang_are_killed_with_what_they_started) {
    for (const char* bad : {"sleep 300 & echo $! > helper; sleep 300",
                            "sleep 300 & echo $! > helper; exec >&-; sleep 300"}) {
        const Instant begin = mono_now();
        const auto said = say(bad, order("请", Pace::Usual, 1s));
        ASSERT_FALSE(said);
        EXPECT_EQ(said.error().code, Errc::timed_out);
        EXPECT_LT(mono_now() - begin, 20s);
        EXPECT_TRUE(has_no_children());
        // A killed process that nobody has reaped yet has no command line any more.
        const std::string helper = written("helper");
        ASSERT_FALSE(helper.empty());
        const auto command = fs::path("/proc") / helper.substr(0, helper.size() - 1) / "cmdline";
        const auto is_alive = [&] {
            std::ifstream file(command);
            return file && file.get() != std::char_traits<char>::eof();
        };
        while (is_alive() && mono_now() - begin < 60s) std::this_thread::yield();
        EXPECT_FALSE(is_alive());
    }
}

TEST(TelephoneSound, is_cut_to_the_words_and_never_clipped) {
    std::vector<std::int16_t> samples(22050 * 2, 0);
    for (std::size_t i = 0; i < 22050; ++i)
        samples[11025 + i] = static_cast<std::int16_t>(
            3000 * std::sin(static_cast<double>(i) * 0.1) * (i % 4000 < 200 ? 10 : 0.3));
    const auto sound = telephone_sound(samples, 22050);
    ASSERT_TRUE(sound);
    EXPECT_NEAR(seconds(*sound), 1.08, 0.05);
    for (const std::int16_t s : sound->samples) ASSERT_LT(std::abs(s), 32767);
    EXPECT_FALSE(telephone_sound({}, 22050));
    EXPECT_FALSE(telephone_sound(std::vector<std::int16_t>(100, 0), 22050));
    EXPECT_FALSE(telephone_sound(samples, 100));
}

}  // namespace
}  // namespace ys::speech
