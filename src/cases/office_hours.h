// SPDX-License-Identifier: Apache-2.0
// Which seconds are office hours and why the others are not: office, lunch, night, weekend,
// holiday.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/time.h"

namespace ys::cases {

/// Why a stretch of time counts or does not.
enum class Because {
    Natural,  ///< every second counts: nothing goes by office hours
    Office,
    Lunch,    ///< between two spans of one day
    Night,    ///< before the first span of a working day or after its last
    Weekend,  ///< a day without office hours
    Holiday,  ///< `note` is its name
    Paused,   ///< `note` is the cause
};

/// "natural" "office" "lunch" "night" "weekend" "holiday" "paused": a key of the message files.
std::string_view word(Because because);

/// One line of an explanation. `until` is not included.
struct Stretch {
    UtcTime from;
    UtcTime until;
    bool counts = false;
    Because because = Because::Natural;
    std::string note;  ///< as people wrote it: name of the holiday, cause of the pause
    std::int64_t length_us() const { return until.us - from.us; }
    friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// The stretches from `from` to `until`, in order and without a gap; neighbours alike are one.
/// What counts is exactly what `calendar.is_open(hours, ...)` says: a holiday is closed, a 调休 day
/// is a Monday, a span past midnight belongs to the day it began on.
///
/// hours    name of a row of `calendar.hours`; an unknown name is never open
/// returns  nothing when `until` is not after `from`
std::vector<Stretch> office_stretches(const Calendar& calendar, std::string_view hours,
                                      UtcTime from, UtcTime until);

/// End of the `days`-th day with office hours after the day of `from`, which does not count itself
/// (Civil Code of China, articles 201 and 203: the day something begins is not counted, the last
/// day ends with the office hours).
///
/// errors   never_open when ten years hold no such day
Result<UtcTime> end_of_working_day(const Calendar& calendar, std::string_view hours, UtcTime from,
                                   int days);

/// Puts one more line at the end; it joins its neighbour when they are alike.
void append(std::vector<Stretch>& lines, Stretch line);

}  // namespace ys::cases
