// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "api/login_throttle.h"
#include "api/testing/hotline.h"
#include "base/later.h"
#include "outreach/io/survey_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using boost::json::value;
using outreach::SurveyRow;
using outreach::SurveyStore;
using testing::Answer;
using testing::Browser;
using testing::json_of;

class Survey_ : public testing::Hotline {
protected:
    Survey_() : li_(signed_in("li")) { seed_case_units(); }
    /// A survey that has gone out; its pass.
    std::string asked(SurveyRow row, Seconds valid_for = Seconds{3600}) {
        row.centre_id = testing::heating;
        row.number = "13800138000";
        row.ended_at = now_;
        row.state = "made";
        row.made_at = now_;
        std::string pass;
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(const SurveyRow made, SurveyStore::add(tx, row));
            outreach::SurveyRules rules;
            rules.valid_for = valid_for;
            YS_TRY(pass, SurveyStore::issue(tx, made.id, "sms", rules, now_));
            return SurveyStore::asked(tx, made.id, now_);
        }));
        return "x-survey-pass: " + pass + "\r\n";
    }
    Answer see(const std::string& pass) { return browser().get("/api/v1/citizen/survey", pass); }
    Answer say(const std::string& pass, const std::string& body) {
        return browser().send("POST", "/api/v1/citizen/survey", body, pass);
    }
    static std::string text(const value& v, const char* key) {
        return std::string(v.at(key).as_string());
    }
    CaseId closed_case() {
        const Answer made =
            li_.send("POST", "/api/v1/cases",
                     R"({"kind":"question","title":"何时供暖","detail":"问供暖时间",)"
                     R"("contact_number":"13800138000","status":"closed"})");
        EXPECT_EQ(made.status, 201) << made.body;
        return CaseId{static_cast<std::uint64_t>(json_of(made).at("id").as_int64())};
    }
    std::string state_of(CaseId id) {
        const auto progress = li_.get("/api/v1/cases/" + std::to_string(id.value) + "/progress");
        return text(json_of(progress), "state");
    }
    Browser li_;
    const UtcTime now_ = utc_now();
};

TEST_F(Survey_, a_link_is_answered_once_and_shows_what_was_said_ever_after) {
    const std::string pass = asked({.interaction_id = InteractionId{77}, .agent_id = AgentId{3}});
    const value open = json_of(see(pass));
    EXPECT_EQ(text(open, "state"), "open");
    EXPECT_EQ(text(open, "about"), "call");
    const Answer said = say(pass, R"({"solved":true,"score":5,"words":"很耐心"})");
    ASSERT_EQ(said.status, 200) << said.body;
    EXPECT_EQ(text(json_of(said), "task_number"), "") << "nothing is left to do";
    const value after = json_of(see(pass));
    EXPECT_EQ(text(after, "state"), "answered");
    EXPECT_EQ(text(after, "solved"), "yes");
    EXPECT_EQ(text(after, "words"), "很耐心");
    const Answer again = say(pass, R"({"solved":false,"score":1})");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(text(json_of(again), "code"), "survey_answered");
    EXPECT_EQ(facts_of_kind("SurveyAnswered"), 1U);
    EXPECT_EQ(journal_text().find("很耐心"), std::string::npos);
}

