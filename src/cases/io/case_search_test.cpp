// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_search.h"

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

const CentreId here{1}, elsewhere{2};

class CaseWordsTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), schema()}); }
    CaseRow create(CaseRow row, CentreId centre = here) {
        return make<CaseRow>(
            [&](sql::Transaction& tx) { return CaseStore::create(tx, centre, row, saving); });
    }
    std::vector<CaseId> found(const CaseSearch& search, const Scope& scope = Scope::of(here)) {
        std::vector<CaseId> out;
        for (const CaseRow& row : must(CaseStore::search(db(), scope, search)))
            out.push_back(row.id);
        return out;
    }
    const Saving saving{.user = UserId{7}, .now = must(parse_rfc3339("2026-11-24T01:00:00Z"))};
};
YS_ON_BOTH_DATABASES(CaseWordsTest);

TEST_P(CaseWordsTest, newest_first_page_by_page_and_with_every_other_filter) {
    std::vector<CaseId> ids;
    for (int i = 0; i < 5; ++i)
        ids.push_back(create({.kind = i % 2 ? "leak" : "no_heat", .title = "暖气片漏水"}).id);
    EXPECT_EQ(found({.text = "漏水", .limit = 2}), (std::vector{ids[4], ids[3]}));
    EXPECT_EQ(found({.text = "漏水", .before = ids[3], .limit = 2}), (std::vector{ids[2], ids[1]}));
    EXPECT_EQ(found({.text = "漏水", .kind = "leak"}), (std::vector{ids[3], ids[1]}));
    EXPECT_TRUE(found({.text = "漏水", .from = saving.now, .to = saving.now}).empty());
}

TEST_P(CaseWordsTest, another_centres_words_find_nothing_here) {
    const CaseId theirs = create({.title = "公交不停站"}, elsewhere).id;
    EXPECT_TRUE(found({.text = "公交"}).empty());
    EXPECT_EQ(found({.text = "公交"}, Scope::of(elsewhere)), std::vector{theirs});
    EXPECT_EQ(found({.text = "公交"}, Scope{{here, elsewhere}}), std::vector{theirs});
    EXPECT_TRUE(found({.text = "公交"}, Scope{}).empty());
}

TEST_P(CaseWordsTest, a_change_is_found_by_its_new_words_only) {
    CaseRow row = create({.title = "暖气不热", .detail = "阀门坏了"});
    EXPECT_EQ(found({.text = "阀门"}), std::vector{row.id});
    row.detail = "水泵响";
    must(write([&](sql::Transaction& tx) {
        const auto changed = CaseStore::change(tx, here, row, saving);
        return changed ? Result<Done>(Done{}) : Result<Done>(changed.error());
    }));
    EXPECT_TRUE(found({.text = "阀门"}).empty());
    EXPECT_EQ(found({.text = "水泵 暖气"}), std::vector{row.id});
}

TEST_P(CaseWordsTest, telephone_and_identity_numbers_inside_the_text_are_in_no_index) {
    create({.title = "回电13900000002",
            .detail = "身份证62010219900101001X，座机0931-8000001",
            .address = "听松里3号楼"});
    const bool is_sqlite = db().engine() == sql::Engine::Sqlite;
    const auto all = must(db().value<std::string>(
        "", is_sqlite ? "SELECT words FROM case_words" : "SELECT words::text FROM case_words"));
    EXPECT_NE(all.find("听松"), std::string::npos);
    for (const char* secret : {"139000", "000002", "620102", "0931", "800000"})
        EXPECT_EQ(all.find(secret), std::string::npos) << all;
    EXPECT_TRUE(found({.text = "13900000002"}).empty());
}

TEST_P(CaseWordsTest, cases_of_before_the_index_are_taken_in_once) {
    const CaseId a = create({.title = "暖气不热"}).id, b = create({.title = "暖气漏水"}).id;
    const auto left = [&](std::size_t limit) {
        return make<std::size_t>(
            [&](sql::Transaction& tx) { return CaseWords::put_what_is_left(tx, limit); });
    };
    EXPECT_EQ(left(10), 0U) << "they were saved with their words";
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] auto n, tx.db().run("DELETE FROM case_words"));
        YS_TRY(n, tx.db().run("UPDATE case_words_left SET below = ?", b.value + 1));
        return Done{};
    }));
    EXPECT_TRUE(found({.text = "暖气"}).empty());
    EXPECT_EQ(left(1), 1U);
    EXPECT_EQ(found({.text = "暖气"}), std::vector{b}) << "the newest first";
    EXPECT_EQ(left(10), 1U);
    EXPECT_EQ(left(10), 0U);
    EXPECT_EQ(found({.text = "暖气"}), (std::vector{b, a}));
}

}  // namespace
}  // namespace ys::cases
