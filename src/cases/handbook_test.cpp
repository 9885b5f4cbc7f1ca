// SPDX-License-Identifier: Apache-2.0
#include "cases/handbook.h"

#include <gtest/gtest.h>

#include "cases/case_form.h"
#include "cases/case_type.h"

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
        const CaseRules rules_of_kind = handbook->rules(kind.name, {}, units);
        EXPECT_TRUE(check(rules_of_kind.workflow)) << kind.name;
        EXPECT_TRUE(rules_of_kind.preset.promise(ClockName::Close)) << kind.name;
    }
    EXPECT_EQ(handbook->rules("leak", {}, units).preset.name, "emergency");
    EXPECT_EQ(handbook->rules("no_heat", {}, units).workflow.name, "short");
    EXPECT_EQ(handbook->rules("complaint", {}, units).workflow.name, "standard");
    EXPECT_EQ(handbook->rules("a word of later", {}, units).preset.name, "ordinary");
}

CaseType type_named(const std::string& code, Nature nature, const std::string& workflow,
                    const std::string& preset) {
    CaseType out;
    out.code = code;
    out.title = code;
    out.nature = nature;
    out.workflow = workflow;
    out.clock_preset = preset;
    return out;
}

std::string thanks(int version, std::string_view more = "") {
    return "workflow thanks " + std::to_string(version) + R"(
filed     file      same    citizen,agent,system
filed     settle    closed  agent
filed     withdraw  withdrawn  citizen
closed    reopen    filed   citizen
)" + std::string(more);
}

TEST(handbook, a_scenario_brings_workflows_and_clocks_and_a_case_keeps_what_it_recorded) {
    const RuleTexts first{{{"表扬", thanks(1)}}, {{"慢", "slow 2wd 3wd 20wd - 80% office"}}};
    const auto old = *Handbook::make({}, first);
    const CaseType type = type_named("thanks", Nature::Praise, "thanks", "slow");
    CaseFile file;
    file.type = "thanks";
    file.basis = old->basis_of(type);
    EXPECT_EQ(file.basis, (CaseBasis{"praise", "thanks", 1, "slow", false}));

    RuleTexts more = first;
    more.workflows.push_back({"表扬", thanks(2, "open urge same citizen\n")});
    const auto book = *Handbook::make({}, more);
    const UnitTree units;
    EXPECT_EQ(book->rules(file, units).workflow.version, 1);
    EXPECT_EQ(book->rules(file, units).preset.name, "slow");
    EXPECT_EQ(book->basis_of(type).workflow_version, 2);
    EXPECT_EQ(book->newest_workflow("thanks")->version, 2);
    EXPECT_EQ(book->workflow("thanks", 3), nullptr);
}

TEST(handbook, one_version_means_one_thing_and_what_does_not_hold_is_refused) {
    const auto made = [](RuleTexts texts) {
        const auto book = Handbook::make({}, texts);
        return book ? std::string("made") : book.error().note;
    };
    EXPECT_EQ(made({{{"a", thanks(1)}, {"a", thanks(1)}}, {}}), "made");
    EXPECT_EQ(made({{{"a", thanks(1)}, {"a", thanks(1, "open urge same citizen\n")}}, {}}),
              "workflow \"thanks 1\" is there with other contents");
    EXPECT_EQ(made({{}, {{"a", "ordinary 1h 1h 1h - - office"}}}),
              "clock preset \"ordinary\" is there with other contents");
    EXPECT_EQ(made({{}, {{"a", "night 1h 1h 1h - - night"}}}),
              "clock preset \"night\": no hours \"night\"");
    EXPECT_NE(made({{{"a", "workflow lost 1\nfiled file same citizen\n"}}, {}}), "made");
    EXPECT_NE(made({{{"a", "workflow Böse 1\nfiled file same citizen\n"}}, {}}), "made");
}

TEST(handbook, a_kind_that_only_a_type_knows_goes_by_its_nature) {
    const auto handbook = *Handbook::make({});
    const UnitTree units;
    EXPECT_EQ(basis_of_kind("lift", "repair"), (CaseBasis{"repair", "short", 1, "urgent", true}));
    EXPECT_EQ(basis_of_kind("no_heat"), (CaseBasis{"repair", "short", 1, "urgent", true}));
    EXPECT_EQ(category_of("lift", "repair"), (DutyPath{"repair", "lift"}));
    EXPECT_EQ(category_of("noise", "complaint"), (DutyPath{"complaint", "noise"}));
    EXPECT_EQ(category_of("complaint", "complaint"), DutyPath{"complaint"});
    EXPECT_TRUE(is_confidential("bribe", "report"));
    EXPECT_FALSE(is_confidential("noise", "complaint"));
    // What is named and is not there is no reason to lose a case.
    const CaseType wrong = type_named("noise", Nature::Complaint, "none", "neither");
    EXPECT_EQ(handbook->basis_of(wrong),
              (CaseBasis{"complaint", "standard", 1, "ordinary", false}));
}

TEST(handbook, only_some_workflows_lead_a_repairer_to_the_end) {
    const auto handbook = *Handbook::make({}, {{{"表扬", thanks(1)}}, {}});
    EXPECT_TRUE(is_for_crews(*handbook->newest_workflow("short")));
    EXPECT_TRUE(is_for_crews(*handbook->newest_workflow("standard")));
    EXPECT_FALSE(is_for_crews(*handbook->newest_workflow("thanks")));
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
