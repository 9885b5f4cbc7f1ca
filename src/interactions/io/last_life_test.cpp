// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/last_life.h"

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::interactions {
namespace {

using sql::testing::must;

class LastLifeTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema()}); }
    void tell(std::int64_t at, const facts::EmergencyMoved& moved) {
        must(write([&](sql::Transaction& tx) {
            const std::vector<facts::Fact> facts{{UtcTime{at}, CentreId{2}, {}, {}, moved}};
            return journal::Journal::append(tx, facts);
        }));
    }
};
YS_ON_BOTH_DATABASES(LastLifeTest);

TEST_P(LastLifeTest, announcements_are_taken_up_as_they_stood) {
    const UtcTime until{9'000'000};
    tell(1, {1, 7, "asked", "emergency-bus", "", until, "snow"});
    tell(2, {1, 8, "in_force", "emergency-bus", "", until, ""});
    tell(3, {2, 7, "asked", "emergency-heating", "听松里\n芦花小区", until, "burst"});
    tell(4, {3, 7, "asked", "emergency-heating", "听松里", until, "mistake"});
    tell(5, {3, 7, "ended", "emergency-heating", "听松里", until, "mistake"});
    const OpenEmergencies all = must(open_emergencies(db()));
    ASSERT_EQ(all.open.size(), 2u);
    EXPECT_EQ(all.first_free, 4u);
    EXPECT_EQ(all.open[0].confirmed_by, AgentId{8});
    EXPECT_TRUE(all.open[0].areas.empty());
    EXPECT_EQ(all.open[1].centre, CentreId{2});
    EXPECT_EQ(all.open[1].areas, (std::vector<std::string>{"听松里", "芦花小区"}));
    EXPECT_EQ(all.open[1].asked_by, AgentId{7});
    EXPECT_FALSE(all.open[1].confirmed_by);
    EXPECT_EQ(all.open[1].until, until);
}

}  // namespace
}  // namespace ys::interactions
