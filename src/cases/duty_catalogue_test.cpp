// SPDX-License-Identifier: Apache-2.0
// Which unit is proposed, why, and when none is.
#include "cases/duty_catalogue.h"

#include <gtest/gtest.h>

#include "cases/case_desk_test.h"

namespace ys::cases {
namespace {

using namespace testing;

DutyCatalogue catalogue() {
    return *DutyCatalogue::build({{"供热归热力公司", {"heat"}, {}, heating},
                                  {"道里供热归北站", {"heat"}, {"道里"}, north},
                                  {"道里不热归北站", {"heat", "no_heat"}, {"道里"}, north},
                                  {"南岗供热归南站", {"heat"}, {"南岗"}, south},
                                  {"退费归水务", {"heat", "refund"}, {}, water},
                                  {"水归水务", {"water"}, {}, water}},
                                 city());
}

TEST(duty_catalogue, the_narrowest_rule_is_proposed_and_says_why) {
    const DutyProposal got = catalogue().propose({{"heat", "leak"}, {"道里", "经纬街"}, {}, {}});
    EXPECT_EQ(got.unit, north);
    const std::vector<DutyReason> expected{{"rule", {"道里供热归北站"}},
                                           {"category", {"heat"}},
                                           {"area", {"道里"}},
                                           {"narrower_than", {"供热归热力公司"}}};
    EXPECT_EQ(got.reasons, expected);
    EXPECT_EQ(got.alternatives, std::vector<UnitId>{heating});
}

TEST(duty_catalogue, a_wide_rule_serves_where_no_narrow_one_does) {
    EXPECT_EQ(catalogue().propose({{"heat", "leak"}, {"松北"}, {}, {}}).unit, heating);
    EXPECT_EQ(catalogue().propose({{"water"}, {}, {}, {}}).unit, water);
    const auto all = *DutyCatalogue::build({{"都归热线", {}, {}, hotline}}, city());
    EXPECT_EQ(all.propose({{"x"}, {"y"}, {}, {}}).reasons.back().code, "everything");
}

TEST(duty_catalogue, it_never_guesses) {
    const DutyProposal none = catalogue().propose({{"noise"}, {"道里"}, {}, {}});
    EXPECT_FALSE(none.unit);
    EXPECT_EQ(none.reasons, (std::vector<DutyReason>{{"nothing_fits", {}}}));
    // One rule is narrower in what, the other in where, and they name different units.
    const DutyProposal both = catalogue().propose({{"heat", "refund"}, {"道里"}, {}, {}});
    EXPECT_FALSE(both.unit);
    EXPECT_EQ(both.reasons,
              (std::vector<DutyReason>{{"equally_narrow", {"道里供热归北站", "退费归水务"}}}));
    EXPECT_EQ(both.alternatives, (std::vector<UnitId>{north, water, heating}));
    EXPECT_EQ(catalogue().propose({{"heat", "refund"}, {"松北"}, {}, {}}).unit, water);
}

TEST(duty_catalogue, a_prefix_is_a_whole_step) {
    const auto c = *DutyCatalogue::build({{"a", {"heat"}, {"道"}, north}}, city());
    EXPECT_FALSE(c.propose({{"heat"}, {"道里"}, {}, {}}).unit);
    EXPECT_FALSE(c.propose({{"heating"}, {"道"}, {}, {}}).unit);
}

TEST(duty_catalogue, neither_the_unit_complained_of_nor_one_that_returned_it_is_proposed) {
    const DutyProposal got = catalogue().propose({{"heat"}, {"道里"}, {north}, {}});
    EXPECT_EQ(got.unit, heating);
    EXPECT_EQ(got.reasons.front(), (DutyReason{"own_complaint", {"道里供热归北站"}}));
    const DutyProposal back = catalogue().propose({{"heat"}, {"道里"}, {}, {north, heating}});
    EXPECT_FALSE(back.unit);
    EXPECT_EQ(back.reasons.size(), 3u);
    EXPECT_TRUE(back.alternatives.empty());
}

TEST(duty_catalogue, wrong_rules_are_refused) {
    const auto note = [](std::vector<DutyRule> rules) {
        const auto got = DutyCatalogue::build(std::move(rules), city());
        return got ? std::string("fine") : got.error().note;
    };
    EXPECT_EQ(note({{"", {}, {}, north}}), "duty \"\": no title");
    EXPECT_EQ(note({{"a", {}, {}, UnitId{99}}}), "duty \"a\": an unknown unit");
    EXPECT_EQ(note({{"a", {""}, {}, north}}), "duty \"a\": an empty step in a path");
    EXPECT_EQ(note({{"a", {"x"}, {}, north}, {"b", {"x"}, {}, south}}),
              "duty \"b\": another rule has the same paths");
}

}  // namespace
}  // namespace ys::cases
