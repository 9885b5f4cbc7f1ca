// SPDX-License-Identifier: Apache-2.0
#include "app/scenario_types.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "cases/handbook.h"
#include "platform/words/search_words.h"

namespace ys::app {
namespace {

using cases::TypeText;

const TypeText& type_in(const std::vector<TypeText>& types, std::string_view code) {
    const auto it = std::ranges::find(types, code, &TypeText::code);
    EXPECT_NE(it, types.end()) << code;
    return *it;
}

TEST(scenario_types, every_ready_made_hotline_has_the_kinds_of_a_public_one) {
    for (const std::string scenario :
         {"heating", "bus", "etc", "car-quota", "certificates", "bench"}) {
        const auto types = case_types_of(scenario);
        ASSERT_TRUE(types) << scenario << ": " << types.error().note;
        for (const char* code :
             {"question", "help", "complaint", "report", "suggestion", "praise", "repair"})
            type_in(types->types, code);
    }
}

TEST(scenario_types, every_type_names_rules_that_are_there) {
    for (const std::string scenario :
         {"heating", "bus", "etc", "car-quota", "certificates", "bench"}) {
        const auto types = case_types_of(scenario);
        ASSERT_TRUE(types);
        const auto handbook = cases::Handbook::make({}, types->rules);
        ASSERT_TRUE(handbook) << handbook.error().note;
        const auto checked = check_case_types(types->types, **handbook);
        EXPECT_TRUE(checked) << checked.error().note;
        for (const TypeText& text : types->types) {
            EXPECT_EQ(text.is_confidential, cases::is_confidential(text.code)) << text.code;
            EXPECT_TRUE(cases::type_of(text, 1)) << text.code;
        }
    }
}

TEST(scenario_types, praise_of_the_heating_hotline_goes_a_way_of_its_own) {
    const auto types = case_types_of("heating");
    ASSERT_TRUE(types);
    const auto handbook = *cases::Handbook::make({}, types->rules);
    const auto praise = cases::type_of(type_in(types->types, "praise"), 1);
    ASSERT_TRUE(praise);
    const cases::CaseBasis basis = handbook->basis_of(*praise);
    EXPECT_EQ(basis, (cases::CaseBasis{"praise", "thanks", 1, "thanks", false}));
    const cases::UnitTree units;
    const cases::Workflow& flow = handbook->rules("praise", basis, units).workflow;
    EXPECT_EQ(flow.find(cases::CaseState::Accepted, cases::Verb::Pause), nullptr);
    EXPECT_EQ(flow.find(cases::CaseState::Accepted, cases::Verb::Reply)->to,
              cases::CaseState::Reviewed);
}

TEST(scenario_types, a_type_that_names_what_is_not_there_is_refused_with_its_field) {
    const auto types = case_types_of("heating");
    ASSERT_TRUE(types);
    const auto checked = check_case_types(types->types, **cases::Handbook::make({}));
    ASSERT_FALSE(checked);
    for (const char* line : {"case_type praise: workflow unknown_workflow",
                             "case_type suggestion: clock_preset unknown_clock_preset"})
        EXPECT_NE(checked.error().note.find(line), std::string::npos) << checked.error().note;
}

TEST(scenario_types, classes_of_the_heating_hotline_are_found_by_initials) {
    const auto types = case_types_of("heating");
    ASSERT_TRUE(types);
    const auto repair = cases::type_of(type_in(types->types, "repair"), 1);
    ASSERT_TRUE(repair);
    const auto found = repair->classes.search("fmds", 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(repair->classes.path_title(found[0]->code), "供热设备 / 阀门 / 阀门滴水");
    for (const TypeText& text : types->types)
        for (const cases::TypeClass& each : text.classes)
            // Not equal: 长期 is read chang here, and the table's first reading is zhang.
            EXPECT_EQ(each.initials.size(), words::initials_of_title(each.title).size());
}

}  // namespace
}  // namespace ys::app
