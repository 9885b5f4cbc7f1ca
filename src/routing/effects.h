// SPDX-License-Identifier: Apache-2.0
// What the dispatcher decided.
#pragma once

#include <cstdint>
#include <variant>

#include "base/id.h"
#include "base/time.h"
#include "routing/policy.h"

namespace ys::routing {

/// What a proposal was decided on; why.h says it in words.
struct Decision {
    Strategy strategy = Strategy::LongestIdle;
    bool is_preferred = false;  ///< the agent the caller was waiting for
    std::uint32_t ring = 0;     ///< 0: the first circle
    std::uint32_t idle = 1;     ///< agents there were to choose from
    std::uint32_t waiting = 1;  ///< callers standing in the queue, this one included
    std::int64_t score = 0;     ///< idle for ms, calls, or talked ms, by the strategy
    Millis head_start{};        ///< the caller's, the agent's weight included
    friend bool operator==(const Decision&, const Decision&) = default;
};

/// Show this caller to this agent. Whoever carries it out sends Accepted, or Failed at `deadline`.
struct Propose {
    InteractionId interaction;
    AgentId agent;
    QueueId queue;
    Instant deadline{};
    Decision decision;
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
/// Send Widen at `at`; replaces what was asked for this caller before.
struct LookAgain {
    InteractionId interaction;
    Instant at{};
    friend bool operator==(const LookAgain&, const LookAgain&) = default;
};
/// A ring opened; ring 0 for who waited for one agent and does so no longer.
struct Widened {
    InteractionId interaction;
    QueueId queue;
    std::uint32_t ring = 0;
    friend bool operator==(const Widened&, const Widened&) = default;
};
/// It is the turn of somebody who is away and an able agent is idle: call them now. They have left
/// the queue; no agent is kept for them until they answer and enter it with their first arrival.
struct CallBack {
    InteractionId interaction;
    QueueId queue;
    friend bool operator==(const CallBack&, const CallBack&) = default;
};

using Effect = std::variant<Propose, Withdraw, QueueFull, LookAgain, Widened, CallBack>;

}  // namespace ys::routing
