// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "cases/io/code_store.h"

namespace ys::api {
namespace {

using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

class Citizen_ : public testing::Hotline {
protected:
    Citizen_() : li_(signed_in("li")), handler_(signed_in("handler")) { seed_case_units(); }
    struct Known {
        std::string path, number, code;
    };
    Known saved(const std::string& kind, const std::string& more = "") {
        const Answer made = li_.send("POST", "/api/v1/cases",
                                     R"({"kind":")" + kind +
                                         R"(","title":"暖气不热","detail":"卧室只有十四度",)"
                                         R"("address":"北桥区一号楼","contact_name":"周女士",)"
                                         R"("contact_number":"13800138000")" +
                                         more + "}");
        EXPECT_EQ(made.status, 201) << made.body;
        const std::string path =
            "/api/v1/cases/" + std::to_string(json_of(made).at("id").as_int64());
        const value code = json_of(li_.send("POST", path + "/code", "{}"));
        return {path, text(code, "number"), text(code, "code")};
    }
    static std::string text(const value& v, const char* key) {
        return std::string(v.at(key).as_string());
    }
    Answer enter(const std::string& number, const std::string& code) {
        return browser().send("POST", "/api/v1/citizen/passes",
                              R"({"number":")" + number + R"(","code":")" + code + R"("})");
    }
    std::string pass_of(const Known& known) {
        return "x-case-pass: " + text(json_of(enter(known.number, known.code)), "pass") + "\r\n";
    }
    value see(const std::string& pass) {
        return json_of(browser().get("/api/v1/citizen/case", pass));
    }
    Answer act(const std::string& pass, const std::string& body) {
        return browser().send("POST", "/api/v1/citizen/acts", body, pass);
    }
    void act_inside(Browser& who, const Known& known, const std::string& body) {
        const Answer done = who.send("POST", known.path + "/acts", body);
        EXPECT_EQ(done.status, 200) << body << done.body;
    }
    Browser li_, handler_;
};

TEST_F(Citizen_, number_and_code_give_sight_of_one_case_in_plain_words) {
    const Known known = saved("no_heat");
    const std::string pass = pass_of(known);
    const value view = see(pass);
    EXPECT_EQ(text(view, "number"), known.number);
    EXPECT_EQ(text(view, "now"), "waits_for_unit");
    EXPECT_EQ(view.at("step").as_int64(), 2);
    EXPECT_TRUE(view.at("until").is_string());
    EXPECT_EQ(view.at("until"), view.at("promised_at"));
    EXPECT_FALSE(view.at("account").as_array().empty());
    EXPECT_EQ(text(view.at("timeline").at(1), "what"), "file");
    EXPECT_EQ(text(view.at("timeline").at(0), "unit"), "北站");
    const auto& seen = view.at("seen").as_array();
    ASSERT_EQ(seen.size(), 2U) << "the citizen, and the agent who read out the code";
    EXPECT_EQ(text(seen[0], "role"), "citizen");
    EXPECT_EQ(text(seen[1], "role"), "agent");
    EXPECT_EQ(see(pass).at("seen").as_array().size(), 2U) << "one visit an hour";
    EXPECT_EQ(browser().get("/api/v1/citizen/case", "x-case-pass: x\r\n").status, 401);
}

TEST_F(Citizen_, wrong_number_and_wrong_code_get_one_answer_and_then_wait) {
    const Known known = saved("no_heat");
    const std::string wrong = known.code == "000000" ? "111111" : "000000";
    const Answer no_code = enter(known.number, wrong), no_number = enter("1231-9999", wrong);
    EXPECT_EQ(no_code.status, 401);
    EXPECT_EQ(no_code.body, no_number.body);
    for (int i = 0; i < cases::CodeStore::free_tries; ++i) enter(known.number, wrong);
    const Answer slowed = enter(known.number, known.code);
    EXPECT_EQ(slowed.status, 429) << "even the right one waits";
    EXPECT_EQ(text(json_of(slowed), "code"), "too_many_tries");
    EXPECT_EQ(journal_text().find(known.code), std::string::npos);
}

