// SPDX-License-Identifier: Apache-2.0
#include "knowledge/lesson.h"

#include <gtest/gtest.h>

namespace ys::knowledge {
namespace {

constexpr std::int64_t day_us = lesson_week_us / 7;

/// Letters stand for characters: "abc" has a, b, c, ab, bc.
QuestionWords words_of(const std::string& text) {
    QuestionWords out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out.characters.push_back(text.substr(i, 1));
        if (i + 1 < text.size()) out.characters.push_back(text.substr(i, 2));
    }
    return out;
}
AskedQuestion asked(std::int64_t day, const std::string& text, bool is_answered) {
    return {UtcTime{day * day_us}, is_answered, words_of(text)};
}
const std::vector<Lesson> on_day_20{{7, UtcTime{20 * day_us}, words_of("abcd")}};

TEST(Lessons, the_week_before_is_held_against_the_last_week) {
    const auto effects =
        effects_of(on_day_20,
                   {asked(14, "abcd", false), asked(19, "abcde", false), asked(21, "abcd", true),
                    asked(29, "abcd", true), asked(30, "zabcd", true), asked(30, "abcd", false)},
                   UtcTime{31 * day_us});
    EXPECT_EQ(effects, (std::vector<LessonEffect>{{7, 2, 1, 2}}));
}

TEST(Lessons, what_is_not_like_it_says_nothing_about_it) {
    const auto effects = effects_of(
        on_day_20, {asked(19, "wxyz", false), asked(21, "wxyz", true), asked(21, "", true)},
        UtcTime{22 * day_us});
    EXPECT_EQ(effects, (std::vector<LessonEffect>{{7, 0, 0, 0}}));
}

TEST(Lessons, what_was_answered_before_is_no_call_avoided) {
    const auto effects = effects_of(on_day_20, {asked(19, "abcd", true), asked(10, "abcd", false)},
                                    UtcTime{22 * day_us});
    EXPECT_EQ(effects, (std::vector<LessonEffect>{{7, 0, 0, 0}}));
}

}  // namespace
}  // namespace ys::knowledge
