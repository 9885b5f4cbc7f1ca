// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace ys {
namespace {

struct Reader {
    std::string_view rest;
    bool ok = true;

    int digits(std::size_t n) {
        int value = 0;
        if (rest.size() < n) return fail();
        const auto [end, ec] = std::from_chars(rest.data(), rest.data() + n, value);
        if (ec != std::errc{} || end != rest.data() + n || rest[0] == '-') return fail();
        rest.remove_prefix(n);
        return value;
    }
    bool take(char c) {
        if (rest.empty() || rest.front() != c) return false;
        rest.remove_prefix(1);
        return true;
    }
    void need(char c) {
        if (!take(c)) ok = false;
    }
    int fail() {
        ok = false;
        return 0;
    }
};

std::int64_t fraction_us(Reader& r) {
    std::int64_t us = 0;
    std::int64_t scale = 100'000;
    while (!r.rest.empty() && r.rest.front() >= '0' && r.rest.front() <= '9') {
        us += (r.rest.front() - '0') * scale;
        scale /= 10;
        r.rest.remove_prefix(1);
    }
    return us;
}

}  // namespace

std::string to_rfc3339(UtcTime t) {
    using namespace std::chrono;
    const sys_time<microseconds> when{microseconds{t.us}};
    const auto day = floor<days>(when);
    const year_month_day date{day};
    const hh_mm_ss time{when - day};
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return out.data();
}

Result<UtcTime> parse_rfc3339(std::string_view text) {
    using namespace std::chrono;
    Reader r{text};
    const int y = r.digits(4);
    r.need('-');
    const int mo = r.digits(2);
    r.need('-');
    const int d = r.digits(2);
    int h = 0, mi = 0, s = 0, offset_min = 0;
    std::int64_t us = 0;
    if (!r.rest.empty()) {
        if (!r.take('T')) r.need(' ');
        h = r.digits(2);
        r.need(':');
        mi = r.digits(2);
        if (r.take(':')) s = r.digits(2);
        if (r.take('.')) us = fraction_us(r);
        if (!r.take('Z')) {
            const int sign = r.take('-') ? -1 : (r.need('+'), 1);
            const int oh = r.digits(2);
            r.take(':');
            offset_min = sign * (oh * 60 + r.digits(2));
        }
    }
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)},
                              std::chrono::day{static_cast<unsigned>(d)}};
    if (!r.ok || !r.rest.empty() || !date.ok() || h > 23 || mi > 59 || s > 60)
        return Error{std::errc::invalid_argument, "reading a time"};
    const auto at = sys_days{date} + hours{h} + minutes{mi - offset_min} + seconds{s};
    return UtcTime{duration_cast<microseconds>(at.time_since_epoch()).count() + us};
}

}  // namespace ys
