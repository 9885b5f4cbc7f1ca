// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.h"

#include <gtest/gtest.h>

namespace ys {
namespace {

UtcTime at(std::string_view text) { return *parse_rfc3339(text); }

Calendar office() {
    Calendar c;
    c.hours["office"] = {*parse_span("mon-fri", "08:30-17:30")};
    c.hours["night"] = {*parse_span("fri", "22:00-06:00")};
    c.holidays[{2026, 10, 1}] = "国庆节";
    c.workdays = {{2026, 10, 10}};
    return c;
}

TEST(calendar, hours_are_those_of_the_hotline_s_own_place) {
    const Calendar c = office();
    EXPECT_FALSE(c.is_open("office", at("2026-11-20T00:29:59Z")));
    EXPECT_TRUE(c.is_open("office", at("2026-11-20T00:30:00Z")));  // Friday 08:30 in Lanzhou.
    EXPECT_TRUE(c.is_open("office", at("2026-11-20T09:29:59Z")));
    EXPECT_FALSE(c.is_open("office", at("2026-11-20T09:30:00Z")));
    EXPECT_FALSE(c.is_open("office", at("2026-11-21T03:00:00Z")));  // Saturday.
    EXPECT_FALSE(c.is_open("unknown", at("2026-11-20T03:00:00Z")));
}

TEST(calendar, a_holiday_closes_and_a_moved_working_day_opens) {
    const Calendar c = office();
    EXPECT_FALSE(c.is_open("office", at("2026-10-01T10:00:00+08:00")));
    EXPECT_TRUE(c.is_holiday(at("2026-09-30T16:00:00Z")));
    EXPECT_FALSE(c.is_holiday(at("2026-09-30T15:59:59Z")));
    EXPECT_TRUE(c.is_open("office", at("2026-10-10T10:00:00+08:00")));  // A Saturday.
}

TEST(calendar, a_span_past_midnight_belongs_to_the_day_it_began_on) {
    const Calendar c = office();
    EXPECT_TRUE(c.is_open("night", at("2026-11-20T23:00:00+08:00")));
    EXPECT_TRUE(c.is_open("night", at("2026-11-21T05:59:00+08:00")));
    EXPECT_FALSE(c.is_open("night", at("2026-11-21T06:00:00+08:00")));
    EXPECT_FALSE(c.is_open("night", at("2026-11-21T23:00:00+08:00")));
}

TEST(calendar, a_year_nobody_entered_is_known_to_be_missing) {
    EXPECT_TRUE(office().covers(2026));
    EXPECT_FALSE(office().covers(2027));
    using Years = std::vector<int>;
    EXPECT_EQ(office().missing_years(at("2026-11-30T23:59:00+08:00")), Years{});
    EXPECT_EQ(office().missing_years(at("2026-12-01T00:00:00+08:00")), Years{2027});
    EXPECT_EQ(office().missing_years(at("2027-12-01T00:00:00+08:00")), (Years{2027, 2028}));
    EXPECT_EQ(Calendar{}.missing_years(at("2027-12-01T00:00:00+08:00")), Years{});
}

TEST(calendar, times_before_1970_do_not_wrap) {
    EXPECT_EQ(office().day_of(UtcTime{-1}), (Day{1970, 1, 1}));  // 07:59:59 in Lanzhou.
    EXPECT_EQ(office().day_of(at("1969-12-31T15:59:59Z")), (Day{1969, 12, 31}));
}

TEST(calendar, what_is_no_weekday_or_time_is_refused) {
    EXPECT_EQ(*parse_weekdays("daily"), 0x7f);
    EXPECT_EQ(*parse_weekdays("mon-wed,sun"), 0x47);
    for (const char* bad : {"", "monday", "fri-mon", "mon-", "mon,,tue", "mon-tue-wed"})
        EXPECT_FALSE(parse_weekdays(bad)) << bad;
    for (const char* bad : {"", "8:30-17:30", "08:30", "08:30-08:30", "24:00-06:00", "08:60-09:00"})
        EXPECT_FALSE(parse_span("mon", bad)) << bad;
    for (const char* bad : {"2026-1-1", "2026-13-01", "2026-02-29", "20260101", "abcd-01-01"})
        EXPECT_FALSE(parse_day(bad)) << bad;
}

}  // namespace
}  // namespace ys
