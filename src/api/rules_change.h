// SPDX-License-Identifier: Apache-2.0
// Putting changed rules in force: on disk first, then in the running centre, then told.
#pragma once

#include "api/api.h"
#include "interactions/setup.h"

namespace ys::api {

/// From the store, as the running centre has it. errors  sql::errc; invalid_argument
Task<interactions::Setup> stored_setup(Api& api);

/// Tells the running centre of rules that are on disk; returns when their fact is, too.
Task<Done> put_in_force(Api& api, const Call& call, CentreId centre, std::string what,
                        interactions::Setup rules);

/// What somebody gives as a reason. errors  reason_needed
Result<std::string> reason_in(const std::string& text);

}  // namespace ys::api
