// SPDX-License-Identifier: Apache-2.0
#include "routing/patience.h"

#include <gtest/gtest.h>

namespace ys::routing {
namespace {

TEST(patience, is_the_product_of_those_who_stayed) {
    Waits waits;
    waits.left_after(10s);
    waits.answered_after(15s);
    waits.left_after(20s);
    waits.left_after(20s);
    waits.answered_after(30s);
    const Patience patience{waits};
    EXPECT_DOUBLE_EQ(patience.survival(9s), 1.0);
    EXPECT_DOUBLE_EQ(patience.survival(10s), 4.0 / 5);
    EXPECT_DOUBLE_EQ(patience.survival(19s), 4.0 / 5) << "an answer is no departure";
    EXPECT_DOUBLE_EQ(patience.survival(20s), 4.0 / 5 * 1 / 3);
    EXPECT_DOUBLE_EQ(patience.survival(90s), 4.0 / 5 * 1 / 3) << "nobody left after 20 s";
}

/// Answered callers cut off at random: the mean of the draws is the mean behind them, which the
/// mean of the waits of those who left is far from.
TEST(patience, finds_what_censoring_hides) {
    Dice dice{7};
    Waits waits;
    double left_sum = 0, left = 0;
    for (int i = 0; i < 20'000; ++i) {
        const Millis patient{static_cast<std::int64_t>(dice.exponential(60'000))};
        const Millis offered{static_cast<std::int64_t>(dice.exponential(90'000))};
        if (patient <= offered) {
            waits.left_after(patient);
            left_sum += static_cast<double>(patient.count());
            ++left;
        } else {
            waits.answered_after(offered);
        }
    }
    const Patience patience{waits};
    EXPECT_LT(left_sum / left, 40'000) << "what a naive mean would say";
    for (const Millis m : {Millis{20'000}, Millis{60'000}, Millis{120'000}})
        EXPECT_NEAR(patience.survival(m), std::exp(-static_cast<double>(m.count()) / 60'000), 0.02);
    double beyond = 0;
    int n = 0;
    for (int i = 0; i < 20'000; ++i)
        if (const auto drawn = patience.draw(dice, 30s)) {
            EXPECT_GT(*drawn, 30s);
            beyond += static_cast<double>((*drawn - Millis{30'000}).count());
            ++n;
        }
    EXPECT_NEAR(beyond / n, 60'000, 3'000) << "an exponential has no memory";
}

TEST(patience, nobody_left_means_nobody_is_known_to_leave) {
    Waits waits;
    waits.answered_after(10s);
    const Patience patience{waits};
    Dice dice{1};
    EXPECT_EQ(patience.draw(dice, 10s), std::nullopt);
}

}  // namespace
}  // namespace ys::routing
