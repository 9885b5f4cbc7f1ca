// SPDX-License-Identifier: Apache-2.0
// Text cut into the words that search goes by: every pair of Chinese characters, each character,
// their pinyin and its initials, Latin words and short numbers. Chinese has no spaces and most of
// its words have two characters, so pairs find what a dictionary would miss.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ys::words {

/// With pinyin: for titles and addresses, which people type by sound; details are too long for it.
enum class Sound { Heard, Unheard };

/// The words of a text for the index, each once, sorted, at most 4,000. Numbers of seven digits and
/// more (telephones, identities, also with spaces and lines between) are no words: no index holds
/// them.
std::vector<std::string> words_of(std::string_view text, Sound sound);

/// Part of a sign that people know only a piece of, "甘G12345", "HT-0042": every three characters
/// of it in a row, small, other signs left out; a shorter one is itself.
std::vector<std::string> pieces_of(std::string_view sign);

/// What is typed, as (a AND b) OR (c) groups, each of which must hold.
using WordsOf = std::vector<std::string>;  ///< all of them
struct SearchTerm {
    std::vector<WordsOf> any;
};
/// Empty for what can be no word: nothing is found by it. A number may also be part of a number
/// that the house gave out: its word begins with n instead of w.
std::vector<SearchTerm> terms_of(std::string_view typed);

/// "nfbr" of "暖房不热": one letter a character, by its first reading; Latin letters and digits as
/// they are, small; other signs are left out.
std::string initials_of_title(std::string_view title);

/// Makes the table of sounds, which else the first text waits for: two thirds of a second, once.
void learn_sounds();

/// "beiqiao" as syllables, or none when it is no pinyin.
std::vector<std::string> syllables_of(std::string_view letters);

}  // namespace ys::words
