// SPDX-License-Identifier: Apache-2.0
#include "knowledge/word_index.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "base/dice.h"

namespace ys::knowledge {
namespace {

using Words = std::vector<std::string>;

std::vector<DocumentNumber> numbers(const std::vector<Hit>& hits) {
    std::vector<DocumentNumber> out;
    for (const Hit& hit : hits) out.push_back(hit.document);
    return out;
}

/// The formula as it is written, over whole documents.
double plain_bm25(const std::vector<Words>& documents, const Words& document, const Words& asked,
                  double usual_length) {
    double score = 0;
    for (const std::string& word : asked) {
        const auto having = static_cast<double>(std::ranges::count_if(
            documents, [&](const Words& d) { return std::ranges::find(d, word) != d.end(); }));
        const auto times = static_cast<double>(std::ranges::count(document, word));
        const auto all = static_cast<double>(documents.size());
        const double length = static_cast<double>(document.size()) / usual_length;
        score += std::log(1 + (all - having + 0.5) / (having + 0.5)) * times * 2.2 /
                 (times + 1.2 * (0.25 + 0.75 * length));
    }
    return score;
}

TEST(WordIndex, says_what_the_formula_says) {
    Dice dice{7};
    std::vector<Words> documents(300);
    WordIndex index(12);
    for (Words& document : documents) {
        // Some words are in most documents, most in few.
        for (std::uint64_t n = 3 + dice.below(20); n > 0; --n)
            document.push_back("w" + std::to_string(dice.below(1 + dice.below(60))));
        index.put(document);
    }
    for (int i = 0; i < 200; ++i) {
        Words asked;
        for (std::uint64_t n = 1 + dice.below(5); n > 0; --n)
            asked.push_back("w" + std::to_string(dice.below(70)));
        const auto hits = index.best(asked, documents.size());
        std::size_t matching = 0;
        for (const Words& document : documents)
            matching += plain_bm25(documents, document, asked, 12) > 0;
        EXPECT_EQ(hits.size(), matching);
        for (std::size_t k = 0; k < hits.size(); ++k) {
            // A weight is kept in one of 255 steps.
            const double exact = plain_bm25(documents, documents[hits[k].document], asked, 12);
            EXPECT_NEAR(hits[k].score, exact, 0.06 * static_cast<double>(asked.size()));
            if (k > 0) {
                EXPECT_LE(hits[k].score, hits[k - 1].score);
            }
        }
        EXPECT_EQ(
            numbers(index.best(asked, 3)),
            numbers({hits.begin(), hits.begin() + std::min<std::ptrdiff_t>(3, std::ssize(hits))}));
    }
}

TEST(WordIndex, what_is_put_is_found_at_once_and_what_is_dropped_no_more) {
    WordIndex index(2);
    const DocumentNumber one = index.put(Words{"暖气", "不热"});
    EXPECT_EQ(numbers(index.best(Words{"暖气"}, 5)), std::vector{one});
    const DocumentNumber two = index.put(Words{"暖气"});
    EXPECT_EQ(numbers(index.best(Words{"暖气"}, 5)), (std::vector{two, one}));
    index.drop(two);
    EXPECT_EQ(numbers(index.best(Words{"暖气"}, 5)), std::vector{one});
    EXPECT_TRUE(index.best(Words{"公交"}, 5).empty());
    EXPECT_TRUE(index.best(Words{}, 5).empty());
    EXPECT_TRUE(index.best(Words{"暖气"}, 0).empty());
}

TEST(WordIndex, a_word_that_nearly_all_have_is_asked_only_alone) {
    WordIndex index(2);
    for (int i = 0; i < 2'000; ++i) index.put(Words{"的", i % 100 == 0 ? "报停" : "其他"});
    const auto hits = index.best(Words{"的", "报停"}, 50);
    EXPECT_EQ(hits.size(), 20U);
    for (const Hit& hit : hits) EXPECT_EQ(hit.document % 100, 0U);
    EXPECT_EQ(index.best(Words{"的"}, 50).size(), 50U);
}

TEST(WordIndex, a_word_never_seen_weighs_as_the_rarest) {
    WordIndex index(1);
    for (int i = 0; i < 100; ++i) index.put(Words{"的"});
    index.put(Words{"报停"});
    EXPECT_GT(index.weight_of(Words{"从没见过"}), index.weight_of(Words{"报停"}));
    EXPECT_GT(index.weight_of(Words{"报停"}), index.weight_of(Words{"的"}));
    EXPECT_EQ(index.weight_of(Words{}), 0);
}

TEST(WordIndex, numbers_far_apart_are_packed_and_found) {
    WordIndex index(1);
    for (std::uint32_t i = 0; i < 40'000; ++i)
        index.put(Words{i % 20'000 == 19'999 ? "少" : "多" + std::to_string(i % 7)});
    EXPECT_EQ(numbers(index.best(Words{"少"}, 5)), (std::vector<DocumentNumber>{19'999, 39'999}));
}

}  // namespace
}  // namespace ys::knowledge
