// SPDX-License-Identifier: Apache-2.0
// What a transaction adds to the statements in it: attempts, statements nobody waits for, what is
// read once and what is done once before the commit.
#include "platform/sql/described_rows.h"
#include "platform/sql/migration.h"
#include "platform/sql/testing/both_databases.h"
#include "platform/sql/where.h"

namespace ys::sql {
namespace {

using testing::must;

const Schema things{"things",
                    {for_both(1,
                              "CREATE TABLE things (id ID_KEY, name TEXT NOT NULL UNIQUE);"
                              "CREATE TABLE counted (n BIGINT NOT NULL)")}};

constexpr const char* add_thing = "INSERT INTO things (id, name) VALUES (?, ?)";

class TransactionTest : public testing::StoreTest {
protected:
    void SetUp() override { open({things}); }
    Transaction begin() { return must(Transaction::begin(db())); }
    int count() { return must(db().value<int>(0, "SELECT COUNT(*) FROM things")); }
    std::string names() {
        std::string out;
        must(db().each("SELECT name FROM things ORDER BY id",
                       [&](const Row& row) { out += std::string(row.text(0)) + ' '; }));
        return out;
    }
};
YS_ON_BOTH_DATABASES(TransactionTest);

TEST_P(TransactionTest, what_is_sent_soon_is_there_for_the_next_question) {
    Transaction tx = begin();
    for (int i = 1; i <= 200; ++i) must(db().run_soon(add_thing, i, "thing " + std::to_string(i)));
    EXPECT_EQ(count(), 200);
    must(db().run_soon("UPDATE things SET name = ? WHERE id = ?", "last", 200));
    must(tx.commit());
    EXPECT_EQ(must(db().value<std::string>("", "SELECT name FROM things WHERE id = 200")), "last");
}

TEST_P(TransactionTest, an_attempt_whose_last_statement_fails_soon_is_undone_alone) {
    Transaction tx = begin();
    must(tx.attempt([](Transaction& t) { return t.db().run_soon(add_thing, 1, "one"); }));
    const auto failed = tx.attempt([](Transaction& t) -> Result<Done> {
        YS_TRY([[maybe_unused]] const Done sent, t.db().run_soon(add_thing, 2, "two"));
        return t.db().run_soon(add_thing, 3, "one");
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, errc::unique_violation);
    must(tx.attempt([](Transaction& t) { return t.db().run_soon(add_thing, 4, "four"); }));
    must(tx.commit());
    EXPECT_EQ(names(), "one four ");
}

TEST_P(TransactionTest, the_error_of_what_was_sent_is_that_of_the_next_statement) {
    Transaction tx = begin();
    must(db().run(add_thing, 1, "one"));
    Result<Done> sent = db().run_soon(add_thing, 2, "one");
    const auto asked = db().value<int>(0, "SELECT COUNT(*) FROM things");
    // SQLite says it at once.
    if (sent) sent = asked ? Result<Done>(Done{}) : asked.error();
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, errc::unique_violation);
}

TEST_P(TransactionTest, a_work_that_gives_up_after_what_it_sent_failed_is_undone) {
    Transaction tx = begin();
    must(tx.attempt([](Transaction& t) { return t.db().run_soon(add_thing, 1, "one"); }));
    const auto failed = tx.attempt([](Transaction& t) -> Result<Done> {
        [[maybe_unused]] const auto sent = t.db().run_soon(add_thing, 2, "one");
        return Error{errc::not_found, "thought better of it"};
    });
    EXPECT_EQ(failed.error().code, errc::not_found);
    must(tx.commit());
    EXPECT_EQ(names(), "one ");
}

TEST_P(TransactionTest, a_transaction_left_with_what_was_sent_is_undone) {
    {
        Transaction tx = begin();
        must(db().run_soon(add_thing, 1, "one"));
        [[maybe_unused]] const auto failed = db().run_soon(add_thing, 2, "one");
    }
    EXPECT_FALSE(db().is_in_transaction());
    EXPECT_EQ(count(), 0);
}

TEST_P(TransactionTest, a_commit_brings_the_error_of_what_was_sent) {
    Transaction tx = begin();
    must(db().run_soon(add_thing, 1, "one"));
    Result<Done> done = db().run_soon(add_thing, 2, "one");
    const auto committed = tx.commit();
    if (done) done = committed;
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, errc::unique_violation);
    EXPECT_FALSE(db().is_in_transaction());
}

TEST_P(TransactionTest, what_waits_for_the_commit_is_done_once) {
    const auto count_it = [](Transaction& t) {
        return t.db().run_soon("INSERT INTO counted (n) SELECT COUNT(*) FROM things");
    };
    Transaction tx = begin();
    for (int i = 1; i <= 3; ++i)
        must(tx.attempt([&](Transaction& t) {
            t.at_commit("count", count_it);
            return t.db().run_soon(add_thing, i, "thing " + std::to_string(i));
        }));
    EXPECT_EQ(must(db().value<int>(0, "SELECT COUNT(*) FROM counted")), 0);
    must(tx.commit());
    EXPECT_EQ(must(db().value<int>(0, "SELECT COUNT(*) FROM counted")), 1);
    EXPECT_EQ(must(db().value<int>(0, "SELECT n FROM counted")), 3);
}

TEST_P(TransactionTest, a_commit_fails_with_what_waited_for_it) {
    Transaction tx = begin();
    must(db().run_soon(add_thing, 1, "one"));
    tx.at_commit("fail", [](Transaction& t) { return t.db().run_soon(add_thing, 2, "one"); });
    EXPECT_FALSE(tx.commit());
    EXPECT_EQ(count(), 0);
}

TEST_P(TransactionTest, what_was_read_is_kept_until_an_attempt_is_undone_or_all_is_over) {
    const auto keep = [&] { db().keep("answer", std::make_shared<const int>(42)); };
    keep();
    EXPECT_EQ(db().kept<int>("answer"), nullptr) << "outside a transaction nothing is kept";
    {
        Transaction tx = begin();
        must(tx.attempt([&](Transaction&) -> Result<Done> {
            keep();
            return Done{};
        }));
        ASSERT_NE(db().kept<int>("answer"), nullptr);
        EXPECT_EQ(*db().kept<int>("answer"), 42);
        EXPECT_FALSE(tx.attempt([](Transaction&) -> Result<Done> {
            return Error{errc::not_found, "no"};
        }));
        EXPECT_EQ(db().kept<int>("answer"), nullptr);
        keep();
        must(tx.commit());
    }
    EXPECT_EQ(db().kept<int>("answer"), nullptr);
}

TEST_P(TransactionTest, numbers_go_on_after_an_attempt_that_was_undone) {
    std::vector<std::uint64_t> given;
    const auto draw = [&](Transaction& t) -> Result<Done> {
        for (int i = 0; i < 2; ++i) {
            YS_TRY(given.emplace_back(), next_number(t, "things"));
        }
        return Done{};
    };
    {
        Transaction tx = begin();
        must(tx.attempt(draw));
        EXPECT_FALSE(tx.attempt([&](Transaction& t) -> Result<Done> {
            must(draw(t));
            return Error{errc::not_found, "no"};
        }));
        must(tx.attempt(draw));
        must(number_used(tx, "things", 40));
        must(tx.attempt(draw));
        must(tx.commit());
    }
    Transaction tx = begin();
    must(draw(tx));
    EXPECT_EQ(given, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 41, 42, 43, 44}));
}

