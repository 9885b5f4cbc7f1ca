// SPDX-License-Identifier: Apache-2.0
// A question, or a way of asking it that somebody wrote down, as three ways of reading it.
#pragma once

#include <string>
#include <vector>

namespace ys::knowledge {

/// Each in the order of the text, with repetitions.
struct QuestionWords {
    std::vector<std::string> characters;  ///< each, and each pair: no dictionary can miss a word
    std::vector<std::string> words;       ///< of the dictionary
    std::vector<std::string> sounds;      ///< syllables and pairs: what a recogniser mishears
};

}  // namespace ys::knowledge
