// SPDX-License-Identifier: Apache-2.0
#include "channels/chat/word_guard.h"

#include <gtest/gtest.h>

#include "base/dice.h"

namespace ys::chat {
namespace {

WordGuard guard(const std::vector<std::string>& words) {
    auto made = WordGuard::make(words);
    EXPECT_TRUE(made) << (made ? "" : made.error().note);
    return *std::move(made);
}

TEST(word_guard, says_which_word_and_shows_stars) {
    const auto found = guard({"傻瓜", "滚蛋"}).check("你这个傻瓜,快滚蛋。傻瓜!");
    EXPECT_EQ(found.shown, "你这个**,快**。**!");
    EXPECT_EQ(found.words, (std::vector<std::string>{"傻瓜", "滚蛋"}));
    EXPECT_TRUE(guard({"傻瓜"}).check("您好").is_clean());
}

TEST(word_guard, sees_through_widths_spaces_and_signs_that_show_nothing) {
    const WordGuard it = guard({"傻瓜", "vx123"});
    for (const char* text : {"傻 瓜", "傻　瓜", "傻\u200B瓜", "傻\uFEFF\u200D瓜", "傻*瓜", "傻·瓜",
                             "傻\n瓜", "傻\uFE0F瓜"})
        EXPECT_EQ(it.check(text).shown, "**") << text;
    for (const char* text : {"VX123", "ｖｘ１２３", "v x 1 2 3", "Ｖ.X-1_2|3"})
        EXPECT_EQ(it.check(text).shown, "*****") << text;
    EXPECT_TRUE(it.check("傻,瓜").is_clean()) << "a sentence may end between two words";
}

TEST(word_guard, a_word_of_letters_is_found_only_by_itself) {
    const WordGuard it = guard({"ass", "sb"});
    EXPECT_TRUE(it.check("class asset usb").is_clean());
    EXPECT_EQ(it.check("你是sb吗").shown, "你是**吗");
    EXPECT_EQ(it.check("an ass.").shown, "an ***.");
}

TEST(word_guard, words_within_and_across_words_are_all_found) {
    const auto found = guard({"甲乙丙丁", "乙丙", "丙", "丁戊"}).check("甲乙丙丁戊己");
    EXPECT_EQ(found.shown, "*****己");
    EXPECT_EQ(found.words.size(), 4U);
}

TEST(word_guard, bad_lists_are_refused_with_the_place) {
    const auto blank = WordGuard::make({"好", " \u200B "});
    ASSERT_FALSE(blank);
    EXPECT_EQ(blank.error().code, make_error_code(Errc::WordUnfit));
    EXPECT_EQ(blank.error().note, "2");
    EXPECT_FALSE(WordGuard::make({std::string(40, 'x')}));
    EXPECT_EQ(WordGuard::make(std::vector<std::string>(10'001, "x")).error().code,
              make_error_code(Errc::TooManyWords));
    EXPECT_EQ(guard({}).check("傻瓜").shown, "傻瓜");
}

TEST(word_guard, any_bytes_may_come) {
    const WordGuard it = guard({"傻瓜", "ab"});
    Dice dice{7};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::uint64_t n = dice.below(12); n > 0; --n)
            text += static_cast<char>(dice.below(256));
        if (it.check(text).is_clean()) {
            EXPECT_EQ(it.check(text).shown, text);
        }
    }
    EXPECT_EQ(it.check("\xE5\x82傻瓜\xFF").shown, "\xE5\x82**\xFF");
}

/// What the automaton does at once, word by word.
std::string plainly(const std::vector<std::u32string>& words, std::u32string_view text) {
    std::string out(text.size(), '.');
    for (const std::u32string& word : words)
        for (std::size_t at = text.find(word); at != std::u32string::npos;
             at = text.find(word, at + 1))
            std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(at), word.size(), '*');
    return out;
}

TEST(word_guard, finds_what_looking_for_each_word_finds) {
    const std::u32string letters = U"甲乙丙";
    const std::vector<std::string> utf8{"甲", "乙", "丙"};
    Dice dice{11};
    for (int round = 0; round < 3'000; ++round) {
        std::vector<std::u32string> words;
        std::vector<std::string> given;
        const auto random = [&](std::uint64_t length, std::string& bytes) {
            std::u32string out;
            for (; length > 0; --length) {
                const auto which = dice.below(3);
                out += letters[which];
                bytes += utf8[which];
            }
            return out;
        };
        for (std::uint64_t n = 1 + dice.below(5); n > 0; --n)
            words.push_back(random(2 + dice.below(4), given.emplace_back()));
        std::string text;
        const std::u32string wide = random(20, text);
        std::string shape;
        const std::string shown = guard(given).check(text).shown;
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (shown[i] == '*') {
                shape += '*';
            } else if ((shown[i] & 0xC0) != 0x80) {
                shape += '.';
            }
        ASSERT_EQ(shape, plainly(words, wide)) << text;
    }
}

}  // namespace
}  // namespace ys::chat
