// SPDX-License-Identifier: Apache-2.0
// Articles over HTTP: written by one, approved by another, told to agents and citizens from their
// minute on; what was refused and how it is said.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "knowledge/io/answer_book.h"
#include "knowledge/io/matter_store.h"
#include "platform/clock.h"
#include "platform/password/password.h"

namespace ys::api {
namespace {

using boost::json::object;
using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

object content(const std::string& title, const std::string& statement) {
    return {{"title", title},
            {"statement", statement},
            {"texts",
             {{"agent", "问清室温。\n再看阀门。"},
              {"citizen", "您先看一下阀门。"},
              {"voice", "室温不到18度可以报修。"}}},
            {"materials", {"户号"}},
            {"steps", boost::json::array{}},
            {"regions", boost::json::array{}},
            {"transfer", ""},
            {"source", "《供热办法》第三条"},
            {"valid_until", nullptr},
            {"review_by", nullptr},
            {"owner_id", 5}};
}

class Articles_ : public testing::Hotline {
protected:
    Articles_() {
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            for (const auto& [code, title, is_safety] :
                 {std::tuple{"cold", "室温不达标", false}, std::tuple{"leak", "管道漏水", true},
                  std::tuple{"refund", "退费办理", false}}) {
                knowledge::MatterRow row{.centre_id = testing::head, .code = code, .title = title};
                row.scope = title;
                row.is_safety = is_safety;
                YS_TRY([[maybe_unused]] const Done done, knowledge::MatterStore::add(tx, row));
            }
            for (const auto& [matter, text] :
                 {std::pair{"cold", "家里不热"}, std::pair{"cold", "暖气冰凉"},
                  std::pair{"cold", "屋里太冷"}, std::pair{"leak", "漏水了"},
                  std::pair{"leak", "管子喷水"}, std::pair{"refund", "退热费"},
                  std::pair{"refund", "钱怎么退"}, std::pair{"", "今天天气怎么样"},
                  std::pair{"", "讲个笑话"}}) {
                knowledge::AskingRow row{.centre_id = testing::head, .matter = matter};
                row.text = text;
                YS_TRY([[maybe_unused]] const auto added, knowledge::MatterStore::add(tx, row));
            }
            for (const char* login : {"editor", "reader"}) {
                centres::UserRow row;
                row.centre_id = testing::head;
                row.login = row.name = login;
                row.roles = "knowledge";
                YS_TRY(const auto li, centres::UserStore::find_login(tx.db(), "li"));
                row.password_hash = li->password_hash;
                YS_TRY([[maybe_unused]] const auto id, centres::UserStore::put_user(tx, row));
            }
            return Done{};
        }));
        editor_ = signed_in("editor");
        reader_ = signed_in("reader");
        while (heard("x").at("certainty") == "learning") std::this_thread::yield();
    }
    value act(Browser& who, const std::string& id, object form, int status = 200) {
        const Answer answer =
            who.send("POST", "/api/v1/articles/" + id + "/acts", boost::json::serialize(form));
        EXPECT_EQ(answer.status, status) << answer.body;
        return json_of(answer);
    }
    std::string written(const object& text, const char* matter = "cold") {
        const object form{{"matter", matter}, {"content", text}};
        const Answer answer =
            editor_.send("POST", "/api/v1/articles", boost::json::serialize(form));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return std::to_string(json_of(answer).at("line").at("id").as_int64());
    }
    std::string said(const object& text, const char* matter = "cold") {
        const std::string id = written(text, matter);
        act(editor_, id, {{"verb", "submit"}});
        act(reader_, id, {{"verb", "approve"}});
        return id;
    }
    value ask(const object& form) {
        const Answer answer =
            browser().send("POST", "/api/v1/citizen/questions", boost::json::serialize(form));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer);
    }
    value heard(const std::string& text) {
        return json_of(editor_.get("/api/v1/answers?q=" + text));
    }
    std::size_t listed(Browser& who, const std::string& query) {
        return json_of(who.get("/api/v1/articles" + query)).at("items").as_array().size();
    }
    Browser editor_ = browser(), reader_ = browser();
};

