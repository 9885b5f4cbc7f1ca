// SPDX-License-Identifier: Apache-2.0
// Asking citizens whether it is solved, through the routes that people use.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "cases/io/unit_store.h"

namespace ys::api {
namespace {

using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

class FollowUps_ : public testing::Hotline {
protected:
    FollowUps_() {
        using namespace cases;
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            for (const UnitRow& unit : {UnitRow{UnitId{1}, testing::heating, "热线中心", {}, 1},
                                        UnitRow{UnitId{2}, testing::heating, "督办室", {}, 2}}) {
                YS_TRY([[maybe_unused]] const auto id, UnitStore::put_unit(tx, unit));
            }
            return Done{};
        }));
    }
    /// Closed while the citizen was on the line; nobody asked.
    std::string closed() {
        const Answer answer = li_.send(
            "POST", "/api/v1/cases",
            R"({"kind":"question","title":"几号供热","contact_number":"13900000101","status":"closed"})");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.header("location");
    }
    value items(Browser& who) { return json_of(who.get("/api/v1/follow-ups")).at("items"); }
    static std::string at(const value& item) {
        return "/api/v1/follow-ups/" + std::to_string(item.at("id").to_number<int>());
    }
    Browser li_ = signed_in("li"), boss_ = signed_in("supervisor");
};

TEST_F(FollowUps_, the_number_is_whole_for_who_rings_and_written_down) {
    closed();
    const value listed = items(boss_);
    ASSERT_EQ(listed.as_array().size(), 1U);
    EXPECT_EQ(listed.at(0).at("phone").as_string(), "139****0101");
    EXPECT_EQ(listed.at(0).at("state").as_string(), "closed");
    const Answer taken = boss_.send("POST", at(listed.at(0)) + "/take", "{}");
    ASSERT_EQ(taken.status, 200) << taken.body;
    EXPECT_EQ(json_of(taken).at("phone").as_string(), "13900000101");
    EXPECT_EQ(li_.send("POST", at(listed.at(0)) + "/take", "{}").status, 409) << "somebody rings";
    EXPECT_NE(items(li_).at(0).at("taken_by_name").as_string(), "");
}

TEST_F(FollowUps_, solved_and_satisfied_are_two_answers_and_not_solved_opens_the_case) {
    const std::string path = closed();
    const std::string asked = at(items(li_).at(0));
    EXPECT_EQ(li_.send("POST", asked + "/answer", R"({"satisfied":true})").status, 422);
    EXPECT_EQ(li_.send("POST", asked + "/answer", R"({"solved":true,"gives_up":true})").status,
              422);
    EXPECT_EQ(li_.send("POST", asked + "/answer", "{}").status, 204);
    EXPECT_EQ(items(li_).at(0).at("attempts").to_number<int>(), 1);
    EXPECT_EQ(li_.send("POST", asked + "/answer", R"({"solved":false,"words":"还是不热"})").status,
              204);
    EXPECT_EQ(json_of(li_.get(path)).at("status").as_string(), "open");
    EXPECT_TRUE(items(li_).as_array().empty());
    EXPECT_EQ(li_.send("POST", asked + "/answer", R"({"solved":true})").status, 404);

    closed();
    const std::string other = at(items(li_).at(0));
    EXPECT_EQ(li_.send("POST", other + "/answer", R"({"solved":true,"satisfied":false})").status,
              204);
    EXPECT_TRUE(items(li_).as_array().empty());
}

}  // namespace
}  // namespace ys::api
