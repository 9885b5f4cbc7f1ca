// SPDX-License-Identifier: Apache-2.0
// Text files that travel inside the program: the ready-made scenarios.
#pragma once

#include <optional>
#include <string_view>

namespace ys {

/// path  below scenarios/, e.g. "heating/main.flow"
std::optional<std::string_view> embedded_text(std::string_view path);

}  // namespace ys
