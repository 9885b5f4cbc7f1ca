// SPDX-License-Identifier: Apache-2.0
#include "routing/demand.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ys::routing {
namespace {

constexpr double quarter_s = static_cast<double>(quarter_hour.count());

MonotonicClock::duration seconds(double s) {
    return MonotonicClock::duration{static_cast<std::int64_t>(s * 1e9)};
}

Millis drawn(Millis mean, Dice& dice) {
    const double drawn_ms = dice.exponential(static_cast<double>(mean.count()));
    return Millis{static_cast<std::int64_t>(std::lround(drawn_ms))};
}

/// Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958; one of the two.
double normal(Dice& dice) {
    const double radius = std::sqrt(2 * dice.exponential(1));
    return radius * std::cos(2 * std::numbers::pi * dice.part());
}

/// The mean of exp(m + s·N) is exp(m + s²/2).
Millis handling(const Demand& d, Dice& dice) {
    if (!d.handling_sigma) return drawn(d.handling_mean, dice);
    const double s = *d.handling_sigma;
    const double m = std::log(static_cast<double>(d.handling_mean.count())) - s * s / 2;
    return Millis{static_cast<std::int64_t>(std::lround(std::exp(m + s * normal(dice))))};
}

}  // namespace

std::vector<Arrival> arrivals_of(const std::vector<Demand>& demands, Dice& dice) {
    std::vector<Arrival> all;
    for (const Demand& d : demands) {
        for (std::size_t quarter = 0; quarter < d.per_quarter.size(); ++quarter) {
            if (d.per_quarter[quarter] <= 0) continue;
            const double begin = static_cast<double>(quarter) * quarter_s;
            const double gap = quarter_s / d.per_quarter[quarter];
            // Waiting has no memory, so each quarter hour may begin anew.
            for (double at = dice.exponential(gap); at < quarter_s; at += dice.exponential(gap)) {
                Arrival a;
                a.at = Instant{} + seconds(begin + at);
                a.queue = d.queue;
                a.priority = d.priority;
                a.needs = d.needs;
                a.handling = handling(d, dice);
                if (d.patience_mean) a.patience = drawn(*d.patience_mean, dice);
                all.push_back(std::move(a));
            }
        }
    }
    std::ranges::stable_sort(all, {}, &Arrival::at);
    return all;
}

}  // namespace ys::routing
