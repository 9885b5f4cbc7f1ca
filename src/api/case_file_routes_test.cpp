// SPDX-License-Identifier: Apache-2.0
// A case from its saving to its end, through the routes that people use.
#include <gtest/gtest.h>

#include "api/case_problem.h"
#include "api/testing/hotline.h"
#include "cases/errc.h"
#include "cases/io/unit_store.h"

namespace ys::api {
namespace {

using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

class CaseFiles_ : public testing::Hotline {
protected:
    CaseFiles_() { seed_case_units(); }
    std::string saved(const std::string& kind, const std::string& more = "") {
        const Answer answer = li_.send(
            "POST", "/api/v1/cases",
            R"({"kind":")" + kind +
                R"(","title":"家里不热","contact_number":"13900000002","address":"北桥区听松里")" +
                more + "}");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.header("location");
    }
    /// The state afterwards, or the code of the refusal.
    std::string act(Browser& who, const std::string& path, const std::string& body) {
        const auto answer = json_of(who.send("POST", path + "/acts", body)).as_object();
        const auto& said = answer.contains("code") ? answer.at("code") : answer.at("state");
        return std::string(said.as_string());
    }
    static bool may(const value& progress, std::string_view verb) {
        for (const value& each : progress.at("may").as_array())
            if (each.as_string() == verb) return true;
        return false;
    }
    Browser li_ = signed_in("li"), handler_ = signed_in("handler"), boss_ = signed_in("supervisor");
};

TEST_F(CaseFiles_, a_case_goes_from_the_duty_to_the_second_handling_and_its_end) {
    const std::string path = saved("no_heat", R"(,"demands":["修好暖气","退费"])");
    const value first = json_of(handler_.get(path + "/progress"));
    EXPECT_EQ(first.at("state").as_string(), "dispatched");
    EXPECT_EQ(first.at("handler").at("name").as_string(), "北站");
    EXPECT_EQ(first.at("responsible").at("name").as_string(), "热线中心");
    EXPECT_EQ(first.at("proposal").at("reasons").at(0).at("names").at(0).as_string(),
              "北桥区报修归北站");
    EXPECT_TRUE(may(first, "accept"));
    EXPECT_FALSE(may(json_of(li_.get(path + "/progress")), "accept"));
    EXPECT_EQ(act(li_, path, R"({"verb":"accept"})"), "not_your_role");
    EXPECT_EQ(act(handler_, path, R"({"verb":"accept","version":99})"), "stale");
    EXPECT_EQ(act(handler_, path, R"({"verb":"accept"})"), "accepted");
    EXPECT_EQ(act(handler_, path, R"({"verb":"begin"})"), "working");
    const Answer half =
        handler_.send("POST", path + "/acts", R"({"verb":"reply","answers":{"1":"修好了"}})");
    EXPECT_EQ(half.status, 422);
    EXPECT_EQ(json_of(half).at("fields").at("answers.2").as_string(), "demand_unanswered");
    EXPECT_EQ(act(handler_, path, R"({"verb":"reply","answers":{"1":"修好了","2":"按天退"}})"),
              "reviewed");
    EXPECT_EQ(act(li_, path, R"({"verb":"tell_citizen","channel":"voice"})"),
              "awaiting_confirmation");
    EXPECT_EQ(act(li_, path, R"({"verb":"confirm","solved":false,"text":"还是不热"})"),
              "second_handling");
    EXPECT_EQ(act(handler_, path, R"({"verb":"reply","answers":{"1":"一","2":"二"}})"),
              "not_your_case");
    EXPECT_EQ(act(boss_, path, R"({"verb":"reply","answers":{"1":"换阀","2":"已退"}})"),
              "reviewed");
    EXPECT_EQ(act(li_, path, R"({"verb":"tell_citizen","channel":"voice"})"),
              "awaiting_confirmation");
    EXPECT_EQ(act(li_, path, R"({"verb":"confirm","solved":true,"satisfied":true})"), "closed");
    EXPECT_EQ(json_of(li_.get(path)).at("status").as_string(), "closed");
    const value last = json_of(li_.get(path + "/progress"));
    EXPECT_EQ(last.at("history").as_array().size(), 10U);
    EXPECT_EQ(facts_of_kind("CaseMoved"), 10U);
    EXPECT_EQ(last.at("round").as_int64(), 2);
}

TEST_F(CaseFiles_, a_unit_sees_what_concerns_it_and_nobody_else_does_its_work) {
    const std::string path = saved("no_heat");
    const std::string other = saved("question");
    EXPECT_EQ(handler_.get(path).status, 200);
    EXPECT_EQ(handler_.get(other).status, 404);
    EXPECT_EQ(handler_.get(other + "/progress").status, 404);
    EXPECT_EQ(act(handler_, other, R"({"verb":"accept"})"), "not_found");
    EXPECT_EQ(signed_in("driver").get(path + "/progress").status, 404);
    const auto count = [&](Browser& who, const std::string& query) {
        return json_of(who.get("/api/v1/cases" + query)).at("items").as_array().size();
    };
    EXPECT_EQ(count(handler_, ""), 1U);
    EXPECT_EQ(count(handler_, "?unit=5"), 0U);
    EXPECT_EQ(count(boss_, "?mine=1"), 1U) << "of the station below";
    EXPECT_EQ(count(li_, "?state=dispatched"), 1U);
    EXPECT_EQ(count(li_, "?state=filed"), 1U);
    EXPECT_EQ(count(li_, "?late=1"), 0U);
}

