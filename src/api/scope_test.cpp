// SPDX-License-Identifier: Apache-2.0
// Every route against every role and every centre, made from the table of routes: a thing of
// another centre is answered exactly as one that does not exist, and nothing of it stands in any
// list. A route without a row here fails.
#include <gtest/gtest.h>

#include <map>

#include "api/route_lists.h"
#include "api/scope_rows_test.h"
#include "api/testing/hotline.h"
#include "api/testing/life_events.h"
#include "cases/io/case_filing.h"
#include "cases/io/case_store.h"
#include "cases/io/crew_store.h"
#include "cases/io/defect_store.h"
#include "cases/io/evidence_store.h"
#include "cases/io/incident_store.h"
#include "cases/io/pass_store.h"
#include "cases/io/unit_store.h"
#include "cases/io/view_store.h"
#include "centres/io/user_store.h"
#include "customers/io/barred_store.h"
#include "customers/io/customer_store.h"
#include "exchange/io/exchange_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/flow_store.h"
#include "knowledge/io/article_store.h"
#include "knowledge/io/checklist_store.h"
#include "knowledge/io/matter_store.h"
#include "outreach/io/message_store.h"
#include "platform/clock.h"
#include "platform/sql/described_rows.h"

namespace ys::api {
namespace {

using centres::Role;
using testing::Answer;
using testing::Browser;

constexpr UtcTime day_one{1'764'000'000'000'000};
constexpr std::uint64_t nothing = 999'999;

template <class T>
T must(Result<T> result) {
    if (!result) panic(result.error().note.c_str(), result.error().where.file, 0);
    return *std::move(result);
}

std::string key_of(const Route& route) {
    return std::string(route.method) + " " + std::string(route.pattern);
}
/// Stands in what this centre has, and nowhere else.
std::string mark_of(CentreId centre) { return "mark" + std::to_string(centre.value) + "mark"; }
std::string login_of(CentreId centre, Role role) {
    return std::string(name_of(role)) + "-" + mark_of(centre);
}

using Ids = std::map<std::string, std::uint64_t>;

class Scope_ : public testing::Hotline {
protected:
    Scope_() {
        // The hotline's own people have no right to the things of three centres; these have.
        std::string hash;
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(hash, tx.db().value<std::string>({}, "SELECT MIN(password_hash) FROM users"));
            return Done{};
        }));
        for (const CentreId centre : all) {
            seed_users(centre, hash);
            seed_things(centre);
        }
        on_loop([this] { api_->ports().life_events = &life_events_; });
    }

    /// Heating's people see heating only; the head's see all.
    static bool is_within(CentreId thing, CentreId of) {
        return of == testing::head || thing == of;
    }
    Answer ask(Browser& who, const Route& route, const Row& row, const Ids& ids) {
        std::string path(route.pattern);
        put(path, "{id}", std::to_string(ids.at(*row.thing ? row.thing : "case")));
        const bool is_field = path.find("/field/") != std::string::npos;
        put(path, "{evidence}",
            std::to_string(ids.at(is_field ? "evidence of field" : "evidence")));
        put(path, "{clock}", "close");
        put(path, "{file}", "1");
        put(path, "{about}", "case");
        put(path, "{code}", "repair");
        put(path, "{name}", "flow-" + std::to_string(ids.at(*row.thing ? row.thing : "flow")));
        put(path, "{number}", "1");
        path += row.query;
        for (const char* name : {"case", "call", "customer", "centre"})
            put(path, "$" + std::string(name), std::to_string(ids.at(name)));
        if (route.method == "GET") return who.get(path);
        return who.send(std::string(route.method), path, row.body, "Idempotency-Key: k1\r\n");
    }
    static void put(std::string& path, const std::string& name, const std::string& value) {
        const auto at = path.find(name);
        if (at != std::string::npos) path.replace(at, name.size(), value);
    }
    static bool says(const Answer& answer, CentreId centre) {
        return answer.body.find(mark_of(centre)) != std::string::npos;
    }

