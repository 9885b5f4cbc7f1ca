// SPDX-License-Identifier: Apache-2.0
#include "platform/words/toned_pinyin.h"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "base/dice.h"
#include "base/text.h"

namespace ys::words {
namespace {

const TonedPinyin& pinyin() {
    static const auto made = *TonedPinyin::make();
    return *made;
}

/// Syllable for syllable; where one was written with its full tone it may be said lightly (事情).
bool agree(std::string_view read, std::string_view by_hand) {
    const auto a = split(read, ' '), b = split(by_hand, ' ');
    return std::ranges::equal(a, b, [](std::string_view ours, std::string_view theirs) {
        constexpr std::string_view pauses = ",.!?";
        ours = ours.substr(0, ours.find_first_of(pauses));
        theirs = theirs.substr(0, theirs.find_first_of(pauses));
        return ours == theirs || (ours.ends_with('5') && ours.size() == theirs.size() &&
                                  theirs.starts_with(ours.substr(0, ours.size() - 1)));
    });
}

TEST(TonedPinyin, marks_become_numbers) {
    EXPECT_EQ(with_tone_number("hǎo"), "hao3");
    EXPECT_EQ(with_tone_number("lǜ"), "lv4");
    EXPECT_EQ(with_tone_number("nüè"), "nve4");
    EXPECT_EQ(with_tone_number("de"), "de5");
    for (const char* none : {"", "好", "h!", "ḿ", "\xFF", "\xC4"})
        EXPECT_EQ(with_tone_number(none), "") << none;
}

TEST(TonedPinyin, a_character_is_read_by_its_word) {
    const std::vector<std::pair<const char*, const char*>> readings{
        {"银行", "yin2 hang2"},
        {"行人", "xing2 ren2"},
        {"重新登录", "chong2 xin1 deng1 lu4"},
        {"重要", "zhong4 yao4"},
        {"还款", "huan2 kuan3"},
        {"还没有", "hai2 mei2 you3"},
        {"长者", "zhang3 zhe3"},
        {"长期", "chang2 qi1"},
        {"供热", "gong1 re4"},
        {"缴费", "jiao3 fei4"},
        {"地址", "di4 zhi3"},
        {"便宜", "pian2 yi5"},
        {"车厢", "che1 xiang1"},
        {"差价", "cha1 jia4"},
        {"着急", "zhao2 ji2"},
        {"了解", "liao3 jie3"},
        {"银发", "yin2 fa4"},
        {"音乐", "yin1 yue4"},
        {"调查", "diao4 cha2"},
        {"空调", "kong1 tiao2"},
        {"处理", "chu3 li3"},
        {"办事处", "ban4 shi4 chu4"},
        {"调看录像", "diao4 kan4 lu4 xiang4"},
        {"绿色", "lv4 se4"},
        {"为您转人工", "wei4 nin2 zhuan3 ren2 gong1"}};
    for (const auto& [text, read] : readings) EXPECT_EQ(pinyin().line(text), read) << text;
}

TEST(TonedPinyin, one_and_not_sound_as_their_place_wants) {
    EXPECT_EQ(pinyin().line("一个不是"), "yi2 ge4 bu2 shi4");
    EXPECT_EQ(pinyin().line("一天不来"), "yi4 tian1 bu4 lai2");
    EXPECT_EQ(pinyin().line("十一一百一万一千"), "shi2 yi1 yi4 bai3 yi2 wan4 yi4 qian1");
    EXPECT_EQ(pinyin().line("第一二零一六年一月一号线"),
              "di4 yi1 er4 ling2 yi1 liu4 nian2 yi1 yue4 yi1 hao4 xian4");
    EXPECT_EQ(pinyin().line("三月一日，一日三次"), "san1 yue4 yi1 ri4, yi2 ri4 san1 ci4");
    EXPECT_EQ(pinyin().line("一点五公里，一点"), "yi1 dian3 wu3 gong1 li3, yi4 dian3");
    EXPECT_EQ(pinyin().line("拨打幺幺零"), "bo1 da3 yao1 yao1 ling2");
}

TEST(TonedPinyin, letters_and_pauses_stay_and_nothing_else) {
    EXPECT_EQ(pinyin().line("办ETC，好。行吗？"), "ban4 E T C, hao3. xing2 ma5?");
    EXPECT_EQ(pinyin().line("<b>[[a]]12</b>"), "B A B");
    EXPECT_EQ(pinyin().line("WWWWWWW好"), "W W W, W W W, W hao3");
    EXPECT_EQ(pinyin().line(""), "");
    EXPECT_EQ(pinyin().line("。。\xFF\xE5é日"), "ri4");
    Dice dice(11);
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (auto n = dice.below(60); n > 0; --n) text += static_cast<char>(dice.below(256));
        for (const char c : pinyin().line(text))
            ASSERT_TRUE((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '1' && c <= '5') ||
                        std::string_view(" ,.!?").find(c) != std::string_view::npos);
    }
}

/// Every prompt was given its reading by hand; what is synthesised must agree with it.
TEST(TonedPinyin, prompts_are_read_as_they_were_by_hand) {
    std::ifstream file(YS_SOURCE_DIR "/tools/prompts/prompts.tsv");
    std::size_t rows = 0;
    for (std::string line; std::getline(file, line);) {
        const auto columns = split(line, '\t');
        if (line.starts_with('#') || columns.size() != 3 || columns[1] == "(tone)") continue;
        const std::string read = pinyin().line(columns[1]);
        EXPECT_TRUE(agree(read, columns[2])) << columns[0] << '\n' << read << '\n' << columns[2];
        ++rows;
    }
    EXPECT_GE(rows, 90u);
}

}  // namespace
}  // namespace ys::words
