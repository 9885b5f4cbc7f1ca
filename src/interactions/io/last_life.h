// SPDX-License-Identifier: Apache-2.0
// The last life of the house, read from the journal.
#pragma once

#include <vector>

#include "interactions/last_life.h"
#include "platform/sql/database.h"

namespace ys::interactions {

Result<OpenEmergencies> open_emergencies(sql::Database& db);

/// By the last move of each since the start before this one, in the order of their ids. Before
/// this start has written its own PolicyInForce.
Result<std::vector<AtWork>> who_was_at_work(sql::Database& db);

}  // namespace ys::interactions
