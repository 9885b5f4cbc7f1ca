// SPDX-License-Identifier: Apache-2.0
// What the dispatcher decided.
#pragma once

#include <string>
#include <variant>

#include "base/id.h"
#include "base/time.h"

namespace ys::routing {

/// Show this caller to this agent. Whoever carries it out sends Accepted, or Failed at `deadline`.
struct Propose {
    InteractionId interaction;
    AgentId agent;
    QueueId queue;
    Instant deadline{};
    std::string why;  ///< one sentence in Chinese: why this agent, why this caller
    friend bool operator==(const Propose&, const Propose&) = default;
};
/// The proposal is void: the caller left.
struct Withdraw {
    InteractionId interaction;
    AgentId agent;
    friend bool operator==(const Withdraw&, const Withdraw&) = default;
};
struct QueueFull {
    InteractionId interaction;
    QueueId queue;
    friend bool operator==(const QueueFull&, const QueueFull&) = default;
};

using Effect = std::variant<Propose, Withdraw, QueueFull>;

}  // namespace ys::routing