TEST_F(Articles_, one_writes_another_approves_and_agents_and_citizens_are_told) {
    Browser agent = signed_in("li");
    const std::string id = written(content("室温不够怎么办", "低于18℃可以报修。"));
    EXPECT_EQ(listed(agent, ""), 0U) << "a draft is nobody's business yet";
    EXPECT_EQ(agent.get("/api/v1/articles/" + id).status, 404);
    EXPECT_EQ(listed(editor_, "?show=open"), 1U);
    act(editor_, id, {{"verb", "submit"}});
    const value own = act(editor_, id, {{"verb", "approve"}}, 422);
    EXPECT_EQ(own.at("code"), "needs_second_person");
    const value view = act(reader_, id, {{"verb", "approve"}});
    EXPECT_EQ(view.at("line").at("state"), "said");
    EXPECT_EQ(view.at("versions").at(0).at("writers").at(0), "editor");
    EXPECT_EQ(view.at("versions").at(0).at("approved_by"), "reader");
    EXPECT_EQ(listed(agent, ""), 1U) << "a branch says what its head says";
    EXPECT_EQ(json_of(agent.get("/api/v1/articles/" + id)).at("can").as_array().size(), 0U);

    const value told = ask({{"text", "我家里不热，屋里太冷"}, {"matter", ""}});
    ASSERT_TRUE(told.at("answer").is_object()) << boost::json::serialize(told);
    EXPECT_EQ(told.at("answer").at("statement"), "低于18℃可以报修。");
    EXPECT_EQ(told.at("answer").at("text"), "您先看一下阀门。");
    EXPECT_EQ(facts_of_kind("QuestionAsked"), 1U) << "which version they were told is kept";
    EXPECT_NE(journal_text().find(R"("version":1)"), std::string::npos);
    const value found =
        json_of(agent.get("/api/v1/answers?q=%E5%AE%B6%E9%87%8C%E4%B8%8D%E7%83%AD"));
    EXPECT_EQ(std::to_string(found.at("found").at(0).at("article_id").as_int64()), id);
    EXPECT_EQ(found.at("found").at(0).at("text"), "问清室温。\n再看阀门。");
}

TEST_F(Articles_, a_changed_statement_holds_from_its_minute_and_a_retired_one_is_said_no_more) {
    const std::string id = said(content("室温", "低于18℃可以报修。"));
    act(editor_, id, {{"verb", "write"}, {"content", content("室温", "低于20℃可以报修。")}});
    act(editor_, id, {{"verb", "submit"}});
    const UtcTime later{utc_now().us + 1'500'000};
    act(reader_, id, {{"verb", "approve"}, {"from", to_rfc3339(later)}});
    const object pick{{"text", ""}, {"matter", "cold"}};
    EXPECT_EQ(ask(pick).at("answer").at("version"), 1);
    while (utc_now() < later) std::this_thread::yield();
    EXPECT_EQ(ask(pick).at("answer").at("version"), 2) << "who talks with it now hears the new one";
    act(reader_, id, {{"verb", "roll_back"}, {"number", 1}, {"why", "写错了"}});
    EXPECT_EQ(ask(pick).at("answer").at("version"), 3);
    EXPECT_EQ(ask(pick).at("answer").at("statement"), "低于18℃可以报修。");
    act(reader_, id, {{"verb", "retire"}, {"why", "办法废止"}});
    const value none = ask(pick);
    EXPECT_TRUE(none.at("answer").is_null());
    EXPECT_TRUE(none.at("offer_person").as_bool());
    EXPECT_EQ(none.at("telephone"), "6000");
}

TEST_F(Articles_, what_is_missing_or_wrong_is_named_at_its_field) {
    object text = content("室温", "可以报修。");
    text["texts"].as_object()["voice"] = "";
    const std::string id = written(text);
    const value missing = act(editor_, id, {{"verb", "submit"}}, 422);
    EXPECT_EQ(missing.at("code"), "part_missing");
    EXPECT_EQ(missing.at("fields").at("texts.voice"), "part_missing");
    EXPECT_EQ(missing.at("detail"), "还有内容没有写");
    EXPECT_EQ(act(editor_, id, {{"verb", "sing"}}, 422).at("fields").as_object().count("verb"), 1U);
    EXPECT_EQ(act(editor_, id, {{"verb", "retire"}, {"why", "x"}}, 409).at("code"), "nothing_said");
    const object nowhere{{"matter", "no_such"}, {"content", content("x", "y")}};
    EXPECT_EQ(editor_.send("POST", "/api/v1/articles", boost::json::serialize(nowhere)).status,
              422);
    EXPECT_EQ(editor_.get("/api/v1/articles?show=what").status, 422);
}

TEST_F(Articles_, danger_is_confirmed_and_what_is_not_understood_gets_a_person) {
    const value leak = ask({{"text", "管子喷水漏水了"}, {"matter", ""}});
    EXPECT_EQ(leak.at("certainty"), "confirm");
    EXPECT_TRUE(leak.at("answer").is_null()) << "never without being asked";
    EXPECT_EQ(leak.at("choices").at(0).at("matter"), "leak");
    const value joke = ask({{"text", "给我讲个笑话听"}, {"matter", ""}});
    EXPECT_EQ(joke.at("certainty"), "unknown");
    EXPECT_TRUE(joke.at("offer_person").as_bool());
    const Answer invented = browser().send("POST", "/api/v1/citizen/questions",
                                           R"({"text":"","matter":"给编辑看的一句话"})");
    EXPECT_EQ(invented.status, 422) << "no stranger writes on the editors' page";
    EXPECT_EQ(
        browser().send("POST", "/api/v1/citizen/questions", R"({"text":"  ","matter":""})").status,
        422);
}

