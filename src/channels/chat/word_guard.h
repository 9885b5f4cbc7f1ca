// SPDX-License-Identifier: Apache-2.0
// Finds the operator's sensitive words (敏感词) in a text, however they are spaced and whatever
// their width, and puts stars in their place for who is not to read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "channels/chat/errc.h"

namespace ys::chat {

/// Aho–Corasick over code points: one pass of the text however many words there are. May be asked
/// by many threads at once.
class WordGuard {
public:
    static constexpr std::size_t words_max = 10'000, word_characters_max = 32;

    struct Guarded {
        std::string shown;               ///< a star for each character of a word
        std::vector<std::string> words;  ///< as the operator wrote them, each once, as they come
        bool is_clean() const { return words.empty(); }
    };

    /// Guards against nothing.
    WordGuard() = default;
    /// Words that are alike once read are one word.
    /// errors  WordUnfit, its note the place in the list from 1; TooManyWords
    static Result<WordGuard> make(const std::vector<std::string>& words);

    /// Any bytes may come. A word of letters or digits is found only where it stands by itself:
    /// "ass" is not in "class".
    Guarded check(std::string_view text) const;
    std::size_t size() const { return words_.size(); }

private:
    struct Node {
        std::uint32_t fallback = 0;  ///< the longest end of this that some word begins with
        std::uint32_t word = 0;      ///< that ends here, from 1; 0: none
        std::uint32_t shorter = 0;   ///< the next node down the fallbacks where a word ends
    };
    void add(const std::vector<char32_t>& characters, std::uint32_t word);
    void link();
    std::uint32_t step(std::uint32_t node, char32_t character) const;
    std::uint32_t child(std::uint32_t node, char32_t character) const;

    struct Word {
        std::string text;
        std::uint32_t length = 0;  ///< in characters that count
        bool is_bound_before = false, is_bound_behind = false;
    };
    std::vector<Word> words_;
    std::vector<Node> nodes_{1};
    std::unordered_map<std::uint64_t, std::uint32_t> children_;  ///< by node and character
};

/// The characters that count: one width, small letters, without spaces, signs that show nothing and
/// what is put between characters to hide a word.
std::u32string characters_that_count(std::string_view text);

}  // namespace ys::chat