    const std::vector<CentreId> all{testing::head, testing::heating, testing::bus};
    const knowledge::LifeEventBook life_events_ = testing::life_events(api_->ports().answers);
    std::map<CentreId, Ids> ids_;
    const Ids nobody_{{"case", nothing},      {"customer", nothing}, {"call", nothing},
                      {"recording", nothing}, {"evidence", nothing}, {"evidence of field", nothing},
                      {"message", nothing},   {"delivery", nothing}, {"incident", nothing},
                      {"barred", nothing},    {"lost", nothing},     {"view", nothing},
                      {"article", nothing},   {"asking", nothing},   {"centre", nothing},
                      {"checklist", nothing}, {"flow", nothing},     {"defect", nothing}};

private:
    void seed_users(CentreId centre, const std::string& hash) {
        for (const Role role : centres::all_roles)
            must(write([&](sql::Transaction& tx) -> Result<Done> {
                centres::UserRow row;
                row.centre_id = centre;
                row.login = login_of(centre, role);
                row.name = row.login;
                row.roles = name_of(role);
                row.password_hash = Secret<std::string>{hash};
                YS_TRY(people_[row.login], centres::UserStore::put_user(tx, row));
                return Done{};
            }));
    }
    UserId person(CentreId centre, Role role) const { return people_.at(login_of(centre, role)); }

