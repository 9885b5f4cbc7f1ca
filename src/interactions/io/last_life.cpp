// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/last_life.h"

#include "platform/journal/fact_json.h"

namespace ys::interactions {
namespace {

/// How far back to look when nothing was restarted for weeks: more than a day of the largest
/// centre, and everybody moves within a day.
constexpr std::int64_t look_back = 2'000'000;

/// An emergency lasts a month at most.
constexpr std::int64_t emergencies_look_back = 20'000'000;

}  // namespace

Result<std::vector<AtWork>> who_was_at_work(sql::Database& db) {
    PeopleAtWork at_work;
    std::string broken;
    YS_TRY([[maybe_unused]] const auto read,
           db.each(
               "SELECT agent, kind, body FROM facts WHERE kind IN ('AgentMoved', 'SeatTaken')"
               " AND seq >"
               " (SELECT COALESCE(MAX(seq), 0) FROM facts WHERE kind = 'PolicyInForce'"
               " AND body LIKE '%\"what\":\"start\"%')"
               " AND seq > (SELECT COALESCE(MAX(seq), 0) FROM facts) - ? ORDER BY seq",
               [&](const sql::Row& row) {
                   AgentId agent;
                   std::string kind, json;
                   row.get(0, agent);
                   row.get(1, kind);
                   row.get(2, json);
                   const auto body = journal::body_from(kind, json);
                   if (!body)
                       broken = body.error().note;
                   else
                       at_work.learn(agent, *body);
               },
               look_back));
    if (!broken.empty()) return Error{std::errc::invalid_argument, broken};
    return at_work.people();
}

Result<OpenEmergencies> open_emergencies(sql::Database& db) {
    OpenEmergencies out;
    std::string broken;
    YS_TRY([[maybe_unused]] const auto read,
           db.each(
               "SELECT centre, body FROM facts WHERE kind = 'EmergencyMoved'"
               " AND seq > (SELECT COALESCE(MAX(seq), 0) FROM facts) - ? ORDER BY seq",
               [&](const sql::Row& row) {
                   CentreId centre;
                   std::string json;
                   row.get(0, centre);
                   row.get(1, json);
                   const auto body = journal::body_from("EmergencyMoved", json);
                   if (!body)
                       broken = body.error().note;
                   else
                       out.learn(centre, std::get<facts::EmergencyMoved>(*body));
               },
               emergencies_look_back));
    if (!broken.empty()) return Error{std::errc::invalid_argument, broken};
    return out;
}

}  // namespace ys::interactions
