// SPDX-License-Identifier: Apache-2.0
#include "outreach/survey.h"

#include <gtest/gtest.h>

#include "base/later.h"

namespace ys::outreach {
namespace {

constexpr UtcTime noon{1'795'000'000'000'000};

TEST(Survey, one_question_to_a_person_in_a_week_and_none_to_who_has_said) {
    const SurveyRules rules;
    const SurveyCandidate plain{.can_be_written = true};
    EXPECT_EQ(hindrance(rules, plain, noon), "");
    SurveyCandidate asked = plain;
    asked.asked_last = noon;
    EXPECT_EQ(hindrance(rules, asked, later(noon, rules.every - 1s)), "too_soon");
    EXPECT_EQ(hindrance(rules, asked, later(noon, rules.every)), "");
    SurveyCandidate said = plain;
    said.has_said = true;
    EXPECT_EQ(hindrance(rules, said, noon), "has_said");
}

TEST(Survey, barred_stopped_told_in_confidence_in_an_emergency_and_on_a_landline_are_not_asked) {
    const SurveyRules rules;
    EXPECT_EQ(hindrance(rules, {.can_be_written = true, .has_stopped = true}, noon), "stopped");
    EXPECT_EQ(hindrance(rules, {.can_be_written = true, .is_barred = true}, noon), "barred");
    EXPECT_EQ(hindrance(rules, {.can_be_written = true, .is_confidential = true}, noon),
              "confidential");
    EXPECT_EQ(hindrance(rules, {.can_be_written = true, .was_emergency = true}, noon), "emergency");
    EXPECT_EQ(hindrance(rules, {}, noon), "cannot_be_written");
    EXPECT_TRUE(is_emergency_target("number:119"));
    EXPECT_FALSE(is_emergency_target("number:1190"));
    EXPECT_FALSE(is_emergency_target("agent:110"));
}

TEST(Survey, not_solved_and_not_satisfied_need_somebody_to_go_back_to_them) {
    EXPECT_FALSE(needs_work({true, 5, ""}));
    EXPECT_FALSE(needs_work({true, 3, ""})) << "3 is 基本满意";
    EXPECT_TRUE(needs_work({true, 2, ""}));
    EXPECT_TRUE(needs_work({false, 5, ""})) << "a friendly agent does not solve it";
}

}  // namespace
}  // namespace ys::outreach
