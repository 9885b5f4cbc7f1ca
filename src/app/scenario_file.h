// SPDX-License-Identifier: Apache-2.0
// A file that a scenario may have beside its scenario.toml.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ys::app {

/// scenario  one of the scenarios in the program, or a folder (with a slash in it)
/// "" when the scenario has no such file. errors  io_error
Result<std::string> scenario_file(const std::string& scenario, std::string_view file);

}  // namespace ys::app
