// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/sealing.h"

#include <filesystem>
#include <optional>

#include "platform/sql/sealed_url.h"
#include "platform/sql/testing/both_databases.h"
#include "platform/vault/key_file.h"

namespace ys::sql {
namespace {

using testing::must;

struct Person {
    std::uint64_t id = 0;
    Private phone{};
    std::string note{};
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, phone, note))

class SealedColumnTest : public testing::StoreTest {
protected:
    void SetUp() override {
        open({{"people",
               {for_both(1, "CREATE TABLE people (id ID_KEY, phone TEXT UNIQUE, note TEXT)")}},
              sealing_schema()});
    }
    std::string key_file() const { return folder_.path() + "/keys/vault.key"; }
    Database with_key() { return must(Database::open(sealed_url(key_file(), url()))); }
    Result<Done> add(Database& to, const Person& person) {
        YS_TRY(Transaction tx, Transaction::begin(to));
        YS_TRY([[maybe_unused]] const auto n, insert(tx, "people", person));
        return tx.commit();
    }
    Result<Done> seal() {
        Database to = with_key();
        const std::vector<SealedTable> tables{sealed_table<Person>("people")};
        EXPECT_EQ(tables.front().columns, std::vector<std::string>{"phone"});
        return seal_all(to, vault::Vault(must(vault::key_ring(key_file()))), tables);
    }
    int under(const std::string& prefix) {
        return must(
            db().value<int>(0, "SELECT COUNT(*) FROM people WHERE phone LIKE ?", prefix + "%"));
    }
    void new_key(bool keeps_old) {
        vault::KeyRing ring = must(vault::key_ring(key_file()));
        vault::add_key(ring);
        if (!keeps_old) ring.keys.erase(ring.keys.begin());
        must(vault::write_key_ring(key_file(), ring));
    }

private:
    testing::TemporaryFolder folder_;
};
YS_ON_BOTH_DATABASES(SealedColumnTest);

TEST_P(SealedColumnTest, a_private_field_is_sealed_in_its_column_and_found_by_its_text) {
    Database sealing = with_key();
    must(add(sealing, {1, "13800138000", "sealed: a word"}));
    const auto raw = must(db().value<std::string>({}, "SELECT phone FROM people"));
    EXPECT_TRUE(raw.starts_with("sealed:1:")) << raw;
    EXPECT_EQ(must(db().value<std::string>({}, "SELECT note FROM people")), "sealed: a word");
    const auto found =
        must(select<Person>(sealing, "FROM people WHERE phone = ?", Private("13800138000")));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().phone, "13800138000");
    EXPECT_EQ(found.front().note, "sealed: a word");
    EXPECT_EQ(must(sealing.value<std::string>({}, "SELECT phone FROM people")), "13800138000")
        << "by any query";
    EXPECT_FALSE(add(sealing, {2, "13800138000", ""})) << "still unique";
}

TEST_P(SealedColumnTest, a_column_that_becomes_private_later_is_sealed_at_the_next_start) {
    must(add(db(), {1, "13800138000", "张三来电"}));
    must(seal());
    EXPECT_EQ(must(db().value<std::string>({}, "SELECT note FROM people")), "张三来电");
    Database to = with_key();
    const std::vector<SealedTable> now{{"people", "id", {"phone", "note"}}};
    must(seal_all(to, vault::Vault(must(vault::key_ring(key_file()))), now));
    EXPECT_TRUE(
        must(db().value<std::string>({}, "SELECT note FROM people")).starts_with("sealed:"));
}

TEST_P(SealedColumnTest, a_value_inside_json_is_sealed_alone_and_opened_in_its_place) {
    Database sealing = with_key();
    const std::string json =
        R"({"n":1,"who":")" + hidden(R"(a \"b\")", Hidden::Sealed) + R"(","text":"sealed:no"})";
    must(add(sealing, {1, "", json}));
    const auto raw = must(db().value<std::string>({}, "SELECT note FROM people"));
    EXPECT_EQ(raw.find("a \\"), raw.npos) << raw;
    EXPECT_TRUE(raw.starts_with(R"({"n":1,"who":"sealed:1:)")) << raw;
    EXPECT_EQ(must(sealing.value<std::string>({}, "SELECT note FROM people")),
              R"({"n":1,"who":"a \"b\"","text":"sealed:no"})");
}

TEST_P(SealedColumnTest,
       a_word_of_an_index_is_the_same_letters_every_time_and_another_under_a_new_key) {
    Database sealing = with_key();
    const auto put = [&](std::uint64_t id) {
        must(add(sealing, {id, std::to_string(id), "c7 " + hidden("北桥", Hidden::Hashed)}));
        return must(db().value<std::string>({}, "SELECT note FROM people WHERE id = ?", id));
    };
    const std::string first = put(1);
    EXPECT_EQ(first.size(), 3u + 8u) << first;
    EXPECT_TRUE(first.starts_with("c7 "));
    EXPECT_EQ(put(2), first);
    new_key(true);
    sealing = with_key();
    EXPECT_NE(put(3), first);
}

TEST_P(SealedColumnTest, without_a_key_text_is_text) {
    must(add(db(), {1, "13800138000", ""}));
    EXPECT_EQ(must(db().value<std::string>({}, "SELECT phone FROM people")), "13800138000");
    EXPECT_EQ(
        must(select<Person>(db(), "FROM people WHERE phone = ?", Private("13800138000"))).size(),
        1u);
}

TEST_P(SealedColumnTest, rows_of_before_are_sealed_and_a_new_key_takes_them_over_in_batches) {
    must(write([](Transaction& tx) -> Result<Done> {
        for (std::uint64_t i = 1; i <= 1'203; ++i) {
            YS_TRY([[maybe_unused]] const auto n,
                   insert(tx, "people", Person{i, std::to_string(13'800'000'000 + i), ""}));
        }
        return Done{};
    }));
    must(seal());
    EXPECT_EQ(under("sealed:1:"), 1'203);
    new_key(true);
    must(seal());
    EXPECT_EQ(under("sealed:2:"), 1'203);
    Database sealing = with_key();
    EXPECT_EQ(must(select<Person>(sealing, "FROM people WHERE phone = ?", Private("13800000007")))
                  .front()
                  .id,
              7u);
    new_key(false);
    new_key(false);
    const auto lost = seal();
    ASSERT_FALSE(lost) << "the key they are under is gone";
    EXPECT_EQ(lost.error().code, std::errc::permission_denied);
    EXPECT_EQ(under("sealed:2:"), 1'203) << "nothing was sealed twice";
}

}  // namespace
}  // namespace ys::sql
