// SPDX-License-Identifier: Apache-2.0
// Links that open once, on both databases.
#include "channels/chat/io/link_store.h"

#include "channels/chat/io/chat_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/errc.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::chat {
namespace {

using sql::testing::must;

const CentreId head{1}, other{2};
const ConversationId talk{5};
const InteractionId call{70};

UtcTime at(std::chrono::minutes m) { return {std::chrono::microseconds(m).count()}; }

class LinkStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), schema()}); }

    LinkRow wish(std::string way = "call", ConversationId chat = talk) {
        LinkRow row{.centre_id = head, .way = std::move(way), .chat_id = chat};
        row.page = "落户申请";
        return row;
    }
    std::string make(const LinkRow& row, UtcTime now) {
        return make<LinkStore::Made>(
                   [&](sql::Transaction& tx) { return LinkStore::make(tx, row, now); })
            .code;
    }
    template <class T, class Work>
    T make(Work work) {
        std::optional<T> out;
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(out, work(tx));
            return Done{};
        }));
        return *std::move(out);
    }
    bool calls(const std::string& code, UtcTime now, InteractionId by = call) {
        return make<std::optional<LinkRow>>(
                   [&](sql::Transaction& tx) { return LinkStore::call(tx, code, by, now); })
            .has_value();
    }
    std::string standing(const std::string& code, UtcTime now) {
        const auto row = must(LinkStore::find(db(), code));
        return row ? std::string(row->standing(now)) : "unknown";
    }
    std::int64_t facts(std::string_view verb) {
        return must(db().value<std::int64_t>(
            0, "SELECT COUNT(*) FROM facts WHERE kind = 'ConversationLinked' AND body LIKE ?",
            "%\"" + std::string(verb) + "\"%"));
    }
};
YS_ON_BOTH_DATABASES(LinkStoreTest);

TEST_P(LinkStoreTest, a_link_becomes_one_call_and_says_afterwards_that_it_was_used) {
    const std::string code = make(wish(), at(0min));
    EXPECT_EQ(standing(code, at(29min)), "open");
    EXPECT_TRUE(calls(code, at(1min)));
    EXPECT_FALSE(calls(code, at(2min), InteractionId{71})) << "once";
    EXPECT_EQ(standing(code, at(2min)), "used");
    const auto rows = must(LinkStore::of_call(db(), Scope::of(head), call));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.front().chat_id, talk);
    EXPECT_EQ(rows.front().page, "落户申请");
    EXPECT_TRUE(must(LinkStore::of_call(db(), Scope::of(other), call)).empty());
    EXPECT_TRUE(must(LinkStore::of_call(db(), Scope::of(head), InteractionId{71})).empty());
    EXPECT_TRUE(must(LinkStore::of_call(db(), Scope::of(head), InteractionId{})).empty());
    EXPECT_EQ(facts("made"), 1);
    EXPECT_EQ(facts("called"), 1);
}

TEST_P(LinkStoreTest, half_an_hour_later_it_is_too_old_and_a_made_up_one_is_none) {
    const std::string code = make(wish(), at(0min));
    EXPECT_EQ(standing(code, at(30min)), "expired");
    EXPECT_FALSE(calls(code, at(30min)));
    EXPECT_FALSE(calls(std::string(22, 'a'), at(1min)));
    EXPECT_FALSE(calls("", at(1min)));
    EXPECT_FALSE(calls(std::string(100'000, 'a'), at(1min)));
    EXPECT_EQ(standing("' OR 1=1 --", at(1min)), "unknown");
    EXPECT_EQ(facts("called"), 0);
    // A day after, nobody has it any more.
    make(wish(), at(26h));
    EXPECT_EQ(standing(code, at(26h)), "unknown");
}

TEST_P(LinkStoreTest, only_the_digest_of_a_code_is_kept) {
    const std::string code = make(wish(), at(0min));
    EXPECT_EQ(code.size(), 22U);
    const auto row = must(LinkStore::find(db(), code));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->code_digest.find(code), std::string::npos);
    EXPECT_NE(make(wish(), at(0min)), code);
}

TEST_P(LinkStoreTest, a_conversation_has_so_many_links_in_an_hour) {
    for (int i = 0; i < 20; ++i) make(wish(), at(0min));
    const auto more = write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto made, LinkStore::make(tx, wish(), at(1min)));
        return Done{};
    });
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code, sql::errc::full);
    make(wish("call", ConversationId{6}), at(1min));
    make(wish(), at(61min));
}

}  // namespace
}  // namespace ys::chat
