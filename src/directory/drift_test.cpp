// SPDX-License-Identifier: Apache-2.0
#include "directory/drift.h"

#include <gtest/gtest.h>

#include "directory/page_text.h"

namespace ys::directory {
namespace {

std::vector<Entry> ours() {
    return {{.code = "hotline",
             .kind = "hotline",
             .name = "热线",
             .number = "6300",
             .hours = "mon-fri 08:30-18:00",
             .purpose = "都能问"},
            {.code = "hall",
             .kind = "office",
             .name = "大厅",
             .number = "0931-8700100",
             .hours = "mon-fri 09:00-17:00",
             .purpose = "办证"}};
}

std::vector<std::string> numbers(std::string_view text) {
    std::vector<std::string> out;
    for (const NumberInText& each : numbers_in(text, ours())) out.push_back(each.dialled);
    return out;
}
using Numbers = std::vector<std::string>;

std::vector<std::string> kinds(std::string_view text, Wants wants = Wants::Nothing) {
    std::vector<std::string> out;
    for (const Difference& each : drift_of(ours(), text, wants).differences)
        out.push_back(each.kind + " " + each.written);
    return out;
}

TEST(NumbersIn, reads_every_way_people_write_one_number) {
    const Numbers hall{"09318700100"};
    for (const char* way : {"0931-8700100", "(0931)8700100", "0931 870 0100", "+86 931 8700100",
                            "tel:+869318700100", "0931—8700100", "86-931-8700100"})
        EXPECT_EQ(numbers(way), hall) << way;
    EXPECT_EQ(numbers("大厅电话 8700100"), hall) << "without the area code";
    EXPECT_EQ(numbers("手机138-1234-5678，或 400-810-6300"),
              (Numbers{"13812345678", "4008106300"}));
}

TEST(NumbersIn, four_digits_need_a_word_that_speaks_of_a_telephone) {
    EXPECT_EQ(numbers("咨询电话：12345"), Numbers{"12345"});
    EXPECT_EQ(numbers("共12345件，占6.5%"), Numbers{});
    EXPECT_EQ(numbers("我们的号是6300。"), Numbers{"6300"}) << "the directory has it";
    EXPECT_EQ(numbers("热线受理 12000 件"), Numbers{}) << "an amount";
}

TEST(NumbersIn, documents_dates_and_amounts_are_none) {
    EXPECT_EQ(numbers("身份证 110101199003070015"), Numbers{});
    EXPECT_EQ(numbers("2026-11-23 08:30-17:30，费用 10.50 元，编号 GD20261123001"), Numbers{});
    EXPECT_EQ(numbers("https://x.example/13812345678"), Numbers{});
    EXPECT_EQ(numbers(""), Numbers{});
    EXPECT_EQ(numbers(std::string(20'000, '1')), Numbers{});
}

TEST(Drift, a_number_the_directory_has_not_is_foreign) {
    const Drift drift = drift_of(ours(), "办证请拨\n0931-8700199。", Wants::Nothing);
    ASSERT_EQ(drift.differences.size(), 1U);
    EXPECT_EQ(drift.differences[0],
              (Difference{"foreign", "", "0931-8700199", "", "办证请拨 0931-8700199。", 2}));
    EXPECT_EQ(kinds("火警119，急救拨打120"), Numbers{}) << "the state's own";
    EXPECT_EQ(kinds("拨 0931-8700199，或 0931-8700199"), Numbers{"foreign 0931-8700199"}) << "once";
}

TEST(Drift, other_hours_beside_a_number_are_told) {
    EXPECT_EQ(kinds("热线6300，周一至周五 8:30-18:00"), Numbers{});
    EXPECT_EQ(kinds("热线6300，周一至周五 8:30至17:30"), Numbers{"hours 8:30至17:30"});
    EXPECT_EQ(kinds("热线6300（24小时）"), Numbers{"hours 24小时"});
    EXPECT_EQ(kinds("热线6300 大厅0931-8700100 09:00-17:00"), Numbers{}) << "each its own";
    EXPECT_EQ(kinds("热线6300\n食堂 11:00-12:00"), Numbers{}) << "another line";
}

TEST(Drift, a_place_that_must_name_the_hotline_is_told_when_it_does_not) {
    EXPECT_EQ(kinds("欢迎来访", Wants::Hotline), Numbers{"missing "});
    EXPECT_EQ(kinds("欢迎来访", Wants::Nothing), Numbers{});
    EXPECT_EQ(kinds("欢迎拨打 6300", Wants::Hotline), Numbers{});
}

TEST(Drift, differences_are_bounded) {
    std::string text;
    for (int i = 0; i < 1'000; ++i) text += "电话 0931-" + std::to_string(8'000'000 + i) + "\n";
    EXPECT_EQ(drift_of(ours(), text, Wants::Nothing).differences.size(), differences_max);
}

TEST(PageText, keeps_what_is_seen_and_the_numbers_of_links) {
    const std::string text = page_text(
        "<title>联系我们</title><script>var x='0931-8700199'</script><style>a{}</style>"
        "<p data-x='0931-8700198'>大厅&nbsp;<a href=\"tel:+86-931-8700100\">拨打</a></p>");
    EXPECT_EQ(kinds(text), Numbers{});
    EXPECT_EQ(numbers(text), Numbers{"09318700100"});
    EXPECT_EQ(kinds(page_text("<p>大厅 <a href='tel:09318700101'>拨打</a></p>")),
              Numbers{"foreign 09318700101"});
}

TEST(PageText, a_broken_page_ends) {
    for (const char* page :
         {"<", "<p", "<!--", "<script>", "<a href=\"tel:", "a < b", "</", "<p a='"})
        EXPECT_LE(page_text(page).size(), 40U) << page;
    EXPECT_EQ(page_text("5 < 6"), "5 < 6");
}

TEST(PageText, a_vcard_and_json_are_read_as_they_are) {
    EXPECT_EQ(numbers(page_text("BEGIN:VCARD\nTEL;TYPE=work:+86-931-8700100\nEND:VCARD")),
              Numbers{"09318700100"});
    EXPECT_EQ(kinds(page_text(R"({"telephone":"6301","name":"热线"})")), Numbers{"foreign 6301"});
}

}  // namespace
}  // namespace ys::directory
