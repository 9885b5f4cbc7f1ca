// SPDX-License-Identifier: Apache-2.0
// One conversation by behaviour: commands in, messages and effects out.
#include "channels/chat/conversation.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace ys::chat {
namespace {

const ConversationId id{5};
const CentreId centre{1};
const QueueId queue{2};
const AgentId ann{11}, bob{12};

Now at(Seconds s) { return {Instant{} + s, UtcTime{s.count() * 1'000'000}}; }

struct ConversationTest : testing::Test {
    Rules rules;
    Conversation it{id, centre, queue};
    Conversation::Outcome last;
    std::string key = "a";

    void SetUp() override { tell(0s, Begin{}); }
    void tell(Seconds when, const Command& command) {
        auto out = it.on(rules, at(when), command);
        ASSERT_TRUE(out) << out.error().note << ": " << out.error().code.message();
        last = *std::move(out);
    }
    std::string refused(Seconds when, const Command& command) {
        const Standing before = it.standing();
        const auto out = it.on(rules, at(when), command);
        EXPECT_EQ(it.standing(), before);
        return out ? "taken" : std::string(word_of(out.error().code));
    }
    void says(Seconds when, const std::string& text) { tell(when, CitizenSays{next_key(), text}); }
    std::string next_key() { return key += 'a'; }
    void with_agent(Seconds when = 1s) {
        tell(when, AskForPerson{});
        tell(when, AgentGiven{ann});
    }
    std::string said() const {
        std::string out;
        for (const Message& each : last.messages)
            out += (each.note == Note::None ? each.text : std::string(word(each.note))) + " ";
        return out;
    }
    template <class E>
    std::optional<E> effect() const {
        for (const Effect& each : last.effects)
            if (const auto* found = std::get_if<E>(&each)) return *found;
        return std::nullopt;
    }
};

TEST(conversation_moves, are_drawn_in_the_readme_as_they_are_in_the_table) {
    std::string drawn;
    for (const Move& m : conversation_moves) {
        std::string from{name_of(m.from)}, on{name_of(m.on)};
        from.resize(9, ' ');
        on.resize(13, '-');
        drawn += from + " --" + on + "-> " + std::string{name_of(m.to)} + "\n";
    }
    std::stringstream text;
    text << std::ifstream{std::filesystem::path{YS_ROOM} / "README.md"}.rdbuf();
    EXPECT_NE(text.str().find("```\n" + drawn + "```"), std::string::npos) << drawn;
}

TEST_F(ConversationTest, the_robot_says_first_that_it_is_one) {
    EXPECT_EQ(said(), "robot_greets ");
    EXPECT_EQ(it.standing().messages, 1U);
    EXPECT_EQ(refused(1s, Begin{}), "not_now");
}

TEST_F(ConversationTest, a_question_goes_to_the_robot_and_its_answer_keeps_the_version) {
    says(1s, "怎么报修?");
    EXPECT_EQ(effect<AskRobot>(), (AskRobot{id, 2}));
    tell(2s, RobotSays{2, "拨打…", WantedQuote{{7, 3}, 3}});
    EXPECT_EQ(last.messages.at(0).quote, (Quote{7, 3}));
    EXPECT_EQ(last.messages.at(0).number, 3U);
    EXPECT_EQ(refused(3s, RobotSays{1, "x"}), "not_now");
    EXPECT_EQ(refused(3s, RobotSays{9, "x"}), "not_now");
}

TEST_F(ConversationTest, an_article_that_is_not_in_force_is_not_said_by_anybody) {
    says(1s, "怎么报修?");
    EXPECT_EQ(refused(2s, RobotSays{2, "旧", WantedQuote{{7, 3}, 4}}), "article_not_said");
    EXPECT_EQ(refused(2s, RobotSays{2, "没了", WantedQuote{{7, 3}, 0}}), "article_not_said");
    with_agent(3s);
    EXPECT_EQ(refused(4s, AgentSays{ann, "k", "旧", WantedQuote{{7, 3}, 0}}), "article_not_said");
    EXPECT_EQ(refused(4s, AgentSays{ann, "k", "无", WantedQuote{{0, 0}, 0}}), "article_not_said");
    tell(4s, AgentSays{ann, "k", "新", WantedQuote{{7, 4}, 4}});
}

TEST_F(ConversationTest, the_same_message_sent_again_is_one_message) {
    tell(1s, CitizenSays{"k1", "您好"});
    const auto standing = it.standing();
    tell(2s, CitizenSays{"k1", "您好"});
    EXPECT_TRUE(last.is_resent);
    EXPECT_EQ(last.number, 2U);
    EXPECT_TRUE(last.messages.empty() && last.effects.empty());
    EXPECT_EQ(it.standing(), standing);
    with_agent(3s);
    tell(4s, AgentSays{ann, "k1", "您好"});
    EXPECT_FALSE(last.is_resent) << "another author may use the same key";
    tell(5s, AgentSays{ann, "k1", "您好"});
    EXPECT_TRUE(last.is_resent);
    tell(6s, CitizenEnds{});
    tell(7s, CitizenSays{"k1", "您好"});
    EXPECT_TRUE(last.is_resent) << "also when it has ended meanwhile";
}

TEST_F(ConversationTest, two_failed_turns_in_a_row_offer_a_person_at_once) {
    says(1s, "甲");
    tell(2s, RobotSays{2, "您是想问…?", {}, false});
    EXPECT_EQ(said(), "您是想问…? ");
    says(3s, "乙");
    tell(4s, RobotSays{4, "没听懂", {}, false});
    EXPECT_EQ(said(), "没听懂 person_offered ");
    says(5s, "丙");
    tell(6s, RobotSays{7, "好的"});
    says(7s, "丁");
    tell(8s, RobotSays{9, "没听懂", {}, false});
    EXPECT_EQ(said(), "没听懂 ") << "it was understood in between";
}

TEST_F(ConversationTest, a_robot_that_does_not_answer_has_failed) {
    says(1s, "甲");
    EXPECT_EQ(it.due(rules), at(6s).mono);
    tell(5s, TimePassed{});
    EXPECT_TRUE(last.messages.empty());
    tell(6s, TimePassed{});
    EXPECT_EQ(said(), "robot_silent ");
    says(7s, "乙");
    tell(12s, TimePassed{});
    EXPECT_EQ(said(), "robot_silent person_offered ");
    EXPECT_EQ(refused(13s, RobotSays{2, "late"}), "not_now");
}

TEST_F(ConversationTest, a_person_is_got_for_the_asking_also_in_words) {
    for (const char* text : {"转人工", " 转 人工。", "人工客服!", "我要找人工"}) {
        Conversation other{id, centre, queue};
        ASSERT_TRUE(other.on(rules, at(0s), Begin{}));
        ASSERT_TRUE(other.on(rules, at(1s), CitizenSays{"k", text}));
        EXPECT_EQ(other.state(), State::Waiting) << text;
    }
    says(1s, "人工费多少钱");
    EXPECT_EQ(it.state(), State::WithRobot);
    tell(1s, AskForPerson{});
    EXPECT_EQ(it.state(), State::Waiting) << "also while the robot thinks";
    EXPECT_EQ(effect<AskForAgent>(), (AskForAgent{id, queue, at(1s).mono}));
    tell(2s, AskForPerson{});
    EXPECT_TRUE(last.effects.empty()) << "pressed twice is once";
    EXPECT_EQ(refused(3s, RobotSays{2, "late"}), "not_now");
}

TEST_F(ConversationTest, who_waits_may_go_back_to_the_robot) {
    tell(1s, AskForPerson{});
    tell(2s, StayWithRobot{});
    EXPECT_EQ(effect<LeaveQueue>(), (LeaveQueue{id, queue}));
    EXPECT_EQ(refused(3s, AgentGiven{ann}), "not_now") << "given too late";
    tell(9s, AskForPerson{});
    EXPECT_EQ(it.asked(), at(9s).mono) << "a new place";
}

TEST_F(ConversationTest, an_agent_who_is_silent_gives_it_back_at_its_old_place) {
    with_agent(1s);
    EXPECT_EQ(it.due(rules), at(121s).mono) << "they owe the first words";
    tell(2s, AgentSays{ann, "1", "您好"});
    says(50s, "在吗");
    says(60s, "喂");
    EXPECT_EQ(it.due(rules), at(170s).mono) << "since the first unanswered";
    tell(170s, TimePassed{});
    EXPECT_EQ(effect<TakenAway>(), (TakenAway{id, ann, Why::Silent}));
    EXPECT_EQ(effect<AskForAgent>(), (AskForAgent{id, queue, at(1s).mono}));
    EXPECT_EQ(said(), "back_in_queue ");
    EXPECT_EQ(refused(171s, AgentSays{ann, "2", "来了"}), "not_yours");
    tell(172s, AgentGiven{bob});
    tell(173s, AgentLost{bob});
    EXPECT_EQ(effect<AskForAgent>()->asked, at(1s).mono);
}

TEST_F(ConversationTest, only_who_has_it_may_speak_in_it) {
    EXPECT_EQ(refused(1s, AgentSays{ann, "1", "您好"}), "not_yours");
    with_agent(2s);
    EXPECT_EQ(refused(3s, AgentSays{bob, "1", "您好"}), "not_yours");
    EXPECT_EQ(refused(3s, AgentEnds{bob}), "not_yours");
    EXPECT_EQ(refused(3s, AgentLost{bob}), "not_yours");
    EXPECT_EQ(refused(3s, AgentSays{AgentId{}, "1", "您好"}), "not_yours");
}

TEST_F(ConversationTest, texts_and_keys_are_bounded_and_made_harmless) {
    EXPECT_EQ(refused(1s, CitizenSays{"k", " \n \u202E"}), "text_missing");
    EXPECT_EQ(refused(1s, CitizenSays{"k", std::string(4'001, 'x')}), "text_too_long");
    EXPECT_EQ(refused(1s, CitizenSays{"k", std::string(1'000'000, '\xFF')}), "text_too_long");
    EXPECT_EQ(refused(1s, CitizenSays{"", "x"}), "key_unfit");
    EXPECT_EQ(refused(1s, CitizenSays{std::string(65, 'k'), "x"}), "key_unfit");
    EXPECT_EQ(refused(1s, CitizenSays{"\x1Fk", "x"}), "key_unfit");
    says(1s, "一\r\n二\u202E\x1F");
    EXPECT_EQ(last.messages.at(0).text, "一\n二");
}

TEST_F(ConversationTest, who_sends_too_fast_is_told_so_and_may_go_on_a_moment_later) {
    for (int i = 0; i < rules.burst; ++i) says(1s, "x");
    EXPECT_EQ(refused(1s, CitizenSays{next_key(), "x"}), "too_fast");
    says(2s, "x");
    EXPECT_EQ(refused(2s, CitizenSays{next_key(), "x"}), "too_fast");
    tell(2s, AskForPerson{});
    EXPECT_EQ(it.state(), State::Waiting) << "asking for a person is never too fast";
}

TEST_F(ConversationTest, a_full_conversation_takes_no_more_and_does_not_go_round_for_ever) {
    rules.messages_max = 4;
    with_agent(1s);
    tell(2s, AgentSays{ann, "1", "您好"});
    EXPECT_EQ(refused(3s, CitizenSays{"k", "x"}), "too_many_messages");
    EXPECT_EQ(refused(3s, AgentSays{ann, "2", "x"}), "too_many_messages");
    tell(4s, AgentLost{ann});
    EXPECT_EQ(it.state(), State::Ended);
}

TEST_F(ConversationTest, a_silent_citizen_is_asked_once_and_then_it_ends) {
    says(1s, "甲");
    tell(2s, RobotSays{2, "好"});
    tell(302s, TimePassed{});
    EXPECT_EQ(said(), "still_there ");
    says(400s, "在");
    tell(401s, RobotSays{5, "好"});
    tell(701s, TimePassed{});
    tell(1'001s, TimePassed{});
    EXPECT_EQ(said(), "ended_by_silence ");
    EXPECT_EQ(it.standing().cause, Note::EndedBySilence);
    EXPECT_EQ(refused(1'002s, CitizenSays{"late", "x"}), "has_ended");
}

TEST_F(ConversationTest, who_waits_is_never_ended_for_being_silent) {
    tell(1s, AskForPerson{});
    EXPECT_FALSE(it.due(rules));
}

TEST_F(ConversationTest, who_is_gone_is_waited_for_and_who_is_back_goes_on) {
    tell(1s, AskForPerson{});
    tell(2s, CitizenGone{});
    tell(3s, CitizenGone{});
    EXPECT_EQ(it.due(rules), at(302s).mono);
    tell(10s, CitizenBack{});
    EXPECT_FALSE(it.due(rules));
    tell(20s, CitizenGone{});
    tell(320s, TimePassed{});
    EXPECT_EQ(said(), "ended_away ");
    EXPECT_EQ(effect<LeaveQueue>(), (LeaveQueue{id, queue}));
}

TEST_F(ConversationTest, who_is_gone_is_owed_the_answer_first) {
    with_agent(1s);
    tell(2s, CitizenGone{});
    EXPECT_EQ(it.due(rules), at(121s).mono);
    tell(100s, AgentSays{ann, "1", "您好"});
    EXPECT_EQ(it.due(rules), at(400s).mono) << "and has time to read it";
}

TEST_F(ConversationTest, out_of_hours_a_message_is_left_and_becomes_a_case) {
    tell(1s, CitizenSays{"k", "转人工", Office::Closed});
    EXPECT_EQ(said(), "转人工 closed ");
    EXPECT_EQ(it.state(), State::WithRobot);
    EXPECT_EQ(refused(2s, LeaveMessage{"m", "", "13900000000"}), "text_missing");
    EXPECT_EQ(refused(2s, LeaveMessage{"m", "x", std::string(101, '1')}), "contact_too_long");
    tell(3s, LeaveMessage{"m", "路灯不亮", "13900000000"});
    EXPECT_EQ(effect<MakeCase>(), (MakeCase{id, 4}));
    EXPECT_EQ(it.standing().contact, "13900000000");
    EXPECT_EQ(it.standing().cause, Note::MessageLeft);
    tell(4s, LeaveMessage{"m", "路灯不亮", "13900000000"});
    EXPECT_TRUE(last.is_resent) << "one message, one case";
    EXPECT_FALSE(effect<MakeCase>());
}

TEST_F(ConversationTest, either_side_ends_it_and_it_is_rated_once) {
    with_agent(1s);
    EXPECT_EQ(refused(2s, Rate{5}), "not_now");
    tell(2s, AgentEnds{ann});
    EXPECT_EQ(effect<TakenAway>(), (TakenAway{id, ann, Why::Ended}));
    tell(3s, CitizenEnds{});
    EXPECT_TRUE(last.messages.empty()) << "the agent was quicker";
    EXPECT_EQ(refused(4s, Rate{0}), "rating_unfit");
    EXPECT_EQ(refused(4s, Rate{6}), "rating_unfit");
    EXPECT_EQ(refused(4s, Rate{5, std::string(2'000, 'x')}), "rating_unfit");
    tell(5s, Rate{4, "挺好"});
    EXPECT_EQ(it.standing().stars, 4);
    EXPECT_EQ(refused(6s, Rate{1}), "rated_already");
}

TEST_F(ConversationTest, rating_has_its_time) {
    tell(1s, CitizenEnds{});
    EXPECT_EQ(it.due(rules), at(1'801s).mono);
    EXPECT_EQ(refused(1'802s, Rate{5}), "not_now");
}

TEST_F(ConversationTest, guarded_words_have_stars_for_the_citizen_and_the_agent_is_told) {
    auto guard = WordGuard::make({"笨蛋"});
    ASSERT_TRUE(guard);
    rules.guard = std::make_shared<const WordGuard>(*std::move(guard));
    with_agent(1s);
    tell(2s, AgentSays{ann, "1", "你是笨 蛋吗"});
    EXPECT_EQ(last.messages.at(0).text, "你是笨 蛋吗");
    EXPECT_EQ(last.messages.at(0).for_citizen(), "你是**吗");
    EXPECT_EQ(effect<WarnAgent>(), (WarnAgent{id, ann, 4, {"笨蛋"}}));
    says(3s, "你才是笨蛋");
    EXPECT_EQ(last.messages.at(0).for_citizen(), "你才是笨蛋") << "a citizen's words are theirs";
    EXPECT_FALSE(effect<WarnAgent>());
}

TEST_F(ConversationTest, what_was_kept_goes_on_with_its_old_place_and_keys) {
    tell(1s, CitizenSays{"k1", "甲"});
    with_agent(10s);
    Conversation again{it.standing(), {{whole_key(Author::Citizen, {}, "k1"), 2}}, at(100s)};
    EXPECT_EQ(again.agent(), ann);
    EXPECT_EQ(again.asked(), at(10s).mono);
    EXPECT_EQ(again.due(rules), at(220s).mono) << "the agent's time begins anew";
    const auto resent = again.on(rules, at(101s), CitizenSays{"k1", "甲"});
    ASSERT_TRUE(resent);
    EXPECT_EQ(resent->number, 2U);
    EXPECT_TRUE(resent->is_resent);
}

}  // namespace
}  // namespace ys::chat
