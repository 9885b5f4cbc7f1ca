// SPDX-License-Identifier: Apache-2.0
// Puts a scenario's repairers into an empty store.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "app/scenario.h"
#include "base/id.h"
#include "cases/unit_tree.h"
#include "platform/sql/database.h"

namespace ys::app {

using SeededUnits = std::map<std::string, std::pair<cases::UnitId, CentreId>>;  ///< by name

/// errors  not_found for a login that was not seeded; what check(roster) says
Result<Done> seed_crew(sql::Transaction& tx, const Scenario& scenario, const SeededUnits& units);

}  // namespace ys::app