TEST_F(Citizen_, a_reply_is_seen_once_told_and_dissatisfied_is_handled_again) {
    const Known known = saved("no_heat");
    const std::string pass = pass_of(known);
    EXPECT_EQ(act(pass, R"({"verb":"urge","text":"孩子小，怕冷"})").status, 200);
    value view = see(pass);
    EXPECT_FALSE(view.at("may_urge").as_bool());
    EXPECT_TRUE(view.at("urge_again_at").is_string());
    EXPECT_EQ(text(view.at("timeline").at(0), "words"), "孩子小，怕冷");
    EXPECT_EQ(act(pass, R"({"verb":"urge"})").status, 409);
    act_inside(handler_, known, R"({"verb":"accept"})");
    act_inside(handler_, known, R"({"verb":"begin"})");
    act_inside(handler_, known, R"({"verb":"reply","answers":{"1":"换了阀门"}})");
    act_inside(li_, known, R"({"verb":"tell_citizen","channel":"voice"})");
    view = see(pass);
    EXPECT_EQ(text(view, "now"), "asks_you");
    EXPECT_EQ(text(view.at("demands").at(0), "answer"), "换了阀门");
    EXPECT_EQ(act(pass, R"({"verb":"confirm","text":"x"})").status, 422) << "solved is asked";
    const value again =
        json_of(act(pass, R"({"verb":"confirm","solved":true,"satisfied":false,"text":"等太久"})"));
    EXPECT_EQ(text(again, "now"), "handled_again");
    EXPECT_EQ(text(again.at("demands").at(0), "answer"), "");
    EXPECT_EQ(facts_of_kind("CaseConfirmed"), 1U);
    EXPECT_NE(journal_text().find(R"("channel":"page")"), std::string::npos);
}

TEST_F(Citizen_, reopened_goes_on_with_the_clock_and_withdrawn_is_over) {
    const Known known = saved("no_heat");
    const std::string pass = pass_of(known);
    act_inside(handler_, known, R"({"verb":"accept"})");
    act_inside(handler_, known, R"({"verb":"reply","answers":{"1":"修好了"}})");
    act_inside(li_, known, R"({"verb":"tell_citizen","channel":"voice"})");
    EXPECT_EQ(
        text(json_of(act(pass, R"({"verb":"confirm","solved":true,"satisfied":true})")), "now"),
        "closed");
    const value open = json_of(act(pass, R"({"verb":"reopen","text":"又不热了"})"));
    EXPECT_EQ(text(open, "now"), "being_handled");
    EXPECT_TRUE(open.at("until").is_string());
    const value added = json_of(act(pass, R"({"verb":"add","text":"下午在家"})"));
    EXPECT_EQ(text(added, "now"), "being_handled");
    EXPECT_NE(li_.get(known.path).body.find("下午在家"), std::string::npos);
    EXPECT_EQ(text(json_of(act(pass, R"({"verb":"withdraw","text":"自己修好了"})")), "now"),
              "withdrawn");
    EXPECT_EQ(act(pass, R"({"verb":"dispatch","text":"x"})").status, 422);
}

TEST_F(Citizen_, a_report_names_nobody_it_is_about) {
    const Known known = saved("report", R"(,"about_units":[3])");
    const Answer answer = browser().get("/api/v1/citizen/case", pass_of(known));
    ASSERT_EQ(answer.status, 200);
    const value units = json_of(signed_in("supervisor").get("/api/v1/case-units"));
    for (const auto& unit : units.at("items").as_array()) {
        const bool is_named = answer.body.find(text(unit, "name")) != std::string::npos;
        EXPECT_FALSE(is_named && unit.at("id").as_int64() == 3);
    }
    EXPECT_TRUE(json_of(answer).at("is_confidential").as_bool());
}

}  // namespace
}  // namespace ys::api
