// SPDX-License-Identifier: Apache-2.0
// Customers, cases and drafts: what is answered is saved, what is typed is never lost.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::json_of;

class Cases_ : public testing::Hotline {
protected:
    Browser li_ = signed_in("li");
};

TEST_F(Cases_, a_case_is_saved_with_its_fact_and_found_again) {
    const Answer saved = li_.send("POST", "/api/v1/cases",
                                  R"({"kind":"question","title":"暖气不热","detail":"三楼\n不热",
        "contact_name":"张","contact_number":"13900000002","has_elder":true,"wishes_callback":true})");
    ASSERT_EQ(saved.status, 201) << saved.body;
    const auto view = json_of(saved);
    EXPECT_EQ(view.at("detail").as_string(), "三楼\n不热");
    EXPECT_TRUE(view.at("has_elder").as_bool());
    EXPECT_TRUE(view.at("wishes_callback").as_bool());
    EXPECT_EQ(view.at("status").as_string(), "open");
    EXPECT_EQ(view.at("created_by_name").as_string(), "<b>li</b>");
    EXPECT_EQ(li_.get(saved.header("location")).body, saved.body);
    EXPECT_NE(journal_text().find(std::string(view.at("number").as_string())), std::string::npos);
    const auto found = json_of(li_.get("/api/v1/cases?number=13900000002"));
    EXPECT_EQ(found.at("items").as_array().size(), 1U);
}

TEST_F(Cases_, the_same_idempotency_key_saves_one_case) {
    const std::string body = R"({"kind":"praise","title":"once"})";
    const auto first = json_of(li_.send("POST", "/api/v1/cases", body, "Idempotency-Key: k1\r\n"));
    const auto again = json_of(li_.send("POST", "/api/v1/cases", body, "Idempotency-Key: k1\r\n"));
    const auto other = json_of(li_.send("POST", "/api/v1/cases", body, "Idempotency-Key: k2\r\n"));
    EXPECT_EQ(first.at("id"), again.at("id"));
    EXPECT_NE(first.at("id"), other.at("id"));
}

TEST_F(Cases_, the_number_shown_while_typing_is_the_number_of_the_case) {
    const auto shown = json_of(li_.get("/api/v1/case-number")).at("number");
    EXPECT_EQ(json_of(li_.get("/api/v1/case-number")).at("number"), shown) << "a reload keeps it";
    Browser wang = signed_in("wang");
    EXPECT_NE(json_of(wang.get("/api/v1/case-number")).at("number"), shown);
    const std::string with =
        R"({"kind":"praise","title":"t","number":")" + std::string(shown.as_string()) + "\"}";
    EXPECT_NE(json_of(wang.send("POST", "/api/v1/cases", with)).at("number"), shown)
        << "nobody takes another's number";
    EXPECT_EQ(json_of(li_.send("POST", "/api/v1/cases", with)).at("number"), shown);
    EXPECT_NE(json_of(li_.send("POST", "/api/v1/cases", with)).at("number"), shown)
        << "nor one's own twice";
}

TEST_F(Cases_, a_case_about_a_branch_s_call_is_the_branch_s_whoever_saves_it) {
    const std::string call = std::to_string(things_of(testing::bus).call.value);
    Browser chief = signed_in("chief");
    const auto number =
        json_of(chief.get("/api/v1/case-number?interaction=" + call)).at("number").as_string();
    const Answer saved = chief.send("POST", "/api/v1/cases",
                                    R"({"kind":"praise","title":"t","interaction_id":)" + call +
                                        R"(,"number":")" + std::string(number) + "\"}");
    ASSERT_EQ(saved.status, 201) << saved.body;
    EXPECT_EQ(json_of(saved).at("number").as_string(), number);
    const std::string where = saved.header("location");
    EXPECT_EQ(signed_in("driver").get(where).status, 200);
    EXPECT_EQ(signed_in("chief").get(where).status, 200);
    EXPECT_EQ(li_.get(where).status, 404);
}

TEST_F(Cases_, a_branch_cannot_put_a_case_into_another_by_naming_its_call) {
    const std::string call = std::to_string(things_of(testing::bus).call.value);
    const Answer saved = li_.send("POST", "/api/v1/cases",
                                  R"({"kind":"praise","title":"t","interaction_id":)" + call + "}");
    ASSERT_EQ(saved.status, 201) << saved.body;
    EXPECT_EQ(li_.get(saved.header("location")).status, 200) << "their own centre's";
    EXPECT_EQ(signed_in("driver").get(saved.header("location")).status, 404);
}

