// SPDX-License-Identifier: Apache-2.0
// How long somebody in a queue will wait, as a range that four in five are inside of or below,
// learned from those who were served before.
#pragma once

#include <cstddef>
#include <optional>

#include "base/time.h"

namespace ys::routing {

/// The wait is under `low` for one in five, over `high` for one in five.
struct WaitRange {
    Millis low{};   ///< p20
    Millis high{};  ///< p80
    friend bool operator==(const WaitRange&, const WaitRange&) = default;
};

/// One queue's. A caller at position n waits for n departures; these come like rain, so the wait is
/// Gamma(n) over the rate at which one agent at work serves this queue while somebody waits.
/// What that rate gets wrong is corrected by its own hits (adaptive conformal inference, Gibbs and
/// Candès 2021): whenever a wait ends below `low` or above `high`, that end moves a little.
class WaitEstimate {
public:
    /// Whenever either number has changed: how many wait, and how many agents are at work for them.
    void watch(Instant now, std::size_t waiting, std::size_t agents);
    /// Somebody who waited was answered, before watch() tells of it.
    void served(Instant now);
    /// Somebody who had been told `range` was answered after `wait`.
    void became(const WaitRange& range, Millis wait);
    /// position  1 for who is served next
    /// returns   nothing until enough have been served, or when nobody is at work
    std::optional<WaitRange> at(std::size_t position) const;

private:
    void pass(Instant now);

    Instant last_{};
    std::size_t waiting_ = 0;
    std::size_t agents_ = 0;
    // Both fade with the same half-life, so their quotient is a recent rate.
    double served_ = 0;
    double agent_seconds_ = 0;  ///< of agents at work while somebody waited
    // The whole past, fading far slower: what the recent rate is drawn towards.
    double served_before_ = 0;
    double agent_seconds_before_ = 0;
    double low_shift_ = 0;   ///< added to the logarithm of the low end
    double high_shift_ = 0;  ///< ... and of the high end
};

}  // namespace ys::routing
