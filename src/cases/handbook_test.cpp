// SPDX-License-Identifier: Apache-2.0
#include "cases/handbook.h"

#include <gtest/gtest.h>

#include "cases/case_form.h"

namespace ys::cases {
namespace {

const std::vector<DutyRule> rules{{"北桥", {}, {"云汀市", "北桥区"}, UnitId{1}},
                                  {"听松里", {}, {"云汀市", "北桥区", "听松里"}, UnitId{1}},
                                  {"望山", {}, {"云汀市", "望山区"}, UnitId{2}},
                                  {"其余", {}, {}, UnitId{3}}};

TEST(handbook, every_kind_of_the_form_has_rules_that_cannot_get_stuck) {
    const auto handbook = *Handbook::make({});
    const UnitTree units;
    for (const Kind& kind : kinds) {
        const CaseRules rules_of_kind = handbook->rules(kind.name, units);
        EXPECT_TRUE(check(rules_of_kind.workflow)) << kind.name;
        EXPECT_TRUE(rules_of_kind.preset.promise(ClockName::Close)) << kind.name;
    }
    EXPECT_EQ(handbook->rules("leak", units).preset.name, "emergency");
    EXPECT_EQ(handbook->rules("no_heat", units).workflow.name, "short");
    EXPECT_EQ(handbook->rules("complaint", units).workflow.name, "standard");
    EXPECT_EQ(handbook->rules("a word of later", units).preset.name, "ordinary");
    EXPECT_FALSE(Handbook::make({}, "only  1h 1h 1h - - office\n"));
}

TEST(handbook, a_kind_says_what_it_is_about_and_whether_it_is_kept_secret) {
    EXPECT_EQ(category_of("no_heat"), (DutyPath{"repair", "no_heat"}));
    EXPECT_EQ(category_of("repair"), DutyPath{"repair"});
    EXPECT_EQ(category_of("billing"), DutyPath{"billing"});
    EXPECT_EQ(category_of(""), DutyPath{});
    EXPECT_TRUE(is_confidential("report"));
    EXPECT_FALSE(is_confidential("complaint"));
}

TEST(handbook, an_address_lies_in_the_narrowest_area_it_names) {
    EXPECT_EQ(area_of("云汀市北桥区某街 3 号", rules), (DutyPath{"云汀市", "北桥区"}));
    EXPECT_EQ(area_of("听松里 3-2-101", rules), (DutyPath{"云汀市", "北桥区", "听松里"}));
    EXPECT_EQ(area_of("北桥区听松里", rules), (DutyPath{"云汀市", "北桥区", "听松里"}));
    EXPECT_EQ(area_of("不知道", rules), DutyPath{});
    EXPECT_EQ(area_of("北桥区与望山区交界", rules), DutyPath{"云汀市"}) << "no guess";
}

}  // namespace
}  // namespace ys::cases
