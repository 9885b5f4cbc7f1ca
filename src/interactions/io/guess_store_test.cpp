// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/guess_store.h"

#include "platform/sql/testing/both_databases.h"

namespace ys::interactions {
namespace {

using sql::testing::must;

class GuessStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({guess_schema()}); }
    void says_no(const char* number, std::int64_t at) {
        const NoGuessesRow row{Private(number), UtcTime{at}};
        must(write([&](sql::Transaction& tx) { return GuessStore::want_none(tx, row); }));
    }
};

TEST_P(GuessStoreTest, WhoSaidNoOnceIsOfferedNothingAnyMore) {
    EXPECT_FALSE(must(GuessStore::wants_none(db(), Private("13800138001"))));
    says_no("13800138001", 1);
    says_no("13800138001", 2);
    EXPECT_TRUE(must(GuessStore::wants_none(db(), Private("13800138001"))));
    EXPECT_FALSE(must(GuessStore::wants_none(db(), Private("13800138002"))));
}

YS_ON_BOTH_DATABASES(GuessStoreTest);

}  // namespace
}  // namespace ys::interactions
