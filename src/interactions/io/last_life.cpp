// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/last_life.h"

#include <algorithm>

#include "base/text.h"
#include "platform/journal/fact_json.h"

namespace ys::interactions {
namespace {

/// How far back to look when nothing was restarted for weeks: more than a day of the largest
/// centre, and everybody moves within a day.
constexpr std::int64_t look_back = 2'000'000;

/// An emergency lasts a month at most.
constexpr std::int64_t emergencies_look_back = 20'000'000;

void move_on(OpenEmergencies& all, CentreId centre, const facts::EmergencyMoved& fact) {
    all.first_free = std::max(all.first_free, fact.emergency + 1);
    const auto at = std::ranges::find(all.open, fact.emergency, &EmergencySetup::id);
    if (fact.to == "asked" && at == all.open.end()) {
        EmergencySetup& e = all.open.emplace_back();
        e.id = fact.emergency;
        e.centre = centre;
        e.kind = fact.kind;
        for (const std::string_view area : split(fact.areas, '\n'))
            if (!area.empty()) e.areas.emplace_back(area);
        e.until = fact.until;
        e.asked_by = AgentId{fact.user};
    } else if (at != all.open.end() && fact.to == "in_force") {
        at->confirmed_by = AgentId{fact.user};
    } else if (at != all.open.end() && fact.to == "ended") {
        all.open.erase(at);
    }
}

}  // namespace

Result<std::vector<AtWork>> who_was_at_work(sql::Database& db) {
    PeopleAtWork at_work;
    std::string broken;
    YS_TRY([[maybe_unused]] const auto read,
           db.each(
               "SELECT agent, body FROM facts WHERE kind = 'AgentMoved' AND seq >"
               " (SELECT COALESCE(MAX(seq), 0) FROM facts WHERE kind = 'PolicyInForce'"
               " AND body LIKE '%\"what\":\"start\"%')"
               " AND seq > (SELECT COALESCE(MAX(seq), 0) FROM facts) - ? ORDER BY seq",
               [&](const sql::Row& row) {
                   AgentId agent;
                   std::string json;
                   row.get(0, agent);
                   row.get(1, json);
                   const auto body = journal::body_from("AgentMoved", json);
                   if (!body) {
                       broken = body.error().note;
                       return;
                   }
                   at_work.on(agent, std::get<facts::AgentMoved>(*body));
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
                       move_on(out, centre, std::get<facts::EmergencyMoved>(*body));
               },
               emergencies_look_back));
    if (!broken.empty()) return Error{std::errc::invalid_argument, broken};
    return out;
}

}  // namespace ys::interactions
