// SPDX-License-Identifier: Apache-2.0
// Reads what citizens type and say: one script, one width, the house's words beside the people's.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "knowledge/question_words.h"

namespace ys::words {
class WordCutter;
}

namespace ys::knowledge {

/// "暖气包" is what people say for "散热器".
struct Synonym {
    std::string said;
    std::string meant;
};

/// Each character of a text and each pair of them: for long texts, whose words and sounds are not
/// worth their room. Simplified characters as they stand; a question is made simplified first.
std::vector<std::string> characters_in(std::string_view text);
/// The same of how they sound, for titles.
std::vector<std::string> sounds_in(std::string_view text);

/// May be used by many threads at once. One keeps 150 MB.
class QuestionReader {
public:
    static constexpr std::size_t question_bytes_max = 1'500;  ///< what is longer is cut

    /// Takes two seconds: the dictionary of words is read, and the sounds are learnt.
    static Result<std::unique_ptr<QuestionReader>> make(std::vector<Synonym> synonyms);
    ~QuestionReader();

    /// What is meant is read beside what was said, never instead of it. Any bytes may come.
    QuestionWords read(std::string_view text) const;

private:
    struct Tools;
    explicit QuestionReader(std::unique_ptr<Tools> tools);
    std::unique_ptr<Tools> tools_;
};

}  // namespace ys::knowledge
