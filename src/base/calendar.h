// SPDX-License-Identifier: Apache-2.0
// The days and hours of a hotline: opening hours, holidays, and working days moved to a weekend.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace ys {

/// A day of the hotline's own place.
struct Day {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    friend constexpr auto operator<=>(Day, Day) = default;
};

/// Minutes of the day on some weekdays. `until` at or before `from` runs past midnight and belongs
/// to the day it began on.
struct Span {
    std::uint8_t weekdays = 0;  ///< bit 0 Monday .. bit 6 Sunday
    int from = 0;               ///< minutes after midnight, included
    int until = 0;              ///< minutes after midnight, not included; 24:00 is 1440
    friend constexpr bool operator==(const Span&, const Span&) = default;
};

struct Calendar {
    int zone_minutes = 8 * 60;  ///< east of UTC; China has one zone and no summer time
    std::map<std::string, std::vector<Span>> hours;
    std::map<Day, std::string> holidays;  ///< with their names
    std::vector<Day> workdays;            ///< 调休补班: a weekend day that counts as a Monday

    bool is_holiday(UtcTime now) const;
    /// Now lies in one of the spans named `name` and the day it began on is no holiday.
    bool is_open(std::string_view name, UtcTime now) const;
    bool is_open(const std::vector<Span>& spans, UtcTime now) const;
    /// Now lies in `span`, whatever the day is called.
    bool is_in(const Span& span, UtcTime now) const;
    /// Whether anybody has entered the holidays of that year; if not, the owner must be warned.
    bool covers(int year) const;
    /// Years whose holidays should be there by now and are not: this one, and from December on the
    /// next. None when the calendar has neither hours nor holidays: nothing goes by it.
    std::vector<int> missing_years(UtcTime now) const;
    Day day_of(UtcTime now) const;
};

/// "mon-fri", "sat,sun", "mon", "daily"; nothing for anything else.
Result<std::uint8_t> parse_weekdays(std::string_view text);
/// "08:30-17:30"; 24:00 is allowed as the end.
Result<Span> parse_span(std::string_view weekdays, std::string_view hours);
/// "2026-10-01", a day that exists.
Result<Day> parse_day(std::string_view text);

std::string to_text(Day day);
/// "mon,tue 08:30-17:30"
std::string to_text(const Span& span);

}  // namespace ys
