// SPDX-License-Identifier: Apache-2.0
// What fair distribution counts of an agent's day.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace ys::interactions {

/// Starts anew at midnight.
struct Worked {
    std::int64_t day = 0;  ///< since 1970, China's one time zone
    std::int64_t calls = 0;
    Millis talked{};

    /// The same, or nothing yet when `now` is another day.
    Worked& at(UtcTime now) {
        constexpr std::int64_t day_us = 86'400'000'000, china_us = 8 * 3'600'000'000;
        const std::int64_t today = (now.us + china_us) / day_us;
        if (day != today) *this = {today, 0, {}};
        return *this;
    }
};

}  // namespace ys::interactions
