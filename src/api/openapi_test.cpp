// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "api/api.h"
#include "api/route_lists.h"
#include "base/text.h"

namespace ys::api {
namespace {

void collect_refs(const boost::json::value& value, std::set<std::string>& refs) {
    if (const auto* list = value.if_array())
        for (const auto& each : *list) collect_refs(each, refs);
    const auto* object = value.if_object();
    if (!object) return;
    for (const auto& [key, each] : *object) {
        if (key == "$ref")
            refs.emplace(each.as_string());
        else
            collect_refs(each, refs);
    }
}

TEST(OpenApi, every_route_is_in_the_document_once) {
    const auto document = openapi_document("1.2.3");
    EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
    EXPECT_EQ(document.at("info").at("version").as_string(), "1.2.3");
    std::set<std::string> ids;
    for (const Route& route : all_routes()) {
        const auto& operation = document.at("paths").at(route.pattern).at(lowered(route.method));
        EXPECT_TRUE(ids.emplace(operation.at("operationId").as_string()).second);
        EXPECT_FALSE(operation.at("summary").as_string().empty());
    }
}

TEST(OpenApi, every_reference_has_its_schema) {
    const auto document = openapi_document("1");
    std::set<std::string> refs;
    collect_refs(document, refs);
    EXPECT_GE(refs.size(), 10U);
    const std::string prefix = "#/components/schemas/";
    for (const std::string& ref : refs) {
        ASSERT_TRUE(ref.starts_with(prefix)) << ref;
        EXPECT_TRUE(
            document.at("components").at("schemas").as_object().contains(ref.substr(prefix.size())))
            << ref;
    }
}

TEST(OpenApi, what_changes_something_asks_for_the_csrf_header) {
    const auto document = openapi_document("1");
    const auto& parameters =
        document.at("paths").at("/api/v1/cases/{id}").at("patch").at("parameters").as_array();
    ASSERT_EQ(parameters.size(), 2U);
    EXPECT_EQ(parameters[0].at("name").as_string(), "id");
    EXPECT_EQ(parameters[1].at("name").as_string(), "X-CSRF");
}

}  // namespace
}  // namespace ys::api
