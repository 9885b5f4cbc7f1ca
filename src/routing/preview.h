// SPDX-License-Identifier: Apache-2.0
// What these people would make of this demand: several days or weeks of it played, each with
// other chance.
#pragma once

#include "routing/demand.h"

namespace ys::routing {

struct Preview {
    Outcome sum;  ///< of all runs: its rates are the expected ones
    /// The 15 s level of the worst and the best of the runs, all queues together, 0 to 1.
    double level_low = 0;
    double level_high = 0;
};

/// plan    the day or week without its arrivals
/// runs    at least 1; ten give the level of a week within a point or two
/// seed    the same seed gives the same preview
Preview preview(Day plan, const std::vector<Demand>& demands, int runs, std::uint64_t seed);

}  // namespace ys::routing