TEST_F(Articles_, what_nobody_could_answer_is_a_gap_until_somebody_closes_it) {
    said(content("室温", "低于18℃可以报修。"));
    for (const char* text : {"今天天气怎么样呀", "今天天气怎么样呢", "给我讲个笑话"})
        EXPECT_EQ(ask({{"text", text}, {"matter", ""}}).at("certainty"), "unknown") << text;
    EXPECT_TRUE(ask({{"text", ""}, {"matter", "refund"}}).at("offer_person").as_bool());
    const auto gaps = [&] {
        const Answer answer = editor_.get("/api/v1/knowledge-gaps");
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::string out;
        const value page = json_of(answer);
        for (const value& each : page.at("items").as_array())
            out += std::string(each.at("text").as_string()) +
                   each.at("matter").as_string().c_str() + " " +
                   std::to_string(each.at("asked").as_int64()) + ";";
        return out;
    };
    const std::string before = gaps();
    EXPECT_TRUE(before.starts_with("今天天气怎么样")) << before;
    EXPECT_NE(before.find(" 2;"), std::string::npos) << before;
    EXPECT_NE(before.find("refund 1;"), std::string::npos) << "understood, and nothing to say";
    const Answer added =
        editor_.send("POST", "/api/v1/matters/none/askings", R"({"text":"今天天气怎么样呀"})");
    EXPECT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(gaps().find("天气"), std::string::npos) << "nobody's business, and what is like it";
    said(content("退费", "停热以后按天退。"), "refund");
    EXPECT_EQ(gaps().find("refund"), std::string::npos) << "there is something to say now";
    EXPECT_EQ(signed_in("li").get("/api/v1/knowledge-gaps").status, 403);
}

TEST_F(Articles_, what_was_taught_is_held_against_the_calls_it_avoids) {
    said(content("室温", "低于18℃可以报修。"));
    const char* const words = "铁疙瘩拔凉拔凉的呀";
    EXPECT_EQ(ask({{"text", words}, {"matter", ""}}).at("certainty"), "unknown");
    const std::string path = "/api/v1/matters/cold/askings";
    ASSERT_EQ(editor_.send("POST", path, R"({"text":"铁疙瘩拔凉拔凉"})").status, 201);
    const auto lesson = [&] {
        const Answer answer = editor_.get("/api/v1/knowledge-gaps/lessons");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer).at("items").at(0);
    };
    EXPECT_EQ(lesson().at("left_before"), 1);
    EXPECT_EQ(lesson().at("answered_after"), 0);
    const auto is_learnt = [&] {
        const value now = heard("%E9%93%81%E7%96%99%E7%98%A9%E6%8B%94%E5%87%89");  // 铁疙瘩拔凉
        const auto& choices = now.at("choices").as_array();
        return !choices.empty() && choices[0].at("matter") == "cold";
    };
    while (!is_learnt()) std::this_thread::yield();
    EXPECT_NE(ask({{"text", words}, {"matter", ""}}).at("certainty"), "unknown");
    EXPECT_EQ(lesson().at("text"), "铁疙瘩拔凉拔凉");
    EXPECT_EQ(lesson().at("matter"), "cold");
    EXPECT_EQ(lesson().at("answered_after"), 1);
    EXPECT_EQ(lesson().at("left_after"), 0);
}

TEST_F(Articles_, a_new_way_of_asking_is_learnt_and_kept_as_a_fact) {
    const std::string path = "/api/v1/matters/cold/askings";
    const Answer added = editor_.send("POST", path, R"({"text":"铁疙瘩拔凉拔凉"})");
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(editor_.send("POST", path, R"({"text":"铁疙瘩拔凉拔凉"})").status, 409);
    EXPECT_EQ(editor_.send("POST", path, R"({"text":" "})").status, 422);
    EXPECT_EQ(facts_of_kind("SupervisorActed"), 1U);
    const auto meant = [&] {
        const value now = heard("%E9%93%81%E7%96%99%E7%98%A9%E6%8B%94%E5%87%89");  // 铁疙瘩拔凉
        const auto& choices = now.at("choices").as_array();
        return !choices.empty() && choices[0].at("matter") == "cold";
    };
    while (!meant()) std::this_thread::yield();
    const std::string id = std::to_string(json_of(added).at("id").as_int64());
    EXPECT_EQ(signed_in("knowledge").send("DELETE", "/api/v1/askings/" + id, "").status, 404)
        << "a branch does not change what its head understands";
    EXPECT_EQ(editor_.send("DELETE", "/api/v1/askings/" + id, "").status, 204);
}

}  // namespace
}  // namespace ys::api
