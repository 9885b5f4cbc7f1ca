// SPDX-License-Identifier: Apache-2.0
#include "reports/io/case_reading.h"

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"
#include "reports/testing/sixty_cases.h"

namespace ys::reports {
namespace {

using sql::testing::must;

class CaseReadingTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({journal::schema(), schema()});
        const auto facts = hand.facts();
        ASSERT_TRUE(
            write([&](sql::Transaction& tx) { return journal::Journal::append(tx, facts); }));
    }
    const testing::SixtyCases hand = testing::sixty_cases();
    const Scope both{{CentreId{1}, CentreId{2}}};
};
YS_ON_BOTH_DATABASES(CaseReadingTest);

TEST_P(CaseReadingTest, sixty_cases_out_of_the_journal_are_those_counted_by_hand) {
    CaseKpi told(hand.window, hand.window.to);
    for (const facts::Fact& fact : hand.facts()) told.on(fact);
    const CaseKpi read = must(read_cases(db(), both, hand.window, hand.window.to));
    EXPECT_EQ(read.cases(), told.cases());
    EXPECT_EQ(read.cases().size(), 58U);
}

TEST_P(CaseReadingTest, another_centres_cases_are_not_read) {
    const auto rows = must(read_cases(db(), Scope::of(CentreId{2}), hand.window, hand.window.to))
                          .report({})
                          .centres;
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].centre, CentreId{2});
    EXPECT_EQ(rows[0].cases, 4U);
}

TEST_P(CaseReadingTest, customers_served_are_a_centres_own_and_can_be_corrected) {
    for (const std::uint64_t customers : {300'000, 350'000})
        ASSERT_TRUE(write([&](sql::Transaction& tx) {
            return put_customers_served(tx, CentreId{1}, customers);
        }));
    EXPECT_EQ(must(customers_served(db(), both)), (CustomersServed{{CentreId{1}, 350'000}}));
    EXPECT_TRUE(must(customers_served(db(), Scope::of(CentreId{2}))).empty());
}

}  // namespace
}  // namespace ys::reports
