// SPDX-License-Identifier: Apache-2.0
// Whether a set-up fits together.
#pragma once

#include <map>
#include <string>

#include "interactions/setup.h"
#include "ivr/flow.h"

namespace ys::interactions {

/// Every name in the set-up leads to something, so that no call meets a hole.
/// errors  invalid_argument: what does not fit, in words an operator can act on
Result<Done> check(const Setup& setup, const std::map<std::string, ivr::Flow>& flows);

}  // namespace ys::interactions
