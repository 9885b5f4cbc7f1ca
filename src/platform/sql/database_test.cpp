// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/database.h"

#include <limits>

#include "platform/sql/described_rows.h"
#include "platform/sql/placeholders.h"
#include "platform/sql/testing/both_databases.h"
#include "platform/sql/where.h"

namespace ys::sql {
namespace {

using testing::must;

struct Thing {
    std::uint64_t id = 0;
    CentreId centre_id{};
    std::string name{};
    bool is_on = false;
    double weight = 0;
    std::optional<UtcTime> ended_at{};
    std::optional<std::string> note{};
    Blob picture{};
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, centre_id, name, is_on, weight, ended_at, note, picture))

const Schema things{"things",
                    {for_both(1,
                              "CREATE TABLE things (id ID_KEY, centre_id BIGINT NOT NULL,"
                              " name TEXT NOT NULL UNIQUE, is_on BIGINT NOT NULL,"
                              " weight DOUBLE PRECISION NOT NULL, ended_at BIGINT, note TEXT,"
                              " picture BYTES NOT NULL)")}};

class DatabaseTest : public testing::StoreTest {
protected:
    void SetUp() override { open({things}); }
    Result<Done> add(std::uint64_t id, const std::string& name) {
        return write([&](Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto n,
                   insert(tx, "things", Thing{.id = id, .centre_id = CentreId{1}, .name = name}));
            return Done{};
        });
    }
};
YS_ON_BOTH_DATABASES(DatabaseTest);

TEST_P(DatabaseTest, a_described_row_comes_back_as_it_went) {
    Thing t{.id = std::uint64_t{1} << 53,
            .centre_id = CentreId{7},
            .name = "热线 'O\"?%",
            .is_on = true,
            .weight = 0.1,
            .ended_at = UtcTime{-5},
            .note = "",
            .picture = {std::string("\0\xff\n", 3)}};
    ASSERT_TRUE(write([&](Transaction& tx) -> Result<Done> {
        YS_TRY(const auto n, insert(tx, "things", t));
        EXPECT_EQ(n, 1);
        return Done{};
    }));
    const auto back = must(select_one<Thing>(db(), "FROM things WHERE name = ?", t.name));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->id, t.id);
    EXPECT_EQ(back->centre_id, t.centre_id);
    EXPECT_EQ(back->name, t.name);
    EXPECT_TRUE(back->is_on);
    EXPECT_EQ(back->weight, 0.1);
    EXPECT_EQ(back->ended_at, UtcTime{-5});
    EXPECT_EQ(back->note, "") << "empty text is not NULL";
    EXPECT_EQ(back->picture, t.picture);
}

TEST_P(DatabaseTest, nothing_is_null_and_null_is_nothing) {
    ASSERT_TRUE(add(1, "a"));
    const auto back = must(select_one<Thing>(db(), "FROM things WHERE id = ?", 1));
    EXPECT_FALSE(back->ended_at);
    EXPECT_FALSE(back->note);
    EXPECT_EQ(must(db().value<std::int64_t>(-1, "SELECT ended_at FROM things")), -1);
}

TEST_P(DatabaseTest, text_that_is_not_utf8_is_stored_repaired) {
    ASSERT_TRUE(add(1, std::string("a\0\xff z", 5)));
    EXPECT_EQ(must(db().value<std::string>("", "SELECT name FROM things")), "a\xEF\xBF\xBD z");
}

TEST_P(DatabaseTest, a_broken_rule_is_named) {
    ASSERT_TRUE(add(1, "a"));
    EXPECT_EQ(add(1, "b").error().code, errc::unique_violation);
    EXPECT_EQ(add(2, "a").error().code, errc::unique_violation);
    const auto null = write([](Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto n, tx.db().run("INSERT INTO things (id) VALUES (?)", 5));
        return Done{};
    });
    EXPECT_EQ(null.error().code, errc::constraint);
    EXPECT_EQ(db().run("SELECT nonsense FROM nowhere").error().code, errc::bad_statement);
    EXPECT_EQ(db().run("SELECT ?").error().code, errc::bad_statement) << "a parameter is missing";
}

TEST_P(DatabaseTest, an_uncommitted_transaction_leaves_nothing) {
    {
        Transaction tx = must(Transaction::begin(db()));
        must(insert(tx, "things", Thing{.id = 1, .name = "a"}));
    }
    EXPECT_EQ(must(db().value<int>(-1, "SELECT COUNT(*) FROM things")), 0);
}

