// SPDX-License-Identifier: Apache-2.0
// Whose call it is, ended or still up.
#pragma once

#include <optional>

#include "base/id.h"
#include "base/result.h"
#include "centres/authorisation.h"
#include "platform/sql/database.h"
#include "platform/sql/scope.h"

namespace ys::api {

/// None: there is no such call within the scope.
Result<std::optional<centres::Thing>> thing_of_call(sql::Database& db, const Scope& scope,
                                                    InteractionId id);
/// It is or was offered to this agent, or put through to them.
Result<bool> was_shown(sql::Database& db, InteractionId id, AgentId agent);

}  // namespace ys::api
