// SPDX-License-Identifier: Apache-2.0
// Moments so much later or earlier.
#include "base/later.h"

#include <gtest/gtest.h>

namespace ys {
namespace {

TEST(later, takes_any_unit_and_earlier_goes_back) {
    const UtcTime noon = *parse_rfc3339("2026-11-22T12:00:00Z");
    EXPECT_EQ(to_rfc3339(later(noon, 90s)), "2026-11-22T12:01:30.000000Z");
    EXPECT_EQ(to_rfc3339(later(noon, 250ms)), "2026-11-22T12:00:00.250000Z");
    EXPECT_EQ(to_rfc3339(earlier(noon, std::chrono::days{1})), "2026-11-21T12:00:00.000000Z");
    EXPECT_EQ(earlier(later(noon, 3h), 180min), noon);
}

}  // namespace
}  // namespace ys
