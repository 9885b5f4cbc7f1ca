// SPDX-License-Identifier: Apache-2.0
// Who is served first: the whole order of waiting callers, and that of idle agents, written out.
#pragma once

#include "base/id.h"
#include "base/time.h"

namespace ys::routing {

struct Rank {
    int priority = 0;
    Instant first_arrival{};  ///< of the whole call: survives transfers and lost seats
    InteractionId id;
    friend bool operator==(const Rank&, const Rank&) = default;
};

/// Higher priority first; then who arrived first; then the older id, so that no two are equal.
struct ServedFirst {
    constexpr bool operator()(const Rank& a, const Rank& b) const {
        if (a.priority != b.priority) return a.priority > b.priority;
        if (a.first_arrival != b.first_arrival) return a.first_arrival < b.first_arrival;
        return a.id < b.id;
    }
};

struct Idle {
    Instant since{};
    AgentId agent;
};

/// Idle longest first; then the lower id.
struct IdleLongest {
    constexpr bool operator()(const Idle& a, const Idle& b) const {
        if (a.since != b.since) return a.since < b.since;
        return a.agent < b.agent;
    }
};

}  // namespace ys::routing