TEST_F(CaseFiles_, a_report_is_there_for_who_took_it_and_for_disclosures_and_for_nobody_else) {
    const std::string path = saved("report", R"(,"about_units":[3])");
    const std::string id = path.substr(path.rfind('/') + 1);
    const auto listed = [](Browser& who, const std::string& query) {
        return json_of(who.get("/api/v1/cases" + query)).at("items").as_array().size();
    };
    const std::string number(json_of(li_.get(path)).at("number").as_string());
    Browser officer = signed_in("disclosure"), chief = signed_in("chief"),
            quality = signed_in("quality"), wang = signed_in("wang");
    for (Browser* who : {&li_, &officer}) {
        for (const char* below : {"", "/progress", "/clocks/close"})
            EXPECT_NE(who->get(path + below).status, 403) << below;
        EXPECT_EQ(who->get(path).status, 200);
        EXPECT_EQ(listed(*who, "?kind=report"), 1U);
    }
    for (Browser* who : {&boss_, &handler_, &chief, &quality, &wang}) {
        for (const char* below : {"", "/progress", "/clocks/close"})
            EXPECT_EQ(who->get(path + below).status, 404) << below;
        for (const std::string query : {std::string("?kind=report"), "?q=" + number,
                                        std::string("?q=13900000002"), std::string("?mine=1")})
            EXPECT_EQ(listed(*who, query), 0U) << query;
        EXPECT_EQ(act(*who, path, R"({"verb":"urge","text":"x"})"), "not_found");
        EXPECT_NE(who->send("PATCH", path, R"({"title":"x"})").status, 200);
        const Answer unmasked =
            who->send("POST", "/api/v1/private/case/" + id, R"({"field":"phone","reason":"看看"})");
        EXPECT_NE(unmasked.status, 200);
        EXPECT_EQ(unmasked.body.find("13900000002"), std::string::npos);
    }
    for (const std::string query : {"number=13900000002", "number=13900000002&limit=200"}) {
        const std::string before = boss_.get("/api/v1/timeline?" + query).body;
        EXPECT_EQ(before.find(number), std::string::npos) << before;
    }
}

TEST_F(CaseFiles_, who_opened_a_report_is_in_an_audit_of_its_own) {
    const std::string path = saved("report");
    const std::string open = saved("question");
    Browser officer = signed_in("disclosure"), admin = signed_in("admin");
    EXPECT_EQ(officer.get(path).status, 200);
    EXPECT_EQ(officer.get(path + "/progress").status, 200);
    EXPECT_EQ(officer.get(open).status, 200) << "not told in confidence: nothing is noted";
    const auto items = json_of(officer.get("/api/v1/disclosures/audit")).at("items").as_array();
    std::vector<std::string> kinds;
    for (const value& each : items) kinds.emplace_back(each.at("kind").as_string());
    EXPECT_EQ(kinds, (std::vector<std::string>{"CaseSeen", "CaseSeen", "CaseSaved"}));
    const std::string general = admin.get("/api/v1/audit?limit=200").body;
    EXPECT_EQ(general.find("CaseSeen"), std::string::npos);
    EXPECT_EQ(general.find("\"report\""), std::string::npos) << general;
    EXPECT_NE(general.find("\"question\""), std::string::npos);
    EXPECT_EQ(admin.get("/api/v1/disclosures/audit").status, 403);
    EXPECT_EQ(li_.get("/api/v1/disclosures/audit").status, 403);
}

TEST_F(CaseFiles_, a_number_is_whole_for_who_took_the_case_and_for_the_unit_once_it_has_accepted) {
    const std::string path =
        saved("no_heat", R"(,"contact_name":"张三丰","detail":"打13900000003")");
    const auto number = [&](Browser& who) {
        return std::string(json_of(who.get(path)).at("contact_number").as_string());
    };
    EXPECT_EQ(number(li_), "13900000002");
    for (Browser* who : {&handler_, &boss_}) {
        const value seen = json_of(who->get(path));
        EXPECT_EQ(seen.at("contact_number").as_string(), "139****0002");
        EXPECT_EQ(seen.at("contact_name").as_string(), "张**");
        EXPECT_EQ(seen.at("address").as_string(), "北桥区***");
        EXPECT_EQ(seen.at("detail").as_string(), "打139****0003");
        const std::string all = who->get("/api/v1/cases").body;
        EXPECT_EQ(all.find("13900000002"), std::string::npos);
    }
    // What a page got masked and sends back changes nothing.
    EXPECT_EQ(
        boss_
            .send("PATCH", path,
                  R"({"contact_number":"139****0002","address":"北桥区***","urgency":"urgent"})")
            .status,
        200);
    EXPECT_EQ(number(li_), "13900000002");
    EXPECT_EQ(act(handler_, path, R"({"verb":"accept"})"), "accepted");
    EXPECT_EQ(number(handler_), "13900000002");
    EXPECT_EQ(number(boss_), "139****0002");
}

