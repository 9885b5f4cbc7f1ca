// SPDX-License-Identifier: Apache-2.0
// The figures of a time, recomputed from facts alone.
#pragma once

#include <boost/json.hpp>

#include "base/id.h"
#include "base/time.h"
#include "platform/sql/database.h"
#include "platform/sql/scope.h"

namespace ys::app {

/// What `yingsheng kpi --json` prints and GET /kpi answers: figures of all, by queue and by agent,
/// each with its formula. `agent` restricts them to one agent, or is none.
Result<boost::json::value> kpi_as_json(sql::Database& db, const Scope& scope, UtcTime from,
                                       UtcTime to, AgentId agent);

}  // namespace ys::app