TEST_F(Survey_, what_is_no_answer_is_refused_and_what_is_no_link_is_slowed) {
    const std::string pass = asked({.interaction_id = InteractionId{77}});
    EXPECT_EQ(say(pass, R"({"score":5})").status, 422) << "solved is asked";
    EXPECT_EQ(say(pass, R"({"solved":true})").status, 422);
    EXPECT_EQ(say(pass, R"({"solved":true,"score":6})").status, 422);
    EXPECT_EQ(say(pass, R"({"solved":true,"score":-1})").status, 422);
    EXPECT_EQ(say(pass, R"({"solved":"yes","score":5})").status, 422);
    EXPECT_EQ(say(pass, "{").status, 400);
    const std::string endless(4'000, 'x');
    EXPECT_EQ(say(pass, R"({"solved":true,"score":5,"words":")" + endless + "\"}").status, 422);
    EXPECT_EQ(text(json_of(see(pass)), "state"), "open");
    const std::string none = "x-survey-pass: AAAAAAAAAAAAAAAAAAAAAA\r\n";
    EXPECT_EQ(see(none).status, 404);
    EXPECT_EQ(see("").status, 404);
    EXPECT_EQ(say(none, R"({"solved":true,"score":5})").status, 404);
    for (int i = 0; i < LoginThrottle::free_per_source; ++i) see(none);
    EXPECT_EQ(see(none).status, 429);
    EXPECT_EQ(facts_of_kind("SurveyAnswered"), 0U);
}

TEST_F(Survey_, a_link_that_is_over_says_so) {
    const std::string pass = asked({.interaction_id = InteractionId{77}}, Seconds{0});
    EXPECT_EQ(text(json_of(see(pass)), "state"), "over");
    const Answer late = say(pass, R"({"solved":true,"score":5})");
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(text(json_of(late), "code"), "survey_over");
}

TEST_F(Survey_, who_was_not_helped_by_a_call_gets_a_case_that_somebody_works_at) {
    const std::string pass = asked({.interaction_id = InteractionId{77}});
    const value said = json_of(say(pass, R"({"solved":false,"score":4,"words":"还是冷"})"));
    const std::string number = text(said, "task_number");
    ASSERT_FALSE(number.empty());
    const Answer list = li_.get("/api/v1/cases");
    EXPECT_NE(list.body.find(number), std::string::npos);
    EXPECT_NE(list.body.find("评价回访：没有解决"), std::string::npos) << list.body;
    const std::string cross = asked({.interaction_id = InteractionId{78}});
    EXPECT_NE(text(json_of(say(cross, R"({"solved":true,"score":1})")), "task_number"), "")
        << "a low score alone is enough";
}

TEST_F(Survey_, a_closed_case_that_is_not_solved_is_open_again) {
    const CaseId id = closed_case();
    EXPECT_EQ(state_of(id), "closed");
    const std::string pass = asked({.case_id = id});
    EXPECT_EQ(text(json_of(see(pass)), "about"), "case");
    const value said = json_of(say(pass, R"({"solved":false,"score":2,"words":"还是不知道"})"));
    EXPECT_EQ(text(said, "task_number"), text(said, "case_number"));
    EXPECT_NE(state_of(id), "closed");
    EXPECT_EQ(facts_of_kind("CaseConfirmed"), 1U) << "the citizen's own word";
}

TEST_F(Survey_, a_closed_case_that_is_solved_leaves_the_list_of_follow_ups) {
    const CaseId id = closed_case();
    const auto is_listed = [&] {
        return li_.get("/api/v1/follow-ups").body.find("\"id\":" + std::to_string(id.value)) !=
               std::string::npos;
    };
    EXPECT_TRUE(is_listed());
    EXPECT_EQ(say(asked({.case_id = id}), R"({"solved":true,"score":4})").status, 200);
    EXPECT_FALSE(is_listed());
    EXPECT_EQ(state_of(id), "closed");
}

TEST_F(Survey_, who_runs_the_hotline_sees_why_nobody_is_asked_and_what_was_said) {
    say(asked({.interaction_id = InteractionId{77}}), R"({"solved":true,"score":3})");
    const value seen = json_of(signed_in("admin").get("/api/v1/surveys"));
    EXPECT_EQ(text(seen, "off"), "no_gateway");
    ASSERT_EQ(seen.at("items").as_array().size(), 1U);
    EXPECT_EQ(text(seen.at("items").at(0), "state"), "answered");
    EXPECT_EQ(seen.at("items").at(0).at("score").as_int64(), 3);
    EXPECT_EQ(signed_in("supervisor").get("/api/v1/surveys").status, 403);
}

}  // namespace
}  // namespace ys::api
