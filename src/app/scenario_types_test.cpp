// SPDX-License-Identifier: Apache-2.0
#include "app/scenario_types.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "cases/handbook.h"
#include "cases/io/search_words.h"

namespace ys::app {
namespace {

using cases::TypeText;

const TypeText& type_in(const std::vector<TypeText>& types, std::string_view code) {
    const auto it = std::ranges::find(types, code, &TypeText::code);
    EXPECT_NE(it, types.end()) << code;
    return *it;
}

TEST(scenario_types, every_ready_made_hotline_has_the_kinds_of_a_public_one) {
    for (const std::string scenario : {"heating", "etc", "bench"}) {
        const auto types = case_types_of(scenario);
        ASSERT_TRUE(types) << scenario << ": " << types.error().note;
        for (const char* code :
             {"question", "help", "complaint", "report", "suggestion", "praise", "repair"})
            type_in(*types, code);
    }
}

TEST(scenario_types, a_type_names_the_rules_that_its_kind_goes_by) {
    const auto handbook = *cases::Handbook::make({});
    const cases::UnitTree units;
    for (const std::string scenario : {"heating", "etc"}) {
        const auto types = case_types_of(scenario);
        ASSERT_TRUE(types);
        for (const TypeText& text : *types) {
            const cases::CaseRules rules = handbook->rules(text.code, units);
            EXPECT_EQ(text.workflow, rules.workflow.name) << text.code;
            EXPECT_EQ(text.clock_preset, rules.preset.name) << text.code;
            EXPECT_EQ(text.is_confidential, cases::is_confidential(text.code));
            EXPECT_TRUE(cases::type_of(text, 1)) << text.code;
        }
    }
}

TEST(scenario_types, classes_of_the_heating_hotline_are_found_by_initials) {
    const auto types = case_types_of("heating");
    ASSERT_TRUE(types);
    const auto repair = cases::type_of(type_in(*types, "repair"), 1);
    ASSERT_TRUE(repair);
    const auto found = repair->classes.search("fmds", 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(repair->classes.path_title(found[0]->code), "供热设备 / 阀门 / 阀门滴水");
    for (const TypeText& text : *types)
        for (const cases::TypeClass& each : text.classes)
            // Not equal: 长期 is read chang here, and the table's first reading is zhang.
            EXPECT_EQ(each.initials.size(), cases::initials_of_title(each.title).size());
}

}  // namespace
}  // namespace ys::app
