// SPDX-License-Identifier: Apache-2.0
#include "cases/case_form.h"

#include <set>

#include <gtest/gtest.h>

#include "cases/case_number.h"

namespace ys::cases {
namespace {

using Faults = std::vector<FieldFault>;

CaseForm repair() {
    CaseForm form;
    form.kind = "no_heat";
    form.detail = "昨天傍晚起不热";
    form.contact_number = "13800001001";
    form.address = "听松里 12 号楼 3 单元 501";
    return form;
}

TEST(case_form, a_filled_one_is_kept) { EXPECT_EQ(faults(repair()), Faults{}); }

TEST(case_form, each_missing_field_is_named_in_the_order_of_the_form) {
    CaseForm form = repair();
    form.detail = "  ";
    form.contact_number = form.address = "";
    EXPECT_EQ(faults(form), (Faults{{"contact_number", "need_number"},
                                    {"address", "need_address"},
                                    {"detail", "need_detail"}}));
    EXPECT_EQ(faults(CaseForm{}), (Faults{{"kind", "need_kind"}, {"detail", "need_detail"}}));
    form = repair();
    form.kind = "flying";
    EXPECT_EQ(faults(form), (Faults{{"kind", "unknown_kind"}}));
}

TEST(case_form, a_title_alone_says_what_it_is_about) {
    CaseForm form = repair();
    form.detail = "";
    form.title = "不热";
    EXPECT_EQ(faults(form), Faults{});
}

TEST(case_form, an_address_is_needed_only_where_somebody_goes) {
    CaseForm form = repair();
    form.address = "";
    form.status = "closed";
    EXPECT_EQ(faults(form), Faults{});
    form.status = "open";
    form.kind = "question";
    EXPECT_EQ(faults(form), Faults{});
}

TEST(case_form, who_reports_may_stay_unnamed_unless_they_want_a_call_back) {
    CaseForm form = repair();
    form.kind = "report";
    form.contact_number = "";
    EXPECT_EQ(faults(form), Faults{});
    form.wishes_callback = true;
    EXPECT_EQ(faults(form), (Faults{{"contact_number", "need_number"}}));
    form.kind = "complaint";
    form.wishes_callback = false;
    EXPECT_EQ(faults(form), (Faults{{"contact_number", "need_number"}}));
}

TEST(case_form, numbers_are_checked_as_they_are_written) {
    const auto code = [](const char* number) {
        CaseForm form = repair();
        form.contact_number = number;
        const Faults f = faults(form);
        return f.empty() ? std::string_view("") : f.front().code;
    };
    for (const char* good :
         {"138 0000 1001", "0931-5550001", "12345", "110", "+4930123456", "4001234567"})
        EXPECT_EQ(code(good), "") << good;
    EXPECT_EQ(code("1380000100"), "mobile_length");
    EXPECT_EQ(code("138000010011"), "mobile_length");
    EXPECT_EQ(code("abc"), "number_digits");
    EXPECT_EQ(code("138+00001001"), "number_digits");
    EXPECT_EQ(code("12"), "number_length");
    EXPECT_EQ(code("+"), "number_length");
    EXPECT_EQ(code("092345678901234567890"), "number_length");
}

TEST(case_form, long_texts_and_unknown_words_are_refused) {
    CaseForm form = repair();
    form.title.assign(title_bytes_max + 1, 'x');
    form.detail.assign(detail_bytes_max + 1, 'x');
    form.address.assign(line_bytes_max + 1, 'x');
    form.contact_name.assign(line_bytes_max + 1, 'x');
    form.urgency = "very";
    form.status = "gone";
    EXPECT_EQ(faults(form), (Faults{{"contact_name", "too_long"},
                                    {"address", "too_long"},
                                    {"title", "too_long"},
                                    {"detail", "too_long"},
                                    {"urgency", "unknown_word"},
                                    {"status", "unknown_word"}}));
}

TEST(kinds, every_nature_of_a_hotline_has_its_kind_and_no_name_is_twice) {
    std::set<Nature> natures;
    std::set<std::string_view> names;
    for (const Kind& k : kinds) {
        natures.insert(k.nature);
        EXPECT_TRUE(names.insert(k.name).second) << k.name;
        EXPECT_EQ(find_kind(k.name), &k);
    }
    EXPECT_EQ(natures.size(), 7u);
    EXPECT_EQ(find_kind(""), nullptr);
}

TEST(case_number, is_read_back_as_people_give_it) {
    const CaseNumber number{11, 24, 217};
    EXPECT_EQ(to_text(number), "1124-0217");
    for (const char* text : {"1124-0217", "11240217", "1124 0217", " 1124-0217 "})
        EXPECT_EQ(*parse_case_number(text), number) << text;
    EXPECT_EQ(to_text(CaseNumber{1, 2, 12345}), "0102-12345");
    EXPECT_EQ(*parse_case_number("0102-12345"), (CaseNumber{1, 2, 12345}));
}

TEST(case_number, what_no_case_is_called_is_refused) {
    for (const char* text : {"", "1124", "1324-0001", "1100-0001", "0230-0001", "1124-0000",
                             "1124-00217", "1124-021a", "1124-99999999999"})
        EXPECT_FALSE(parse_case_number(text)) << text;
    EXPECT_TRUE(parse_case_number("0229-0001"));
}

}  // namespace
}  // namespace ys::cases
