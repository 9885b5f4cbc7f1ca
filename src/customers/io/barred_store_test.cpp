// SPDX-License-Identifier: Apache-2.0
#include "customers/io/barred_store.h"

#include "centres/io/user_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/errc.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::customers {
namespace {

using sql::testing::must;

const Scope ours = Scope::of(CentreId{1}), theirs = Scope::of(CentreId{2});
const UserId li{7}, wang{8};
const UtcTime day{1'000'000'000}, later{2'000'000'000}, over{9'000'000'000};

class BarredStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({centres::schema(), journal::schema(), barred_schema()}); }
    BarredId ask(const std::string& number = "13800138000") {
        return make<BarredId>([&](sql::Transaction& tx) {
            BarredRow row;
            row.centre_id = CentreId{1};
            row.number = number;
            row.reason = "辱骂";
            row.until_at = over;
            row.asked_by = li;
            return BarredStore::ask(tx, row, day);
        });
    }
    Result<Done> confirm(BarredId id, UserId user, const Scope& scope = ours) {
        return write([&](auto& tx) { return BarredStore::confirm(tx, scope, id, user, later); });
    }
    Result<Done> lift(BarredId id, UserId user) {
        return write([&](auto& tx) { return BarredStore::lift(tx, ours, id, user, later); });
    }
    bool is_barred(UtcTime now, const Scope& scope = ours) {
        return must(BarredStore::is_barred(db(), scope, "13800138000", now));
    }
    std::size_t told() {
        return must(
            db().value<std::size_t>(0, "SELECT COUNT(*) FROM facts WHERE kind = 'CallerBarred'"));
    }
};
YS_ON_BOTH_DATABASES(BarredStoreTest);

TEST_P(BarredStoreTest, one_person_alone_bars_nobody) {
    const BarredId id = ask();
    EXPECT_FALSE(is_barred(later));
    const auto again = confirm(id, li);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, sql::errc::unique_violation);
    EXPECT_FALSE(is_barred(later));
    must(confirm(id, wang));
    EXPECT_TRUE(is_barred(later));
    EXPECT_EQ(told(), 2U) << "asked and confirmed, each in the journal";
}

TEST_P(BarredStoreTest, it_is_over_by_itself_and_then_may_be_asked_again) {
    must(confirm(ask(), wang));
    EXPECT_FALSE(is_barred(over));
    EXPECT_EQ(must(BarredStore::list(db(), ours)).front().state(over), "ended");
}

TEST_P(BarredStoreTest, a_number_is_asked_for_once_at_a_time) {
    const BarredId id = ask();
    const auto twice = write([&](sql::Transaction& tx) -> Result<Done> {
        BarredRow row;
        row.centre_id = CentreId{1};
        row.number = "13800138000";
        row.until_at = over;
        YS_TRY([[maybe_unused]] const auto second, BarredStore::ask(tx, row, later));
        return Done{};
    });
    EXPECT_FALSE(twice);
    must(lift(id, wang));
    ask();
}

TEST_P(BarredStoreTest, lifting_ends_it_and_a_closed_one_stays_closed) {
    const BarredId id = ask();
    must(confirm(id, wang));
    must(lift(id, li));
    EXPECT_FALSE(is_barred(later));
    EXPECT_EQ(lift(id, li).error().code, sql::errc::stale);
    EXPECT_EQ(confirm(id, wang).error().code, sql::errc::stale);
}

TEST_P(BarredStoreTest, another_centre_neither_sees_nor_confirms_it) {
    const BarredId id = ask();
    EXPECT_EQ(confirm(id, wang, theirs).error().code, sql::errc::not_found);
    must(confirm(id, wang));
    EXPECT_FALSE(is_barred(later, theirs));
    EXPECT_TRUE(must(BarredStore::list(db(), theirs)).empty());
}

}  // namespace
}  // namespace ys::customers
