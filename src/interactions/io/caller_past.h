// SPDX-License-Identifier: Apache-2.0
// What calling again means: who knows this number, and how often it called for nothing.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/id.h"
#include "platform/sql/database.h"
#include "platform/sql/scope.h"

namespace ys::interactions {

struct CallerPast {
    /// Who opened their newest open case, else who talked with them last in the last 30 days.
    AgentId known_to;
    /// Calls of the last three days that asked for a person and were not answered to the end:
    /// nobody was reached, or the agent noted anything but "answered".
    std::uint32_t repeats = 0;
};

/// Reads the tables of cases/io, too.
Result<CallerPast> caller_past(sql::Database& db, const Scope& scope, std::string_view number,
                               UtcTime now);

}  // namespace ys::interactions
