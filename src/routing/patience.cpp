// SPDX-License-Identifier: Apache-2.0
#include "routing/patience.h"

#include <algorithm>

namespace ys::routing {

Patience::Patience(const Waits& waits) {
    std::uint64_t at_risk = 0;
    for (const auto& [waited, seen] : waits.at_) at_risk += seen.left + seen.answered;
    double survival = 1;
    for (const auto& [waited, seen] : waits.at_) {
        if (seen.left > 0) {
            survival *= 1 - static_cast<double>(seen.left) / static_cast<double>(at_risk);
            curve_.push_back({waited, survival});
        }
        at_risk -= seen.left + seen.answered;
    }
}

double Patience::survival(Millis waited) const {
    const auto after = std::ranges::upper_bound(curve_, waited, {}, &Step::at);
    return after == curve_.begin() ? 1 : std::prev(after)->survival;
}

std::optional<Millis> Patience::draw(Dice& dice, Millis at_least) const {
    // Inverse of the distribution, given that the patience is at least so long.
    const double below = survival(at_least) * (1 - dice.part());
    const auto later = std::ranges::upper_bound(curve_, at_least, {}, &Step::at);
    const auto found = std::partition_point(
        later, curve_.end(), [&](const Step& step) { return step.survival > below; });
    if (found == curve_.end()) return std::nullopt;
    return found->at;
}

}  // namespace ys::routing
