// SPDX-License-Identifier: Apache-2.0
// An incident from its proposal to its closing, through the routes that people use.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "cases/io/incident_keeper.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

class Incidents_ : public testing::Hotline {
protected:
    Incidents_() {
        using namespace cases;
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            for (const UnitRow& unit : {UnitRow{UnitId{1}, testing::heating, "热线中心", {}, 1},
                                        UnitRow{UnitId{2}, testing::heating, "督办室", {}, 2},
                                        UnitRow{UnitId{4}, testing::heating, "北站", {}, 0}}) {
                YS_TRY([[maybe_unused]] const auto id, UnitStore::put_unit(tx, unit));
            }
            return UnitStore::put_duty(
                tx, {testing::heating, "报修归北站", "repair", "北桥区", UnitId{4}});
        }));
    }
    std::string saved(int person) {
        const Answer answer = li_.send(
            "POST", "/api/v1/cases",
            R"({"kind":"no_heat","title":"家里不热","address":"北桥区听松里","contact_number":")" +
                std::to_string(13'900'000'100LL + person) + R"("})");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.header("location");
    }
    void look() {
        const auto looked = write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto found, keeper_->look(tx, utc_now()));
            return Done{};
        });
        EXPECT_TRUE(looked);
    }
    /// Three people have called; the program has proposed.
    std::string proposed() {
        for (int i = 0; i < 3; ++i) path_ = saved(i);
        look();
        const auto items = json_of(boss_.get("/api/v1/incidents?state=live")).at("items");
        EXPECT_EQ(items.as_array().size(), 1U);
        return "/api/v1/incidents/" + std::to_string(items.at(0).at("id").to_number<int>());
    }
    static std::string code_of(const Answer& answer) {
        return std::string(json_of(answer).at("code").as_string());
    }
    Browser li_ = signed_in("li"), boss_ = signed_in("supervisor");
    std::string path_;
    std::shared_ptr<cases::IncidentKeeper> keeper_ = *cases::IncidentKeeper::make(
        {{{"成片不热", {"repair"}, 1, 600s, 3, 12h}, "emergency-heating"}},
        *cases::Handbook::make({}));
};

TEST_F(Incidents_, one_click_makes_the_parent_and_closing_tells_everybody) {
    const std::string at = proposed();
    const value seen = json_of(boss_.get(at));
    EXPECT_EQ(seen.at("incident").at("people").to_number<int>(), 3);
    EXPECT_EQ(seen.at("incident").at("areas").at(0).as_string(), "北桥区");
    EXPECT_EQ(seen.at("members").as_array().size(), 3U);
    const Answer opened =
        boss_.send("POST", at + "/open", R"({"areas":[" 听松里 "],"announce":false})");
    ASSERT_EQ(opened.status, 200) << opened.body;
    const value open = json_of(opened);
    EXPECT_EQ(open.at("state").as_string(), "open");
    EXPECT_EQ(open.at("areas").at(0).as_string(), "听松里");
    const std::string parent =
        "/api/v1/cases/" + std::to_string(open.at("parent_id").to_number<int>());
    EXPECT_EQ(json_of(li_.get(parent)).at("title").as_string(), "成片不热：北桥区");
    EXPECT_EQ(json_of(li_.get(path_ + "/incident")).at("parent_number"), open.at("parent_number"));
    EXPECT_EQ(code_of(boss_.send("POST", at + "/open", R"({"areas":[],"announce":false})")),
              "not_now");
    EXPECT_EQ(code_of(boss_.send("POST", at + "/close", R"({"words":" "})")), "needs_words");
    EXPECT_EQ(boss_.send("POST", at + "/close", R"({"words":"已修复"})").status, 200);
    look();
    EXPECT_EQ(json_of(boss_.get(at)).at("incident").at("told").to_number<int>(), 3);
    EXPECT_EQ(json_of(li_.get(path_ + "/progress")).at("state").as_string(),
              "awaiting_confirmation");
    EXPECT_EQ(json_of(li_.get(parent)).at("status").as_string(), "closed");
    EXPECT_EQ(facts_of_kind("IncidentMoved"), 6U) << "proposed, opened, three joined, closed";
}

TEST_F(Incidents_, an_announcement_needs_an_address_and_an_end) {
    const std::string at = proposed();
    const auto refusal = [&](const std::string& form) {
        return code_of(boss_.send("POST", at + "/open", form));
    };
    EXPECT_EQ(refusal(R"({"areas":["听松里"],"announce":true})"), "bad_field");
    EXPECT_EQ(refusal(R"({"areas":["听松里"],"until":"2000-01-01T00:00:00Z"})"), "bad_field");
    EXPECT_EQ(refusal(R"({"areas":["听松里"],"until":"2999-01-01T00:00:00Z"})"), "bad_field");
    const std::string soon = to_rfc3339(UtcTime{utc_now().us + 3'600'000'000});
    EXPECT_EQ(refusal(R"({"areas":[" "],"until":")" + soon + "\"}"), "bad_field")
        << "never everybody's greeting";
    const Answer good =
        boss_.send("POST", at + "/open", R"({"areas":["听松里"],"until":")" + soon + "\"}");
    ASSERT_EQ(good.status, 200) << good.body;
    EXPECT_EQ(json_of(good).at("announced").as_string(), "wanted");
    EXPECT_EQ(json_of(good).at("says").as_string(), "emergency-heating");
}

TEST_F(Incidents_, a_case_of_before_there_were_units_is_in_none) {
    const std::string old =
        "/api/v1/cases/" + std::to_string(things_of(testing::heating).case_id.value);
    EXPECT_EQ(li_.get(old + "/incident").status, 204);
}

TEST_F(Incidents_, a_dismissed_one_is_over_and_another_centre_sees_nothing) {
    const std::string at = proposed();
    EXPECT_EQ(signed_in("driver").get(at).status, 403);
    EXPECT_EQ(code_of(boss_.send("POST", at + "/dismiss", R"({"words":""})")), "needs_words");
    EXPECT_EQ(boss_.send("POST", at + "/dismiss", R"({"words":"各是各的"})").status, 200);
    EXPECT_EQ(li_.get(path_ + "/incident").status, 204);
    EXPECT_EQ(li_.get("/api/v1/cases/999999/incident").status, 404);
    EXPECT_TRUE(json_of(boss_.get("/api/v1/incidents?state=live")).at("items").as_array().empty());
}

}  // namespace
}  // namespace ys::api
