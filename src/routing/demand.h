// SPDX-License-Identifier: Apache-2.0
// How many callers a queue is expected to have, quarter hour by quarter hour; and callers drawn
// from it.
#pragma once

#include <optional>
#include <vector>

#include "base/dice.h"
#include "routing/rehearsal.h"

namespace ys::routing {

inline constexpr Seconds quarter_hour{900};

/// One kind of callers of one queue: Poisson arrivals at a rate of its own each quarter hour.
struct Demand {
    QueueId queue;
    int priority = 0;
    SkillSet needs{};
    std::vector<double> per_quarter;  ///< callers expected in each quarter hour from Instant{} on
    Millis handling_mean{180'000};
    /// Standard deviation of the logarithm of the handling time (lognormal); none: exponential.
    std::optional<double> handling_sigma{};
    std::optional<Millis> patience_mean{};  ///< exponential; none: everybody stays
};

/// Sorted by time. The same dice give the same callers.
std::vector<Arrival> arrivals_of(const std::vector<Demand>& demands, Dice& dice);

}  // namespace ys::routing
