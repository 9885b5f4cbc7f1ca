// SPDX-License-Identifier: Apache-2.0
// The OpenAPI 3.1 document, made of the same route table that answers.
#include "api/api.h"
#include "api/route_lists.h"
#include "base/text.h"

namespace ys::api {
namespace {

json::array parameters_of(const Route& route) {
    json::array out;
    for (const std::string_view step : split(route.pattern, '/')) {
        if (!step.starts_with('{')) continue;
        out.push_back(json::object{{"name", step.substr(1, step.size() - 2)},
                                   {"in", "path"},
                                   {"required", true},
                                   {"schema", json::object{{"type", "integer"}}}});
    }
    for (const std::string_view name : route.query)
        out.push_back(json::object{
            {"name", name}, {"in", "query"}, {"schema", json::object{{"type", "string"}}}});
    if (route.needs_csrf())
        out.push_back(json::object{{"name", "X-CSRF"},
                                   {"in", "header"},
                                   {"required", true},
                                   {"schema", json::object{{"type", "string"}}}});
    return out;
}

json::object content(std::string_view type, json::value schema) {
    json::object media;
    media["schema"] = std::move(schema);
    json::object out;
    out[type] = std::move(media);
    return out;
}

/// "GET /api/v1/cases/{id}" -> "get_cases_id"
std::string operation_id(const Route& route) {
    std::string out = lowered(route.method);
    for (const std::string_view step : split(route.pattern, '/')) {
        if (step.empty() || step == "api" || step == "v1") continue;
        out += '_';
        for (const char c : step) {
            if (c == '{' || c == '}') continue;
            out += c == '-' || c == '.' ? '_' : c;
        }
    }
    return out;
}

json::object operation_of(const Route& route, json::SchemaBook& book) {
    json::object out{{"operationId", operation_id(route)}, {"summary", route.summary}};
    auto parameters = parameters_of(route);
    if (!parameters.empty()) out["parameters"] = std::move(parameters);
    if (route.takes) {
        json::object body{{"required", true}};
        body["content"] = content("application/json", route.takes(book));
        out["requestBody"] = std::move(body);
    }
    json::object good{{"description", "Done."}};
    if (route.gives) good["content"] = content("application/json", route.gives(book));
    json::object bad{{"description", "Why not."}};
    bad["content"] =
        content("application/problem+json", json::object{{"$ref", "#/components/schemas/Problem"}});
    json::object responses;
    responses["2XX"] = std::move(good);
    responses["default"] = std::move(bad);
    out["responses"] = std::move(responses);
    if (route.access == Access::Public) out["security"] = json::array{};
    if (route.access == Access::Citizen)
        out["security"] = json::array{json::object{{"case_pass", json::array{}}}};
    if (route.access == Access::Right) out["x-right"] = centres::name_of(route.action);
    return out;
}

json::object problem_schema() {
    const json::object text{{"type", "string"}};
    return {{"type", "object"},
            {"properties", json::object{{"type", text},
                                        {"title", text},
                                        {"status", json::object{{"type", "integer"}}},
                                        {"code", text},
                                        {"detail", text},
                                        {"fields", json::object{{"type", "object"},
                                                                {"additionalProperties", text}}}}},
            {"required", json::array{"type", "title", "status", "code", "detail"}}};
}

}  // namespace

boost::json::object openapi_document(std::string_view version) {
    json::SchemaBook book;
    json::object paths;
    for (const Route& route : all_routes()) {
        if (!paths.contains(route.pattern)) paths[route.pattern] = json::object{};
        paths[route.pattern].as_object()[lowered(route.method)] = operation_of(route, book);
    }
    json::object schemas = book.schemas();
    schemas["Problem"] = problem_schema();
    json::object out{{"openapi", "3.1.0"}};
    out["info"] = json::object{
        {"title", "Yingsheng 应声"},
        {"version", version},
        {"license", json::object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}};
    out["paths"] = std::move(paths);
    json::object cookie{{"type", "apiKey"}, {"in", "cookie"}, {"name", "ys_session"}};
    json::object pass{{"type", "apiKey"}, {"in", "header"}, {"name", "x-case-pass"}};
    out["components"] =
        json::object{{"schemas", std::move(schemas)},
                     {"securitySchemes", json::object{{"session", cookie}, {"case_pass", pass}}}};
    out["security"] = json::array{json::object{{"session", json::array{}}}};
    return out;
}

}  // namespace ys::api
