// SPDX-License-Identifier: Apache-2.0
// A row for every route: whose things it is about, and how one of them is named (scope_test.cpp).
#pragma once

#include <map>
#include <string>

namespace ys::api {

/// What {id} of a path is, or what the answer is about.
enum class Of {
    Thing,  ///< {id} (and {evidence}) name something a centre has
    List,   ///< what the centres of one's reach have
    Own,    ///< the user's, the citizen's or the whole hotline's: names no centre's things
};
struct Row {
    Of of;
    const char* thing = "";   ///< what {id} is: a key of Ids
    const char* body = "{}";  ///< good enough to come as far as the thing
    const char* query = "";   ///< "$case" and its like are another centre's
    bool shows = true;        ///< a list in which some role sees its own centre's mark
};

// clang-format off
const std::map<std::string, Row> rows{
    {"POST /api/v1/session", {Of::Own}},
    {"GET /api/v1/session", {Of::Own}},
    {"DELETE /api/v1/session", {Of::Own}},
    {"GET /api/v1/people", {Of::List}},
    {"GET /api/v1/queues", {Of::List, "", "", "", false}},
    {"GET /api/v1/users", {Of::List}},
    {"GET /api/v1/customers", {Of::List, "", "", "?number=13900000001"}},
    {"POST /api/v1/customers", {Of::Own}},
    {"GET /api/v1/customers/{id}", {Of::Thing, "customer"}},
    {"PATCH /api/v1/customers/{id}", {Of::Thing, "customer", R"({"name":"别人"})"}},
    {"GET /api/v1/customers/{id}/timeline", {Of::Thing, "customer"}},
    {"GET /api/v1/timeline", {Of::List, "", "", "?number=13900000001"}},
    {"GET /api/v1/cases", {Of::List}},
    {"POST /api/v1/cases", {Of::Own}},
    {"GET /api/v1/cases/{id}", {Of::Thing, "case"}},
    {"GET /api/v1/cases/{id}/progress", {Of::Thing, "case"}},
    {"GET /api/v1/cases/{id}/clocks/{clock}", {Of::Thing, "case"}},
    {"POST /api/v1/cases/{id}/acts", {Of::Thing, "case", R"({"verb":"urge","text":"快点"})"}},
    {"GET /api/v1/cases/{id}/evidence", {Of::Thing, "case"}},
    {"POST /api/v1/cases/{id}/evidence", {Of::Thing, "case", R"({"name":"a.jpg","size":3,"sha256":"84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882","purpose":"before"})"}},
    {"PATCH /api/v1/cases/{id}/evidence/{evidence}", {Of::Thing, "case", "abc", "?offset=0"}},
    {"POST /api/v1/cases/{id}/evidence/{evidence}/finish", {Of::Thing, "case"}},
    {"GET /api/v1/cases/{id}/evidence/{evidence}/file", {Of::Thing, "case"}},
    {"GET /api/v1/cases/{id}/evidence/{evidence}/thumbnail", {Of::Thing, "case"}},
    {"GET /api/v1/field/jobs/{id}/evidence", {Of::Thing, "case"}},
    {"POST /api/v1/field/jobs/{id}/evidence", {Of::Thing, "case", R"({"name":"a.jpg","size":3,"sha256":"84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882","purpose":"before"})"}},
    {"PATCH /api/v1/field/jobs/{id}/evidence/{evidence}", {Of::Thing, "case", "abc", "?offset=0"}},
    {"POST /api/v1/field/jobs/{id}/evidence/{evidence}/finish", {Of::Thing, "case"}},
    {"GET /api/v1/field/jobs/{id}/evidence/{evidence}/file", {Of::Thing, "case"}},
    {"GET /api/v1/field/jobs/{id}/evidence/{evidence}/thumbnail", {Of::Thing, "case"}},
    {"GET /api/v1/citizen/evidence", {Of::Own}},
    {"POST /api/v1/citizen/evidence", {Of::Own}},
    {"PATCH /api/v1/citizen/evidence/{evidence}", {Of::Own}},
    {"POST /api/v1/citizen/evidence/{evidence}/finish", {Of::Own}},
    {"GET /api/v1/citizen/evidence/{evidence}/file", {Of::Own}},
    {"GET /api/v1/citizen/evidence/{evidence}/thumbnail", {Of::Own}},
    {"GET /api/v1/case-units", {Of::List}},
    {"GET /api/v1/case-types", {Of::List, "", "", "?centre=$centre", false}},
    {"GET /api/v1/case-types/{code}/versions", {Of::List, "", "", "?centre=$centre", false}},
    {"PUT /api/v1/case-types/{code}", {Of::Own}},
    {"GET /api/v1/case-rules", {Of::Own}},
    {"GET /api/v1/case-classes", {Of::List, "", "", "?type=repair&q=a&centre=$centre", false}},
    {"GET /api/v1/cases/{id}/form", {Of::Thing, "case"}},
    {"PUT /api/v1/cases/{id}/form", {Of::Thing, "case", R"({"answers":{},"version":1,"reason":"写错了"})"}},
    {"GET /api/v1/citizen/form", {Of::Own}},
    {"PUT /api/v1/citizen/answers", {Of::Own}},
    {"GET /api/v1/follow-ups", {Of::List, "", "", "", false}},
    {"POST /api/v1/follow-ups/{id}/take", {Of::Thing, "case"}},
    {"POST /api/v1/follow-ups/{id}/answer", {Of::Thing, "case", R"({"solved":true,"satisfied":true})"}},
    {"GET /api/v1/cases/{id}/messages", {Of::Thing, "case"}},
    {"PUT /api/v1/cases/{id}/mail", {Of::Thing, "case", R"({"mail":""})"}},
    {"GET /api/v1/messages/to-call", {Of::List}},
    {"POST /api/v1/messages/{id}/called", {Of::Thing, "message", R"({"outcome":"told"})"}},
    {"GET /api/v1/message-templates", {Of::Own}},
    {"POST /api/v1/messages/gateway", {Of::Own}},
    {"POST /api/v1/cases/{id}/code", {Of::Thing, "case"}},
    {"POST /api/v1/citizen/passes", {Of::Own}},
    {"GET /api/v1/citizen/case", {Of::Own}},
    {"POST /api/v1/citizen/acts", {Of::Own}},
    {"GET /api/v1/field/jobs", {Of::List}},
    {"GET /api/v1/field/jobs/{id}", {Of::Thing, "case"}},
    {"POST /api/v1/field/jobs/{id}/acts", {Of::Thing, "case", R"({"what":"note","words":"到了"})"}},
    {"POST /api/v1/field/jobs/{id}/give", {Of::Thing, "case", R"({"to":1})"}},
    {"GET /api/v1/field/unit-jobs", {Of::List}},
    {"PATCH /api/v1/cases/{id}", {Of::Thing, "case", R"({"title":"别的"})"}},
    {"POST /api/v1/cases/export", {Of::Own}},
    {"GET /api/v1/case-views", {Of::Own}},
    {"PUT /api/v1/case-views", {Of::Own}},
    {"DELETE /api/v1/case-views/{id}", {Of::Thing, "view"}},
    {"POST /api/v1/private/{about}/{id}", {Of::Thing, "case", R"({"field":"phone","reason":"回电"})"}},
    {"GET /api/v1/disclosures/audit", {Of::List, "", "", "", false}},
    {"GET /api/v1/case-number", {Of::List, "", "", "?interaction=$call", false}},
    {"PUT /api/v1/drafts/{interaction}", {Of::Own}},
    {"GET /api/v1/drafts/{interaction}", {Of::Own}},
    {"DELETE /api/v1/drafts/{interaction}", {Of::Own}},
    {"GET /api/v1/incidents", {Of::List}},
    {"GET /api/v1/incidents/{id}", {Of::Thing, "incident"}},
    {"GET /api/v1/cases/{id}/incident", {Of::Thing, "case"}},
    {"POST /api/v1/incidents/{id}/open", {Of::Thing, "incident", R"({"areas":[],"announce":false})"}},
    {"POST /api/v1/incidents/{id}/dismiss", {Of::Thing, "incident", R"({"words":"无关"})"}},
    {"POST /api/v1/incidents/{id}/close", {Of::Thing, "incident", R"({"words":"修好"})"}},
    {"GET /api/v1/calls", {Of::List}},
    {"GET /api/v1/calls/{id}", {Of::Thing, "call"}},
    {"GET /api/v1/calls/{id}/facts", {Of::Thing, "call"}},
    {"GET /api/v1/lost_calls", {Of::List, "", "", "", false}},
    {"POST /api/v1/lost_calls/{id}/take", {Of::Thing, "lost"}},
    {"POST /api/v1/lost_calls/{id}/close", {Of::Thing, "lost", R"({"outcome":"done"})"}},
    {"GET /api/v1/barred_callers", {Of::List}},
    {"POST /api/v1/barred_callers", {Of::Own}},
    {"POST /api/v1/barred_callers/{id}/confirm", {Of::Thing, "barred"}},
    {"POST /api/v1/barred_callers/{id}/lift", {Of::Thing, "barred"}},
    {"GET /api/v1/recordings/{id}", {Of::Thing, "recording"}},
    {"GET /api/v1/recordings/{id}/audio", {Of::Thing, "recording"}},
    {"GET /api/v1/kpi", {Of::List, "", "", "", false}},
    {"GET /api/v1/kpi/case-figures", {Of::List, "", "", "?from=2024-01-01", false}},
    {"GET /api/v1/kpi/cases", {Of::List, "", "", "?figure=closing_rate&from=2024-01-01&centre=$centre", false}},
    {"GET /api/v1/audit", {Of::List}},
    {"GET /api/v1/centres", {Of::List}},
    {"PUT /api/v1/centres/{id}", {Of::Thing, "centre", R"({"name":"新名","reason":"改名"})"}},
    {"GET /api/v1/centres/{id}/rules", {Of::Thing, "centre"}},
    {"PUT /api/v1/centres/{id}/rules", {Of::Thing, "centre"}},
    {"POST /api/v1/centres/{id}/rules/preview", {Of::Thing, "centre"}},
    {"GET /api/v1/special-days/{year}", {Of::Own}},
    {"PUT /api/v1/special-days/{year}", {Of::Own}},
    {"POST /api/v1/web-calls", {Of::Own}},
    {"GET /api/v1/web-call", {Of::Own}},
    {"GET /api/v1/desk", {Of::Own}},
    {"GET /api/v1/deliveries", {Of::List}},
    {"POST /api/v1/deliveries/{id}/send-again", {Of::Thing, "delivery"}},
    {"POST /api/v1/deliveries/{id}/drop", {Of::Thing, "delivery"}},
    {"GET /open311/v2/services.json", {Of::Own}},
    {"GET /open311/v2/services/{code}", {Of::Own}},
    {"POST /open311/v2/requests.json", {Of::Own}},
    {"GET /open311/v2/requests.json", {Of::Own}},
    {"GET /open311/v2/requests/{id}", {Of::Own}},
    {"GET /api/v1/openapi.json", {Of::Own}},
    {"GET /healthz", {Of::Own}},
    {"GET /readyz", {Of::Own}},
    {"GET /metrics", {Of::Own}},
};
// clang-format on

}  // namespace ys::api
