// SPDX-License-Identifier: Apache-2.0
// A refusal the user is told: an Error whose note is a key of the desk's message files.
#pragma once

#include <string_view>

#include "base/result.h"

namespace ys::api {

/// What kind of no it is; decides the HTTP status.
enum class RefusedAs {
    NotPossible = 1,
    NotSignedIn,
    NotAllowed,
    NotFound,
    Unfit,
    Conflict,
    TooMany
};

const std::error_category& refusal_category();

/// code  a snake_case key such as "not_in_a_call"; it goes to the browser as it is
Error refused(std::string_view code, RefusedAs as = RefusedAs::NotPossible,
              Where where = Where::here());

/// The key to tell the user: the note of a refusal, else "failed" (the rest is for the log only).
std::string_view refusal_code(const Error& error);

}  // namespace ys::api
