// SPDX-License-Identifier: Apache-2.0
// Learns from ways of asking which matter a question means (fastText).
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "knowledge/question_matcher.h"

namespace fasttext {
class FastText;
}

namespace ys::knowledge {

/// May be asked by many threads at once.
class QuestionClassifier {
public:
    /// On one thread, the same from the same askings: under two seconds for some thousand.
    static Result<std::unique_ptr<QuestionClassifier>> learn(const std::vector<Asking>& askings);
    ~QuestionClassifier();

    /// At most `n`, the likeliest first.
    std::vector<Guess> guess(const QuestionWords& question, std::size_t n) const;

private:
    explicit QuestionClassifier(std::unique_ptr<fasttext::FastText> learnt);
    std::unique_ptr<fasttext::FastText> learnt_;
};

}  // namespace ys::knowledge
