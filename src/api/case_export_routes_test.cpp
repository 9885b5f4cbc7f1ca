// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <gtest/gtest.h>

#include "api/testing/hotline.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::json_of;

class CaseExport_ : public testing::Hotline {
protected:
    void save(Browser& who, const std::string& title) {
        EXPECT_EQ(
            who.send("POST", "/api/v1/cases", R"({"kind":"question","title":")" + title + R"("})")
                .status,
            201);
    }
};

TEST_F(CaseExport_, a_table_leaves_with_a_reason_and_a_fact) {
    Browser li = signed_in("li"), boss = signed_in("supervisor");
    save(li, "机房漏电");
    const Answer none = boss.send("POST", "/api/v1/cases/export", R"({"reason":" "})");
    EXPECT_EQ(none.status, 422);
    EXPECT_EQ(facts_of_kind("ExportMade"), 0U);
    const Answer sheet =
        boss.send("POST", "/api/v1/cases/export?q=%E6%BC%8F%E7%94%B5", R"({"reason":"月报"})");
    ASSERT_EQ(sheet.status, 200) << sheet.body;
    EXPECT_EQ(sheet.body.substr(0, 2), "PK");
    EXPECT_EQ(sheet.header("x-rows"), "1");
    EXPECT_EQ(facts_of_kind("ExportMade"), 1U);
    EXPECT_EQ(li.send("POST", "/api/v1/cases/export", R"({"reason":"月报"})").status, 403);
}

TEST_F(CaseExport_, views_are_kept_by_name_and_are_ones_own) {
    Browser li = signed_in("li"), wang = signed_in("wang");
    const auto saved =
        json_of(li.send("PUT", "/api/v1/case-views", R"({"name":"超时的","query":"late=1"})"));
    EXPECT_EQ(saved.at("query").as_string(), "late=1");
    const std::string path = "/api/v1/case-views/" + std::to_string(saved.at("id").as_int64());
    EXPECT_EQ(json_of(li.get("/api/v1/case-views")).at("items").as_array().size(), 1U);
    EXPECT_TRUE(json_of(wang.get("/api/v1/case-views")).at("items").as_array().empty());
    EXPECT_EQ(wang.send("DELETE", path, "").status, 404);
    EXPECT_EQ(li.send("DELETE", path, "").status, 204);
    EXPECT_EQ(li.send("PUT", "/api/v1/case-views", R"({"name":"","query":""})").status, 422);
}

}  // namespace
}  // namespace ys::api
