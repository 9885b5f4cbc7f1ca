// SPDX-License-Identifier: Apache-2.0
#include "app/voice_answers.h"

#include <gtest/gtest.h>

namespace ys::app {
namespace {

knowledge::RobotTurn turn_of(std::string certainty, std::vector<std::string> titles) {
    knowledge::RobotTurn turn{.certainty = std::move(certainty)};
    for (std::string& title : titles) {
        knowledge::MatterRow matter;
        matter.title = std::move(title);
        turn.choices.push_back(std::move(matter));
    }
    return turn;
}

TEST(voice_answers, says_the_words_for_the_ear_else_the_statement) {
    knowledge::RobotTurn turn = turn_of("sure", {});
    knowledge::Said said;
    said.version.content.statement = "补领收40元。";
    turn.said = said;
    EXPECT_EQ(in_speech(turn), "补领收40元。");
    using knowledge::Audience;
    turn.said->version.content.texts[static_cast<std::size_t>(Audience::Voice)] = "请补领。";
    EXPECT_EQ(in_speech(turn), "请补领。");
}

TEST(voice_answers, asks_which_of_three_at_most_and_offers_a_person) {
    EXPECT_EQ(in_speech(turn_of("choose", {"缴费", "报修", "投诉", "测温"})),
              "您是想问下面哪一件？缴费，请按1。报修，请按2。投诉，请按3。"
              "都不是，请按4。要人工，请按0。");
}

TEST(voice_answers, a_matter_of_safety_is_confirmed) {
    EXPECT_EQ(in_speech(turn_of("confirm", {"燃气泄漏"})),
              "为了您的安全，先和您确认一下。您说的是：燃气泄漏，请按1。"
              "都不是，请按2。要人工，请按0。");
}

TEST(voice_answers, who_wants_a_person_is_not_asked_again) {
    for (const char* wish : {"人工", "转人工", "请帮我转人工服务", "我要找人工客服，谢谢。", "找人",
                             "接线员", "我想找个真人"})
        EXPECT_TRUE(asks_for_person(wish)) << wish;
    for (const char* question : {"人工车道怎么走", "人工窗口几点开门", "我要找回身份证",
                                 "家里有人受伤", "", "请", "人工智能"})
        EXPECT_FALSE(asks_for_person(question)) << question;
}

TEST(voice_answers, what_is_not_understood_has_no_words) {
    EXPECT_EQ(in_speech(turn_of("unknown", {"缴费"})), "");
    EXPECT_EQ(in_speech(turn_of("learning", {})), "");
}

}  // namespace
}  // namespace ys::app
