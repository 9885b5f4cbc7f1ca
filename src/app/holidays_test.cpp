// SPDX-License-Identifier: Apache-2.0
#include "app/holidays.h"

#include <gtest/gtest.h>

#include "app/seed.h"

namespace ys::app {
namespace {

UtcTime at(const char* text) { return *parse_rfc3339(text); }

TEST(Holidays, the_owner_of_the_demo_is_warned_from_december_on) {
    const auto heating = find_scenario("heating", 0);
    ASSERT_TRUE(heating) << heating.error().note;
    EXPECT_TRUE(missing_holidays(*heating, at("2026-11-30T12:00:00+08:00")).empty());
    const auto soon = missing_holidays(*heating, at("2026-12-01T00:00:00+08:00"));
    ASSERT_FALSE(soon.empty());
    EXPECT_EQ(soon.front(), "billing.flow: no holiday of 2027 is entered");
    EXPECT_FALSE(missing_holidays(*heating, at("2027-03-01T00:00:00+08:00")).empty());
}

TEST(Holidays, a_hotline_that_is_always_open_needs_none) {
    const auto bench = find_scenario("bench", 4);
    ASSERT_TRUE(bench) << bench.error().note;
    EXPECT_TRUE(missing_holidays(*bench, at("2027-03-01T00:00:00+08:00")).empty());
}

}  // namespace
}  // namespace ys::app
