// SPDX-License-Identifier: Apache-2.0
// What emergencies may say.
#pragma once

#include <string_view>

namespace ys::interactions {

/// Only prompts made for it: nobody picks an announcement that callers would not understand.
bool is_emergency_prompt(std::string_view name);

}  // namespace ys::interactions
