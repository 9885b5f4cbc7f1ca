// SPDX-License-Identifier: Apache-2.0
// The only place that reads the machine's clocks; engines are told the time instead.
#pragma once

#include <chrono>

#include "base/time.h"

namespace ys {

/// Monotonic, for waiting and deadlines.
inline Instant mono_now() {
    return Instant{std::chrono::duration_cast<MonotonicClock::duration>(
        std::chrono::steady_clock::now().time_since_epoch())};
}

/// Wall time, for records; may step.
inline UtcTime utc_now() {
    return UtcTime{std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count()};
}

/// The same moment on both clocks, as engines want it.
inline Now now() { return Now{mono_now(), utc_now()}; }

}  // namespace ys
