// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "api/testing/life_events.h"
#include "knowledge/io/answer_book.h"
#include "platform/json/described_json.h"

namespace ys::api {
namespace {

using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

std::string text(const value& v, const char* key) { return std::string(v.at(key).as_string()); }

class LifeEventRoutes : public testing::Hotline {
protected:
    LifeEventRoutes() : book_(testing::life_events(api_->ports().answers)) {
        on_loop([this] { api_->ports().life_events = &book_; });
    }
    void learn() {
        knowledge::AnswerBook& answers = api_->ports().answers;
        answers.learn_in(std::chrono::milliseconds{0});
        while (!answers.is_learnt()) std::this_thread::yield();
    }
    Answer step(const std::string& event, const std::string& body) {
        return browser().send("POST", "/api/v1/citizen/life-events/" + event, body);
    }
    knowledge::LifeEventBook book_;
};

TEST_F(LifeEventRoutes, a_citizen_is_asked_and_gets_their_list) {
    EXPECT_EQ(text(json_of(step("card", "{}")), "code"), "still_learning");
    learn();
    const value all = json_of(browser().get("/api/v1/citizen/life-events"));
    EXPECT_EQ(text(all.at("items").at(0), "title"), "办卡");

    const value asked = json_of(step("card", R"({"answers":{}})"));
    EXPECT_EQ(text(asked, "question"), "lost");
    EXPECT_EQ(text(asked, "says"), "旧卡丢了吗？");
    EXPECT_EQ(asked.at("choices").as_array().size(), 2U);
    EXPECT_TRUE(asked.at("services").as_array().empty());

    const value list =
        json_of(step("card", R"({"answers":{"lost":"yes","mood":"x"},"ready":["photo","boat"]})"));
    EXPECT_EQ(text(list, "question"), "");
    ASSERT_EQ(list.at("services").as_array().size(), 2U);
    EXPECT_EQ(text(list.at("services").at(0), "title"), "挂失");
    EXPECT_EQ(text(list.at("services").at(1), "cost"), "20元");
    EXPECT_EQ(text(list.at("services").at(1), "period"), "7个工作日");
    ASSERT_EQ(list.at("materials").as_array().size(), 3U);
    EXPECT_EQ(text(list.at("materials").at(1), "given_by"), "");
    EXPECT_TRUE(list.at("materials").at(1).at("is_ready").as_bool());
    EXPECT_EQ(text(list.at("materials").at(2), "given_by"), "挂失");
    EXPECT_EQ(list.at("missing").to_number<int>(), 1) << "the photo is there, the receipt comes";
    EXPECT_EQ(text(list.at("asked").at(0), "choice_title"), "丢了");
    EXPECT_EQ(text(list.at("places").at(0), "hours"), "周一至周五09:00到12:00");
}

TEST_F(LifeEventRoutes, an_agent_is_told_what_to_ask_and_what_to_say) {
    learn();
    Browser li = signed_in("li");
    const value asks = json_of(li.send("POST", "/api/v1/life-events/card/guide", "{}"));
    EXPECT_EQ(text(asks.at("questions").at(0), "ask"), "请问，旧卡丢了吗？");
    EXPECT_TRUE(asks.at("say").as_array().empty());
    const value says =
        json_of(li.send("POST", "/api/v1/life-events/card/guide", R"({"answers":{"lost":"no"}})"));
    EXPECT_EQ(says.at("sources").as_array().size(), 1U);
    EXPECT_EQ(says.at("say").at(0).as_string(), "办卡，您要办1项。");
    EXPECT_EQ(text(says.at("turn"), "cost"), "20元");
}

TEST_F(LifeEventRoutes, what_is_not_there_or_no_form_is_said) {
    EXPECT_EQ(step("boat", "{}").status, 404);
    EXPECT_EQ(step("card", R"({"answers":[]})").status, 422);
    const Answer plain = browser().send("POST", "/api/v1/citizen/life-events/card", "{}",
                                        "Content-Type: text/plain\r\n");
    EXPECT_NE(plain.status, 500);
}

TEST_F(LifeEventRoutes, who_asks_too_often_waits) {
    Answer last;
    for (int i = 0; i < 70 && last.status != 429; ++i)
        last = browser().send("POST", "/api/v1/citizen/life-events/card", "{}");
    EXPECT_EQ(last.status, 429);
}

}  // namespace
}  // namespace ys::api
