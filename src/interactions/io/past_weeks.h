// SPDX-License-Identifier: Apache-2.0
// The last weeks of the hotline for a preview: from the rows of its calls, and from the moves of
// its agents in the journal.
#pragma once

#include "interactions/rules_preview.h"
#include "platform/sql/database.h"
#include "platform/sql/scope.h"

namespace ys::interactions {

inline constexpr int weeks_looked_back = 4;
/// Fewer callers than these say nothing about the next week.
inline constexpr std::uint64_t calls_enough = 200;

/// until    a midnight of the centre's: whole weeks before it are taken, as many as have calls
/// returns  no weeks when there are none
Result<PastWeeks> past_weeks(sql::Database& db, const Scope& everywhere, UtcTime until);

}  // namespace ys::interactions
