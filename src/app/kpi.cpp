// SPDX-License-Identifier: Apache-2.0
#include "app/kpi.h"

#include <algorithm>

#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/json/described_json.h"
#include "reports/formulas.h"
#include "reports/io/case_reading.h"
#include "reports/kpi.h"

namespace ys::app {
namespace {

Result<reports::Report> figures_of_calls(sql::Database& db, const Scope& scope,
                                         const KpiQuery& query) {
    // A day before, for the states agents were in; a day after, for the ends of the last calls.
    constexpr std::int64_t day_us = 24LL * 3600 * 1'000'000;
    const auto& [from, to] = query.window;
    reports::Kpi kpi{query.window};
    YS_TRY([[maybe_unused]] const Done read,
           journal::Journal::read(db, scope, UtcTime{from.us - day_us}, UtcTime{to.us + day_us},
                                  [&](const journal::Entry& entry) { kpi.on(entry.fact); }));
    // What a link brought later still: about a call of the window, long after its end.
    YS_TRY([[maybe_unused]] const Done late,
           reports::read_surveys(db, scope, {UtcTime{to.us + day_us}, query.until},
                                 [&](const facts::Fact& fact) {
                                     if (std::holds_alternative<facts::SurveyAnswered>(fact.body))
                                         kpi.on(fact);
                                 }));
    reports::Report report = kpi.report(std::min(to, utc_now()));
    if (!query.agent) return report;
    report.centres.clear();
    report.queues.clear();
    std::erase_if(report.agents, [&](const auto& row) { return row.agent != query.agent; });
    return report;
}

Result<reports::CaseReport> figures_of_cases(sql::Database& db, const Scope& scope,
                                             const KpiQuery& query) {
    YS_TRY(const reports::CaseKpi kpi, reports::read_cases(db, scope, query.window, query.until));
    YS_TRY(const reports::CustomersServed served, reports::customers_served(db, scope));
    reports::CaseReport report = kpi.report(served);
    if (!query.agent) return report;
    report.centres.clear();
    report.units.clear();
    std::erase_if(report.agents, [&](const auto& row) { return row.agent != query.agent; });
    return report;
}

Result<reports::SurveyReport> figures_of_surveys(sql::Database& db, const Scope& scope,
                                                 const KpiQuery& query) {
    YS_TRY(const reports::SurveyKpi kpi, surveys_of(db, scope, query));
    reports::SurveyReport report = kpi.report();
    if (!query.agent) return report;
    report.centres.clear();
    std::erase_if(report.agents, [&](const auto& row) { return row.agent != query.agent; });
    return report;
}

}  // namespace

Result<reports::SurveyKpi> surveys_of(sql::Database& db, const Scope& scope,
                                      const KpiQuery& query) {
    reports::SurveyKpi kpi(query.window);
    YS_TRY([[maybe_unused]] const Done read,
           reports::read_surveys(db, scope, {query.window.from, query.until},
                                 [&](const facts::Fact& fact) { kpi.on(fact); }));
    return kpi;
}

Result<boost::json::value> kpi_of(sql::Database& db, const Scope& scope, const KpiQuery& query) {
    YS_TRY(const reports::Report calls, figures_of_calls(db, scope, query));
    YS_TRY(const reports::CaseReport cases, figures_of_cases(db, scope, query));
    boost::json::object out = json::to_value(calls).as_object();
    out["call_formulas"] = json::to_value(reports::call_formulas());
    out["agent_formulas"] = json::to_value(reports::agent_formulas());
    out["cases"] = json::to_value(cases);
    YS_TRY(const reports::SurveyReport surveys, figures_of_surveys(db, scope, query));
    out["surveys"] = json::to_value(surveys);
    out["survey_formulas"] = json::to_value(reports::survey_formulas());
    out["case_formulas"] = json::to_value(reports::case_formulas());
    return boost::json::value(std::move(out));  // Braces would make an array of it.
}

Result<boost::json::value> kpi_as_json(sql::Database& db, const Scope& scope, UtcTime from,
                                       UtcTime to, AgentId agent) {
    return kpi_of(db, scope, {{from, to}, utc_now(), agent});
}

}  // namespace ys::app
