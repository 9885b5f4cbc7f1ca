// SPDX-License-Identifier: Apache-2.0
// The rules of routing as a file: exported, kept in the journal, changed by hand, tried out.
#pragma once

#include <string>
#include <string_view>

#include "interactions/setup.h"

namespace ys::interactions {

/// TOML: [[skill]], [[queue]], [[agent]] of the set-up, in its order; what routing goes by, and
/// the names people know them by.
std::string policy_text(const Setup& setup);

/// name    of the file, for messages
/// returns a set-up with skills, queues and agents only
/// errors  invalid_argument: a fault a line
Result<Setup> read_policy(std::string_view text, std::string_view name);

}  // namespace ys::interactions
