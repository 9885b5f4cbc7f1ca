// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "cases/io/unit_store.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::json_of;

class KpiCases_ : public testing::Hotline {
protected:
    KpiCases_() {
        using namespace cases;
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            for (const UnitRow& unit : {UnitRow{UnitId{1}, testing::heating, "热线中心", {}, 1},
                                        UnitRow{UnitId{2}, testing::heating, "督办室", {}, 2},
                                        UnitRow{UnitId{3}, testing::heating, "公司", {}, 0}}) {
                YS_TRY([[maybe_unused]] const auto id, UnitStore::put_unit(tx, unit));
            }
            return UnitStore::put_member(
                tx, {user("supervisor"), UnitId{3}, testing::heating, "unit,superior"});
        }));
    }
    void save(Browser& who, const std::string& kind, const std::string& about) {
        const Answer answer =
            who.send("POST", "/api/v1/cases",
                     R"({"kind":")" + kind + R"(","title":"服务态度","contact_name":"李一",)" +
                         R"("contact_number":"13900000002","about_units":[)" + about + "]}");
        EXPECT_EQ(answer.status, 201) << answer.body;
    }
    static boost::json::array listed(Browser& who, const std::string& more) {
        const Answer answer = who.get("/api/v1/kpi/cases?from=2026-01-01" + more);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer).at("items").as_array();
    }
};

TEST_F(KpiCases_, the_cases_behind_a_figure_are_named_with_why) {
    Browser li = signed_in("li"), wang = signed_in("wang"), boss = signed_in("supervisor");
    save(li, "complaint", "");
    save(wang, "question", "");
    const auto all = listed(boss, "&figure=closing_rate");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].at("counted").as_string(), "no");
    EXPECT_EQ(all[0].at("why_zh").as_string(), "仍在办");
    EXPECT_EQ(all[0].at("why_en").as_string(), "still open");
    EXPECT_EQ(listed(boss, "&figure=complaints_per_million")[1].at("counted").as_string(), "apart");
    EXPECT_EQ(listed(boss, "&figure=closing_rate&limit=1").size(), 1U);
    // An agent sees their own only, whoever they ask for.
    EXPECT_EQ(listed(li, "&figure=closing_rate&agent=" + std::to_string(user("wang").value)).size(),
              1U);
    EXPECT_EQ(boss.get("/api/v1/kpi/cases?from=2026-01-01&figure=luck").status, 422);
    EXPECT_EQ(boss.get("/api/v1/kpi/cases?figure=closing_rate").status, 422);
}

TEST_F(KpiCases_, what_was_told_in_confidence_is_not_named_to_whom_it_is_kept_from) {
    Browser li = signed_in("li"), boss = signed_in("supervisor"), admin = signed_in("admin");
    save(li, "complaint", "");
    save(li, "report", "3");
    EXPECT_EQ(listed(boss, "&figure=closing_rate").size(), 1U);
    EXPECT_TRUE(listed(admin, "&figure=closing_rate").empty()) << "who sees no cases";
}

TEST_F(KpiCases_,
       figures_are_told_per_centre_with_their_formulas_and_an_agent_sees_their_own_only) {
    Browser li = signed_in("li"), wang = signed_in("wang"), boss = signed_in("supervisor");
    save(li, "complaint", "");
    save(wang, "question", "");
    const auto figures = [](Browser& who) {
        const Answer answer = who.get("/api/v1/kpi/case-figures?from=2026-01-01");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer);
    };
    const auto all = figures(boss);
    const auto& centres = all.at("report").at("centres").as_array();
    ASSERT_EQ(centres.size(), 1U);
    EXPECT_EQ(centres[0].at("cases").to_number<int>(), 2);
    EXPECT_EQ(all.at("formulas").as_array().size(), centres[0].at("figures").as_array().size());
    const auto own = figures(li);
    EXPECT_TRUE(own.at("report").at("centres").as_array().empty());
    EXPECT_EQ(own.at("report").at("agents").as_array().size(), 1U);
    EXPECT_EQ(boss.get("/api/v1/kpi/case-figures").status, 422);
}

}  // namespace
}  // namespace ys::api
