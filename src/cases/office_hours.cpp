// SPDX-License-Identifier: Apache-2.0
// Cuts each day of the calendar into what counts and what does not.
#include "cases/office_hours.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "cases/errc.h"

namespace ys::cases {
namespace {

constexpr std::int64_t minute_us = 60'000'000;
constexpr int day_minutes = 24 * 60;
constexpr std::int64_t day_us = day_minutes * minute_us;
constexpr int horizon_days = 3'653;
/// A longer gap between two spans of a day is no lunch.
constexpr int lunch_minutes_max = 180;

/// Minutes of one local day; `until` is not included.
struct Open {
    int from = 0;
    int until = 0;
};

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

struct Days {
    const Calendar& calendar;
    const std::vector<Span>* spans;

    Days(const Calendar& c, std::string_view hours) : calendar(c), spans(nullptr) {
        const auto it = c.hours.find(std::string(hours));
        if (it != c.hours.end()) spans = &it->second;
    }

    std::int64_t number_of(UtcTime t) const {
        return floor_div(t.us + calendar.zone_minutes * minute_us, day_us);
    }
    UtcTime at(std::int64_t day, int minute) const {
        return {day * day_us + (std::int64_t{minute} - calendar.zone_minutes) * minute_us};
    }
    Day date(std::int64_t day) const {
        const std::chrono::year_month_day d{
            std::chrono::sys_days{std::chrono::days{static_cast<int>(day)}}};
        return {static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                static_cast<unsigned>(d.day())};
    }
    const std::string* holiday(std::int64_t day) const {
        const auto it = calendar.holidays.find(date(day));
        return it == calendar.holidays.end() ? nullptr : &it->second;
    }
    /// The spans that begin on this day, running past its midnight when they do.
    std::vector<Open> begun_on(std::int64_t day) const {
        std::vector<Open> out;
        if (!spans || holiday(day)) return out;
        const auto& moved = calendar.workdays;
        const bool monday = std::ranges::find(moved, date(day)) != moved.end();
        // 1970-01-01 was a Thursday; bit 0 is Monday.
        const auto bit = monday ? 0 : ((day + 3) % 7 + 7) % 7;
        for (const Span& s : *spans)
            if ((s.weekdays >> bit) & 1)
                out.push_back({s.from, s.until <= s.from ? s.until + day_minutes : s.until});
        return out;
    }
    /// What is open between 0:00 and 24:00, sorted, nothing touching.
    std::vector<Open> open_on(std::int64_t day) const {
        std::vector<Open> all = begun_on(day);
        for (Open& o : all) o.until = std::min(o.until, day_minutes);
        for (const Open& o : begun_on(day - 1))
            if (o.until > day_minutes) all.push_back({0, o.until - day_minutes});
        std::ranges::sort(all, {}, &Open::from);
        std::vector<Open> out;
        for (const Open& o : all) {
            if (o.until <= o.from) continue;
            if (out.empty() || out.back().until < o.from)
                out.push_back(o);
            else
                out.back().until = std::max(out.back().until, o.until);
        }
        return out;
    }
};

/// Why nothing counts between `from` and `until` of that day.
Stretch closed(const Days& days, std::int64_t day, const std::vector<Open>& open, Open gap) {
    Stretch line{days.at(day, gap.from), days.at(day, gap.until), false, Because::Night, ""};
    if (const std::string* name = days.holiday(day)) {
        line.because = Because::Holiday;
        line.note = *name;
    } else if (days.begun_on(day).empty()) {
        line.because = Because::Weekend;
    } else if (!open.empty() && gap.from > open.front().from && gap.until < open.back().until &&
               gap.until - gap.from <= lunch_minutes_max) {
        line.because = Because::Lunch;
    }
    return line;
}

std::vector<Stretch> whole_day(const Days& days, std::int64_t day) {
    const std::vector<Open> open = days.open_on(day);
    std::vector<Stretch> out;
    int at = 0;
    for (const Open& o : open) {
        if (o.from > at) out.push_back(closed(days, day, open, {at, o.from}));
        out.push_back({days.at(day, o.from), days.at(day, o.until), true, Because::Office, ""});
        at = o.until;
    }
    if (at < day_minutes) out.push_back(closed(days, day, open, {at, day_minutes}));
    return out;
}

}  // namespace

std::string_view word(Because because) {
    switch (because) {
        case Because::Natural:
            return "natural";
        case Because::Office:
            return "office";
        case Because::Lunch:
            return "lunch";
        case Because::Night:
            return "night";
        case Because::Weekend:
            return "weekend";
        case Because::Holiday:
            return "holiday";
        case Because::Paused:
            return "paused";
    }
    return "";
}

void append(std::vector<Stretch>& lines, Stretch line) {
    if (line.until <= line.from) return;
    if (!lines.empty()) {
        Stretch& last = lines.back();
        if (last.until == line.from && last.counts == line.counts && last.because == line.because &&
            last.note == line.note) {
            last.until = line.until;
            return;
        }
    }
    lines.push_back(std::move(line));
}

std::vector<Stretch> office_stretches(const Calendar& calendar, std::string_view hours,
                                      UtcTime from, UtcTime until) {
    std::vector<Stretch> out;
    if (until <= from) return out;
    const Days days(calendar, hours);
    const std::int64_t last = days.number_of(until);
    for (std::int64_t day = days.number_of(from); day <= last; ++day) {
        for (Stretch& line : whole_day(days, day)) {
            line.from = std::max(line.from, from);
            line.until = std::min(line.until, until);
            append(out, std::move(line));
        }
    }
    return out;
}

Result<UtcTime> end_of_working_day(const Calendar& calendar, std::string_view hours, UtcTime from,
                                   int count) {
    const Days days(calendar, hours);
    const std::int64_t first = days.number_of(from) + 1;
    for (std::int64_t day = first; count > 0 && day < first + horizon_days; ++day) {
        const std::vector<Open> open = days.begun_on(day);
        if (open.empty() || --count > 0) continue;
        return days.at(day, std::ranges::max_element(open, {}, &Open::until)->until);
    }
    return Error(Errc::NeverOpen, "end of a working day");
}

}  // namespace ys::cases
