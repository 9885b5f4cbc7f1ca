// SPDX-License-Identifier: Apache-2.0
#include "routing/preview.h"

#include <algorithm>

#include "base/panic.h"

namespace ys::routing {

Preview preview(Day plan, const std::vector<Demand>& demands, int runs, std::uint64_t seed) {
    YS_ASSERT(runs > 0);
    Dice dice{seed};
    Preview out;
    for (int run = 0; run < runs; ++run) {
        plan.arrivals = arrivals_of(demands, dice);
        const Outcome one = rehearse(plan);
        const double level = one.total.within_15s_rate().value_or(1.0);
        out.level_low = run == 0 ? level : std::min(out.level_low, level);
        out.level_high = run == 0 ? level : std::max(out.level_high, level);
        if (run == 0)
            out.sum = one;
        else
            out.sum += one;
    }
    return out;
}

}  // namespace ys::routing
