// SPDX-License-Identifier: Apache-2.0
// Reads and answers the calendar of calendar.h.
#include "base/calendar.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "base/text.h"

namespace ys {
namespace {

constexpr std::array<std::string_view, 7> weekday_words{"mon", "tue", "wed", "thu",
                                                        "fri", "sat", "sun"};
constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t day_minutes = 24 * 60;

struct Moment {
    std::int64_t day_number = 0;  ///< days since 1970-01-01, local
    int minute = 0;
};

Moment local(UtcTime now, int zone_minutes) {
    const std::int64_t at = now.us + std::int64_t{zone_minutes} * minute_us;
    const std::int64_t minutes = at / minute_us - (at % minute_us < 0 ? 1 : 0);
    const std::int64_t day = minutes / day_minutes - (minutes % day_minutes < 0 ? 1 : 0);
    return {day, static_cast<int>(minutes - day * day_minutes)};
}

Day day_from(std::int64_t day_number) {
    const std::chrono::year_month_day d{
        std::chrono::sys_days{std::chrono::days{static_cast<int>(day_number)}}};
    return {static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
            static_cast<unsigned>(d.day())};
}

/// 0 Monday .. 6 Sunday. 1970-01-01 was a Thursday.
int weekday_of(std::int64_t day_number) { return static_cast<int>(((day_number + 3) % 7 + 7) % 7); }

bool has(const Span& span, int weekday) { return ((span.weekdays >> weekday) & 1) != 0; }
bool runs_past_midnight(const Span& span) { return span.until <= span.from; }

std::optional<int> weekday_from(std::string_view word) {
    const auto it = std::ranges::find(weekday_words, word);
    if (it == weekday_words.end()) return std::nullopt;
    return static_cast<int>(it - weekday_words.begin());
}

std::optional<int> minutes_from(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = parse_number(text.substr(0, 2));
    const auto minutes = parse_number(text.substr(3));
    if (!hours || !minutes || *minutes > 59) return std::nullopt;
    const int all = static_cast<int>(*hours) * 60 + static_cast<int>(*minutes);
    return all <= day_minutes ? std::optional{all} : std::nullopt;
}

/// "mon-fri", "sat,sun", "daily": three days and more in a row are a range.
std::string weekdays_text(const Span& span) {
    if ((span.weekdays & 0x7f) == 0x7f) return "daily";
    std::string out;
    for (int d = 0; d < 7; ++d) {
        if (!has(span, d)) continue;
        out += (out.empty() ? "" : ",") + std::string(weekday_words[d]);
        int last = d;
        while (last < 6 && has(span, last + 1)) ++last;
        if (last - d < 2) continue;
        out += "-" + std::string(weekday_words[last]);
        d = last;
    }
    return out;
}

std::string two(unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); }

Error bad(std::string what) {
    return {std::make_error_code(std::errc::invalid_argument), std::move(what)};
}

}  // namespace

Day Calendar::day_of(UtcTime now) const { return day_from(local(now, zone_minutes).day_number); }

bool Calendar::is_holiday(UtcTime now) const { return holidays.contains(day_of(now)); }

bool Calendar::is_open(std::string_view name, UtcTime now) const {
    const auto it = hours.find(std::string(name));
    return it != hours.end() && is_open(it->second, now);
}

bool Calendar::is_open(const std::vector<Span>& spans, UtcTime now) const {
    const Moment m = local(now, zone_minutes);
    const auto works = [&](const Span& span, std::int64_t day_number) {
        const Day day = day_from(day_number);
        if (holidays.contains(day)) return false;
        const bool moved = std::ranges::find(workdays, day) != workdays.end();
        return has(span, moved ? 0 : weekday_of(day_number));
    };
    return std::ranges::any_of(spans, [&](const Span& span) {
        if (!runs_past_midnight(span))
            return m.minute >= span.from && m.minute < span.until && works(span, m.day_number);
        return (m.minute >= span.from && works(span, m.day_number)) ||
               (m.minute < span.until && works(span, m.day_number - 1));
    });
}

bool Calendar::is_in(const Span& span, UtcTime now) const {
    const Moment m = local(now, zone_minutes);
    if (!runs_past_midnight(span))
        return m.minute >= span.from && m.minute < span.until &&
               has(span, weekday_of(m.day_number));
    return (m.minute >= span.from && has(span, weekday_of(m.day_number))) ||
           (m.minute < span.until && has(span, weekday_of(m.day_number - 1)));
}

bool Calendar::covers(int year) const {
    return std::ranges::any_of(holidays, [&](const auto& h) { return h.first.year == year; });
}

std::vector<int> Calendar::missing_years(UtcTime now) const {
    std::vector<int> out;
    if (hours.empty() && holidays.empty()) return out;
    const Day today = day_of(now);
    if (!covers(today.year)) out.push_back(today.year);
    if (today.month == 12 && !covers(today.year + 1)) out.push_back(today.year + 1);
    return out;
}

Result<std::uint8_t> parse_weekdays(std::string_view text) {
    if (text == "daily") return std::uint8_t{0x7f};
    unsigned days = 0;
    for (const std::string_view part : split(text, ',')) {
        const auto ends = split(part, '-');
        const auto first = weekday_from(ends.front());
        const auto last = weekday_from(ends.back());
        if (ends.size() > 2 || !first || !last || *last < *first)
            return bad("“" + cleaned(text, 40) +
                       "” is no list of weekdays (mon-fri, sat,sun, daily)");
        for (int d = *first; d <= *last; ++d) days |= 1u << d;
    }
    return static_cast<std::uint8_t>(days);
}

Result<Span> parse_span(std::string_view weekdays, std::string_view hours) {
    YS_TRY(const std::uint8_t days, parse_weekdays(weekdays));
    const auto ends = split(hours, '-');
    const auto from = minutes_from(ends.front());
    const auto until = minutes_from(ends.back());
    if (ends.size() != 2 || !from || !until || *from == day_minutes || *from == *until)
        return bad("“" + cleaned(hours, 40) + "” is no time of day like 08:30-17:30");
    return Span{days, *from, *until};
}

Result<Day> parse_day(std::string_view text) {
    const auto parts = split(text, '-');
    if (parts.size() == 3 && parts[0].size() == 4 && parts[1].size() == 2 && parts[2].size() == 2) {
        const auto y = parse_number(parts[0]), m = parse_number(parts[1]),
                   d = parse_number(parts[2]);
        if (y && m && d) {
            const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(*y)},
                                                  std::chrono::month{static_cast<unsigned>(*m)},
                                                  std::chrono::day{static_cast<unsigned>(*d)}};
            if (day.ok())
                return Day{static_cast<int>(*y), static_cast<unsigned>(*m),
                           static_cast<unsigned>(*d)};
        }
    }
    return bad("“" + cleaned(text, 40) + "” is no day like 2026-10-01");
}

std::string to_text(Day day) {
    std::string year = std::to_string(day.year);
    year.insert(0, year.size() < 4 ? 4 - year.size() : 0, '0');
    return year + "-" + two(day.month) + "-" + two(day.day);
}

std::string to_text(const Span& span) {
    const auto clock = [](int m) {
        return two(static_cast<unsigned>(m / 60)) + ":" + two(static_cast<unsigned>(m % 60));
    };
    return weekdays_text(span) + " " + clock(span.from) + "-" + clock(span.until);
}

}  // namespace ys
