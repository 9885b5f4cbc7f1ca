// SPDX-License-Identifier: Apache-2.0
// How long callers are ready to wait. Who was answered would have waited longer, nobody knows how
// long: such observations are censored, and the estimate of Kaplan and Meier (J. Am. Stat. Assoc.
// 53, 1958) takes them for what they are.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/dice.h"
#include "base/time.h"

namespace ys::routing {

/// What was seen.
class Waits {
public:
    void left_after(Millis waited) { ++at_[waited].left; }
    void answered_after(Millis waited) { ++at_[waited].answered; }

private:
    friend class Patience;
    struct Seen {
        std::uint64_t left = 0;
        std::uint64_t answered = 0;
    };
    std::map<Millis, Seen> at_;
};

/// What follows from it. O(log of what was seen) a question.
class Patience {
public:
    explicit Patience(const Waits& waits);

    /// Share of callers ready to wait longer than this, 0 to 1.
    double survival(Millis waited) const;
    /// The patience of one who is known to have waited `at_least`. None: longer than anybody has
    /// been seen to wait, which is all the observations say.
    std::optional<Millis> draw(Dice& dice, Millis at_least) const;

private:
    struct Step {
        Millis at;
        double survival = 1;  ///< from here on
    };
    std::vector<Step> curve_;  ///< moments somebody left, ascending; survival falls
};

}  // namespace ys::routing