TEST_P(DatabaseTest, a_failed_attempt_does_not_spoil_the_rest) {
    Transaction tx = must(Transaction::begin(db()));
    const auto adding = [](std::uint64_t id) {
        return [id](Transaction& t) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto n,
                   insert(t, "things", Thing{.id = id, .name = std::to_string(id)}));
            return Done{};
        };
    };
    EXPECT_TRUE(tx.attempt(adding(1)));
    EXPECT_EQ(tx.attempt(adding(1)).error().code, errc::unique_violation);
    EXPECT_TRUE(tx.attempt(adding(2)));
    EXPECT_TRUE(tx.commit());
    EXPECT_EQ(must(db().value<int>(-1, "SELECT COUNT(*) FROM things")), 2);
}

TEST_P(DatabaseTest, put_writes_over_the_row_of_that_id) {
    for (const auto* name : {"a", "b"})
        ASSERT_TRUE(write([&](Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto n, put(tx, "things", Thing{.id = 1, .name = name}));
            return Done{};
        }));
    EXPECT_EQ(must(db().value<std::string>("", "SELECT name FROM things")), "b");
}

TEST_P(DatabaseTest, more_statements_than_are_kept_prepared) {
    for (int i = 0; i < 600; ++i)
        ASSERT_EQ(
            must(db().value<int>(0, "SELECT COUNT(*) + " + std::to_string(i) + " FROM things")), i);
}

TEST_P(DatabaseTest, a_search_sees_its_scope_and_special_characters_are_plain) {
    ASSERT_TRUE(add(1, "100%_!"));
    ASSERT_TRUE(add(2, "100xyz"));
    const auto found = [&](const Scope& scope, std::string_view text) {
        Where where(scope, "centre_id");
        where.also("name LIKE ? ESCAPE '!'", containing(text));
        return must(select_with<Thing>(db(), "FROM things" + where.text(), where.values())).size();
    };
    EXPECT_EQ(found(Scope::of(CentreId{1}), "100"), 2u);
    EXPECT_EQ(found(Scope::of(CentreId{1}), "0%_!"), 1u);
    EXPECT_EQ(found(Scope::of(CentreId{2}), "100"), 0u);
    EXPECT_EQ(found(Scope{}, "100"), 0u);
}

TEST_P(DatabaseTest, a_reader_cannot_write) {
    Database reader = must(Database::open(url(), Access::ReadOnly));
    EXPECT_FALSE(reader.run("DELETE FROM things"));
    EXPECT_TRUE(reader.run("SELECT * FROM things"));
}

TEST_P(DatabaseTest, numbers_of_a_series_rise_and_are_kept) {
    const auto next = [&] {
        return make<std::uint64_t>([](Transaction& tx) { return next_number(tx, "x"); });
    };
    EXPECT_EQ(next(), 1u);
    EXPECT_EQ(next(), 2u);
    ASSERT_TRUE(write([](Transaction& tx) { return number_used(tx, "x", 40); }));
    ASSERT_TRUE(write([](Transaction& tx) { return number_used(tx, "x", 7); }));
    EXPECT_EQ(next(), 41u);
}

TEST_P(DatabaseTest, the_schema_goes_forward_and_a_newer_one_is_refused) {
    Schema newer = things;
    newer.steps.push_back(for_both(2, "ALTER TABLE things ADD COLUMN extra TEXT"));
    must(migrate(db(), std::vector{newer}));
    must(migrate(db(), std::vector{newer}));
    EXPECT_TRUE(db().run("SELECT extra FROM things"));
    EXPECT_EQ(migrate(db(), std::vector{things}).error().code, errc::newer_schema);
    EXPECT_EQ(migrate(db(), std::vector<Schema>{}).error().code, errc::newer_schema)
        << "a room this program does not know";
}

TEST_P(DatabaseTest, a_failed_migration_changes_nothing) {
    Schema broken = things;
    broken.steps.push_back(for_both(2, "CREATE TABLE half (id ID_KEY); SELECT nonsense"));
    EXPECT_FALSE(migrate(db(), std::vector{broken}));
    EXPECT_FALSE(db().run("SELECT * FROM half"));
    must(migrate(db(), std::vector{things}));
}

TEST(Placeholders, are_numbered_outside_of_quotes_only) {
    EXPECT_EQ(numbered("a = ? AND b = '?''?' AND \"c?\" = ?"),
              "a = $1 AND b = '?''?' AND \"c?\" = $2");
}

TEST(DatabaseUrl, of_another_kind_is_refused) {
    EXPECT_EQ(Database::open("mysql://x").error().code, errc::bad_statement);
    EXPECT_EQ(Database::open("sqlite:/nowhere/at/all.db").error().code, errc::io);
    EXPECT_EQ(Database::open("postgresql://127.0.0.1:1/x").error().code, errc::connection_lost);
}

}  // namespace
}  // namespace ys::sql
