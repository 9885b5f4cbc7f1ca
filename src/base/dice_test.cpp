// SPDX-License-Identifier: Apache-2.0
#include "base/dice.h"

#include <gtest/gtest.h>

namespace ys {
namespace {

TEST(dice, the_same_seed_throws_the_same) {
    Dice a{42}, b{42}, c{43};
    for (int i = 0; i < 100; ++i) EXPECT_EQ(a.next(), b.next());
    EXPECT_NE(a.next(), c.next());
}

TEST(dice, ranges_hold_both_ends) {
    Dice dice{1};
    bool low = false, high = false;
    for (int i = 0; i < 1000; ++i) {
        const auto n = dice.between(-2, 2);
        ASSERT_TRUE(n >= -2 && n <= 2);
        low |= n == -2;
        high |= n == 2;
    }
    EXPECT_TRUE(low && high);
}

TEST(dice, waiting_times_have_their_mean) {
    Dice dice{7};
    double sum = 0;
    for (int i = 0; i < 100'000; ++i) sum += dice.exponential(180);
    EXPECT_NEAR(sum / 100'000, 180, 3);
}

}  // namespace
}  // namespace ys
