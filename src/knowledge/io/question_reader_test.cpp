// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/question_reader.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "knowledge/io/question_classifier.h"

namespace ys::knowledge {
namespace {

const QuestionReader& reader() {
    static const auto it =
        *QuestionReader::make({{"暖气包", "散热器"}, {"OBU", "电子标签"}, {"ＣＰＣ卡", "通行卡"}});
    return *it;
}

bool has(const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
}

void expect_same(const QuestionWords& one, const QuestionWords& other) {
    EXPECT_EQ(one.characters, other.characters);
    EXPECT_EQ(one.words, other.words);
    EXPECT_EQ(one.sounds, other.sounds);
}

TEST(QuestionReader, simplified_text_is_read_as_it_stands_in_every_reading) {
    const QuestionWords read = reader().read("什么程序怎么抬杆");
    for (const char* pair : {"什么", "程序", "怎么", "抬杆"})
        EXPECT_TRUE(has(read.characters, pair));
    EXPECT_TRUE(has(read.words, "什么"));
    EXPECT_TRUE(has(read.words, "程序"));
}

TEST(QuestionReader, other_scripts_widths_and_sizes_are_one) {
    expect_same(reader().read("什麼時候繳費"), reader().read("什么时候缴费"));
    expect_same(reader().read("ＥＴＣ设备"), reader().read("etc设备"));
    expect_same(reader().read("暖气,不热！"), reader().read("暖气 不热"));
}

TEST(QuestionReader, what_is_meant_is_read_beside_what_was_said) {
    const QuestionWords read = reader().read("暖气包漏水");
    EXPECT_TRUE(has(read.words, "暖气包"));
    EXPECT_TRUE(has(read.words, "散热器"));
    EXPECT_TRUE(has(reader().read("obu掉了").words, "电子标签"));
    EXPECT_TRUE(has(reader().read("cpc卡丢了").words, "通行卡"));
}

TEST(QuestionReader, homophones_sound_alike) {
    EXPECT_EQ(reader().read("暖气不热").sounds, reader().read("暖汽布热").sounds);
}

TEST(QuestionReader, any_bytes_are_read_in_bounded_room) {
    using namespace std::string_literals;
    for (const std::string& bytes :
         {""s, "\xf0"s, "a\xff\xfe"s, "暖\xe6\x9a"s, "\0\0"s, "\xed\xa0\x80"s})
        EXPECT_LE(reader().read(bytes).characters.size(), 4U);
    EXPECT_TRUE(has(reader().read("暖气\0不热"s).characters, "不热"));
    std::string much;
    for (int i = 0; i < 100'000; ++i) much += "的";
    EXPECT_LE(reader().read(much).characters.size(), 1'000U);
    EXPECT_LE(reader().read(std::string(1'000'000, 'a')).words.size(), 1U);
}

TEST(QuestionClassifier, learns_the_same_from_the_same) {
    std::vector<Asking> askings;
    for (int i = 0; i < 5; ++i) {
        askings.push_back({0, reader().read("暖气不热" + std::to_string(i))});
        askings.push_back({1, reader().read("热费多少钱" + std::to_string(i))});
    }
    const auto one = *QuestionClassifier::learn(askings),
               other = *QuestionClassifier::learn(askings);
    const QuestionWords question = reader().read("暖气片一点不热");
    const auto guesses = one->guess(question, 2), again = other->guess(question, 2);
    ASSERT_EQ(guesses.size(), 2U);
    EXPECT_EQ(guesses[0].matter, 0U);
    EXPECT_EQ(guesses[0].chance, again[0].chance);
    EXPECT_TRUE(one->guess(question, 0).empty());
    EXPECT_LE(one->guess({}, 2).size(), 2U);
    EXPECT_FALSE(QuestionClassifier::learn({}));
}

}  // namespace
}  // namespace ys::knowledge
