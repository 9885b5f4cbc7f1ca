// SPDX-License-Identifier: Apache-2.0
// `?` as PostgreSQL wants it: $1, $2, ...
#pragma once

#include <string>
#include <string_view>

namespace ys::sql {

/// Every ? outside of '...' and "..." becomes $n, counted from 1.
std::string numbered(std::string_view sql);

}  // namespace ys::sql
