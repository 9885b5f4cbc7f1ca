// SPDX-License-Identifier: Apache-2.0
#include "cases/io/pass_store.h"

#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

UtcTime at(std::string_view text) { return must(parse_rfc3339(text)); }

class PassStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({pass_schema()}); }
    std::string issue(CaseId id, UtcTime until, UtcTime now) {
        return make<std::string>([&](sql::Transaction& tx) {
            return PassStore::issue(tx, {id, CentreId{1}, until}, now);
        });
    }
    bool opens(const std::string& token, UtcTime now) {
        return must(PassStore::find(db(), token, now)).has_value();
    }
    const UtcTime noon = at("2026-11-24T04:00:00Z"), evening = at("2026-11-24T10:00:00Z");
};
YS_ON_BOTH_DATABASES(PassStoreTest);

TEST_P(PassStoreTest, a_pass_opens_its_case_until_it_is_over) {
    const std::string token = issue(CaseId{7}, evening, noon);
    const auto found = must(PassStore::find(db(), token, noon));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->case_id, CaseId{7});
    EXPECT_EQ(found->centre_id, CentreId{1});
    EXPECT_FALSE(opens(token, evening));
    EXPECT_FALSE(opens("", noon));
    EXPECT_FALSE(opens(std::string(token.size(), 'A'), noon));
}

TEST_P(PassStoreTest, passes_of_one_case_are_taken_back_together) {
    const std::string one = issue(CaseId{7}, evening, noon), two = issue(CaseId{7}, evening, noon),
                      other = issue(CaseId{8}, evening, noon);
    EXPECT_NE(one, two);
    ASSERT_TRUE(write([](sql::Transaction& tx) { return PassStore::take_back(tx, CaseId{7}); }));
    EXPECT_FALSE(opens(one, noon));
    EXPECT_FALSE(opens(two, noon));
    EXPECT_TRUE(opens(other, noon));
}

}  // namespace
}  // namespace ys::cases
