// SPDX-License-Identifier: Apache-2.0
#include "knowledge/gap.h"

#include <set>

#include <gtest/gtest.h>

#include "base/dice.h"

namespace ys::knowledge {
namespace {

/// Letters stand for characters: "abc" has a, b, c, ab, bc.
OpenQuestion asked(std::uint64_t id, const std::string& text, const std::string& matter = "") {
    OpenQuestion out{.id = id, .asked_at = {}, .text = text, .matter = matter, .words = {}};
    out.asked_at.us = static_cast<std::int64_t>(id);
    for (std::size_t i = 0; i < text.size(); ++i) {
        out.words.characters.push_back(text.substr(i, 1));
        if (i + 1 < text.size()) out.words.characters.push_back(text.substr(i, 2));
    }
    return out;
}

std::string shown(const std::vector<Gap>& gaps) {
    std::string out;
    for (const Gap& gap : gaps) {
        out += gap.text + ":";
        for (const std::uint64_t id : gap.questions) out += std::to_string(id) + ",";
        out += " ";
    }
    return out;
}

TEST(Gaps, questions_alike_are_one_gap_and_the_most_asked_comes_first) {
    EXPECT_EQ(shown(gaps_in({asked(1, "xyz"), asked(2, "abcd"), asked(3, "abcde"), asked(4, "mnop"),
                             asked(5, "zabcd")})),
              "abcd:5,3,2, mnop:4, xyz:1, ");
    EXPECT_TRUE(gaps_in({}).empty());
}

TEST(Gaps, a_matter_without_an_article_is_one_gap_however_it_is_asked_for) {
    EXPECT_EQ(shown(gaps_in(
                  {asked(1, "abcd", "refund"), asked(2, "wxyz", "refund"), asked(3, "abcd", "")})),
              "abcd:2,1, abcd:3, ");
}

TEST(Gaps, what_sounds_alike_is_alike) {
    OpenQuestion one = asked(1, "abc"), other = asked(2, "xyz");
    one.words.sounds = other.words.sounds = {"tui ", "fei ", "tui fei "};
    EXPECT_EQ(gaps_in({one, other}).size(), 1U);
}

TEST(Gaps, every_question_is_in_exactly_one_gap) {
    Dice dice(7);
    for (int round = 0; round < 50; ++round) {
        std::vector<OpenQuestion> all;
        const auto n = static_cast<std::uint64_t>(dice.below(60));
        for (std::uint64_t id = 1; id <= n; ++id) {
            std::string text;
            for (std::uint64_t i = dice.below(8); i > 0; --i)
                text += static_cast<char>('a' + dice.below(5));
            all.push_back(asked(id, text, dice.below(4) == 0 ? "m" : ""));
        }
        std::multiset<std::uint64_t> seen;
        for (const Gap& gap : gaps_in(all)) {
            EXPECT_LE(gap.first_at, gap.last_at);
            seen.insert(gap.questions.begin(), gap.questions.end());
        }
        EXPECT_EQ(seen.size(), all.size());
        EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), all.size());
    }
}

}  // namespace
}  // namespace ys::knowledge