    void seed_things(CentreId centre) {
        const std::uint64_t n = centre.value, unit = 10 * n;
        const std::string mark = mark_of(centre);
        Ids& ids = ids_[centre];
        ids = {{"centre", n},         {"call", 7000 + n},    {"recording", 7000 + n},
               {"lost", 7100 + n},    {"incident", 500 + n}, {"message", 600 + n},
               {"delivery", 700 + n}, {"flow", n},           {"defect", 800 + n}};
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            must(centres::UserStore::rename_centre(tx, centre, "热线" + mark));
            seed_units(tx, centre, cases::UnitId{unit});
            seed_case(tx, centre, ids);
            seed_calls(tx, centre, ids);
            cases::CrewJobRow job{.case_id = CaseId{ids["case"]},
                                  .centre_id = centre,
                                  .unit_id = cases::UnitId{unit + 1},
                                  .state = "taken",
                                  .user_id = person(centre, Role::Crew),
                                  .is_foreman = true,
                                  .offered_at = day_one};
            must(cases::CrewStore::put_foreman(
                tx, {cases::UnitId{unit + 1}, centre, person(centre, Role::Crew), 300}));
            must(cases::CrewStore::put_job(tx, job));
            ids["view"] = must(cases::ViewStore::put(
                                   tx, {{}, person(centre, Role::Agent), mark, "state=working"}))
                              .id.value;
            ids["barred"] = must(customers::BarredStore::ask(
                                     tx,
                                     {.centre_id = centre,
                                      .number = "1370000000" + std::to_string(n),
                                      .reason = mark,
                                      .until_at = UtcTime{utc_now().us + 86'400'000'000},
                                      .asked_by = person(centre, Role::Agent)},
                                     utc_now()))
                                .value;
            seed_knowledge(tx, centre, ids);
            must(interactions::FlowStore::take_file(tx, centre, "flow-" + std::to_string(n),
                                                    "flow main", utc_now()));
            return seed_rows(tx, centre, ids);
        }));
    }
    void seed_units(sql::Transaction& tx, CentreId centre, cases::UnitId first) {
        const std::string mark = mark_of(centre);
        const cases::UnitId second{first.value + 1};
        must(cases::UnitStore::put_unit(tx, {first, centre, "督办" + mark, {}, 1}));
        must(cases::UnitStore::put_unit(
            tx, {cases::UnitId{first.value + 2}, centre, "热线" + mark, {}, 2}));
        must(cases::UnitStore::put_unit(tx, {second, centre, "站" + mark, first, 0}));
        must(cases::UnitStore::put_duty(tx, {centre, "全归站", "", "", second}));
        must(cases::UnitStore::put_member(tx,
                                          {person(centre, Role::Handler), second, centre, "unit"}));
    }
    void seed_case(sql::Transaction& tx, CentreId centre, Ids& ids) {
        const std::string mark = mark_of(centre);
        customers::CustomerRow customer;
        customer.centre_id = centre;
        customer.name = "周女士";
        customer.tags = mark;
        const auto who = must(customers::CustomerStore::add(tx, customer, {"13900000001"}));
        cases::CaseRow row{.kind = "no_heat", .title = mark, .detail = mark};
        row.customer_id = who;
        row.phone = "13900000001";
        const auto made = must(cases::CaseStore::create(
            tx, centre, row, {.user = person(centre, Role::Agent), .now = utc_now()}));
        must(cases::file_case(tx, *api_->handbook(), made, {}, utc_now()));
        ids["customer"] = who.value;
        ids["case"] = made.id.value;
        // An upload is theirs who began it.
        ids["evidence"] = begun(tx, centre, made.id, Role::Agent);
        ids["evidence of field"] = begun(tx, centre, made.id, Role::Crew);
    }
    std::uint64_t begun(sql::Transaction& tx, CentreId centre, CaseId of, Role by) {
        return must(cases::EvidenceStore::begin(tx, {.centre_id = centre,
                                                     .case_id = of,
                                                     .user_id = person(centre, by),
                                                     .idempotency_key = "k",
                                                     .purpose = "before",
                                                     .name = mark_of(centre),
                                                     .begun_at = utc_now(),
                                                     .sent_bytes = 3,
                                                     .sent_sha256 = "x"}))
            .id.value;
    }
    void seed_calls(sql::Transaction& tx, CentreId centre, const Ids& ids) {
        interactions::CallRow call;
        call.id = InteractionId{ids.at("call")};
        call.centre_id = centre;
        call.direction = "in";
        call.caller = "13900000001";
        call.display_name = mark_of(centre);
        call.agent_id = AgentId{person(centre, Role::Agent).value};
        call.arrived_at = day_one;
        call.ended_at = UtcTime{day_one.us + 60'000'000};
        call.cause = "completed";
        interactions::CallRow lost = call;
        lost.id = InteractionId{ids.at("lost")};
        lost.agent_id = {};
        lost.caller = "1360000000" + std::to_string(centre.value);
        lost.cause = "queue_full";
        interactions::RecordingRow recording;
        recording.id = RecordingId{ids.at("recording")};
        recording.centre_id = centre;
        recording.interaction_id = call.id;
        recording.agent_id = call.agent_id;
        recording.purpose = "call";
        recording.file = "recording-100.wav";
        recording.length_ms = 12'000;
        recording.outcome = "complete";
        recording.opened_at = day_one;
        const std::vector<interactions::RowChange> changes{interactions::PutCall{call},
                                                           interactions::PutCall{lost},
                                                           interactions::OpenRecording{recording}};
        must(interactions::CallStore::write(tx, changes));
    }
    /// A draft: what a head says holds for its branches too, what it is still writing is its own.
    void seed_knowledge(sql::Transaction& tx, CentreId centre, Ids& ids) {
        const UserId writer = person(centre, Role::Knowledge);
        knowledge::ArticleContent content;
        content.title = mark_of(centre);
        ids["article"] =
            must(knowledge::ArticleStore::add(tx, centre, "repair", {writer, content}, utc_now()))
                .id.value;
        knowledge::AskingRow asking{.centre_id = centre, .text = mark_of(centre)};
        ids["asking"] = must(knowledge::MatterStore::add(tx, asking)).id.value;
        knowledge::ChecklistRow list{.centre_id = centre, .event = "card"};
        list.made_by = person(centre, Role::Agent);
        list.pins = mark_of(centre);
        knowledge::write_into(list, {{{"lost", "no"}}, {}});
        ids["checklist"] = must(knowledge::ChecklistStore::make(tx, list, utc_now())).id.value;
    }
    Result<Done> seed_rows(sql::Transaction& tx, CentreId centre, const Ids& ids) {
        const std::string mark = mark_of(centre);
        const CaseId about{ids.at("case")};
        cases::IncidentRow incident{.id = cases::IncidentId{ids.at("incident")},
                                    .centre_id = centre,
                                    .title = mark,
                                    .since_at = day_one,
                                    .last_at = day_one};
        YS_TRY([[maybe_unused]] auto put, sql::put(tx, "incidents", incident));
        cases::DefectRow defect{.id = cases::DefectId{ids.at("defect")},
                                .centre_id = centre,
                                .kind = "defect",
                                .title = mark,
                                .state = "open",
                                .made_at = day_one};
        YS_TRY(put, sql::put(tx, "defects", defect));
        outreach::MessageRow message{.id = outreach::MessageId{ids.at("message")},
                                     .notice_id = 9000 + centre.value,
                                     .case_id = about,
                                     .centre_id = centre,
                                     .reason = "filed",
                                     .state = "queued",
                                     .channel = "call_list",
                                     .text = mark};
        YS_TRY(put, sql::put(tx, "outreach_messages", message));
        outreach::SurveyRow survey{.id = outreach::SurveyId{9000 + centre.value},
                                   .centre_id = centre,
                                   .case_id = about,
                                   .state = "answered",
                                   .solved = "no",
                                   .words = mark};
        YS_TRY(put, sql::put(tx, "surveys", survey));
        exchange::DeliveryRow delivery{.id = exchange::DeliveryId{ids.at("delivery")},
                                       .partner = "partner" + mark,
                                       .centre_id = centre,
                                       .seq = centre.value,
                                       .kind = "event",
                                       .case_id = about,
                                       .state = "given_up"};
        YS_TRY(put, sql::put(tx, "exchange_deliveries", delivery));
        return Done{};
    }
    std::map<std::string, UserId> people_;
};

