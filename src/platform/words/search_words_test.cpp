// SPDX-License-Identifier: Apache-2.0
#include "platform/words/search_words.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace ys::words {
namespace {

bool finds(std::string_view typed, std::string_view text) {
    const auto words = words_of(text, Sound::Heard);
    const auto has = [&](const std::string& word) {
        return std::ranges::binary_search(words, word);
    };
    const auto terms = terms_of(typed);
    return !terms.empty() && std::ranges::all_of(terms, [&](const SearchTerm& term) {
        return std::ranges::any_of(
            term.any, [&](const WordsOf& each) { return std::ranges::all_of(each, has); });
    });
}

constexpr std::string_view text = "北桥区听松里3号楼402室暖气不热，ETC 扣费";

TEST(SearchWords, two_characters_are_a_word_and_so_is_one) {
    for (const char* typed : {"暖气", "听松里", "不热", "松", "北桥区听松", "暖气 听松"})
        EXPECT_TRUE(finds(typed, text)) << typed;
    for (const char* typed : {"气暖", "停热", "热不热", "漏"})
        EXPECT_FALSE(finds(typed, text)) << typed;
}

TEST(SearchWords, pinyin_and_its_initials_find_it) {
    for (const char* typed : {"nuanqi", "beiqiao", "tingsongli", "nq", "tsl", "bqqtsl", "BeiQiao",
                              "nuan", "ｎｑ", "nuanqi tsl"})
        EXPECT_TRUE(finds(typed, text)) << typed;
    for (const char* typed : {"loushui", "qn", "tsx"}) EXPECT_FALSE(finds(typed, text)) << typed;
}

TEST(SearchWords, characters_read_in_two_ways_are_found_by_both) {
    EXPECT_TRUE(finds("chongqing", "重庆路"));
    EXPECT_TRUE(finds("zhongqing", "重庆路"));
    EXPECT_TRUE(finds("yinhang", "银行"));
    EXPECT_TRUE(finds("changan", "长安街"));
    EXPECT_TRUE(finds("xian", "西安路"));
}

TEST(SearchWords, latin_words_and_short_numbers_are_words) {
    for (const char* typed : {"etc", "402", "3号楼", "402室"})
        EXPECT_TRUE(finds(typed, text)) << typed;
    EXPECT_FALSE(finds("40", text));
}

TEST(SearchWords, telephone_and_identity_numbers_are_no_words) {
    const auto words = words_of(
        "电话13900000002，或 139 0000 0003、0931-8000001，身份证62010219900101001X", Sound::Heard);
    for (const std::string& word : words)
        EXPECT_EQ(std::ranges::count_if(word, [](char c) { return '0' <= c && c <= '9'; }), 0)
            << word;
    EXPECT_TRUE(terms_of("13900000002").empty());
    EXPECT_TRUE(terms_of("139 0000 0003").empty());
}

TEST(SearchWords, a_number_may_be_part_of_one_that_the_house_gave_out) {
    EXPECT_EQ(terms_of("0217")[0].any[0][0], "w0217");
    EXPECT_EQ(terms_of("0217")[0].any[1][0], "n0217");
}

TEST(SearchWords, a_sign_is_found_by_any_three_of_its_characters) {
    using Pieces = std::vector<std::string>;
    EXPECT_EQ(pieces_of("HT-0042"), (Pieces{"s004", "s042", "sht0", "st00"}));
    EXPECT_EQ(pieces_of("甘G1"), Pieces{"s甘g1"});
    EXPECT_EQ(pieces_of(" G "), Pieces{"sg"});
    EXPECT_TRUE(pieces_of("--").empty());
}

TEST(SearchWords, pinyin_is_cut_into_its_syllables) {
    EXPECT_EQ(syllables_of("tingsongli"), (std::vector<std::string>{"ting", "song", "li"}));
    EXPECT_EQ(syllables_of("fangan"), (std::vector<std::string>{"fang", "an"}));
    EXPECT_TRUE(syllables_of("tsl").empty());
    EXPECT_TRUE(syllables_of(std::string(1000, 'a')).empty());
}

TEST(SearchWords, a_title_has_the_initials_that_people_type) {
    EXPECT_EQ(initials_of_title("暖气片不热"), "nqpbr");
    EXPECT_EQ(initials_of_title("ETC 卡（读不出）"), "etckdbc");
    EXPECT_EQ(initials_of_title("——"), "");
}

TEST(SearchWords, a_text_without_end_has_so_many_words) {
    std::string endless;
    for (int i = 0; i < 20'000; ++i)
        endless += static_cast<char>(0xE4 + i % 5), endless += static_cast<char>(0x80 + i % 61),
            endless += static_cast<char>(0x80 + i % 53);
    EXPECT_LT(words_of(endless, Sound::Unheard).size(), 20'000U * 2);
    EXPECT_TRUE(words_of("", Sound::Heard).empty());
    EXPECT_TRUE(terms_of("，。 !").empty());
}

}  // namespace
}  // namespace ys::words
