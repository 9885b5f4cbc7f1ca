// SPDX-License-Identifier: Apache-2.0
// Lessons (教会的问法): ways of asking that an editor taught, and what came of each, in the
// questions of citizens themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "knowledge/question_words.h"

namespace ys::knowledge {

struct Lesson {
    std::uint64_t asking = 0;  ///< its row
    UtcTime taught_at;
    QuestionWords words;
};

/// Something a citizen asked in their own words.
struct AskedQuestion {
    UtcTime at;
    bool is_answered = false;  ///< else only a person could help: a call
    QuestionWords words;
};

/// Of the questions like the lesson's: those left to people in the seven days before, and both
/// kinds in the last seven days since.
struct LessonEffect {
    std::uint64_t asking = 0;
    std::int64_t left_before = 0;
    std::int64_t left_after = 0;
    std::int64_t answered_after = 0;  ///< calls avoided: the robot had something to say
    friend bool operator==(const LessonEffect&, const LessonEffect&) = default;
};

inline constexpr std::int64_t lesson_week_us = 7LL * 24 * 3600 * 1'000'000;

/// In the order of the lessons. The same question may speak for two lessons.
/// cost  lessons times questions: give it some hundred times some thousand at most
std::vector<LessonEffect> effects_of(const std::vector<Lesson>& lessons,
                                     const std::vector<AskedQuestion>& questions, UtcTime now);

}  // namespace ys::knowledge
