// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/last_life.h"

#include <map>

#include "platform/journal/fact_json.h"

namespace ys::interactions {
namespace {

/// How far back to look when nothing was restarted for weeks: more than a day of the largest
/// centre, and everybody moves within a day.
constexpr std::int64_t look_back = 2'000'000;

}  // namespace

Result<std::vector<AtWork>> who_was_at_work(sql::Database& db) {
    std::map<AgentId, AtWork> last;
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
                   const auto& moved = std::get<facts::AgentMoved>(*body);
                   if (moved.to == "LoggedOut")
                       last.erase(agent);
                   else
                       last[agent] = {agent, moved.to == "Break" ? moved.reason : ""};
               },
               look_back));
    if (!broken.empty()) return Error{std::errc::invalid_argument, broken};
    std::vector<AtWork> out;
    for (auto& [id, at_work] : last) {
        // Words for a seat that is not there, or for one just signed in, are no breaks of theirs.
        const bool is_own = at_work.break_reason != "seat_gone";
        if (!is_own) at_work.break_reason.clear();
        out.push_back(std::move(at_work));
    }
    return out;
}

}  // namespace ys::interactions
