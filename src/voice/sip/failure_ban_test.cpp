// SPDX-License-Identifier: Apache-2.0
// The ban grows, ends, and hits nobody else.
#include "voice/sip/failure_ban.h"

#include <gtest/gtest.h>

namespace ys::sip {
namespace {

const Instant t0 = Instant{} + 1000h;

TEST(FailureBan, the_fifth_failure_bans_and_each_further_one_doubles_it) {
    FailureBan ban;
    for (int i = 0; i < 4; ++i) ban.failed(t0, "10.0.0.1", "1001");
    EXPECT_FALSE(ban.banned(t0, "10.0.0.1", "1001"));
    ban.failed(t0, "10.0.0.1", "1001");
    EXPECT_TRUE(ban.banned(t0 + 29s, "10.0.0.1", "1001"));
    EXPECT_FALSE(ban.banned(t0 + 30s, "10.0.0.1", "1001"));
    ban.failed(t0 + 30s, "10.0.0.1", "1001");
    EXPECT_TRUE(ban.banned(t0 + 89s, "10.0.0.1", "1001"));
    EXPECT_FALSE(ban.banned(t0 + 90s, "10.0.0.1", "1001"));
}

TEST(FailureBan, nobody_else_is_hit) {
    FailureBan ban;
    for (int i = 0; i < 9; ++i) ban.failed(t0, "10.0.0.1", "1001");
    EXPECT_FALSE(ban.banned(t0, "10.0.0.2", "1001"));
    EXPECT_FALSE(ban.banned(t0, "10.0.0.1", "1002"));
}

TEST(FailureBan, a_right_password_clears_the_count) {
    FailureBan ban;
    for (int i = 0; i < 4; ++i) ban.failed(t0, "10.0.0.1", "1001");
    ban.succeeded("10.0.0.1", "1001");
    for (int i = 0; i < 4; ++i) ban.failed(t0, "10.0.0.1", "1001");
    EXPECT_FALSE(ban.banned(t0, "10.0.0.1", "1001"));
}

TEST(FailureBan, the_ban_never_outlasts_an_hour) {
    FailureBan ban;
    for (int i = 0; i < 1000; ++i) ban.failed(t0, "10.0.0.1", "1001");
    EXPECT_TRUE(ban.banned(t0 + 3599s, "10.0.0.1", "1001"));
    EXPECT_FALSE(ban.banned(t0 + 3600s, "10.0.0.1", "1001"));
}

}  // namespace
}  // namespace ys::sip
