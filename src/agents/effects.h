// SPDX-License-Identifier: Apache-2.0
// What must be done because an agent moved.
#pragma once

#include <variant>

#include "base/id.h"
#include "base/time.h"

namespace ys::agents {

/// May be given calls. `since` is when the waiting began: a call that rang and went away by itself
/// does not send the agent to the back of the line.
struct Available {
    AgentId agent;
    Instant since{};
    friend bool operator==(const Available&, const Available&) = default;
};
struct Unavailable {
    AgentId agent;
    friend bool operator==(const Unavailable&, const Unavailable&) = default;
};
/// Send WrapUpOver at `until` unless WrapUpEnded comes first.
struct WrapUpBegan {
    AgentId agent;
    Instant until{};
    friend bool operator==(const WrapUpBegan&, const WrapUpBegan&) = default;
};
struct WrapUpEnded {
    AgentId agent;
    friend bool operator==(const WrapUpEnded&, const WrapUpEnded&) = default;
};

using Effect = std::variant<Available, Unavailable, WrapUpBegan, WrapUpEnded>;

}  // namespace ys::agents
