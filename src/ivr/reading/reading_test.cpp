// SPDX-License-Identifier: Apache-2.0
#include "ivr/reading/reading.h"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/dice.h"
#include "base/text.h"
#include "ivr/reading/code_points.h"

namespace ys::ivr {
namespace {

constexpr std::size_t growth_max = 10;  ///< bytes said for one byte written

bool is_said(char32_t c) {
    constexpr std::u32string_view pauses = U"、，：；。！？";
    return is_capital(c) || c == U' ' || pauses.find(c) != pauses.npos || c >= 0x80;
}

/// What holds of every reading, whatever was read.
void check(const std::string& text) {
    const std::string said = reading(text);
    ASSERT_EQ(cleaned(said, said.size()), said) << "valid, and no control characters";
    ASSERT_LE(said.size(), growth_max * text.size()) << text;
    for (const char32_t c : code_points(said)) ASSERT_TRUE(is_said(c)) << text << '\n' << said;
    ASSERT_EQ(reading(said), said) << "what is only words is said as it is";
}

std::string random_text(Dice& dice, const std::vector<std::string>& pieces) {
    std::string out;
    for (auto n = dice.below(20); n > 0; --n) out += pieces[dice.below(pieces.size())];
    return out;
}

TEST(Reading, is_said_as_the_table_has_it) {
    std::ifstream file(YS_SOURCE_DIR "/tests/readings/readings.tsv");
    std::size_t rows = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto columns = split(line, '\t');
        ASSERT_EQ(columns.size(), 2u) << line;
        EXPECT_EQ(reading(columns[0]), columns[1]) << columns[0];
        check(std::string(columns[0]));
        ++rows;
    }
    EXPECT_GE(rows, 350u);
}

TEST(Reading, every_word_of_a_text_is_kept) {
    const std::string text = "请带好材料到窗口办理，谢谢";
    EXPECT_EQ(reading(text), text);
    EXPECT_EQ(reading("зал émile"), "зал éMILE");
    EXPECT_EQ(reading(""), "");
    EXPECT_EQ(reading("第一行\n第二行"), "第一行。第二行");
}

TEST(Reading, any_bytes_may_come) {
    EXPECT_EQ(reading("\xFF\xFE 12\xC0\x80号"), "十二号");
    EXPECT_EQ(reading(std::string("a\0b", 3)), "AB");
    EXPECT_EQ(reading("\xE5\x8F"), "");
}

TEST(Reading, work_grows_with_the_text_alone) {
    for (const char* piece : {"1", "1-", "1.", "1,111", "1:", "1/", "-", "a-", "*1", "*", "甘A",
                              "1 ", "a@b/", "(1", "1年", "¥", "第1-", "\xFF"}) {
        std::string text;
        while (text.size() < 20'000) text += piece;
        EXPECT_LE(reading(text).size(), growth_max * text.size()) << piece;
    }
}

TEST(Reading, numbers_and_signs_in_any_order) {
    const std::vector<std::string> pieces{
        "0",  "1",  "2",  "10", "12", "110", "2026", "1124", "13912345678", "-",  "–",  "~",
        "～", ".",  ",",  ":",  "：", "/",   "%",    "¥",    "$",           "+",  "*",  "#",
        " ",  "万", "元", "年", "月", "日",  "号",   "路",   "个",          "度", "℃",  "㎡",
        "km", "h",  "第", "转", "甘", "A",   "K",    "（",   "〔",          "）", "〕", "·",
        "@",  "①",  "½",  "①",  "\n", "房",  "室",   "**"};
    Dice dice(20261001);
    for (int i = 0; i < 4'000; ++i) ASSERT_NO_FATAL_FAILURE(check(random_text(dice, pieces)));
}

RC_GTEST_PROP(Reading, bytes_in_any_order, (const std::string& text)) {
    check(text);
    RC_ASSERT(!testing::Test::HasFatalFailure());
}

}  // namespace
}  // namespace ys::ivr
