// SPDX-License-Identifier: Apache-2.0
// Two clocks that never meet: Instant for waiting and deadlines, UtcTime for records.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ys {
using namespace std::chrono_literals;

/// Monotonic. Has no now(): engines cannot ask; platform/clock.h gives it to edges.
struct MonotonicClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<MonotonicClock>;
    static constexpr bool is_steady = true;
};
using Instant = MonotonicClock::time_point;
using Millis = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

/// Wall time in UTC, whole microseconds since 1970; stored and sent, never waited on.
struct UtcTime {
    std::int64_t us = 0;
    friend constexpr auto operator<=>(UtcTime, UtcTime) = default;
};

/// What an engine is told: the same moment on both clocks, taken by the edge at one place.
struct Now {
    Instant mono{};
    UtcTime utc{};
};

/// "2026-11-21T08:00:00.123456Z" (RFC 3339).
std::string to_rfc3339(UtcTime t);
/// Accepts RFC 3339 with Z or an offset, or a bare date "2026-11-21" (midnight UTC).
Result<UtcTime> parse_rfc3339(std::string_view text);

}  // namespace ys
