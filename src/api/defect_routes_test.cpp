// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "cases/io/cause_store.h"
#include "exchange/io/exchange_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::heating;
using testing::json_of;

constexpr std::int64_t day_us = 24LL * 3600 * 1'000'000;

class Defects_ : public testing::Hotline {
protected:
    Defects_() {
        EXPECT_TRUE(write([](sql::Transaction& tx) {
            return cases::CauseStore::set_list(tx, testing::head,
                                               {{.code = "system_defect",
                                                 .title = "系统缺陷",
                                                 .title_en = "System defect",
                                                 .kind = "defect",
                                                 .hot_key = "1"},
                                                {.code = "more_trips",
                                                 .title = "加车建议",
                                                 .title_en = "More trips",
                                                 .kind = "suggestion",
                                                 .hot_key = "2",
                                                 .asks = "route"}});
        }));
    }
    /// As if it had been named so many days ago.
    void named(std::uint64_t call, std::int64_t days_ago,
               const std::string& cause = "system_defect", const std::string& route = "") {
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto row,
                   cases::CauseStore::name(tx,
                                           {.centre_id = heating,
                                            .interaction_id = InteractionId{call},
                                            .cause = cause,
                                            .route = route},
                                           UtcTime{utc_now().us - days_ago * day_us + 1'000}));
            return Done{};
        }));
    }
    boost::json::object made(Browser& boss) {
        const Answer answer =
            boss.send("POST", "/api/v1/defects",
                      R"({"title":"申请页报错","matches":[{"cause":"system_defect"}]})");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return json_of(answer).as_object();
    }
    static std::string path_of(const boost::json::object& defect) {
        return "/api/v1/defects/" + std::to_string(defect.at("id").to_number<std::uint64_t>());
    }
};

TEST_F(Defects_, an_agent_names_the_cause_of_a_call_and_of_its_case_once) {
    Browser li = signed_in("li");
    const auto causes = json_of(li.get("/api/v1/causes")).at("items").as_array();
    ASSERT_EQ(causes.size(), 2U);
    EXPECT_EQ(causes[0].at("key").as_string(), "1");
    const std::string call =
        "/api/v1/calls/" + std::to_string(things_of(heating).call.value) + "/cause";
    EXPECT_EQ(json_of(li.get(call)).at("cause").as_string(), "");
    EXPECT_EQ(li.send("PUT", call, R"({"cause":"nonsense"})").status, 422);
    const Answer put = li.send("PUT", call, R"({"cause":"more_trips","route":" 12路 "})");
    ASSERT_EQ(put.status, 200) << put.body;
    EXPECT_EQ(json_of(li.get(call)).at("route").as_string(), "12路");
    EXPECT_EQ(facts_of_kind("CauseNamed"), 1U);
    const std::string about =
        "/api/v1/cases/" + std::to_string(things_of(heating).case_id.value) + "/cause";
    EXPECT_EQ(li.send("PUT", about, R"({"cause":"system_defect"})").status, 200);
    EXPECT_EQ(json_of(li.get(about)).at("cause").as_string(), "system_defect");
    EXPECT_EQ(li.send("PUT", about, R"({"cause":""})").status, 200);
    EXPECT_EQ(json_of(li.get(about)).at("cause").as_string(), "");
}

