// SPDX-License-Identifier: Apache-2.0
#include "knowledge/question_matcher.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace ys::knowledge {
namespace {

using Words = std::vector<std::string>;

QuestionWords read(const Words& words) { return {words, words, words}; }

constexpr std::uint32_t cold = 0, gas = 1, fee = 2, nobodys = 3;

class QuestionMatcherTest : public ::testing::Test {
protected:
    static std::vector<Asking> askings() {
        return {{cold, read({"家里", "不热"})},
                {cold, read({"暖气", "冰凉"})},
                {gas, read({"家里", "煤气", "味"})},
                {fee, read({"热费", "多少"})},
                {nobodys, read({"今天", "天气"})}};
    }
    Understood understood(const Words& words, const std::vector<Guess>& guesses) const {
        return matcher.understood(read(words), guesses);
    }
    const QuestionMatcher matcher{{false, true, false}, askings(), {}, {.sure = 0.8F}};
};

TEST_F(QuestionMatcherTest, what_all_opinions_agree_on_is_sure) {
    const Understood said = understood({"暖气", "冰凉"}, {{cold, 0.95F}});
    EXPECT_EQ(said.certainty, Certainty::Sure);
    ASSERT_EQ(said.choices.size(), 1U);
    EXPECT_EQ(said.choices[0].matter, cold);
}

TEST_F(QuestionMatcherTest, what_may_be_an_emergency_is_confirmed) {
    const Understood said = understood({"家里", "煤气", "味"}, {{gas, 0.95F}});
    EXPECT_EQ(said.certainty, Certainty::Confirm);
    EXPECT_EQ(said.choices[0].matter, gas);
}

TEST_F(QuestionMatcherTest, a_danger_beside_something_surer_is_asked_about) {
    const Understood said = understood({"家里", "不热", "煤气"}, {{cold, 0.95F}, {gas, 0.05F}});
    EXPECT_EQ(said.certainty, Certainty::Choose);
    EXPECT_EQ(said.choices[0].matter, cold);
    EXPECT_TRUE(
        std::ranges::any_of(said.choices, [](const Meant& each) { return each.matter == gas; }));
}

TEST_F(QuestionMatcherTest, opinions_that_differ_are_asked_back_without_what_nothing_speaks_for) {
    const Understood said = understood({"家里", "不热", "热费"}, {{cold, 0.5F}, {fee, 0.5F}});
    EXPECT_EQ(said.certainty, Certainty::Choose);
    EXPECT_GE(said.choices.size(), 2U) << said.sureness;
    const Understood one = understood({"热费", "哪里", "交", "呀"}, {{fee, 0.3F}});
    EXPECT_EQ(one.certainty, Certainty::Choose);
    EXPECT_EQ(one.choices.size(), 1U);
}

TEST_F(QuestionMatcherTest, what_is_nobodys_is_not_understood_however_likely_a_guess) {
    EXPECT_EQ(understood({"今天", "天气"}, {{gas, 0.94F}}).certainty, Certainty::Unknown);
    EXPECT_EQ(understood({"从没", "见过"}, {}).certainty, Certainty::Unknown);
    EXPECT_EQ(understood({}, {{gas, 1.0F}}).certainty, Certainty::Unknown);
    EXPECT_TRUE(understood({}, {}).choices.empty());
}

TEST_F(QuestionMatcherTest, a_guess_at_a_matter_that_is_not_there_is_no_opinion) {
    EXPECT_EQ(understood({"暖气", "冰凉"}, {{99, 1.0F}}).choices[0].matter, cold);
}

}  // namespace
}  // namespace ys::knowledge
