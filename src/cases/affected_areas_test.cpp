// SPDX-License-Identifier: Apache-2.0
#include "cases/affected_areas.h"

#include <gtest/gtest.h>

namespace ys::cases {
namespace {

using Names = std::vector<std::string>;

TEST(affected_areas, a_street_is_named_and_not_the_district_around_it) {
    EXPECT_EQ(affected_areas({{"市", "北桥区", "听松里"}, {"市", "北桥区"}}), Names{"听松里"});
    EXPECT_EQ(affected_areas({{"市", "北桥区"}, {"市", "北桥区"}}), Names{"北桥区"});
    EXPECT_EQ(affected_areas({{"市", "北桥区", "听松里"}, {"市", "白苇区"}}),
              (Names{"听松里", "白苇区"}));
}

TEST(affected_areas, too_many_to_read_are_taken_one_step_wider) {
    std::vector<DutyPath> streets;
    for (int i = 0; i < 13; ++i) streets.push_back({"市", "北桥区", "第" + std::to_string(i)});
    EXPECT_EQ(affected_areas(streets), Names{"北桥区"});
    streets.pop_back();
    EXPECT_EQ(affected_areas(streets).size(), affected_areas_max);
}

TEST(affected_areas, no_known_place_is_nobody_and_not_everybody) {
    EXPECT_TRUE(affected_areas({}).empty());
    EXPECT_TRUE(affected_areas({{}, {}}).empty());
}

}  // namespace
}  // namespace ys::cases
