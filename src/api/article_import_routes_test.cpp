// SPDX-License-Identifier: Apache-2.0
// Articles out of files over HTTP: nothing is made before somebody says so, and nothing twice.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "knowledge/io/article_store.h"
#include "knowledge/io/matter_store.h"
#include "platform/clock.h"
#include "platform/office/testing/archive.h"

namespace ys::api {
namespace {

using boost::json::object;
using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

class ArticleImports : public testing::Hotline {
protected:
    ArticleImports() {
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            knowledge::MatterRow row{.centre_id = testing::head, .code = "cold"};
            row.title = row.scope = "室温不达标";
            YS_TRY([[maybe_unused]] const Done done, knowledge::MatterStore::add(tx, row));
            centres::UserRow user;
            user.centre_id = testing::head;
            user.login = user.name = "editor";
            user.roles = "knowledge";
            YS_TRY(const auto li, centres::UserStore::find_login(tx.db(), "li"));
            user.password_hash = li->password_hash;
            YS_TRY([[maybe_unused]] const auto id, centres::UserStore::put_user(tx, user));
            return Done{};
        }));
        editor_ = signed_in("editor");
    }
    value preview(const std::string& file, int status = 200) {
        const Answer answer = editor_.send("POST", "/api/v1/article-imports", file);
        EXPECT_EQ(answer.status, status) << answer.body;
        return json_of(answer);
    }
    value drafts(boost::json::array items, int status = 201) {
        const Answer answer = editor_.send("POST", "/api/v1/article-imports/drafts",
                                           boost::json::serialize(object{{"items", items}}));
        EXPECT_EQ(answer.status, status) << answer.body;
        return json_of(answer);
    }
    std::size_t articles() {
        return json_of(editor_.get("/api/v1/articles")).at("items").as_array().size();
    }
    Browser editor_ = browser();
};

TEST_F(ArticleImports, a_table_is_looked_at_first_and_then_made_into_drafts_once) {
    const std::string file =
        "事项,标题,口径\n室温不达标,不热怎么办,四小时内联系\n不知道,退费,按天退\n";
    const value report = preview(file);
    const auto& items = report.at("items").as_array();
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].at("matter"), "cold");
    EXPECT_EQ(items[0].at("twin"), 0);
    EXPECT_EQ(items[1].at("notes").at(0).at("code"), "no_such_matter");
    EXPECT_EQ(articles(), 0U);

    const boost::json::array wanted{object{
        {"matter", "cold"}, {"content", items[0].at("content")}, {"is_wanted_twice", false}}};
    const value made = drafts(wanted);
    EXPECT_EQ(made.at("made").as_array().size(), 1U);
    const value again = drafts(wanted);
    EXPECT_TRUE(again.at("made").as_array().empty());
    EXPECT_EQ(again.at("skipped").at(0), 0);
    EXPECT_EQ(articles(), 1U);
    const value line = json_of(editor_.get("/api/v1/articles")).at("items").at(0);
    EXPECT_EQ(line.at("open_state"), "draft") << "never more than a draft";
    EXPECT_EQ(line.at("version"), 0);

    const value later = preview(file);
    EXPECT_EQ(later.at("items").at(0).at("twin"), made.at("made").at(0));
    EXPECT_EQ(later.at("items").at(0).at("is_same"), true);
}

TEST_F(ArticleImports, one_that_cannot_be_made_keeps_all_of_them_away) {
    object content = preview("标题,口径\n甲,乙\n").at("items").at(0).at("content").as_object();
    const auto item = [&](const char* matter) {
        return object{{"matter", matter}, {"content", content}, {"is_wanted_twice", false}};
    };
    const value refused = drafts({item("cold"), item("none")}, 422);
    EXPECT_EQ(refused.at("code"), "bad_field");
    EXPECT_TRUE(refused.at("fields").as_object().contains("items.1.matter")) << refused;
    EXPECT_EQ(articles(), 0U);
    drafts({}, 422);
}

TEST_F(ArticleImports, what_cannot_be_read_is_refused_by_name) {
    EXPECT_EQ(preview("\xD0\xCF\x11\xE0 old", 422).at("code"), "import_old_office");
    EXPECT_EQ(preview("%PDF-1.4", 422).at("code"), "import_pdf");
    EXPECT_EQ(preview("PK\x03\x04 x", 422).at("code"), "import_broken");
    EXPECT_EQ(preview("a,b\n\xFF\xFF\x80", 422).at("code"), "import_encoding");
    const auto archive = [](const std::string& xml) {
        return office::testing::Archive().add("word/document.xml", xml).text();
    };
    const value unsafe =
        preview(archive("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"), 422);
    EXPECT_EQ(unsafe.at("code"), "import_unsafe");
    EXPECT_NE(unsafe.at("detail").as_string().find("外部引用"), std::string::npos) << unsafe;
    EXPECT_EQ(preview(archive(std::string(40U << 20U, ' ')), 422).at("code"), "import_too_large");
}

