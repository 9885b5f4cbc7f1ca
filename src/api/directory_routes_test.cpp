// SPDX-License-Identifier: Apache-2.0
// The official directory over HTTP: what the world reads and can check, who may write it, and what
// is found in a page that says something else.
#include <gtest/gtest.h>

#include <filesystem>

#include "api/testing/hotline.h"
#include "directory/io/directory_store.h"
#include "platform/clock.h"
#include "platform/vault/signing_key.h"

namespace ys::api {
namespace {

using boost::json::object;
using boost::json::value;
using directory::DirectoryStore;
using directory::Entry;
using testing::Answer;
using testing::json_of;

Entry hotline(std::string number = "6300") {
    return {.code = "hotline",
            .kind = "hotline",
            .name = "云汀热线",
            .number = std::move(number),
            .address = "云汀市人民路1号,二楼",
            .purpose = "都能问"};
}
object as_form(const std::string& number, std::int64_t based_on, const char* why = "换号") {
    const object entry{{"code", "hotline"},  {"kind", "hotline"},
                       {"name", "云汀热线"}, {"centre", ""},
                       {"number", number},   {"hours", "mon-fri 08:30-18:00"},
                       {"queue", ""},        {"languages", boost::json::array{}},
                       {"address", ""},      {"purpose", "都能问"}};
    return {{"entries", boost::json::array{entry}}, {"based_on", based_on}, {"why", why}};
}

class Directory_ : public testing::Hotline {
protected:
    Directory_() {
        const auto folder = std::filesystem::path(::testing::TempDir()) / "directory-routes-test";
        auto key = vault::SigningKey::open(folder / "a.key");
        EXPECT_TRUE(key);
        EXPECT_TRUE(write([&](sql::Transaction& tx) {
            return DirectoryStore::take_file(tx, testing::head, {hotline()}, {"云汀热线", &*key},
                                             utc_now());
        }));
    }
    void move_editor_to_head() {
        EXPECT_TRUE(write([](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto moved,
                   tx.db().run("UPDATE users SET centre_id = 1 WHERE login = 'knowledge'"));
            return Done{};
        }));
    }
    static value said(testing::Browser& who, const char* method, const char* path,
                      const object& form, int status) {
        const Answer answer = who.send(method, path, boost::json::serialize(form));
        EXPECT_EQ(answer.status, status) << answer.body;
        return json_of(answer);
    }
};

TEST_F(Directory_, everybody_reads_it_and_can_check_who_signed_it) {
    const value out = json_of(browser().get("/api/v1/citizen/directory"));
    const value& line = out.at("entries").at(0);
    EXPECT_EQ(line.at("number"), "6300");
    EXPECT_EQ(line.at("is_open"), true);
    EXPECT_EQ(line.at("hours_said"), "每天24小时");
    const auto text = [&](const char* name) { return std::string(out.at(name).as_string()); };
    EXPECT_TRUE(vault::is_signed(text("document"), text("key"), text("signature")));
    const Answer bytes = browser().get("/api/v1/citizen/directory.json");
    EXPECT_EQ(bytes.body, text("document"));
    EXPECT_TRUE(text("key_pem").starts_with("-----BEGIN PUBLIC KEY-----"));
}

TEST_F(Directory_, telephones_and_search_engines_have_a_form_of_their_own) {
    const std::string cards = browser().get("/api/v1/citizen/directory.vcf").body;
    EXPECT_NE(cards.find("TEL;VALUE=uri;TYPE=voice:tel:6300\r\n"), std::string::npos) << cards;
    EXPECT_NE(cards.find("人民路1号\\,二楼"), std::string::npos) << cards;
    const value graph = json_of(browser().get("/api/v1/citizen/directory.jsonld"));
    EXPECT_EQ(graph.at("@graph").at(0).at("telephone"), "6300");
}

TEST_F(Directory_, who_writes_is_not_who_publishes_and_what_is_wrong_is_said_at_its_field) {
    move_editor_to_head();
    auto editor = signed_in("knowledge");
    const char* path = "/api/v1/directory";
    const value bad = said(editor, "PUT", path, as_form("12ab", 1), 422);
    EXPECT_EQ(bad.at("fields").at("entries.0.number"), "bad_number");
    EXPECT_EQ(said(editor, "PUT", path, as_form("6301", 1, " "), 422).at("fields").at("why"),
              "reason_needed");
    const value drafted = said(editor, "PUT", path, as_form("6301", 1), 200);
    EXPECT_EQ(drafted.at("versions").at(0).at("state"), "draft");
    EXPECT_EQ(said(editor, "PUT", path, as_form("6302", 1), 409).at("code"), "stale");
    const value still = json_of(browser().get("/api/v1/citizen/directory"));
    EXPECT_EQ(still.at("entries").at(0).at("number"), "6300");
    EXPECT_EQ(facts_of_kind("DirectoryMoved"), 2U);
    auto admin = signed_in("admin");
    const object drop{{"verb", "drop"}, {"version", 2}, {"why", "号码没有批"}};
    const value left = said(admin, "POST", "/api/v1/directory/acts", drop, 200);
    EXPECT_EQ(left.at("versions").at(0).at("state"), "dropped");
    EXPECT_EQ(said(admin, "POST", "/api/v1/directory/acts", drop, 409).at("code"), "not_now");
}

TEST_F(Directory_, a_branch_reads_it_and_cannot_write_it) {
    auto branch = signed_in("knowledge");
    EXPECT_EQ(json_of(branch.get("/api/v1/directory")).at("versions").as_array().size(), 1U);
    said(branch, "PUT", "/api/v1/directory", as_form("6301", 1), 404);
}

TEST_F(Directory_, an_old_page_is_found_out) {
    auto agent = signed_in("li");
    const object form{{"text", "<p>客服电话：<b>96777</b></p>"}, {"is_official", true}};
    const value found = said(agent, "POST", "/api/v1/directory/check", form, 200);
    const auto& all = found.at("differences").as_array();
    ASSERT_EQ(all.size(), 2U) << boost::json::serialize(found);
    EXPECT_EQ(all[0].at("kind"), "foreign");
    EXPECT_EQ(all[1].at("kind"), "missing");
    const object right{{"text", "请拨打6300"}, {"is_official", true}};
    EXPECT_TRUE(said(agent, "POST", "/api/v1/directory/check", right, 200)
                    .at("differences")
                    .as_array()
                    .empty());
}

}  // namespace
}  // namespace ys::api
