// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "api/login_throttle.h"
#include "api/testing/hotline.h"
#include "api/testing/life_events.h"
#include "knowledge/io/checklist_store.h"
#include "outreach/io/door.h"
#include "platform/clock.h"
#include "platform/image/testing/pictures.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

std::string text(const value& v, const char* key) { return std::string(v.at(key).as_string()); }
constexpr const char* kept_form =
    R"({"event":"card","answers":{"lost":"yes"},"ready":["id"],"number":"+8613800138000"})";

class ChecklistRoutes : public testing::Hotline {
protected:
    ChecklistRoutes() : book_(testing::life_events(api_->ports().answers)) {
        knowledge::AnswerBook& answers = api_->ports().answers;
        answers.learn_in(std::chrono::milliseconds{0});
        while (!answers.is_learnt()) std::this_thread::yield();
        on_loop([this] { api_->ports().life_events = &book_; });
    }
    void open_door(const std::string& sms, const std::string& address) {
        auto door = std::make_shared<outreach::Door>();
        door->sms.url = sms;
        door->public_url = address;
        on_loop([this, door] { api_->ports().door = door; });
    }
    /// The header of the link of a list that a citizen keeps.
    std::string kept() {
        const Answer answer = browser().send("POST", "/api/v1/citizen/checklists", kept_form);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return "x-list-pass: " + text(json_of(answer), "pass") + "\r\n";
    }
    Answer open(const std::string& pass) {
        return browser().get("/api/v1/citizen/checklist", pass);
    }
    value of_number(Browser& who, const std::string& number = "13800138000") {
        const Answer answer = who.get("/api/v1/checklists?number=" + number);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer).at("items");
    }
    /// Sends a whole file by the link; what finishing it answered.
    Answer sent(const std::string& pass, const std::string& bytes) {
        const std::string base = "/api/v1/citizen/checklist/files";
        const Answer begun =
            browser().send("POST", base,
                           R"({"name":"id.jpg","size":)" + std::to_string(bytes.size()) +
                               R"(,"sha256":")" + password::sha256_hex(bytes) + R"("})",
                           pass);
        if (begun.status != 201) return begun;
        const std::string one =
            base + "/" + std::to_string(json_of(begun).at("id").to_number<std::uint64_t>());
        const Answer there = browser().send("PATCH", one + "?offset=0", bytes, pass);
        if (there.status != 200) return there;
        return browser().send("POST", one + "/finish", "", pass);
    }
    knowledge::LifeEventBook book_;
};

TEST_F(ChecklistRoutes, a_kept_list_is_opened_by_its_link_ticked_and_put_away) {
    const std::string pass = kept();
    const Answer opened = open(pass);
    ASSERT_EQ(opened.status, 200) << opened.body;
    const value list = json_of(opened).at("list");
    EXPECT_EQ(text(list, "title"), "办卡");
    EXPECT_EQ(list.at("services").as_array().size(), 2U);
    EXPECT_EQ(list.at("missing").to_number<int>(), 1);
    EXPECT_EQ(open(pass).status, 200);
    EXPECT_EQ(facts_of_kind("ChecklistMoved"), 2U) << "made, and opened once";

    const Answer ticked = browser().send("PUT", "/api/v1/citizen/checklist",
                                         R"({"ready":["id","photo","boat"]})", pass);
    ASSERT_EQ(ticked.status, 200) << ticked.body;
    EXPECT_EQ(json_of(open(pass)).at("list").at("missing").to_number<int>(), 0);
    EXPECT_EQ(browser().send("DELETE", "/api/v1/citizen/checklist", "", pass).status, 204);
    const Answer over = open(pass);
    EXPECT_EQ(over.status, 404);
    EXPECT_EQ(text(json_of(over), "code"), "no_list");
    EXPECT_EQ(journal_text().find("13800138000"), std::string::npos);
}

TEST_F(ChecklistRoutes, what_is_not_whole_or_no_number_is_not_kept) {
    const auto keep = [&](const std::string& body) {
        const Answer answer = browser().send("POST", "/api/v1/citizen/checklists", body);
        return std::to_string(answer.status) + " " + text(json_of(answer), "code");
    };
    EXPECT_EQ(keep(R"({"event":"card","answers":{}})"), "422 not_whole");
    EXPECT_EQ(keep(R"({"event":"boat","answers":{}})"), "404 not_found");
    EXPECT_EQ(keep(R"({"event":"card","answers":{"lost":"no"},"number":"<b>"})"), "422 bad_number");
}