TEST_F(Cases_, two_who_change_one_case_do_not_overwrite_each_other) {
    const std::string path =
        "/api/v1/cases/" + std::to_string(things_of(testing::heating).case_id.value);
    const std::string etag = li_.get(path).header("etag");
    EXPECT_EQ(
        li_.send("PATCH", path, R"({"status":"closed"})", "If-Match: " + etag + "\r\n").status,
        200);
    const Answer late =
        li_.send("PATCH", path, R"({"title":"late"})", "If-Match: " + etag + "\r\n");
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(json_of(late).at("code").as_string(), "stale");
    const auto now = json_of(li_.get(path));
    EXPECT_EQ(now.at("status").as_string(), "closed");
    EXPECT_EQ(now.at("title").as_string(), "暖气不热") << "what is not sent stays";
}

TEST_F(Cases_, what_does_not_fit_is_told_by_field) {
    const Answer type = li_.send("POST", "/api/v1/cases", R"({"title":7})");
    EXPECT_EQ(type.status, 422);
    EXPECT_EQ(json_of(type).at("fields").at("title").as_string(), "bad_field");
    const Answer length =
        li_.send("POST", "/api/v1/cases", R"({"title":")" + std::string(301, 'x') + "\"}");
    EXPECT_EQ(json_of(length).at("fields").at("title").as_string(), "too_long");
    EXPECT_EQ(li_.send("POST", "/api/v1/cases", "{}").status, 422);
    EXPECT_EQ(li_.send("POST", "/api/v1/cases", "{not json").status, 400);
    EXPECT_EQ(li_.send("POST", "/api/v1/cases", std::string(1000, '[')).status, 400);
    EXPECT_EQ(li_.get("/api/v1/cases?limit=201").status, 422);
    EXPECT_EQ(li_.get("/api/v1/cases?after=x").status, 422);
    EXPECT_EQ(li_.get("/api/v1/cases/18446744073709551615").status, 404);
    EXPECT_EQ(li_.get("/api/v1/cases/x").status, 404);
}

TEST_F(Cases_, every_fault_of_a_form_comes_back_together) {
    const Answer answer =
        li_.send("POST", "/api/v1/cases", R"({"kind":"no_heat","contact_number":"1390000000"})");
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(json_of(answer).at("code").as_string(), "bad_field");
    EXPECT_EQ(json_of(answer).at("fields"),
              (boost::json::object{{"contact_number", "mobile_length"},
                                   {"address", "need_address"},
                                   {"detail", "need_detail"}}));
    const std::string path =
        "/api/v1/cases/" + std::to_string(things_of(testing::heating).case_id.value);
    const Answer change = li_.send("PATCH", path, R"({"contact_number":"12a"})");
    EXPECT_EQ(json_of(change).at("fields"),
              (boost::json::object{{"contact_number", "number_digits"}}))
        << "what was wrong before is not this change's fault";
}