TEST_F(ArticleImports, the_example_is_understood_as_it_is) {
    for (const char* form : {"csv", "xlsx"}) {
        const Answer example =
            editor_.get(std::string("/api/v1/article-imports/example?form=") + form);
        ASSERT_EQ(example.status, 200);
        const value report = preview(example.body);
        EXPECT_EQ(report.at("form"), form);
        EXPECT_TRUE(report.at("notes").as_array().empty()) << report;
        ASSERT_EQ(report.at("items").as_array().size(), 1U);
        const value& item = report.at("items").at(0);
        EXPECT_TRUE(item.at("notes").as_array().empty()) << report;
        EXPECT_EQ(item.at("matter"), "cold");
        EXPECT_EQ(item.at("content").at("materials").as_array().size(), 2U);
        EXPECT_EQ(item.at("content").at("valid_until"), "2027-12-31T15:59:00.000000Z");
    }
    EXPECT_EQ(editor_.get("/api/v1/article-imports/example?form=pdf").status, 422);
}

TEST_F(ArticleImports, of_a_pasted_page_only_text_comes_back) {
    const auto paste = [&](const std::string& html, int status = 200) {
        const Answer answer = editor_.send("POST", "/api/v1/article-pastes",
                                           boost::json::serialize(object{{"html", html}}));
        EXPECT_EQ(answer.status, status) << answer.body;
        return json_of(answer);
    };
    const value view = paste(
        "<h2>材料</h2><ul><li onclick=\"x()\">身份证<script>alert(1)</script></li></ul>"
        "<p style=\"color:red\">带<a href=\"javascript:alert(1)\">原件</a><img src=x "
        "onerror=alert(1)></p>");
    EXPECT_EQ(
        boost::json::serialize(view.at("blocks")),
        R"([{"kind":"heading","text":"材料"},{"kind":"item","text":"身份证"},{"kind":"paragraph","text":"带原件"}])");
    EXPECT_EQ(boost::json::serialize(view.at("left_out")), R"(["script","picture"])");
    std::string deep;
    for (int i = 0; i < 1'000; ++i) deep += "<div>";
    EXPECT_EQ(paste(deep + "x", 422).at("code"), "paste_too_large");
    EXPECT_EQ(paste(std::string(600 * 1024, 'x'), 422).at("code"), "too_long");
}

TEST_F(ArticleImports, an_owner_is_reminded_and_says_once_that_it_was_seen) {
    const auto reminders = [&] {
        return json_of(editor_.get("/api/v1/article-reminders")).at("items").as_array();
    };
    EXPECT_TRUE(reminders().empty());
    UserId owner{};
    EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto editor, centres::UserStore::find_login(tx.db(), "editor"));
        owner = editor->id;
        return Done{};
    }));
    const UtcTime now = utc_now();
    knowledge::ArticleContent content{.title = "不热怎么办", .statement = "四小时内联系。"};
    content.texts = {"一", "二", "三"};
    content.source = "第三条";
    content.valid_until = UtcTime{now.us + 86'400'000'000};
    content.owner = owner;
    knowledge::ArticleId id;
    EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto made,
               knowledge::ArticleStore::add_ready_made(tx, testing::head, "cold", content, now));
        id = made.id;
        return Done{};
    }));
    const auto before = reminders();
    ASSERT_EQ(before.size(), 1U);
    EXPECT_EQ(before[0].at("kind"), "expires");
    EXPECT_EQ(before[0].at("is_mine"), true);
    EXPECT_TRUE(before[0].at("seen_at").is_null());
    const auto see = [&](const char* kind) {
        const object form{{"article_id", id.value}, {"version", 1}, {"kind", kind}};
        return editor_.send("POST", "/api/v1/article-reminders/seen", boost::json::serialize(form))
            .status;
    };
    EXPECT_EQ(see("expired"), 404);
    EXPECT_EQ(see("expires"), 204);
    EXPECT_EQ(see("expires"), 204);
    EXPECT_EQ(reminders()[0].at("seen_by"), "editor");
}

}  // namespace
}  // namespace ys::api
