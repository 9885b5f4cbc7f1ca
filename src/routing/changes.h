// SPDX-License-Identifier: Apache-2.0
// From one set of rules to another: what the dispatcher has to be told.
#pragma once

#include <vector>

#include "routing/commands.h"

namespace ys::routing {

struct Rules {
    std::vector<QueueRule> queues;
    std::vector<AgentRule> agents;
};

/// Queues first, so that agents may serve new ones; each in the order of `after`, and only those
/// that are new or others than before. What `after` does not name is left as it is.
std::vector<Command> changes(const Rules& before, const Rules& after);

}  // namespace ys::routing