TEST_F(Cases_, the_citizen_is_told_until_when_in_the_users_language) {
    const std::string body =
        R"({"kind":"leak","detail":"漏水","contact_number":"13900000002","address":"听松里"})";
    const auto made = json_of(li_.send("POST", "/api/v1/cases", body));
    const std::string number(made.at("number").as_string());
    const std::string promise(made.at("promise").as_string());
    EXPECT_TRUE(promise.starts_with("您的工单号是 " + number + "，")) << promise;
    EXPECT_TRUE(promise.ends_with(" 前工作人员会上门处理。")) << promise;
    const auto created = parse_rfc3339(made.at("created_at").as_string());
    const auto promised = parse_rfc3339(made.at("promised_at").as_string());
    EXPECT_GE(promised->us - created->us, 2 * 3'600'000'000) << "a leak: two hours, rounded up";
    EXPECT_LT(promised->us - created->us, 3 * 3'600'000'000);
    const std::string path = "/api/v1/cases/" + std::to_string(made.at("id").as_int64());
    const auto english = json_of(li_.get(path, "Accept-Language: en\r\n"));
    EXPECT_TRUE(english.at("promise").as_string().starts_with("Your case number is " + number +
                                                              "; we will come to you by "))
        << english.at("promise");
    const auto urgent = json_of(li_.send("PATCH", path, R"({"urgency":"urgent"})"));
    EXPECT_EQ(urgent.at("promised_at"), made.at("promised_at")) << "what was told stands";
    const auto settled = json_of(
        li_.send("POST", "/api/v1/cases", R"({"kind":"praise","title":"谢谢","status":"closed"})"));
    EXPECT_EQ(settled.at("promise").as_string(), "");
}

TEST_F(Cases_, a_refusal_is_told_in_the_users_language_under_one_code) {
    const auto zh = json_of(li_.get("/api/v1/cases/77"));
    const auto en = json_of(li_.get("/api/v1/cases/77", "Accept-Language: en-GB\r\n"));
    EXPECT_EQ(zh.at("code"), en.at("code"));
    EXPECT_EQ(zh.at("title").as_string(), "没有找到");
    EXPECT_EQ(en.at("title").as_string(), "Not Found");
    EXPECT_EQ(en.at("detail").as_string(), "Not found.");
}

TEST_F(Cases_, text_from_outside_comes_back_as_text_in_json) {
    const std::string path =
        "/api/v1/customers/" + std::to_string(things_of(testing::heating).customer.value);
    const Answer answer = li_.get(path);
    EXPECT_EQ(answer.header("content-type"), "application/json; charset=utf-8");
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(json_of(answer).at("name").as_string(), "<**");
    const auto whole = json_of(li_.get("/api/v1/customers?number=13900000001"));
    EXPECT_EQ(whole.at("items").at(0).at("name").as_string(), "<script>alert(1)</script>");
    const auto bidi =
        json_of(li_.send("PATCH", path, "{\"name\":\"a\\u202eb\\u0007c\",\"note\":\"1\\n2\"}"));
    EXPECT_EQ(bidi.at("name").as_string().find("\u202e"), std::string::npos);
    EXPECT_EQ(bidi.at("note").as_string(), "1\n2");
    EXPECT_EQ(bidi.at("tags").as_array().size(), 2U) << "what is not sent stays";
}

TEST_F(Cases_, a_customer_is_added_with_numbers_and_found_behind_them) {
    const Answer added = li_.send("POST", "/api/v1/customers",
                                  R"({"name":"王","numbers":["010-8888 8888"],"tags":["elder"]})");
    ASSERT_EQ(added.status, 201) << added.body;
    const auto found = json_of(li_.get("/api/v1/customers?number=01088888888"));
    ASSERT_EQ(found.at("items").as_array().size(), 1U);
    EXPECT_EQ(found.at("items").at(0).at("tags").at(0).as_string(), "elder");
    EXPECT_EQ(li_.send("POST", "/api/v1/customers", R"({"numbers":["<script>"]})").status, 422);
    EXPECT_EQ(li_.send("POST", "/api/v1/customers", "{}").status, 422);
    EXPECT_EQ(json_of(li_.get("/api/v1/customers?q=%25")).at("items").as_array().size(), 0U)
        << "a percent sign is no wildcard";
}

TEST_F(Cases_, a_draft_is_ones_own_and_goes_when_the_case_is_saved) {
    EXPECT_EQ(li_.get("/api/v1/drafts/100").status, 204);
    EXPECT_EQ(li_.send("PUT", "/api/v1/drafts/100", R"({"body":"{\"title\":\"半句\"}"})").status,
              204);
    EXPECT_EQ(json_of(li_.get("/api/v1/drafts/100")).at("body").as_string(),
              "{\"title\":\"半句\"}");
    EXPECT_EQ(signed_in("wang").get("/api/v1/drafts/100").status, 204);
    EXPECT_EQ(
        li_.send("POST", "/api/v1/cases", R"({"kind":"praise","title":"t","interaction_id":100})")
            .status,
        201);
    EXPECT_EQ(li_.get("/api/v1/drafts/100").status, 204);
}

TEST_F(Cases_, people_and_queues_carry_the_live_state) {
    const auto people = json_of(li_.get("/api/v1/people")).at("items").as_array();
    EXPECT_EQ(people.size(), 3U) << "agents and supervisors of the centre, no closed ones";
    const auto queues = json_of(li_.get("/api/v1/queues")).at("items").as_array();
    ASSERT_EQ(queues.size(), 1U);
    EXPECT_EQ(queues[0].at("waiting").as_int64(), 4);
}

}  // namespace
}  // namespace ys::api
