// SPDX-License-Identifier: Apache-2.0
#include "outreach/quiet_hours.h"

#include <gtest/gtest.h>

#include "outreach/stop_word.h"

namespace ys::outreach {
namespace {

TEST(QuietHours, nobody_is_written_to_from_evening_to_morning) {
    const auto quiet = parse_quiet_hours("21:00-08:00");
    ASSERT_TRUE(quiet);
    struct Row {
        const char* now;
        const char* free_from;
    };
    for (const Row& row : {Row{"2026-11-24T12:59:59Z", "2026-11-24T12:59:59Z"},
                           Row{"2026-11-24T13:00:00Z", "2026-11-25T00:00:00Z"},
                           Row{"2026-11-24T16:30:00Z", "2026-11-25T00:00:00Z"},
                           Row{"2026-11-24T23:59:59Z", "2026-11-25T00:00:00Z"},
                           Row{"2026-11-25T00:00:00Z", "2026-11-25T00:00:00Z"}})
        EXPECT_EQ(to_rfc3339(quiet->free_from(*parse_rfc3339(row.now))),
                  to_rfc3339(*parse_rfc3339(row.free_from)))
            << row.now;
}

TEST(QuietHours, at_noon_and_never) {
    const auto noon = parse_quiet_hours("12:00-14:00");
    ASSERT_TRUE(noon);
    EXPECT_TRUE(noon->is_quiet(*parse_rfc3339("2026-11-24T05:00:00Z")));
    EXPECT_FALSE(noon->is_quiet(*parse_rfc3339("2026-11-24T06:00:00Z")));
    const auto never = parse_quiet_hours("");
    ASSERT_TRUE(never);
    for (int hour = 0; hour < 24; ++hour)
        EXPECT_FALSE(never->is_quiet({hour * 3'600'000'000LL})) << hour;
    EXPECT_FALSE(parse_quiet_hours("nine to five"));
}

TEST(StopWord, is_the_whole_message) {
    for (const char* text : {"TD", "td", " 退订 ", "退订。", "T", "STOP"})
        EXPECT_EQ(wish_of(text), Wish::Stop) << text;
    for (const char* text : {"恢复", "hf"}) EXPECT_EQ(wish_of(text), Wish::Resume) << text;
    for (const char* text : {"", "。", "我家还是不热，不要退订", "1", "TDD"})
        EXPECT_EQ(wish_of(text), Wish::None) << text;
}

}  // namespace
}  // namespace ys::outreach
