// SPDX-License-Identifier: Apache-2.0
// Every role against every route: a route that is not in the matrix fails the test. And nobody
// reaches another centre's things.
#include <gtest/gtest.h>

#include <map>

#include "api/route_lists.h"
#include "api/testing/hotline.h"
#include "interactions/io/call_store.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;

// Who gets past the door, by letter: a agent, s supervisor, q quality, k knowledge, A admin,
// h handler (of a unit), c crew, d disclosure.
// "*" is everybody with a session, "-" needs none, "@" the pass of one case.
const std::map<std::string, std::string> matrix{
    {"POST /api/v1/session", "-"},
    {"GET /api/v1/session", "*"},
    {"DELETE /api/v1/session", "*"},
    {"GET /api/v1/people", "asqAd"},
    {"GET /api/v1/queues", "asqAd"},
    {"GET /api/v1/users", "A"},
    {"GET /api/v1/customers", "asq"},
    {"POST /api/v1/customers", "as"},
    {"GET /api/v1/customers/{id}", "asq"},
    {"PATCH /api/v1/customers/{id}", "as"},
    {"GET /api/v1/customers/{id}/timeline", "asq"},
    {"GET /api/v1/timeline", "asq"},
    {"GET /api/v1/cases", "asqhd"},
    {"POST /api/v1/cases", "as"},
    {"GET /api/v1/cases/{id}", "asqhd"},
    {"GET /api/v1/cases/{id}/progress", "asqhd"},
    {"GET /api/v1/cases/{id}/clocks/{clock}", "asqhd"},
    {"POST /api/v1/cases/{id}/acts", "asqhd"},
    {"GET /api/v1/cases/{id}/evidence", "asqhd"},
    {"POST /api/v1/cases/{id}/evidence", "asqhd"},
    {"PATCH /api/v1/cases/{id}/evidence/{evidence}", "asqhd"},
    {"POST /api/v1/cases/{id}/evidence/{evidence}/finish", "asqhd"},
    {"GET /api/v1/cases/{id}/evidence/{evidence}/file", "asqhd"},
    {"GET /api/v1/cases/{id}/evidence/{evidence}/thumbnail", "asqhd"},
    {"GET /api/v1/field/jobs/{id}/evidence", "c"},
    {"POST /api/v1/field/jobs/{id}/evidence", "c"},
    {"PATCH /api/v1/field/jobs/{id}/evidence/{evidence}", "c"},
    {"POST /api/v1/field/jobs/{id}/evidence/{evidence}/finish", "c"},
    {"GET /api/v1/field/jobs/{id}/evidence/{evidence}/file", "c"},
    {"GET /api/v1/field/jobs/{id}/evidence/{evidence}/thumbnail", "c"},
    {"GET /api/v1/citizen/evidence", "@"},
    {"POST /api/v1/citizen/evidence", "@"},
    {"PATCH /api/v1/citizen/evidence/{evidence}", "@"},
    {"POST /api/v1/citizen/evidence/{evidence}/finish", "@"},
    {"GET /api/v1/citizen/evidence/{evidence}/file", "@"},
    {"GET /api/v1/citizen/evidence/{evidence}/thumbnail", "@"},
    {"GET /api/v1/case-units", "asqhd"},
    {"GET /api/v1/articles", "asqkA"},
    {"POST /api/v1/articles", "k"},
    {"GET /api/v1/articles/{id}", "asqkA"},
    {"POST /api/v1/articles/{id}/acts", "k"},
    {"POST /api/v1/article-imports", "k"},
    {"POST /api/v1/article-imports/drafts", "k"},
    {"GET /api/v1/article-imports/example", "k"},
    {"POST /api/v1/article-pastes", "k"},
    {"GET /api/v1/article-reminders", "k"},
    {"POST /api/v1/article-reminders/seen", "k"},
    {"GET /api/v1/matters", "asqkA"},
    {"GET /api/v1/matters/{code}/askings", "asqkA"},
    {"POST /api/v1/matters/{code}/askings", "k"},
    {"DELETE /api/v1/askings/{id}", "k"},
    {"GET /api/v1/answers", "asqkA"},
    {"GET /api/v1/knowledge-gaps", "k"},
    {"GET /api/v1/knowledge-gaps/lessons", "k"},
    {"POST /api/v1/citizen/questions", "-"},
    {"GET /api/v1/chats", "asq"},
    {"GET /api/v1/chats/{id}", "asq"},
    {"GET /api/v1/chats/{id}/file/{number}", "asq"},
    {"GET /api/v1/chat-words", "s"},
    {"POST /api/v1/citizen/call-links", "-"},
    {"GET /api/v1/calls/{id}/chat", "asq"},
    {"GET /api/v1/cases/{id}/chats", "asqhd"},
    {"PUT /api/v1/chat-words", "s"},
    {"GET /api/v1/citizen/chat-office", "-"},
    {"POST /api/v1/citizen/chats", "-"},
    {"GET /api/v1/citizen/chat", "-"},
    {"POST /api/v1/citizen/chats/file", "-"},
    {"GET /api/v1/citizen/chats/file/{chat}/{number}", "-"},
    {"GET /api/v1/citizen/live-answers", "-"},
    {"POST /api/v1/citizen/live-answers", "-"},
    {"POST /api/v1/live-answers", "as"},
    {"POST /api/v1/live-answers/caller", "as"},
    {"GET /api/v1/citizen/life-events", "-"},
    {"POST /api/v1/citizen/life-events/{code}", "-"},
    {"POST /api/v1/life-events/{code}/guide", "asqkA"},
    {"POST /api/v1/citizen/checklists", "-"},
    {"GET /api/v1/citizen/checklist", "-"},
    {"PUT /api/v1/citizen/checklist", "-"},
    {"DELETE /api/v1/citizen/checklist", "-"},
    {"POST /api/v1/citizen/checklist/files", "-"},
    {"PATCH /api/v1/citizen/checklist/files/{file}", "-"},
    {"POST /api/v1/citizen/checklist/files/{file}/finish", "-"},
    {"GET /api/v1/checklists", "asq"},
    {"POST /api/v1/checklists", "as"},
    {"PUT /api/v1/checklists/{id}", "as"},
    {"POST /api/v1/checklists/{id}/send", "as"},
    {"DELETE /api/v1/checklists/{id}", "as"},
    {"GET /api/v1/checklists/{id}/files/{file}/file", "asq"},
    {"GET /api/v1/checklists/{id}/files/{file}/thumbnail", "asq"},
    {"GET /api/v1/flows", "asqkA"},
    {"GET /api/v1/flows/{name}", "asqkA"},
    {"GET /api/v1/flows/{name}/words", "asqkA"},
    {"GET /api/v1/flows/{name}/versions/{number}", "asqkA"},
    {"GET /api/v1/flows/{name}/difference", "asqkA"},
    {"GET /api/v1/flows/{name}/heat", "asqkA"},
    {"POST /api/v1/flows/check", "asqkA"},
    {"POST /api/v1/flows/simulate", "asqkA"},
    {"POST /api/v1/flows/{name}/versions", "A"},
    {"POST /api/v1/flows/{name}/acts", "A"},
    {"GET /api/v1/citizen/directory", "-"},
    {"GET /api/v1/citizen/directory.json", "-"},
    {"GET /api/v1/citizen/directory.vcf", "-"},
    {"GET /api/v1/citizen/directory.jsonld", "-"},
    {"GET /api/v1/directory", "asqkA"},
    {"PUT /api/v1/directory", "k"},
    {"POST /api/v1/directory/acts", "A"},
    {"POST /api/v1/directory/check", "asqkA"},
    {"GET /api/v1/case-types", "*"},
    {"GET /api/v1/case-types/{code}/versions", "A"},
    {"PUT /api/v1/case-types/{code}", "A"},
    {"GET /api/v1/case-rules", "A"},
    {"GET /api/v1/case-classes", "*"},
    {"GET /api/v1/cases/{id}/people", "asqhd"},
    {"PUT /api/v1/cases/{id}/people", "as"},
    {"PUT /api/v1/citizen/people", "@"},
    {"GET /api/v1/cases/{id}/form", "asqhd"},
    {"PUT /api/v1/cases/{id}/form", "as"},
    {"GET /api/v1/citizen/form", "@"},
    {"PUT /api/v1/citizen/answers", "@"},
    {"GET /api/v1/cases/{id}/messages", "asqhd"},
    {"PUT /api/v1/cases/{id}/mail", "as"},
    {"GET /api/v1/messages/to-call", "as"},
    {"POST /api/v1/messages/{id}/called", "as"},
    {"GET /api/v1/message-templates", "A"},
    {"POST /api/v1/messages/gateway", "-"},
    {"GET /api/v1/citizen/survey", "-"},
    {"POST /api/v1/citizen/survey", "-"},
    {"GET /api/v1/surveys", "A"},
    {"POST /api/v1/cases/{id}/code", "as"},
    {"POST /api/v1/citizen/passes", "-"},
    {"GET /api/v1/citizen/case", "@"},
    {"POST /api/v1/citizen/acts", "@"},
    {"GET /api/v1/field/jobs", "c"},
    {"GET /api/v1/field/jobs/{id}", "c"},
    {"POST /api/v1/field/jobs/{id}/acts", "c"},
    {"POST /api/v1/field/jobs/{id}/give", "c"},
    {"GET /api/v1/field/unit-jobs", "c"},
    {"PATCH /api/v1/cases/{id}", "as"},
    {"POST /api/v1/cases/export", "sq"},
    {"GET /api/v1/follow-ups", "as"},
    {"POST /api/v1/follow-ups/{id}/take", "as"},
    {"POST /api/v1/follow-ups/{id}/answer", "as"},
    {"GET /api/v1/case-views", "asqhd"},
    {"PUT /api/v1/case-views", "asqhd"},
    {"DELETE /api/v1/case-views/{id}", "asqhd"},
    {"POST /api/v1/private/{about}/{id}", "ashd"},
    {"GET /api/v1/disclosures/audit", "d"},
    {"GET /api/v1/case-number", "as"},
    {"PUT /api/v1/drafts/{interaction}", "as"},
    {"GET /api/v1/drafts/{interaction}", "as"},
    {"DELETE /api/v1/drafts/{interaction}", "as"},
    {"GET /api/v1/incidents", "s"},
    {"GET /api/v1/incidents/{id}", "s"},
    {"GET /api/v1/cases/{id}/incident", "asqhd"},
    {"POST /api/v1/incidents/{id}/open", "s"},
    {"POST /api/v1/incidents/{id}/dismiss", "s"},
    {"POST /api/v1/incidents/{id}/close", "s"},
    {"GET /api/v1/causes", "asqhd"},
    {"GET /api/v1/calls/{id}/cause", "as"},
    {"PUT /api/v1/calls/{id}/cause", "as"},
    {"GET /api/v1/cases/{id}/cause", "asqhd"},
    {"PUT /api/v1/cases/{id}/cause", "as"},
    {"GET /api/v1/defect-board", "sq"},
    {"POST /api/v1/defects", "s"},
    {"GET /api/v1/defects/{id}", "sq"},
    {"POST /api/v1/defects/{id}/acts", "s"},
    {"POST /api/v1/defects/export", "sq"},
    {"POST /api/v1/partners/{partner}/defects", "-"},
    {"GET /api/v1/calls", "asq"},
    {"GET /api/v1/calls/{id}", "asq"},
    {"GET /api/v1/calls/{id}/facts", "asq"},
    {"GET /api/v1/lost_calls", "as"},
    {"POST /api/v1/lost_calls/{id}/take", "as"},
    {"POST /api/v1/lost_calls/{id}/close", "as"},
    {"GET /api/v1/barred_callers", "s"},
    {"POST /api/v1/barred_callers", "as"},
    {"POST /api/v1/barred_callers/{id}/confirm", "s"},
    {"POST /api/v1/barred_callers/{id}/lift", "s"},
    {"GET /api/v1/recordings/{id}", "asq"},
    {"GET /api/v1/recordings/{id}/audio", "asq"},
    {"GET /api/v1/kpi", "asqA"},
    {"GET /api/v1/kpi/case-figures", "asqA"},
    {"GET /api/v1/kpi/cases", "asqA"},
    {"GET /api/v1/audit", "A"},
    {"GET /api/v1/centres", "A"},
    {"PUT /api/v1/centres/{id}", "A"},
    {"GET /api/v1/centres/{id}/rules", "A"},
    {"PUT /api/v1/centres/{id}/rules", "A"},
    {"POST /api/v1/centres/{id}/rules/preview", "A"},
    {"GET /api/v1/special-days/{year}", "A"},
    {"PUT /api/v1/special-days/{year}", "A"},
    {"POST /api/v1/web-calls", "-"},
    {"GET /api/v1/web-call", "-"},
    {"GET /api/v1/desk", "*"},
    {"GET /api/v1/deliveries", "sA"},
    {"POST /api/v1/deliveries/{id}/send-again", "sA"},
    {"POST /api/v1/deliveries/{id}/drop", "sA"},
    {"GET /open311/v2/services.json", "-"},
    {"GET /open311/v2/services/{code}", "-"},
    {"POST /open311/v2/requests.json", "-"},
    {"GET /open311/v2/requests.json", "-"},
    {"GET /open311/v2/requests/{id}", "-"},
    {"GET /api/v1/openapi.json", "-"},
    {"GET /healthz", "-"},
    {"GET /readyz", "-"},
    {"GET /metrics", "-"},
};

