// SPDX-License-Identifier: Apache-2.0
#include "app/kpi.h"

#include <algorithm>

#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/json/described_json.h"
#include "reports/formulas.h"
#include "reports/kpi.h"

namespace ys::app {

Result<boost::json::value> kpi_as_json(sql::Database& db, const Scope& scope, UtcTime from,
                                       UtcTime to, AgentId agent) {
    // A day before, for the states agents were in; a day after, for the ends of the last calls.
    constexpr std::int64_t day_us = 24LL * 3600 * 1'000'000;
    reports::Kpi kpi{reports::Window{from, to}};
    YS_TRY([[maybe_unused]] const Done read,
           journal::Journal::read(db, scope, UtcTime{from.us - day_us}, UtcTime{to.us + day_us},
                                  [&](const journal::Entry& entry) { kpi.on(entry.fact); }));
    reports::Report report = kpi.report(std::min(to, utc_now()));
    if (agent) {
        report.centres.clear();
        report.queues.clear();
        std::erase_if(report.agents, [&](const auto& row) { return row.agent != agent; });
    }
    boost::json::object out = json::to_value(report).as_object();
    out["call_formulas"] = json::to_value(reports::call_formulas());
    out["agent_formulas"] = json::to_value(reports::agent_formulas());
    return boost::json::value(std::move(out));  // Braces would make an array of it.
}

}  // namespace ys::app
