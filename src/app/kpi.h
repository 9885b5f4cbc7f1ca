// SPDX-License-Identifier: Apache-2.0
// The figures of a time, recomputed from facts alone.
#pragma once

#include <boost/json.hpp>

#include "platform/sql/database.h"
#include "platform/sql/scope.h"
#include "reports/figures.h"
#include "reports/survey_kpi.h"

namespace ys::app {

struct KpiQuery {
    reports::Window window;
    UtcTime until;  ///< how far the cases of the window are followed
    AgentId agent;  ///< only theirs, or none for all
};

/// What `yingsheng kpi --json` prints and GET /kpi answers: figures of calls by centre, queue and
/// agent, of cases by centre, unit and agent, each with its formula.
Result<boost::json::value> kpi_of(sql::Database& db, const Scope& scope, const KpiQuery& query);
/// Who was asked whether they were satisfied, and how: `yingsheng kpi --list surveys`.
Result<reports::SurveyKpi> surveys_of(sql::Database& db, const Scope& scope, const KpiQuery& query);
/// With cases followed up to now.
Result<boost::json::value> kpi_as_json(sql::Database& db, const Scope& scope, UtcTime from,
                                       UtcTime to, AgentId agent);

}  // namespace ys::app