TEST_F(ChecklistRoutes, a_source_that_tries_many_links_is_slowed) {
    const std::string pass = kept();
    const std::string wrong = "x-list-pass: " + std::string(22, 'x') + "\r\n";
    Answer last;
    for (int i = 0; i < 60 && last.status != 429; ++i) last = open(wrong);
    EXPECT_EQ(last.status, 429);
    EXPECT_EQ(open(pass).status, 429) << "whoever it is";
}

TEST_F(ChecklistRoutes, the_next_call_of_the_number_starts_with_the_list) {
    kept();
    Browser chief = signed_in("chief");
    const value items = of_number(chief);
    ASSERT_EQ(items.as_array().size(), 1U);
    EXPECT_EQ(text(items.at(0), "number"), "138****8000");
    EXPECT_TRUE(items.at(0).at("is_from_citizen").as_bool());
    EXPECT_TRUE(of_number(chief, "13900000009").as_array().empty());
    EXPECT_TRUE(of_number(chief, "").as_array().empty());
    Browser driver = signed_in("driver");
    EXPECT_TRUE(of_number(driver).as_array().empty()) << "of another centre";
}

TEST_F(ChecklistRoutes, an_agent_keeps_ticks_and_sends_one) {
    Browser li = signed_in("li");
    const Answer made = li.send("POST", "/api/v1/checklists", kept_form);
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string one =
        "/api/v1/checklists/" + std::to_string(json_of(made).at("id").to_number<std::uint64_t>());
    EXPECT_EQ(text(json_of(li.send("POST", one + "/send", "{}")), "code"), "no_sms_gateway");
    open_door("http://127.0.0.1:1/", "");
    EXPECT_EQ(text(json_of(li.send("POST", one + "/send", "{}")), "code"), "no_public_address");
    open_door("http://127.0.0.1:1/", "https://h.example");
    EXPECT_EQ(li.send("PUT", one, R"({"ready":["id","photo"]})").status, 200);
    const Answer sent = li.send("POST", one + "/send", "{}");
    ASSERT_EQ(sent.status, 200) << sent.body;
    EXPECT_FALSE(json_of(sent).at("sent_at").is_null());
    knowledge::ChecklistRow row;
    ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto rows, knowledge::ChecklistStore::take_to_send(tx, 10));
        if (!rows.empty()) row = rows.front();
        return Done{};
    }));
    EXPECT_NE(row.parts.find("挂失"), std::string::npos);
    EXPECT_NE(row.parts.find("☑照片：照片2张"), std::string::npos) << row.parts;
    EXPECT_NE(row.parts.find("{link}"), std::string::npos);
    EXPECT_EQ(li.send("DELETE", one, "").status, 204);
    EXPECT_TRUE(of_number(li).as_array().empty());
}

TEST_F(ChecklistRoutes, a_number_without_text_messages_gets_none) {
    open_door("http://127.0.0.1:1/", "https://h.example");
    Browser li = signed_in("li");
    const Answer made = li.send("POST", "/api/v1/checklists",
                                R"({"event":"card","answers":{"lost":"no"},"number":"8001"})");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string id = std::to_string(json_of(made).at("id").to_number<std::uint64_t>());
    EXPECT_EQ(text(json_of(li.send("POST", "/api/v1/checklists/" + id + "/send", "{}")), "code"),
              "no_mobile");
}

TEST_F(ChecklistRoutes, a_photo_comes_by_the_link_and_is_seen_at_the_desk) {
    const std::string pass = kept();
    const Answer photo = sent(pass, image::testing::make_png(40, 30));
    ASSERT_EQ(photo.status, 200) << photo.body;
    EXPECT_EQ(json_of(photo).at("width").to_number<int>(), 40);
    EXPECT_EQ(json_of(open(pass)).at("files").as_array().size(), 1U);
    Browser chief = signed_in("chief");
    const value item = of_number(chief).at(0);
    ASSERT_EQ(item.at("files").as_array().size(), 1U);
    const std::string path =
        "/api/v1/checklists/" + std::to_string(item.at("id").to_number<std::uint64_t>()) +
        "/files/" + std::to_string(item.at("files").at(0).at("id").to_number<std::uint64_t>());
    const std::size_t before = facts_of_kind("ChecklistMoved");
    EXPECT_EQ(chief.get(path + "/file").status, 200);
    EXPECT_EQ(chief.get(path + "/thumbnail").status, 200);
    EXPECT_EQ(facts_of_kind("ChecklistMoved"), before + 1) << "who looked is known";
    EXPECT_EQ(signed_in("driver").get(path + "/file").status, 404);
    EXPECT_EQ(sent(kept(), "no picture at all").status, 422);
    EXPECT_EQ(sent("x-list-pass: " + std::string(22, 'y') + "\r\n", "x").status, 404);
}

}  // namespace
}  // namespace ys::api
