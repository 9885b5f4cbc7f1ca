// SPDX-License-Identifier: Apache-2.0
// Forms, classifications and types with versions.
#include "cases/case_type.h"

#include <gtest/gtest.h>

#include "cases/errc.h"

namespace ys::cases {
namespace {

FormField field(const char* code, FieldKind kind) {
    FormField f;
    f.code = code;
    f.title = code;
    f.kind = kind;
    return f;
}

AnswerForm heating_form() {
    FormField what = field("what", FieldKind::Choice);
    what.is_required = true;
    what.choices = {{"cold", "不热"}, {"leak", "漏水"}};
    FormField room = field("room_temperature_c", FieldKind::Number);
    room.is_required = true;
    room.min = -30;
    room.max = 45.5;
    room.unit = "℃";
    room.shown_when = ShownWhen{"what", {"cold"}};
    FormField elder = field("has_elder", FieldKind::YesNo);
    elder.shown_when = ShownWhen{"what", {"cold"}};
    FormField elder_phone = field("elder_phone", FieldKind::Phone);
    elder_phone.is_required = true;
    elder_phone.shown_when = ShownWhen{"has_elder", {"yes"}};
    FormField since = field("since", FieldKind::Date);
    FormField where = field("where", FieldKind::Address);
    where.is_required = true;
    where.chars_max = 10;
    return {what, room, elder, elder_phone, since, where};
}

std::vector<std::string> codes(const std::vector<AnswerFault>& faults) {
    std::vector<std::string> out;
    for (const auto& f : faults) out.push_back(f.field + ":" + std::string(f.code));
    return out;
}
using Codes = std::vector<std::string>;

TEST(answer_form, good_answers_have_no_fault) {
    const Answers answers{{"what", "cold"},        {"room_temperature_c", "16.5"},
                          {"has_elder", "yes"},    {"elder_phone", "138 1234 5678"},
                          {"since", "2026-11-20"}, {"where", "道里区经纬街"}};
    EXPECT_TRUE(check(heating_form()));
    EXPECT_EQ(check(heating_form(), answers), std::vector<AnswerFault>{});
}

TEST(answer_form, what_is_missing_is_named_in_the_order_of_the_form) {
    EXPECT_EQ(codes(check(heating_form(), {})), (Codes{"what:need_answer", "where:need_answer"}));
    EXPECT_EQ(codes(check(heating_form(), {{"what", "cold"}, {"where", "  "}})),
              (Codes{"room_temperature_c:need_answer", "where:need_answer"}));
}

TEST(answer_form, a_fault_names_its_limits) {
    const auto faults = check(
        heating_form(),
        {{"what", "cold"}, {"room_temperature_c", "50"}, {"where", "一二三四五六七八九十一"}});
    const std::vector<AnswerFault> expected{
        {"room_temperature_c", "too_large", {{"max", "45.5"}, {"unit", "℃"}}},
        {"where", "too_long", {{"chars_max", "10"}, {"chars", "11"}}}};
    EXPECT_EQ(faults, expected);
    const auto cold =
        check(heating_form(), {{"what", "cold"}, {"room_temperature_c", "-31"}, {"where", "x"}});
    EXPECT_EQ(cold, (std::vector<AnswerFault>{
                        {"room_temperature_c", "too_small", {{"min", "-30"}, {"unit", "℃"}}}}));
}

TEST(answer_form, each_kind_refuses_what_it_is_not) {
    const Answers wrong{{"what", "cold"},       {"room_temperature_c", "warm"},
                        {"has_elder", "maybe"}, {"since", "2026-02-30"},
                        {"where", "x"},         {"more", "?"}};
    EXPECT_EQ(codes(check(heating_form(), wrong)),
              (Codes{"room_temperature_c:not_a_number", "has_elder:not_yes_or_no",
                     "since:not_a_date", "more:unknown_field"}));
    EXPECT_EQ(codes(check(heating_form(), {{"what", "snow"}, {"where", "x"}})),
              (Codes{"what:unknown_choice"}));
    for (const char* number : {"nan", "inf", "1e999", "1,5", "12 ", "0x10", "--1"}) {
        const auto got = check(heating_form(),
                               {{"what", "cold"}, {"room_temperature_c", number}, {"where", "x"}});
        EXPECT_EQ(got.empty(), std::string(number) == "12 ") << number;
    }
    for (const char* phone : {"anonymous", "12x", "unknown"})
        EXPECT_EQ(codes(check(heating_form(), {{"what", "cold"},
                                               {"room_temperature_c", "1"},
                                               {"has_elder", "yes"},
                                               {"elder_phone", phone},
                                               {"where", "x"}})),
                  (Codes{"elder_phone:not_a_phone"}))
            << phone;
}

TEST(answer_form, a_hidden_field_hides_what_hangs_on_it) {
    // has_elder was answered before the citizen said it is a leak.
    const Answers answers{{"what", "leak"}, {"has_elder", "yes"}, {"where", " 3号楼 "}};
    EXPECT_FALSE(is_shown(heating_form(), answers, "elder_phone"));
    EXPECT_EQ(check(heating_form(), answers), std::vector<AnswerFault>{});
    EXPECT_EQ(kept(heating_form(), answers), (Answers{{"what", "leak"}, {"where", "3号楼"}}));
    EXPECT_FALSE(is_shown(heating_form(), answers, "no such field"));
}

TEST(answer_form, a_form_that_makes_no_sense_is_refused) {
    const auto note = [](auto change) {
        AnswerForm form = heating_form();
        change(form);
        const auto got = check(form);
        return got ? std::string("fine") : got.error().note;
    };
    EXPECT_EQ(note([](auto& f) { f[1].code = "what"; }), "field \"what\": the code is there twice");
    EXPECT_EQ(note([](auto& f) { f[0].choices.clear(); }),
              "field \"what\": choices belong to a choice, which has some");
    EXPECT_EQ(note([](auto& f) { f[1].max = -40; }),
              "field \"room_temperature_c\": min is above max");
    EXPECT_EQ(note([](auto& f) { f[1].shown_when->field = "where"; }),
              "field \"room_temperature_c\": shown_when names no earlier field");
    EXPECT_EQ(note([](auto& f) { f[1].shown_when->values = {"snow"}; }),
              "field \"room_temperature_c\": shown_when names a value its field never has");
    EXPECT_EQ(note([](auto& f) { f[5].title.clear(); }), "field \"where\": no code or title");
}

TEST(answer_form, kinds_have_words) {
    for (const char* w : {"text", "number", "choice", "date", "phone", "address", "yes_no"})
        EXPECT_EQ(word(*field_kind_from(w)), w);
    EXPECT_EQ(field_kind_from("image"), std::nullopt);
}

ClassTree heating_tree() {
    return *ClassTree::build({{"heat", "", "供热", "gr"},
                              {"heat.no_heat", "heat", "室内不热", "snbr"},
                              {"heat.leak", "heat", "管道漏水", "gdls"},
                              {"heat.noise", "heat", "热力站噪音", "rlzzy"},
                              {"water", "", "供水", "gs"},
                              {"water.leak", "water", "管道漏水", "gdls"},
                              {"water.heat", "water", "热水", "rs"}});
}

Codes found(const ClassTree& tree, const char* typed, std::size_t limit = 10) {
    Codes out;
    for (const auto* n : tree.search(typed, limit)) out.push_back(n->code);
    return out;
}

TEST(class_tree, a_path_leads_from_the_top) {
    const ClassTree tree = heating_tree();
    EXPECT_EQ(tree.path_title("heat.no_heat"), "供热 / 室内不热");
    EXPECT_EQ(tree.path_title("x"), "");
    EXPECT_EQ(tree.children("heat").size(), 3u);
    EXPECT_EQ(tree.children("").size(), 2u);
    EXPECT_TRUE(tree.is_leaf("water.leak"));
    EXPECT_FALSE(tree.is_leaf("water"));
    EXPECT_FALSE(tree.is_leaf("x"));
    EXPECT_TRUE(tree.is_within("heat.leak", "heat"));
    EXPECT_FALSE(tree.is_within("heat.leak", "water"));
}

TEST(class_tree, chinese_words_and_initials_find_best_first) {
    const ClassTree tree = heating_tree();
    EXPECT_EQ(found(tree, "不热"), (Codes{"heat.no_heat"}));
    EXPECT_EQ(found(tree, "snbr"), (Codes{"heat.no_heat"}));
    EXPECT_EQ(found(tree, "SNB"), (Codes{"heat.no_heat"}));
    EXPECT_EQ(found(tree, "热水"), (Codes{"water.heat"}));
    EXPECT_EQ(found(tree, "gdls"), (Codes{"heat.leak", "water.leak"}));
    EXPECT_EQ(found(tree, "供水 漏水"), (Codes{"water.leak"}));
    EXPECT_EQ(found(tree, "gs ls"), (Codes{"water.leak"}));
    // Begins with it; a branch after leaves; contains it.
    EXPECT_EQ(found(tree, "热"), (Codes{"heat.noise", "water.heat", "heat.no_heat", "heat"}));
    EXPECT_EQ(found(tree, "热", 2).size(), 2u);
    EXPECT_EQ(found(tree, "g").front(), "heat.leak");
    EXPECT_TRUE(found(tree, "  ").empty());
    EXPECT_TRUE(found(tree, "电梯").empty());
}

TEST(class_tree, broken_trees_are_refused) {
    const auto note = [](std::vector<ClassNode> nodes) {
        const auto got = ClassTree::build(std::move(nodes));
        return got ? std::string("fine") : got.error().note;
    };
    EXPECT_EQ(note({{"a", "", "A", ""}, {"a", "", "B", ""}}),
              "class \"a\": the code is there twice");
    EXPECT_EQ(note({{"a", "b", "A", ""}}), "class \"a\": its parent is not there");
    EXPECT_EQ(note({{"a", "b", "A", ""}, {"b", "a", "B", ""}}),
              "class \"a\": a circle, or too deep");
    EXPECT_EQ(note({{"a", "a", "A", ""}}), "class \"a\": a circle, or too deep");
    EXPECT_EQ(note({{"a", "", "", ""}}), "class \"a\": no code or title");
    EXPECT_EQ(note({}), "fine");
}

CaseType repair() {
    CaseType t;
    t.code = "repair";
    t.title = "报修";
    t.nature = Nature::Repair;
    t.classes = heating_tree();
    t.form = heating_form();
    t.workflow = "standard";
    t.clock_preset = "urgent";
    return t;
}

TEST(case_type, an_old_case_keeps_the_version_it_was_made_with) {
    CaseTypes types;
    ASSERT_TRUE(types.add(repair()));
    const CaseType* old = types.find("repair", 1);
    CaseType next = repair();
    next.version = 2;
    next.form.push_back(field("floor", FieldKind::Number));
    next.form.back().is_required = true;
    ASSERT_TRUE(types.add(next));
    const Answers answers{{"what", "leak"}, {"where", "x"}};
    EXPECT_TRUE(check(*types.find("repair", 1), "heat.leak", answers).empty());
    EXPECT_EQ(codes(check(*types.newest("repair"), "heat.leak", answers)),
              (Codes{"floor:need_answer"}));
    EXPECT_EQ(types.find("repair", 1), old);
    EXPECT_EQ(types.all().size(), 1u);
    EXPECT_EQ(types.find("repair", 3), nullptr);
    EXPECT_EQ(types.newest("x"), nullptr);
}

TEST(case_type, a_version_never_changes_its_contents) {
    CaseTypes types;
    ASSERT_TRUE(types.add(repair()));
    EXPECT_TRUE(types.add(repair()));
    CaseType changed = repair();
    changed.title = "维修";
    EXPECT_EQ(types.add(changed).error().code, Errc::VersionIsTaken);
    changed.version = 0;
    EXPECT_EQ(types.add(changed).error().code, Errc::DataBreaksARule);
    changed = repair();
    changed.workflow.clear();
    EXPECT_EQ(types.add(changed).error().code, Errc::DataBreaksARule);
    changed = repair();
    changed.form[0].choices.clear();
    EXPECT_EQ(types.add(changed).error().code, Errc::DataBreaksARule);
}

TEST(case_type, the_class_must_be_a_leaf) {
    const Answers answers{{"what", "leak"}, {"where", "x"}};
    EXPECT_EQ(codes(check(repair(), "", answers)), (Codes{"class_code:need_class"}));
    EXPECT_EQ(codes(check(repair(), "x", answers)), (Codes{"class_code:unknown_class"}));
    EXPECT_EQ(codes(check(repair(), "heat", answers)), (Codes{"class_code:class_too_wide"}));
    CaseType plain = repair();
    plain.classes = {};
    EXPECT_TRUE(check(plain, "", answers).empty());
    EXPECT_EQ(codes(check(plain, "x", answers)), (Codes{"class_code:unknown_class"}));
    EXPECT_EQ(word(Urgency::Emergency), "emergency");
}

}  // namespace
}  // namespace ys::cases
