// SPDX-License-Identifier: Apache-2.0
#include "outreach/quiet_hours.h"

#include "base/calendar.h"

namespace ys::outreach {
namespace {

constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t day_us = 24 * 60 * minute_us;

/// Since local midnight.
std::int64_t time_of_day(UtcTime now, int zone_minutes) {
    const std::int64_t local = now.us + std::int64_t{zone_minutes} * minute_us;
    return ((local % day_us) + day_us) % day_us;
}

}  // namespace

bool QuietHours::is_quiet(UtcTime now) const {
    const std::int64_t minute = time_of_day(now, zone_minutes) / minute_us;
    if (from <= until) return minute >= from && minute < until;
    return minute >= from || minute < until;
}

UtcTime QuietHours::free_from(UtcTime now) const {
    if (!is_quiet(now)) return now;
    std::int64_t ahead = std::int64_t{until} * minute_us - time_of_day(now, zone_minutes);
    if (ahead <= 0) ahead += day_us;
    return {now.us + ahead};
}

Result<QuietHours> parse_quiet_hours(std::string_view text) {
    if (text.empty()) return QuietHours{};
    YS_TRY(const Span span, parse_span("daily", text));
    return QuietHours{.from = span.from, .until = span.until};
}

}  // namespace ys::outreach