TEST_F(Scope_, every_route_has_a_row_and_every_row_a_route) {
    std::map<std::string, Row> left = rows;
    for (const Route& route : all_routes()) {
        EXPECT_EQ(left.erase(key_of(route)), 1U) << key_of(route) << " has no row";
        const bool names_one = route.pattern.find("{id}") != std::string_view::npos;
        const bool is_public = route.access == Access::Public || route.access == Access::Citizen;
        if (!names_one || is_public || !rows.contains(key_of(route))) continue;
        EXPECT_EQ(rows.at(key_of(route)).of, Of::Thing) << key_of(route);
    }
    for (const auto& [key, row] : left) ADD_FAILURE() << key << " is no route";
}

TEST_F(Scope_, a_thing_of_another_centre_is_answered_as_one_that_does_not_exist) {
    std::size_t asked = 0;
    for (const Role role : centres::all_roles) {
        Browser who = signed_in(login_of(testing::heating, role));
        for (const Route& route : all_routes()) {
            const Row& row = rows.at(key_of(route));
            if (row.of != Of::Thing) continue;
            const Answer none = ask(who, route, row, nobody_);
            // Of a person nobody knows there is an empty past.
            const bool is_empty = none.body == R"({"items":[],"next":""})";
            EXPECT_TRUE(none.status == 404 || none.status == 403 || is_empty)
                << login_of(testing::heating, role) << " " << key_of(route) << " " << none.status
                << none.body;
            for (const CentreId other : {testing::head, testing::bus}) {
                const Answer theirs = ask(who, route, row, ids_.at(other));
                EXPECT_EQ(theirs.status, none.status) << name_of(role) << " " << key_of(route);
                EXPECT_EQ(theirs.body, none.body) << name_of(role) << " " << key_of(route);
                ++asked;
            }
            // One's own case does not open what belongs to another.
            Ids mixed = ids_.at(testing::heating);
            for (const char* name : {"evidence", "evidence of field"})
                mixed[name] = ids_.at(testing::bus).at(name);
            if (route.pattern.find("{evidence}") == std::string_view::npos) continue;
            EXPECT_NE(ask(who, route, row, mixed).status, 200) << key_of(route);
        }
    }
    EXPECT_GT(asked, 500U);
}

TEST_F(Scope_, the_things_of_the_rows_are_there_for_somebody_of_their_centre_and_of_the_head) {
    for (const CentreId reader : {testing::heating, testing::head}) {
        std::map<std::string, bool> is_there;
        for (const Role role : centres::all_roles) {
            Browser who = signed_in(login_of(reader, role));
            for (const Route& route : all_routes()) {
                const Row& row = rows.at(key_of(route));
                if (row.of != Of::Thing) continue;
                const Answer answer = ask(who, route, row, ids_.at(reader));
                is_there[key_of(route)] |= answer.status != 403 && answer.status != 404;
            }
        }
        for (const auto& [key, is] : is_there) {
            // An upload that was begun has no file yet, nor is its case to be asked about: 404 is
            // their own. Conversations are in app/, and so is the test of their scope.
            const bool has_none = key.ends_with("/file") || key.ends_with("/thumbnail") ||
                                  key.find("/follow-ups/") != key.npos ||
                                  key.find("/chats/") != key.npos;
            EXPECT_TRUE(is || has_none) << key << " finds nothing in centre " << reader.value;
        }
    }
}

