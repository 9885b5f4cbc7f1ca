// SPDX-License-Identifier: Apache-2.0
#include "centres/io/user_store.h"

#include "platform/sql/testing/both_databases.h"

namespace ys::centres {
namespace {

using sql::testing::must;

class UserStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({schema()});
        head_ = make<CentreId>(
            [](sql::Transaction& tx) { return UserStore::put_centre(tx, {.name = "市热线"}); });
        branch_ = make<CentreId>([&](sql::Transaction& tx) {
            return UserStore::put_centre(tx, {.parent_id = head_, .name = "区分中心"});
        });
    }
    UserId add(CentreId centre, const std::string& login, const std::string& work_number = "") {
        return make<UserId>([&](sql::Transaction& tx) {
            return UserStore::put_user(tx, row(centre, login, work_number));
        });
    }
    static UserRow row(CentreId centre, const std::string& login, const std::string& work_number) {
        return {.centre_id = centre,
                .login = login,
                .work_number = work_number,
                .name = "王芳",
                .password_hash = Secret<std::string>("$argon2id$x"),
                .roles = "agent,supervisor"};
    }
    CentreId head_, branch_;
};
YS_ON_BOTH_DATABASES(UserStoreTest);

TEST_P(UserStoreTest, centres_have_numbers_of_their_own_and_a_parent) {
    EXPECT_NE(head_, branch_);
    const auto all = must(UserStore::all_centres(db()));
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[1].parent_id, head_);
    EXPECT_EQ(must(UserStore::centres(db(), Scope::of(branch_))).size(), 1u);
}

TEST_P(UserStoreTest, a_user_is_found_by_login_with_everything_kept) {
    const UserId id = add(branch_, "wangfang", "2107");
    const auto found = must(UserStore::find_login(db(), "wangfang"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, id);
    EXPECT_EQ(found->centre_id, branch_);
    EXPECT_EQ(found->work_number, "2107");
    EXPECT_EQ(found->password_hash.reveal(), "$argon2id$x");
    EXPECT_EQ(found->seat_kind, "Browser");
    EXPECT_TRUE(found->is_active);
    EXPECT_FALSE(must(UserStore::find_login(db(), "WangFang' OR 1=1 --")));
}

TEST_P(UserStoreTest, a_login_or_work_number_that_is_taken_is_refused) {
    add(head_, "a", "1");
    const auto put = [&](const UserRow& r) {
        return write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto id, UserStore::put_user(tx, r));
            return Done{};
        });
    };
    EXPECT_EQ(put(row(branch_, "a", "9")).error().code, sql::errc::unique_violation);
    EXPECT_EQ(put(row(head_, "b", "1")).error().code, sql::errc::unique_violation);
    EXPECT_TRUE(put(row(branch_, "b", "1"))) << "another centre may use the same work number";
    EXPECT_TRUE(put(row(head_, "c", "")));
    EXPECT_TRUE(put(row(head_, "d", ""))) << "no work number is no number";
    EXPECT_EQ(put(row(CentreId{99}, "e", "")).error().code, sql::errc::constraint);
}

TEST_P(UserStoreTest, a_row_put_with_a_number_of_its_own_moves_the_series_on) {
    UserRow fixed = row(head_, "fixed", "");
    fixed.id = UserId{500};
    EXPECT_EQ(make<UserId>([&](auto& tx) { return UserStore::put_user(tx, fixed); }), UserId{500});
    EXPECT_EQ(add(head_, "next"), UserId{501});
}

TEST_P(UserStoreTest, a_centre_sees_and_changes_its_own_people_only) {
    const UserId id = add(branch_, "a", "1");
    add(head_, "b", "2");
    EXPECT_EQ(must(UserStore::users(db(), Scope::of(branch_))).size(), 1u);
    EXPECT_EQ(must(UserStore::users(db(), Scope{{head_, branch_}})).size(), 2u);
    EXPECT_TRUE(must(UserStore::user(db(), Scope::of(branch_), id)));
    EXPECT_FALSE(must(UserStore::user(db(), Scope::of(head_), id)));
    EXPECT_EQ(
        write([&](auto& tx) { return UserStore::set_active(tx, head_, id, false); }).error().code,
        sql::errc::not_found);
    must(write([&](auto& tx) {
        return UserStore::set_password(tx, branch_, id, Secret<std::string>("new"));
    }));
    const auto now = must(UserStore::user(db(), Scope::of(branch_), id));
    EXPECT_EQ(now->password_hash.reveal(), "new");
}

TEST_P(UserStoreTest, a_session_brings_its_user_until_it_ends) {
    const UserId id = add(head_, "a", "1");
    must(write([&](auto& tx) {
        return UserStore::add_session(tx, {.token_hash = "h1",
                                           .user_id = id,
                                           .created_at = UtcTime{1},
                                           .expires_at = UtcTime{100},
                                           .csrf = Secret<std::string>("c")});
    }));
    const auto found = must(UserStore::find_session(db(), "h1", UtcTime{99}));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->user.login, "a");
    EXPECT_EQ(found->session.csrf.reveal(), "c");
    EXPECT_FALSE(must(UserStore::find_session(db(), "h1", UtcTime{100}))) << "it has expired";
    EXPECT_FALSE(must(UserStore::find_session(db(), "h2", UtcTime{1})));
    must(write([&](auto& tx) { return UserStore::set_active(tx, head_, id, false); }));
    EXPECT_FALSE(must(UserStore::find_session(db(), "h1", UtcTime{99})))
        << "the user is switched off";
}

TEST_P(UserStoreTest, sessions_end_by_token_by_user_and_by_time) {
    const UserId a = add(head_, "a"), b = add(head_, "b");
    const auto open = [&](const char* token, UserId user, std::int64_t expires) {
        must(write([&](auto& tx) {
            return UserStore::add_session(
                tx, {.token_hash = token, .user_id = user, .expires_at = UtcTime{expires}});
        }));
    };
    const auto is_there = [&](const char* token) {
        return must(UserStore::find_session(db(), token, UtcTime{0})).has_value();
    };
    open("1", a, 10), open("2", a, 10), open("3", b, 10), open("4", b, 20);
    must(write([](auto& tx) { return UserStore::delete_session(tx, "1"); }));
    EXPECT_FALSE(is_there("1"));
    EXPECT_TRUE(is_there("2"));
    must(write([&](auto& tx) { return UserStore::delete_sessions_of(tx, a); }));
    EXPECT_FALSE(is_there("2"));
    must(write([](auto& tx) { return UserStore::delete_expired_sessions(tx, UtcTime{10}); }));
    EXPECT_FALSE(is_there("3"));
    EXPECT_TRUE(is_there("4"));
}

TEST(Roles, are_whole_words) {
    EXPECT_TRUE(has_role("agent, admin", "admin"));
    EXPECT_FALSE(has_role("agent", "age"));
    EXPECT_FALSE(has_role("", "agent"));
}

}  // namespace
}  // namespace ys::centres
