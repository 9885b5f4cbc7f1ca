// SPDX-License-Identifier: Apache-2.0
#include "routing/patience.h"

namespace ys::routing {
namespace {

/// Calls `step(waited, survival)` at every moment somebody left, earliest first, until it says no.
template <class Seen, class Step>
void walk(const std::map<Millis, Seen>& at, Step step) {
    std::uint64_t at_risk = 0;
    for (const auto& [waited, seen] : at) at_risk += seen.left + seen.answered;
    double survival = 1;
    for (const auto& [waited, seen] : at) {
        if (seen.left > 0) {
            survival *= 1 - static_cast<double>(seen.left) / static_cast<double>(at_risk);
            if (!step(waited, survival)) return;
        }
        at_risk -= seen.left + seen.answered;
    }
}

}  // namespace

double Patience::survival(Millis waited) const {
    double found = 1;
    walk(at_, [&](Millis at, double survival) {
        if (at > waited) return false;
        found = survival;
        return true;
    });
    return found;
}

std::optional<Millis> Patience::draw(Dice& dice, Millis at_least) const {
    // Inverse of the distribution, given that the patience is at least so long.
    const double below = survival(at_least) * (1 - dice.part());
    std::optional<Millis> found;
    walk(at_, [&](Millis at, double survival) {
        if (at <= at_least || survival > below) return true;
        found = at;
        return false;
    });
    return found;
}

}  // namespace ys::routing