TEST_F(CaseFiles_, a_masked_field_is_shown_for_a_reason_that_is_kept_and_fifty_times_a_day) {
    const std::string path = saved("no_heat");
    const std::string id = path.substr(path.rfind('/') + 1);
    const auto ask = [&](Browser& who, const std::string& body) {
        return who.send("POST", "/api/v1/private/case/" + id, body);
    };
    EXPECT_EQ(ask(boss_, R"({"field":"phone","reason":" "})").status, 422);
    EXPECT_EQ(ask(boss_, R"({"field":"password","reason":"回访"})").status, 422);
    EXPECT_EQ(
        boss_.send("POST", "/api/v1/private/case/999999", R"({"field":"phone","reason":"回访"})")
            .status,
        404);
    EXPECT_EQ(signed_in("driver")
                  .send("POST", "/api/v1/private/case/" + id, R"({"field":"phone","reason":"x"})")
                  .status,
              404);
    for (int left = 49; left >= 0; --left) {
        const value got = json_of(ask(boss_, R"({"field":"phone","reason":"回访"})"));
        ASSERT_EQ(got.at("value").as_string(), "13900000002");
        ASSERT_EQ(got.at("left").to_number<int>(), left);
    }
    const Answer refused = ask(boss_, R"({"field":"phone","reason":"回访"})");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(json_of(refused).at("code").as_string(), "quota_used_up");
    EXPECT_EQ(ask(li_, R"({"field":"address","reason":"回访"})").status, 200) << "of each user";
    const std::string audit = signed_in("admin").get("/api/v1/audit?limit=200").body;
    EXPECT_NE(audit.find("PrivateSeen"), std::string::npos);
    EXPECT_NE(audit.find("回访"), std::string::npos);
    EXPECT_EQ(audit.find("13900000002"), std::string::npos);
}

TEST_F(CaseFiles_, a_pause_needs_somebody_else_who_may_approve) {
    const std::string path = saved("no_heat");
    EXPECT_EQ(act(handler_, path, R"({"verb":"accept"})"), "accepted");
    const auto pause = [&](const std::string& login) {
        return act(handler_, path,
                   R"({"verb":"pause","why":"等配件","until":"2099-01-01T00:00:00Z","approver":)" +
                       std::to_string(user(login).value) + "}");
    };
    EXPECT_EQ(pause("li"), "needs_second_person") << "an agent approves nothing";
    EXPECT_EQ(pause("handler"), "needs_second_person");
    EXPECT_EQ(pause("driver"), "needs_second_person") << "of another centre";
    EXPECT_EQ(pause("supervisor"), "pause_too_long") << "the person is right";
    EXPECT_EQ(act(handler_, path, R"({"verb":"pause","why":"w"})"), "bad_field");
    EXPECT_EQ(act(handler_, path, R"({"verb":"explode"})"), "bad_field");
}

TEST_F(CaseFiles_, the_status_follows_the_file_and_an_old_case_says_that_it_has_none) {
    const std::string path = saved("no_heat");
    const Answer closed = li_.send("PATCH", path, R"({"status":"closed"})");
    EXPECT_EQ(json_of(closed).at("code").as_string(), "status_by_acts");
    const std::string old =
        "/api/v1/cases/" + std::to_string(things_of(testing::heating).case_id.value);
    EXPECT_EQ(json_of(li_.get(old + "/progress")).at("code").as_string(), "not_filed");
    EXPECT_EQ(handler_.get(old).status, 404);
    const std::string settled = saved("question", R"(,"status":"closed")");
    EXPECT_EQ(json_of(li_.get(settled + "/progress")).at("state").as_string(), "closed");
}

TEST_F(CaseFiles_, the_account_of_a_clock_has_no_gap) {
    const std::string path = saved("leak");
    const auto account = json_of(li_.get(path + "/clocks/close"));
    ASSERT_FALSE(account.at("lines").as_array().empty());
    EXPECT_EQ(account.at("lines").as_array().back().at("until"), account.at("deadline"));
    EXPECT_EQ(li_.get(path + "/clocks/noon").status, 404);
    EXPECT_EQ(li_.get(path + "/clocks/follow_up").status, 404) << "it does not run yet";
    const auto units = json_of(handler_.get("/api/v1/case-units"));
    EXPECT_EQ(units.at("items").as_array().size(), 5U);
    EXPECT_EQ(units.at("items").at(3).at("my_roles").at(0).as_string(), "unit");
    EXPECT_FALSE(units.at("approvers").as_array().empty());
}

TEST(case_problem, every_error_of_the_engine_has_a_sentence) {
    for (int code = 1; !cases::word(static_cast<cases::Errc>(code)).empty(); ++code) {
        const auto word = cases::word(static_cast<cases::Errc>(code));
        EXPECT_NE(text_of(word, "zh"), word);
        EXPECT_NE(text_of(word, "en"), word);
    }
}

}  // namespace
}  // namespace ys::api
