// SPDX-License-Identifier: Apache-2.0
// Opening hours as text: read, written, and what is no such text.
#include "base/opening_hours.h"

#include <gtest/gtest.h>

namespace ys {
namespace {

std::string again(std::string_view text) {
    const auto hours = parse_opening_hours(text);
    return hours ? to_text(*hours) : "no: " + hours.error().note;
}

TEST(opening_hours, are_written_as_they_were_read) {
    EXPECT_EQ(again("mon-fri 08:30-18:00;sat 09:00-12:00"), "mon-fri 08:30-18:00;sat 09:00-12:00");
    EXPECT_EQ(again(" daily  08:00-20:00 ；"), "daily 08:00-20:00");
    EXPECT_EQ(again("mon,tue,thu-sun 22:00-06:00"), "mon,tue,thu-sun 22:00-06:00");
    EXPECT_EQ(again("mon,tue,wed 08:00-24:00"), "mon-wed 08:00-24:00");
    EXPECT_EQ(again(""), "") << "none: always open";
}

TEST(opening_hours, what_is_none_is_named) {
    EXPECT_EQ(again("mon-fri"), "no: “mon-fri” is no span like mon-fri 08:30-18:00");
    EXPECT_EQ(again("mon-fri 08:30-18:00;so 9-12"),
              "no: “so” is no list of weekdays (mon-fri, sat,sun, daily)");
    EXPECT_EQ(again("mon 8:30-18:00"), "no: “8:30-18:00” is no time of day like 08:30-17:30");
    std::string many;
    for (int i = 0; i < 15; ++i) many += "mon 08:00-09:00;";
    EXPECT_EQ(again(many), "no: more than fourteen spans of opening hours");
}

}  // namespace
}  // namespace ys
