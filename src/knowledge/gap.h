// SPDX-License-Identifier: Apache-2.0
// Knowledge gaps (知识缺口): questions that nobody could answer, put together by what they have in
// common, the most asked first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "knowledge/question_words.h"

namespace ys::knowledge {

/// A question that was not understood, or whose matter has nothing to say.
struct OpenQuestion {
    std::uint64_t id = 0;
    UtcTime asked_at;
    std::string text;
    std::string matter;  ///< understood, but without an article; "" when not understood
    QuestionWords words;
};

struct Gap {
    std::string text;                      ///< of the question that most others are like
    std::string matter;                    ///< as of its questions
    std::vector<std::uint64_t> questions;  ///< the newest first
    UtcTime first_at, last_at;
};

/// Each question is in one gap. The most asked first, of equal ones the newest.
/// cost  questions times gaps: give it some thousand at most
std::vector<Gap> gaps_in(const std::vector<OpenQuestion>& questions);

}  // namespace ys::knowledge
