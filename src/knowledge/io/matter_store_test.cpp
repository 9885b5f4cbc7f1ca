// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/matter_store.h"

#include "knowledge/errc.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::knowledge {
namespace {

using sql::testing::must;

const CentreId head{1}, other{2};
const Scope ours = Scope::of(head);

class MatterStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({journal::schema(), matter_schema()});
        must(write([](sql::Transaction& tx) {
            MatterRow row{.centre_id = head, .code = "cold", .title = "室温", .scope = "不热"};
            row.is_safety = true;
            return MatterStore::add(tx, row);
        }));
    }
    Result<AskingRow> ask(const std::string& matter, const std::string& text) {
        std::optional<Result<AskingRow>> out;
        [[maybe_unused]] const auto done = write([&](sql::Transaction& tx) -> Result<Done> {
            AskingRow row{.centre_id = head, .matter = matter, .text = text};
            out.emplace(MatterStore::add(tx, row));
            if (!*out) return out->error();
            return Done{};
        });
        return *std::move(out);
    }
};
YS_ON_BOTH_DATABASES(MatterStoreTest);

TEST_P(MatterStoreTest, ways_of_asking_belong_to_a_matter_and_each_is_there_once) {
    const AskingRow first = must(ask("cold", "家里不热"));
    must(ask("", "讲个笑话"));
    EXPECT_EQ(ask("cold", "家里不热").error().code, make_error_code(sql::errc::unique_violation));
    EXPECT_EQ(ask("hot", "太热").error().code, make_error_code(sql::errc::not_found));
    EXPECT_EQ(must(MatterStore::askings(db(), ours, "cold")).size(), 1U);
    EXPECT_TRUE(must(MatterStore::askings(db(), Scope::of(other), "cold")).empty());
    EXPECT_EQ(must(MatterStore::all_askings(db())).size(), 2U);
    EXPECT_TRUE(must(MatterStore::find(db(), ours, "cold"))->is_safety);
    const auto remove = [&](const Scope& scope) {
        return write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto gone, MatterStore::remove(tx, scope, first.id));
            return Done{};
        });
    };
    EXPECT_EQ(remove(Scope::of(other)).error().code, make_error_code(sql::errc::not_found));
    must(remove(ours));
    EXPECT_TRUE(must(MatterStore::askings(db(), ours, "cold")).empty());
}

TEST_P(MatterStoreTest, a_matter_has_room_for_so_many_and_no_more) {
    must(write([](sql::Transaction& tx) -> Result<Done> {
        for (std::size_t i = 0; i < MatterStore::askings_max; ++i) {
            AskingRow row{.centre_id = head, .matter = "cold", .text = "问" + std::to_string(i)};
            YS_TRY([[maybe_unused]] const auto added, MatterStore::add(tx, row));
        }
        return Done{};
    }));
    EXPECT_EQ(ask("cold", "再问").error().code, make_error_code(Errc::EnoughAskings));
}

TEST_P(MatterStoreTest, what_was_asked_is_kept_and_which_version_answered) {
    const QuestionRow row = make<QuestionRow>([](sql::Transaction& tx) {
        QuestionRow asked{.centre_id = head,
                          .asked_at = UtcTime{5},
                          .channel = "page",
                          .words = "家里不热",
                          .certainty = "sure",
                          .matter = "cold",
                          .article_id = 9,
                          .version = 2};
        return MatterStore::note(tx, asked);
    });
    std::vector<facts::QuestionAsked> told;
    must(journal::Journal::replay(db(), 0, [&](const journal::Entry& entry) {
        told.push_back(std::get<facts::QuestionAsked>(entry.fact.body));
    }));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].question, row.id.value);
    EXPECT_EQ(told[0].article, 9U);
    EXPECT_EQ(told[0].version, 2U);
}

}  // namespace
}  // namespace ys::knowledge
