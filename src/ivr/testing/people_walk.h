// SPDX-License-Identifier: Apache-2.0
// What callers meet in a flow, found by being every one of them: a second opinion on the checker.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "ivr/run.h"

namespace ys::ivr::testing {

/// Who calls and when; one of each kind that the flow's branches can tell apart.
struct World {
    UtcTime when;
    Caller caller;
    bool closed = false;  ///< some hours of the flow are over, or it is a holiday
};
std::vector<World> worlds_of(const Flow& flow);

/// Walks with `Run` alone, pressing every key at every moment of every node that can be come to.
/// Knows nothing of the checker.
///
/// returns  the first thing no caller should meet: 0 is no person at once, silence or a wrong key
///          ends without one, a must-hear prompt was missed, or there is no end; "" when all is
///          well
std::string met_by_callers(const Flow& flow);

}  // namespace ys::ivr::testing