TEST_P(TransactionTest, numbers_of_a_transaction_that_was_undone_are_given_again) {
    {
        Transaction tx = begin();
        EXPECT_EQ(must(next_number(tx, "things")), 1U);
        EXPECT_EQ(must(next_number(tx, "things")), 2U);
    }
    Transaction tx = begin();
    EXPECT_EQ(must(next_number(tx, "things")), 1U);
}

TEST_P(TransactionTest, one_of_a_list_is_found_however_long_it_is) {
    Transaction tx = begin();
    for (int i = 1; i <= 5; ++i) must(db().run_soon(add_thing, i, "t" + std::to_string(i)));
    const auto found = [&](const std::vector<int>& ids) {
        std::string sql = "SELECT COUNT(*) FROM things";
        Where where(Scope::of(CentreId{1}), "1");
        where.among("id", ids);
        int out = 0;
        must(db().run_with(sql + where.text(), where.values(),
                           [&](const Row& row) { row.get(0, out); }));
        return out;
    };
    EXPECT_EQ(found({}), 0);
    EXPECT_EQ(found({3}), 1);
    EXPECT_EQ(found({1, 2, 5}), 3);
    EXPECT_EQ(found({1, 2, 3, 4, 5}), 5);
}

}  // namespace
}  // namespace ys::sql