TEST_F(Defects_, the_board_ranks_and_a_defect_closes_by_its_figures) {
    for (std::uint64_t call = 1; call <= 4; ++call) named(call, 8);
    for (std::uint64_t call = 5; call <= 7; ++call) named(call, 1);
    named(8, 1, "more_trips", "12路");
    Browser boss = signed_in("supervisor");
    const auto board = json_of(boss.get("/api/v1/defect-board"));
    const auto& groups = board.at("groups").as_array();
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[0].at("cause_title").as_string(), "系统缺陷");
    EXPECT_EQ(groups[0].at("since").as_int64(), 3);
    EXPECT_EQ(groups[0].at("before").as_int64(), 4);
    const auto routes = json_of(boss.get("/api/v1/defect-board?by=route&kind=suggestion"));
    ASSERT_EQ(routes.at("groups").as_array().size(), 1U);
    EXPECT_EQ(routes.at("groups").as_array()[0].at("value").as_string(), "12路");
    EXPECT_EQ(boss.get("/api/v1/defect-board?by=name").status, 422);

    const auto defect = made(boss);
    const std::string acts = path_of(defect) + "/acts";
    const auto act = [&](const std::string& body) { return boss.send("POST", acts, body); };
    EXPECT_EQ(act(R"({"verb":"own","owner":" "})").status, 422);
    EXPECT_EQ(act(R"({"verb":"own","owner":"信息科","partner":"nobody"})").status, 422);
    EXPECT_EQ(act(R"({"verb":"own","owner":"信息科"})").status, 200);
    EXPECT_EQ(act(R"({"verb":"own","owner":"别人","version":1})").status, 409) << "stale";
    const auto day = [](std::int64_t ago) { return to_rfc3339({utc_now().us - ago * day_us}); };
    ASSERT_EQ(act(R"({"verb":"finish","done_at":")" + day(7) + R"("})").status, 200);
    const Answer held = act(R"({"verb":"close"})");
    EXPECT_EQ(held.status, 409);
    EXPECT_EQ(json_of(held).at("code").as_string(), "contacts_stay");
    EXPECT_EQ(json_of(held).at("fields").at("before").as_string(), "4");
    EXPECT_EQ(json_of(held).at("fields").at("since").as_string(), "3");
    EXPECT_EQ(json_of(held).at("fields").at("fewer_than").as_string(), "2");
    ASSERT_EQ(act(R"({"verb":"reopen","words":"没有修好"})").status, 200);
    ASSERT_EQ(act(R"({"verb":"finish"})").status, 200);
    EXPECT_EQ(json_of(act(R"({"verb":"close"})")).at("code").as_string(), "week_not_over");
    const auto detail = json_of(boss.get(path_of(defect)));
    EXPECT_EQ(detail.at("events").as_array().size(), 5U) << "refusals are no events";
    EXPECT_EQ(detail.at("weeks").as_array().size(), 8U);
}

TEST_F(Defects_, a_table_leaves_with_a_reason_and_a_fact) {
    Browser boss = signed_in("supervisor");
    made(boss);
    EXPECT_EQ(boss.send("POST", "/api/v1/defects/export", R"({"reason":" "})").status, 422);
    const Answer sheet = boss.send("POST", "/api/v1/defects/export", R"({"reason":"周会"})");
    ASSERT_EQ(sheet.status, 200) << sheet.body;
    EXPECT_EQ(sheet.body.substr(0, 2), "PK");
    EXPECT_EQ(sheet.header("x-rows"), "1");
    EXPECT_EQ(facts_of_kind("ExportMade"), 1U);
}

// What is signed is taken in by a running program (tests/e2e/causes.test.mjs).
TEST_F(Defects_, what_nobody_signed_is_refused_whatever_it_says) {
    EXPECT_TRUE(write([](sql::Transaction& tx) {
        return exchange::ExchangeStore::set_partners(
            tx, {{.name = "plant", .centre_id = heating, .has_hook = true}});
    }));
    Browser boss = signed_in("supervisor");
    const auto defect = made(boss);
    ASSERT_EQ(boss.send("POST", path_of(defect) + "/acts",
                        R"({"verb":"own","owner":"信息科","partner":"plant"})")
                  .status,
              200);
    const std::string now_s = std::to_string(utc_now().us / 1'000'000);
    for (const char* partner : {"plant", "nobody"}) {
        const Answer answer = browser().send(
            "POST", "/api/v1/partners/" + std::string(partner) + "/defects",
            R"({"type":"defect.dropped","timestamp":"","data":{"id":1,"words":"x"}})",
            "webhook-id: a\r\nwebhook-timestamp: " + now_s + "\r\nwebhook-signature: v1,AAAA\r\n");
        EXPECT_EQ(answer.status, 403);
        EXPECT_EQ(json_of(answer).at("code").as_string(), "bad_signature");
    }
    EXPECT_EQ(json_of(boss.get(path_of(defect))).at("defect").at("state").as_string(), "owned");
}

}  // namespace
}  // namespace ys::api
