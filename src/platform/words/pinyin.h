// SPDX-License-Identifier: Apache-2.0
// How characters are read, without tones.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ys::words {

/// Readings of every character, and every syllable there is.
class Pinyin {
public:
    Pinyin();
    /// The reading that ICU knows first, which is mostly the commonest; empty for what is no
    /// Chinese character.
    std::span<const std::string> of(char32_t c) const;
    bool has(std::string_view syllable) const { return syllables_.contains(syllable); }

private:
    void add(std::size_t i, std::string_view pinyin);
    std::vector<std::vector<std::string>> readings_;
    std::set<std::string, std::less<>> syllables_;
};

/// The one table, made by who asks first in two thirds of a second (learn_sounds).
const Pinyin& pinyin();

}  // namespace ys::words
