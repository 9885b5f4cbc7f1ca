// SPDX-License-Identifier: Apache-2.0
// Another organisation files here and asks; somebody without its key learns nothing.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "cases/io/case_type_json.h"
#include "cases/io/type_store.h"
#include "exchange/io/exchange_store.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

using exchange::ExchangeStore;
using testing::Answer;
using testing::json_of;

class Open311 : public testing::Hotline {
protected:
    Open311() {
        EXPECT_TRUE(write([](sql::Transaction& tx) {
            return ExchangeStore::set_partners(
                tx, {{"city", testing::heating, password::sha256_hex("key of the city"), false, 0},
                     {"bank", testing::heating, password::sha256_hex("key of the bank"), false, 0},
                     {"mute", testing::heating, "", true, 0}});
        }));
    }
    Answer file(const std::string& form) {
        return browser().send("POST", "/open311/v2/requests.json", form);
    }
    Answer ask(const std::string& path) { return browser().get("/open311/v2/" + path); }
    static std::string id_in(const Answer& answer) {
        return std::string(
            json_of(answer).as_array().at(0).at("service_request_id").as_string().c_str());
    }
    const std::string good =
        "api_key=key+of+the+city&service_code=complaint&description=%E5%A4%AA%E5%90%B5"
        "&last_name=%E8%B5%B5&phone=13800009999&account_id=C-1";
};

TEST_F(Open311, a_partner_files_a_case_and_finds_it) {
    const Answer filed = file(good);
    ASSERT_EQ(filed.status, 201) << filed.body;
    const std::string id = id_in(filed);
    const Answer one = ask("requests/" + id + ".json?api_key=key+of+the+city");
    ASSERT_EQ(one.status, 200) << one.body;
    const auto request = json_of(one).as_array().at(0);
    EXPECT_EQ(request.at("status").as_string(), "open");
    EXPECT_EQ(request.at("service_code").as_string(), "complaint");
    EXPECT_EQ(request.at("description").as_string(), "太吵");
    EXPECT_EQ(json_of(ask("requests.json?status=open&api_key=key+of+the+city")).as_array().size(),
              1U);
    EXPECT_TRUE(
        json_of(ask("requests.json?status=closed&api_key=key+of+the+city")).as_array().empty());
}

TEST_F(Open311, what_is_sent_twice_is_one_case) {
    EXPECT_EQ(id_in(file(good)), id_in(file(good)));
    EXPECT_EQ(json_of(ask("requests.json?api_key=key+of+the+city")).as_array().size(), 1U);
}

TEST_F(Open311, nobody_sees_what_another_filed) {
    const std::string id = id_in(file(good));
    EXPECT_EQ(ask("requests/" + id + ".json?api_key=key+of+the+bank").status, 404);
    EXPECT_TRUE(json_of(ask("requests.json?api_key=key+of+the+bank")).as_array().empty());
    for (const char* key : {"", "?api_key=", "?api_key=wrong"}) {
        EXPECT_EQ(ask("requests/" + id + ".json" + key).status, 403) << key;
        EXPECT_EQ(ask("requests.json" + std::string(key)).status, 403) << key;
    }
    EXPECT_EQ(file("service_code=complaint&description=x").status, 403);
}

TEST_F(Open311, what_is_wrong_is_said_field_by_field) {
    const Answer wrong = file("api_key=key+of+the+city&service_code=weather&phone=12");
    EXPECT_EQ(wrong.status, 400);
    const std::string said(json_of(wrong).as_array().at(0).at("description").as_string().c_str());
    EXPECT_NE(said.find("kind: unknown_kind"), std::string::npos) << said;
    EXPECT_NE(said.find("contact_number"), std::string::npos) << said;
    EXPECT_EQ(file("api_key=%zz").status, 400);
    for (const char* id : {"x", "1.json", "20261124-9999.json"})
        EXPECT_EQ(ask("requests/" + std::string(id) + "?api_key=key+of+the+city").status, 404)
            << id;
}

TEST_F(Open311, services_are_the_kinds_of_case) {
    const Answer services = ask("services.json");
    ASSERT_EQ(services.status, 200);
    EXPECT_GT(json_of(services).as_array().size(), 10U);
}

TEST_F(Open311, a_service_says_what_it_asks_and_what_is_sent_is_checked_by_it) {
    cases::TypeText text;
    text.code = "noise";
    text.title = "噪声";
    text.nature = "complaint";
    text.workflow = "standard";
    text.clock_preset = "ordinary";
    text.classes = {{"site", "", "工地", ""}, {"site.night", "site", "夜间施工", ""}};
    cases::TypeField loud, since;
    loud.code = "loud_db";
    loud.title = "多响";
    loud.kind = "number";
    loud.is_required = true;
    loud.max = 200;
    loud.unit = "分贝";
    since.code = "since";
    since.title = "哪天";
    since.kind = "date";
    text.form = {loud, since};
    ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(cases::CaseType type, cases::type_of(text, 1));
        YS_TRY([[maybe_unused]] const auto known,
               cases::TypeStore::put(tx, {testing::heating}, std::move(type), {}));
        return Done{};
    }));
    const auto services = json_of(ask("services.json?api_key=key+of+the+city")).as_array();
    ASSERT_EQ(services.size(), 1U);
    EXPECT_EQ(services[0].at("service_name").as_string(), "噪声");
    EXPECT_TRUE(services[0].at("metadata").as_bool());
    const auto asked = json_of(ask("services/noise.json?api_key=key+of+the+city"));
    const auto& attributes = asked.at("attributes").as_array();
    ASSERT_EQ(attributes.size(), 3U);
    EXPECT_EQ(attributes[0].at("datatype").as_string(), "singlevaluelist");
    EXPECT_EQ(attributes[0].at("values").at(0).at("key").as_string(), "site.night");
    EXPECT_EQ(attributes[1].at("datatype").as_string(), "number");
    EXPECT_TRUE(attributes[1].at("required").as_bool());
    EXPECT_EQ(attributes[2].at("datatype").as_string(), "datetime");
    EXPECT_EQ(ask("services/noise.json").status, 404) << "not of the head centre";
    EXPECT_EQ(ask("services/silence.json?api_key=key+of+the+city").status, 404);

    const std::string noise =
        "api_key=key+of+the+city&service_code=noise&description=x&phone=13800009999";
    const Answer wrong = file(noise + "&attribute[loud_db]=300&attribute[colour]=red");
    EXPECT_EQ(wrong.status, 400);
    for (const char* fault : {"answers.loud_db: 多响 is at most 200", "answers.colour: This form",
                              "class_code: Choose a class"})
        EXPECT_NE(wrong.body.find(fault), std::string::npos) << wrong.body;
    EXPECT_EQ(file(noise + "&account_id=n0").status, 201) << "as by telephone: the form stays open";
    const Answer good_one = file(noise +
                                 "&attribute[loud_db]=80&attribute[since]=2026-11-20T00:00:00Z"
                                 "&attribute[class-code]=site.night&account_id=n1");
    ASSERT_EQ(good_one.status, 201) << good_one.body;
    std::string kept;
    ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const CaseId last,
               tx.db().value<CaseId>({}, "SELECT MAX(case_id) FROM case_answers"));
        YS_TRY(const auto row,
               cases::TypeStore::answers(tx.db(), Scope::of(testing::heating), last));
        if (row) kept = row->class_code + " " + std::string(row->answers);
        return Done{};
    }));
    EXPECT_EQ(kept, R"(site.night {"loud_db":"80","since":"2026-11-20"})");
}

}  // namespace
}  // namespace ys::api
