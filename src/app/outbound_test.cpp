// SPDX-License-Identifier: Apache-2.0
#include "app/outbound.h"

#include <gtest/gtest.h>

namespace ys::app {
namespace {

const CentreId centre{1};
constexpr UtcTime ten_in_beijing{2LL * 3600 * 1'000'000};  // 1970-01-01 02:00 UTC

OutboundRules rules() {
    return OutboundRules{{{centre, "1", 8, 21, true},
                          {centre, "0", 8, 21, true},
                          {centre, "00", 0, 24, false},
                          {centre, "110", 0, 24, true}},
                         "6000",
                         Seconds{8 * 3600}};
}

TEST(outbound_rules, nothing_matching_is_denied) {
    EXPECT_FALSE(OutboundRules{}.allows(centre, "13800001001", ten_in_beijing));
    EXPECT_FALSE(rules().allows(centre, "95588", ten_in_beijing));
    EXPECT_FALSE(rules().allows(CentreId{2}, "13800001001", ten_in_beijing));
}

TEST(outbound_rules, the_longest_prefix_decides) {
    EXPECT_TRUE(rules().allows(centre, "13800001001", ten_in_beijing));
    EXPECT_TRUE(rules().allows(centre, "01066666666", ten_in_beijing));
    EXPECT_FALSE(rules().allows(centre, "0015551234567", ten_in_beijing));
}

TEST(outbound_rules, hours_are_the_centres_own) {
    constexpr UtcTime night{14LL * 3600 * 1'000'000};  // 22:00 in Beijing
    EXPECT_FALSE(rules().allows(centre, "13800001001", night));
    EXPECT_TRUE(rules().allows(centre, "110", night));
}

}  // namespace
}  // namespace ys::app
