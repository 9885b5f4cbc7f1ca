// SPDX-License-Identifier: Apache-2.0
// Who is served first: the whole order of waiting callers, and that of idle agents, written out.
#pragma once

#include "base/id.h"
#include "base/time.h"
#include "routing/policy.h"

namespace ys::routing {

struct Rank {
    Instant counts_from{};    ///< first arrival less the head start
    Instant first_arrival{};  ///< of the whole call: survives transfers and lost seats
    InteractionId id;
    friend bool operator==(const Rank&, const Rank&) = default;
};

/// Who counts as having waited longest; then who did arrive first; then the older id, so that no
/// two are equal.
struct ServedFirst {
    constexpr bool operator()(const Rank& a, const Rank& b) const {
        if (a.counts_from != b.counts_from) return a.counts_from < b.counts_from;
        if (a.first_arrival != b.first_arrival) return a.first_arrival < b.first_arrival;
        return a.id < b.id;
    }
};

constexpr Rank rank_of(Instant first_arrival, int steps, InteractionId id) {
    return {first_arrival - steps * priority_step, first_arrival, id};
}
/// The same caller as an agent sees them who gives their queue `weight` steps.
constexpr Rank weighed(Rank rank, int weight) {
    rank.counts_from -= weight * priority_step;
    return rank;
}

struct Idle {
    std::int64_t score = 0;  ///< by the strategy; the lowest is asked first
    Instant since{};
    AgentId agent;
};

struct AskedFirst {
    constexpr bool operator()(const Idle& a, const Idle& b) const {
        if (a.score != b.score) return a.score < b.score;
        if (a.since != b.since) return a.since < b.since;
        return a.agent < b.agent;
    }
};

}  // namespace ys::routing
