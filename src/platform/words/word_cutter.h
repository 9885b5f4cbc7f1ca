// SPDX-License-Identifier: Apache-2.0
// Chinese text cut into words by a dictionary (cppjieba).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::words {

/// Takes a second to make and 150 MB to keep: made once, off the start path. May be used by many
/// threads at once.
class WordCutter {
public:
    /// own_words  words of this hotline that no dictionary has: 报停, 摇号
    static Result<std::unique_ptr<WordCutter>> make(const std::vector<std::string>& own_words);
    ~WordCutter();

    /// Every word of the text in its order, signs and spaces left out.
    std::vector<std::string> words_in(std::string_view text) const;

private:
    struct Dictionary;
    explicit WordCutter(std::unique_ptr<Dictionary> dictionary);
    std::unique_ptr<Dictionary> dictionary_;
};

}  // namespace ys::words
