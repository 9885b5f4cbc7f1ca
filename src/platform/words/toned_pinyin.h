// SPDX-License-Identifier: Apache-2.0
// Chinese text as it is read in its place, a syllable with its tone for each character.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::words {

/// Takes a second to make: made once, off the start path. May be used by many threads at once.
class TonedPinyin {
public:
    /// errors  not_enough_memory when ICU has no data
    static Result<std::unique_ptr<TonedPinyin>> make();
    ~TonedPinyin();

    /// "重新连接ETC，不行。" becomes "chong2 xin1 lian2 jie1 E T C, bu4 xing2.": letters, tones 1
    /// to 5, blanks and , . ! ? only, so that a synthesiser can take nothing of it for an order. 一
    /// and 不 are written as they sound; the third tone before a third is left as it is. What is
    /// neither Chinese nor a Latin letter is left out, digits too (ivr/reading says them in words).
    std::string line(std::string_view text) const;

private:
    struct Word {
        std::string_view text, pinyin;
        float likely;  ///< logarithm
    };
    TonedPinyin() = default;
    Result<Done> learn_characters();
    void learn_words();
    const Word* word_at(std::string_view text) const;
    /// One syllable a character.
    std::vector<std::string> read(const std::vector<std::string_view>& characters) const;
    std::vector<std::string> spell(const std::vector<std::string_view>& characters) const;

    std::vector<std::string> of_character_;  ///< from first_han on
    std::vector<Word> words_;                ///< by text
};

/// "hǎo" as "hao3", "lǜ" as "lv4", "de" as "de5"; empty for what is no syllable.
std::string with_tone_number(std::string_view syllable);

}  // namespace ys::words
