// SPDX-License-Identifier: Apache-2.0
// What the public numbering plan knows of a number, and what it does not.
#include "routing/io/phone_area.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace ys::routing {
namespace {

TEST(phone_area, a_landline_and_a_mobile_are_of_a_city) {
    EXPECT_EQ(phone_area("09362200001"), "甘肃省张掖市");
    EXPECT_EQ(phone_area("13809310000"), "甘肃省兰州市");
    EXPECT_EQ(phone_area("15109400000"), "甘肃省甘南藏族自治州");
    EXPECT_EQ(phone_area("01012345678"), "北京市");
}

TEST(phone_area, what_the_plan_does_not_know_is_nowhere) {
    for (const char* number : {"", "19912345678", "16612345678", "12328", "110", "1779936123",
                               "+85221234567", "0", "00000000000000000000000000000000", "1x'"})
        EXPECT_EQ(phone_area(number), "") << number;
}

TEST(phone_area, many_threads_may_ask_at_once) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([] {
            for (int n = 0; n < 200; ++n) EXPECT_EQ(phone_area("09382612345"), "甘肃省天水市");
        });
}

}  // namespace
}  // namespace ys::routing
