// SPDX-License-Identifier: Apache-2.0
// From which version of a thing a change was made (RFC 9110 §13.1.1 If-Match).
#pragma once

#include <cstdint>
#include <optional>

#include "api/answer.h"

namespace ys::api {

/// sent  what the body says, for a request without If-Match
/// errors  bad_field when If-Match is no version
Result<std::optional<std::int64_t>> wanted_version(const Call& call,
                                                   std::optional<std::int64_t> sent);

}  // namespace ys::api
