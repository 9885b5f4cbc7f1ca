// SPDX-License-Identifier: Apache-2.0
// Makes text storable: PostgreSQL refuses what is not UTF-8 and the byte 0, SQLite would keep both.
#pragma once

#include <string>
#include <string_view>

namespace ys::sql {

bool is_storable(std::string_view text);
/// The text itself when storable, else cleaned (base/text.h).
std::string storable(std::string_view text);

}  // namespace ys::sql