std::string path_with(std::string pattern, std::uint64_t id) {
    const auto open = pattern.find('{');
    if (open == std::string::npos) return pattern;
    return path_with(pattern.replace(open, pattern.find('}') - open + 1, std::to_string(id)), id);
}

std::string key_of(const Route& route) {
    return std::string(route.method) + " " + std::string(route.pattern);
}

class Access_ : public testing::Hotline {};

TEST_F(Access_, the_matrix_names_every_route_and_no_other) {
    std::map<std::string, std::string> left = matrix;
    for (const Route& route : all_routes())
        EXPECT_EQ(left.erase(key_of(route)), 1U) << key_of(route) << " has no row";
    for (const auto& [key, who] : left) ADD_FAILURE() << key << " is no route";
}

TEST_F(Access_, every_role_gets_through_the_doors_of_its_row_and_no_other) {
    struct Door {
        char letter;
        const char* login;
    };
    for (const Door& door :
         {Door{'a', "li"}, Door{'s', "chief"}, Door{'q', "quality"}, Door{'k', "knowledge"},
          Door{'A', "admin"}, Door{'h', "handler"}, Door{'c', "crew"}, Door{'d', "disclosure"}}) {
        Browser who = signed_in(door.login);
        for (const Route& route : all_routes()) {
            const std::string& row = matrix.at(key_of(route));
            // Signing out would end the walk.
            if (row == "-" || row == "@" || key_of(route) == "DELETE /api/v1/session") continue;
            const bool may = row == "*" || row.find(door.letter) != std::string::npos;
            const std::string path = path_with(std::string(route.pattern), 999'999);
            const Answer answer = route.method == "GET"
                                      ? who.get(path)
                                      : who.send(std::string(route.method), path, "{}");
            EXPECT_EQ(answer.status == 403, !may)
                << door.login << " " << key_of(route) << " " << answer.status;
            EXPECT_NE(answer.status, 401) << door.login << " " << key_of(route);
            EXPECT_LT(answer.status, 500) << door.login << " " << key_of(route);
        }
    }
}

TEST_F(Access_, without_a_session_only_public_routes_answer) {
    for (const Route& route : all_routes()) {
        const std::string path = path_with(std::string(route.pattern), 1);
        const Answer answer = route.method == "GET"
                                  ? browser().get(path)
                                  : browser().send(std::string(route.method), path, "{}");
        // Wrong words at a door are answered as no words at all.
        const bool is_door = key_of(route) == "POST /api/v1/session" ||
                             key_of(route) == "POST /api/v1/citizen/passes";
        EXPECT_EQ(answer.status == 401, matrix.at(key_of(route)) != "-" || is_door)
            << key_of(route) << " " << answer.status;
    }
}

TEST_F(Access_, nothing_is_changed_without_the_header_of_the_session) {
    Browser supervisor = signed_in("supervisor");
    Browser other = signed_in("li");
    for (const Route& route : all_routes()) {
        if (!route.needs_csrf()) continue;
        const std::string path = path_with(std::string(route.pattern), 1);
        for (const std::string csrf : {std::string(), std::string("x"), other.csrf}) {
            Browser forged = supervisor;
            forged.csrf = csrf;
            EXPECT_EQ(forged.send(std::string(route.method), path, "{}").status, 403)
                << key_of(route);
        }
    }
    EXPECT_EQ(supervisor.get("/api/v1/session").status, 200);
}

TEST_F(Access_, things_of_another_centre_do_not_exist) {
    const testing::Things& theirs = things_of(testing::bus);
    const testing::Things& own = things_of(testing::heating);
    const auto walk = [&](Browser& who, const testing::Things& things, int status) {
        for (const std::string path :
             {"/customers/" + std::to_string(things.customer.value),
              "/cases/" + std::to_string(things.case_id.value),
              "/calls/" + std::to_string(things.call.value),
              "/calls/" + std::to_string(things.call.value) + "/facts",
              "/recordings/" + std::to_string(things.recording.value),
              "/recordings/" + std::to_string(things.recording.value) + "/audio"})
            EXPECT_EQ(who.get("/api/v1" + path).status, status) << path;
    };
    Browser supervisor = signed_in("supervisor");
    Browser chief = signed_in("chief");
    walk(supervisor, own, 200);
    walk(supervisor, theirs, 404);
    walk(chief, own, 200);
    walk(chief, theirs, 200);
    EXPECT_EQ(supervisor
                  .send("PATCH", "/api/v1/cases/" + std::to_string(theirs.case_id.value),
                        R"({"title":"x"})")
                  .status,
              404);
    EXPECT_EQ(supervisor
                  .send("PATCH", "/api/v1/customers/" + std::to_string(theirs.customer.value),
                        R"({"name":"x"})")
                  .status,
              404);
}

TEST_F(Access_, lost_calls_are_ones_own_centres_and_masked_until_taken) {
    ASSERT_TRUE(write([](sql::Transaction& tx) {
        interactions::CallRow call;
        call.id = InteractionId{901};
        call.centre_id = testing::heating;
        call.direction = "in";
        call.caller = "13800138001";
        call.cause = "queue_full";
        const std::vector<interactions::RowChange> changes{interactions::PutCall{call}};
        return interactions::CallStore::write(tx, changes);
    }));
    const auto list = [](Browser& who) {
        return testing::json_of(who.get("/api/v1/lost_calls")).at("items").as_array();
    };
    Browser li = signed_in("li"), driver = signed_in("driver"), wang = signed_in("wang");
    Browser supervisor = signed_in("supervisor");
    ASSERT_EQ(list(li).size(), 1U);
    EXPECT_EQ(list(li)[0].at("number").as_string(), "138****8001");
    EXPECT_EQ(list(supervisor)[0].at("number").as_string(), "13800138001");
    EXPECT_TRUE(list(driver).empty());
    const std::string path = "/api/v1/lost_calls/901";
    EXPECT_EQ(driver.send("POST", path + "/take", "{}").status, 404);
    EXPECT_EQ(driver.send("POST", path + "/close", R"({"outcome":"done"})").status, 404);
    const Answer taken = li.send("POST", path + "/take", "{}");
    EXPECT_EQ(testing::json_of(taken).at("number").as_string(), "13800138001");
    EXPECT_EQ(wang.send("POST", path + "/take", "{}").status, 409) << "li calls them";
    EXPECT_EQ(li.send("POST", path + "/close", R"({"outcome":"served"})").status, 422);
    EXPECT_EQ(li.send("POST", path + "/close", R"({"outcome":"unreachable"})").status, 200);
    EXPECT_TRUE(list(supervisor).empty());
}

TEST_F(Access_, lists_hold_the_things_of_ones_own_centres_only) {
    Browser li = signed_in("li");
    Browser chief = signed_in("chief");
    for (const char* path : {"/api/v1/customers?number=13900000001", "/api/v1/cases?q=13900000001",
                             "/api/v1/calls", "/api/v1/timeline?number=13900000001"}) {
        const auto size = [&](Browser& who) {
            return testing::json_of(who.get(path)).at("items").as_array().size();
        };
        EXPECT_EQ(size(chief), 2 * size(li)) << path;
        EXPECT_GE(size(li), 1U) << path;
    }
}

TEST_F(Access_, an_agent_sees_their_own_calls_whatever_is_asked_for) {
    Browser li = signed_in("li");
    Browser wang = signed_in("wang");
    const std::string call = std::to_string(things_of(testing::heating).call.value);
    EXPECT_EQ(li.get("/api/v1/calls/" + call).status, 200);
    EXPECT_EQ(wang.get("/api/v1/calls/" + call).status, 403);
    EXPECT_EQ(wang.get("/api/v1/recordings/" + call + "/audio").status, 403);
    const auto items =
        testing::json_of(wang.get("/api/v1/calls?agent=" + std::to_string(user("li").value)));
    EXPECT_TRUE(items.at("items").as_array().empty());
    EXPECT_EQ(testing::json_of(li.get("/api/v1/kpi")).at("agent").as_int64(),
              static_cast<std::int64_t>(user("li").value));
}

}  // namespace
}  // namespace ys::api
