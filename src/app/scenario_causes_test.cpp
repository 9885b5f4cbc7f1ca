// SPDX-License-Identifier: Apache-2.0
#include "app/scenario_causes.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace ys::app {
namespace {

TEST(scenario_causes, every_ready_made_hotline_names_defects_and_suggestions_by_a_key) {
    for (const std::string scenario :
         {"heating", "bus", "etc", "car-quota", "certificates", "bench"}) {
        const auto causes = causes_of(scenario);
        ASSERT_TRUE(causes) << scenario << ": " << causes.error().note;
        for (const char* code : {"system_defect", "unclear_policy", "late_data"})
            EXPECT_NE(std::ranges::find(*causes, code, &cases::CauseRow::code), causes->end())
                << scenario << " has no " << code;
        EXPECT_GE(std::ranges::count(*causes, "suggestion", &cases::CauseRow::kind), 1) << scenario;
        for (const cases::CauseRow& each : *causes)
            EXPECT_TRUE(each.hot_key >= "1" && each.hot_key <= "9") << scenario << " " << each.code;
    }
    const auto bus = causes_of("bus");
    ASSERT_TRUE(bus);
    EXPECT_GE(std::ranges::count(*bus, "route", &cases::CauseRow::asks), 3) << "planned by route";
}

TEST(scenario_causes, every_fault_is_named) {
    const auto broken = parse_causes(
        "[[cause]]\ncode=\"a\"\ntitle=\"甲\"\ntitle_en=\"A\"\nkey=\"1\"\n"
        "[[cause]]\ncode=\"a\"\ntitle=\"乙\"\ntitle_en=\"B\"\nkey=\"1\"\nkind=\"bug\"\n"
        "[[cause]]\ncode=\"C c\"\nkey=\"12\"\nasks=\"name\"\nclose_below_percent=0\n");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().note,
              "causes.toml: cause a: there are two of them\n"
              "cause a: “bug” is neither defect nor suggestion\n"
              "cause a: another cause has key “1”\n"
              "cause C c: a code is small letters, digits and _\n"
              "cause C c: needs title and title_en\n"
              "cause C c: a key is one of 1 to 9 or a to z\n"
              "cause C c: asks is route or place, or nothing\n"
              "cause C c: close_below_percent is 1 to 100\n");
    EXPECT_FALSE(parse_causes("[[cause]]\nname=\"x\"\n"));
    EXPECT_TRUE(parse_causes(""));
}

}  // namespace
}  // namespace ys::app
