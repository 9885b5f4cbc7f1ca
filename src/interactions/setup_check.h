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

/// The days of all flows, as in force: what opening hours of queues go by.
Calendar state_calendar(const std::map<std::string, ivr::Flow>& flows,
                        const std::vector<DaySetup>& days);

/// A flow's own calendar with the set-up's days in the years that have any.
Calendar calendar_in_force(Calendar of_flow, const std::vector<DaySetup>& days);

}  // namespace ys::interactions