TEST_F(Scope_, nothing_of_another_centre_stands_in_any_list_or_answer) {
    std::map<std::string, bool> shows;
    for (const CentreId centre : {testing::heating, testing::bus, testing::head}) {
        const CentreId other = centre == testing::bus ? testing::heating : testing::bus;
        for (const Role role : centres::all_roles) {
            Browser who = signed_in(login_of(centre, role));
            for (const Route& route : all_routes()) {
                const Row& row = rows.at(key_of(route));
                if (route.method != "GET" || !route.needs_session()) continue;
                if (route.pattern == "/api/v1/desk") continue;  // a socket
                const Row bare{row.of, row.thing, row.body};
                for (const Row* each : {&bare, &row}) {
                    const Ids& ids = ids_.at(row.of == Of::Thing ? centre : other);
                    const Answer answer = ask(who, route, *each, ids);
                    for (const CentreId maybe : all)
                        EXPECT_TRUE(is_within(maybe, centre) || !says(answer, maybe))
                            << login_of(centre, role) << " " << key_of(route) << answer.body;
                    shows[key_of(route)] |= says(answer, centre);
                }
            }
        }
    }
    for (const auto& [key, row] : rows)
        EXPECT_TRUE(row.of != Of::List || shows[key] == row.shows) << key;
}

TEST_F(Scope_, lists_asked_for_another_centres_things_are_empty) {
    const Ids& theirs = ids_.at(testing::bus);
    const std::string mark = mark_of(testing::bus);
    Browser boss = signed_in(login_of(testing::heating, Role::Supervisor));
    for (const std::string& path : std::vector<std::string>{
             "/cases?customer=" + std::to_string(theirs.at("customer")), "/cases?q=" + mark,
             "/cases?interaction=" + std::to_string(theirs.at("call")), "/cases?unit=30",
             "/calls?customer=" + std::to_string(theirs.at("customer")), "/customers?q=" + mark,
             "/calls?agent=" + std::to_string(theirs.at("call")), "/lost_calls?state=closed"}) {
        const Answer answer = boss.get("/api/v1" + path);
        ASSERT_EQ(answer.status, 200) << path;
        EXPECT_TRUE(testing::json_of(answer).at("items").as_array().empty()) << path;
    }
    const Answer file = boss.send("POST", "/api/v1/cases/export?q=" + mark, R"({"reason":"查"})");
    ASSERT_EQ(file.status, 200) << file.body;
    EXPECT_EQ(file.header("x-rows"), "0");
    EXPECT_EQ(boss.send("POST", "/api/v1/cases/export?q=" + mark_of(testing::heating),
                        R"({"reason":"查"})")
                  .header("x-rows"),
              "1");
}

TEST_F(Scope_, a_pass_opens_one_case_whatever_ids_are_asked_for) {
    std::string pass;
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        const UtcTime now = utc_now();
        const cases::CasePass to{CaseId{ids_.at(testing::heating).at("case")}, testing::heating,
                                 UtcTime{now.us + 3'600'000'000}};
        YS_TRY(pass, cases::PassStore::issue(tx, to, now));
        return Done{};
    }));
    for (const Route& route : all_routes()) {
        if (route.access != Access::Citizen) continue;
        for (const CentreId centre : all) {
            std::string path(route.pattern);
            put(path, "{evidence}", std::to_string(ids_.at(centre).at("evidence")));
            put(path, "{id}", std::to_string(ids_.at(centre).at("case")));
            const std::string header = "x-case-pass: " + pass + "\r\n";
            const Answer answer = route.method == "GET" ? browser().get(path, header)
                                                        : browser().send(std::string(route.method),
                                                                         path, "{}", header);
            EXPECT_LT(answer.status, 500) << path;
            for (const CentreId other : {testing::head, testing::bus})
                EXPECT_FALSE(says(answer, other)) << path << answer.body;
            if (route.pattern.find("{evidence}") == std::string_view::npos) continue;
            EXPECT_GE(answer.status, 400) << path << " is staff's, or another centre's";
        }
    }
}

}  // namespace
}  // namespace ys::api
