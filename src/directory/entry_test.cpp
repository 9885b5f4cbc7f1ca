// SPDX-License-Identifier: Apache-2.0
#include "directory/entry.h"

#include <gtest/gtest.h>

#include "base/opening_hours.h"

namespace ys::directory {
namespace {

Entry entry(std::string code, std::string number, std::string hours = "") {
    return {.code = std::move(code),
            .kind = "hotline",
            .name = "热线",
            .number = std::move(number),
            .hours = std::move(hours),
            .purpose = "都能问"};
}

UtcTime at(const char* text) { return *parse_rfc3339(text); }

TEST(Entry, a_directory_that_is_right_has_no_faults) {
    Entry office = entry("hall", "0931-8700100", "mon-fri 09:00-17:00");
    office.kind = "office";
    EXPECT_EQ(faults({entry("hotline", "6300"), office}), std::vector<EntryFault>{});
    EXPECT_EQ(dialled(office), "09318700100");
    EXPECT_EQ(hotline_of({office, entry("hotline", "6300")})->code, "hotline");
}

TEST(Entry, every_fault_is_named_beside_its_field) {
    Entry bad = entry("Hotline!", "12", "now and then");
    bad.name.clear();
    bad.purpose.clear();
    bad.kind = "shop";
    const std::vector<EntryFault> expected{
        {"entries.0.code", "code_shape"}, {"entries.0.kind", "unknown_kind"},
        {"entries.0.name", "need_name"},  {"entries.0.purpose", "need_purpose"},
        {"entries.0.hours", "bad_hours"}, {"entries.0.number", "bad_number"},
        {"entries", "need_hotline"}};
    EXPECT_EQ(faults({bad}), expected);
    const std::vector<EntryFault> twice{{"entries.1.code", "taken"}, {"entries.1.number", "taken"}};
    EXPECT_EQ(faults({entry("a", "6300"), entry("a", "6300")}), twice);
    EXPECT_EQ(faults({}), (std::vector<EntryFault>{{"entries", "need_hotline"}}));
}

TEST(OpeningNow, says_until_when_and_from_when) {
    const Calendar calendar;
    const auto hours = *parse_opening_hours("mon-fri 09:00-12:00;mon-fri 13:30-17:00");
    // 2026-11-23 is a Monday; China is eight hours ahead.
    const auto open = opening_now(calendar, hours, at("2026-11-23T02:00:00Z"));
    EXPECT_TRUE(open.is_open);
    EXPECT_EQ(open.changes_at, at("2026-11-23T04:00:00Z"));
    const auto lunch = opening_now(calendar, hours, at("2026-11-23T04:30:00Z"));
    EXPECT_FALSE(lunch.is_open);
    EXPECT_EQ(lunch.changes_at, at("2026-11-23T05:30:00Z"));
    const auto weekend = opening_now(calendar, hours, at("2026-11-27T12:00:00Z"));
    EXPECT_EQ(weekend.changes_at, at("2026-11-30T01:00:00Z"));
}

TEST(OpeningNow, goes_by_holidays_and_the_days_worked_for_them) {
    Calendar calendar;
    for (unsigned day = 1; day <= 8; ++day) calendar.holidays[{2026, 10, day}] = "国庆节";
    calendar.workdays.push_back({2026, 10, 10});  // A Saturday.
    const auto hours = *parse_opening_hours("mon-fri 09:00-17:00");
    const auto holiday = opening_now(calendar, hours, at("2026-10-01T02:00:00Z"));
    EXPECT_FALSE(holiday.is_open);
    EXPECT_EQ(holiday.changes_at, at("2026-10-09T01:00:00Z"));
    EXPECT_TRUE(opening_now(calendar, hours, at("2026-10-10T02:00:00Z")).is_open);
}

TEST(OpeningNow, night_hours_end_in_the_morning_and_no_hours_never_end) {
    const Calendar calendar;
    const auto night = opening_now(calendar, *parse_opening_hours("daily 20:00-06:00"),
                                   at("2026-11-23T14:00:00Z"));
    EXPECT_TRUE(night.is_open);
    EXPECT_EQ(night.changes_at, at("2026-11-23T22:00:00Z"));
    const auto always = opening_now(calendar, {}, at("2026-11-23T14:00:00Z"));
    EXPECT_TRUE(always.is_open);
    EXPECT_FALSE(always.changes_at);
    const auto whole = opening_now(calendar, *parse_opening_hours("daily 00:00-24:00"),
                                   at("2026-11-23T14:00:00Z"));
    EXPECT_TRUE(whole.is_open);
    EXPECT_FALSE(whole.changes_at);
}

}  // namespace
}  // namespace ys::directory
