// SPDX-License-Identifier: Apache-2.0
#include "cases/io/view_store.h"

#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

class ViewStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({view_schema()}); }
    ViewRow put(UserId user, const std::string& name, const std::string& query) {
        return make<ViewRow>([&](sql::Transaction& tx) {
            return ViewStore::put(tx, {{}, user, name, query});
        });
    }
    const UserId li{7}, wang{8};
};
YS_ON_BOTH_DATABASES(ViewStoreTest);

TEST_P(ViewStoreTest, a_view_is_its_users_own_and_a_name_has_one) {
    const ViewRow late = put(li, "超时的", "late=1");
    put(wang, "超时的", "late=1&state=working");
    EXPECT_EQ(put(li, "超时的", "late=1&unit=4").id, late.id);
    const auto own = must(ViewStore::of(db(), li));
    ASSERT_EQ(own.size(), 1U);
    EXPECT_EQ(own[0].query, "late=1&unit=4");
    const auto drop = [&](UserId user) {
        return write([&](sql::Transaction& tx) { return ViewStore::drop(tx, user, late.id); });
    };
    EXPECT_EQ(drop(wang).error().code, make_error_code(sql::errc::not_found));
    EXPECT_TRUE(drop(li));
    EXPECT_TRUE(must(ViewStore::of(db(), li)).empty());
    EXPECT_EQ(must(ViewStore::of(db(), wang)).size(), 1U);
}

TEST_P(ViewStoreTest, nobody_keeps_views_without_end) {
    for (std::size_t i = 0; i < ViewStore::views_max; ++i) put(li, std::to_string(i), "");
    EXPECT_FALSE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto row, ViewStore::put(tx, {{}, li, "one more", ""}));
        return Done{};
    }));
    EXPECT_EQ(put(li, "0", "late=1").query, "late=1") << "one there is can be changed";
}

}  // namespace
}  // namespace ys::cases
