// SPDX-License-Identifier: Apache-2.0
// For machines: is it alive, is it ready, how is it doing, what does it speak.
#include "api/answer.h"
#include "api/api.h"

namespace ys::api {
namespace {

Task<http::Response> healthz(Api&, Call&) { co_return http::text_response(200, "ok\n"); }

Task<http::Response> readyz(Api& api, Call&) {
    std::string why = api.ports().live.not_ready_because();
    if (why.empty()) {
        auto query = [](sql::Database& db) { return db.value<std::int64_t>(0, "SELECT 1"); };
        const auto one = co_await api.stores().read(query);
        if (!one) why = "the store does not answer";
    }
    if (why.empty()) co_return http::text_response(200, "ready\n");
    co_return http::text_response(503, why + "\n").with("Retry-After", "5");
}

/// Figures tell how busy a centre is: for this machine's own collector, and for administrators.
Task<http::Response> metrics(Api& api, Call& call) {
    bool may = call.request.is_loopback;
    if (!may) {
        const std::string token(call.request.cookie("ys_session"));
        YS_CO_TRY(const std::optional<SessionUser> user, co_await api.sessions().find(token));
        may = user && user->user.roles.has(centres::Role::Admin);
    }
    if (!may) co_return refused("not_allowed", RefusedAs::NotAllowed);
    co_return http::text_response(200, api.ports().metrics.text(),
                                  "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

Task<http::Response> openapi(Api& api, Call&) {
    co_return json_response(openapi_document(api.settings().version));
}

}  // namespace

std::vector<Route> service_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/openapi.json",
         .summary = "This table as OpenAPI 3.1.",
         .access = Access::Public,
         .handler = openapi},
        {.method = "GET",
         .pattern = "/healthz",
         .summary = "The process answers.",
         .access = Access::Public,
         .handler = healthz},
        {.method = "GET",
         .pattern = "/readyz",
         .summary = "Calls and requests are taken.",
         .access = Access::Public,
         .handler = readyz},
        {.method = "GET",
         .pattern = "/metrics",
         .summary = "OpenMetrics; from this machine, or for administrators.",
         .access = Access::Public,
         .handler = metrics},
    };
}

}  // namespace ys::api
