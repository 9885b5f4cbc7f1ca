// SPDX-License-Identifier: Apache-2.0
// How much two questions have in common.
#pragma once

#include <string>
#include <vector>

#include "knowledge/question_words.h"

namespace ys::knowledge {

/// Two questions are alike when they share this much of their pairs of characters or sounds.
inline constexpr float alike_from = 0.4F;

/// A question ready to be compared: each word once, sorted.
struct Shape {
    std::vector<std::string> characters, sounds;
};
Shape shape_of(const QuestionWords& words);

/// Shared of all, 0 to 1: of characters or of sounds, whichever is more.
float alike(const Shape& a, const Shape& b);

}  // namespace ys::knowledge
