// SPDX-License-Identifier: Apache-2.0
// What the house knows of a number that calls.
#pragma once

#include <string_view>

#include "platform/sql/database.h"
#include "platform/sql/scope.h"
#include "voice/call/surroundings.h"

namespace ys::app {

/// served   the number's centre and those below: their customers, calls and cases
/// barring  the centres whose bars count: the number's own and those above it
/// What cannot be read is not known; the caller is served all the same.
call::KnownCaller known_caller(sql::Database& db, const Scope& served, const Scope& barring,
                               std::string_view number, UtcTime now);

}  // namespace ys::app
