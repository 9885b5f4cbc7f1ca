// SPDX-License-Identifier: Apache-2.0
#include "api/source_pace.h"

#include <gtest/gtest.h>

namespace ys::api {
namespace {

Instant at(int seconds) { return Instant{} + Seconds{seconds}; }

TEST(SourcePace, an_address_may_so_often_in_a_minute_and_others_do_not_count) {
    SourcePace pace(2, 100);
    EXPECT_TRUE(pace.take(at(0), "a"));
    EXPECT_TRUE(pace.take(at(10), "a"));
    EXPECT_FALSE(pace.take(at(20), "a"));
    EXPECT_TRUE(pace.take(at(20), "b"));
    EXPECT_TRUE(pace.take(at(61), "a")) << "the first has been forgotten";
    EXPECT_FALSE(pace.take(at(62), "a")) << "and what was refused never counted";
    EXPECT_TRUE(pace.take(at(71), "a"));
}

TEST(SourcePace, many_addresses_together_are_held_back_too) {
    SourcePace pace(2, 3);
    for (const char* source : {"a", "b", "c"}) EXPECT_TRUE(pace.take(at(0), source));
    EXPECT_FALSE(pace.take(at(1), "d"));
    EXPECT_TRUE(pace.take(at(61), "d"));
}

}  // namespace
}  // namespace ys::api
