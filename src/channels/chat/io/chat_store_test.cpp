// SPDX-License-Identifier: Apache-2.0
// The store's contract on both databases, fed by a real desk.
#include "channels/chat/io/chat_store.h"

#include "platform/sql/sealed_url.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::chat {
namespace {

using sql::testing::must;

const CentreId head{1}, other{2};
const QueueId queue{3};
const AgentId ann{11};

Now at(Seconds s) { return {Instant{} + s, UtcTime{s.count() * 1'000'000}}; }

class ChatStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({schema()}); }

    Result<Done> keep(const ChatDesk::Outcome& out, std::string_view citizen = "c1") {
        return write([&](sql::Transaction& tx) -> Result<Done> {
            for (const ChatDesk::Change& change : out.changes) {
                YS_TRY([[maybe_unused]] const Done done, ChatStore::keep(tx, change, citizen));
            }
            return Done{};
        });
    }
    ChatDesk::Outcome tell(Seconds when, const DeskCommand& command,
                           std::string_view citizen = "c1") {
        auto out = must(desk.on(at(when), command));
        must(keep(out, citizen));
        return out;
    }
    ConversationId begin(Seconds when, std::string_view citizen = "c1", CentreId centre = head) {
        const auto id =
            make<ConversationId>([&](sql::Transaction& tx) { return ChatStore::new_id(tx); });
        tell(when, OpenConversation{id, centre, queue}, citizen);
        return id;
    }
    std::vector<ChatMessageRow> messages(ConversationId id, CentreId centre = head) {
        return must(ChatStore::messages(db(), Scope::of(centre), id, 0, 100));
    }
    std::string texts(const std::vector<ChatMessageRow>& rows) {
        std::string out;
        for (const ChatMessageRow& row : rows)
            if (row.note.empty()) out += row.text + " ";
        return out;
    }
    ChatDesk desk{DeskRules{}};
};
YS_ON_BOTH_DATABASES(ChatStoreTest);

TEST_P(ChatStoreTest, what_was_said_and_where_it_stands_is_there_when_it_is_read_again) {
    const auto id = begin(1s);
    tell(2s, AgentReady{ann, {queue}, 3});
    tell(3s, Tell{id, CitizenSays{"k1", "怎么报修?"}});
    tell(4s, Tell{id, RobotSays{2, "拨打…", WantedQuote{{7, 3}, 3}}});
    tell(5s, Tell{id, CitizenSays{"k2", "转人工"}});
    tell(6s, Tell{id, AgentSays{ann, "k1", "您好"}});
    const auto rows = messages(id);
    ASSERT_EQ(rows.size(), 7U);
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].number, i + 1);
    EXPECT_EQ(rows[2].article_id, 7U);
    EXPECT_EQ(rows[2].version, 3U) << "for ever";
    EXPECT_EQ(texts(rows), "怎么报修? 拨打… 转人工 您好 ");
    EXPECT_EQ(rows[6].agent_id, ann);
    const auto kept = must(ChatStore::kept(db(), Scope::of(head), id));
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->standing, desk.find(id)->standing());
    EXPECT_EQ(kept->keys.at(whole_key(Author::Citizen, {}, "k2")), 4U);
    EXPECT_EQ(kept->keys.at(whole_key(Author::Agent, ann, "k1")), 7U);
    EXPECT_EQ(must(ChatStore::messages(db(), Scope::of(head), id, 5, 1)).at(0).number, 6U);
}

TEST_P(ChatStoreTest, the_same_key_is_kept_once_and_a_second_leaves_nothing) {
    const auto id = begin(1s);
    const auto said = tell(2s, Tell{id, CitizenSays{"k", "一"}});
    EXPECT_EQ(keep(said).error().code, make_error_code(sql::errc::stale));
    auto twin = said;  // as another process would number it
    twin.changes[0].messages[0].number = 3;
    twin.changes[0].standing.messages = 3;
    EXPECT_EQ(keep(twin).error().code, make_error_code(sql::errc::unique_violation));
    EXPECT_EQ(must(ChatStore::get(db(), Scope::of(head), id))->messages, 2U);
    auto same_key = said;
    same_key.changes[0].messages[0].number = 3;
    same_key.changes[0].messages[0].author = Author::Agent;
    same_key.changes[0].standing.messages = 3;
    must(keep(same_key));
    EXPECT_EQ(texts(messages(id)), "一 一 ") << "another author may use the same key";
}

TEST_P(ChatStoreTest, what_was_decided_on_top_of_what_was_not_kept_is_not_kept_either) {
    const auto id = begin(1s);
    const auto lost = must(desk.on(at(2s), Tell{id, CitizenSays{"a", "一"}}));
    const auto next = must(desk.on(at(3s), Tell{id, CitizenSays{"b", "二"}}));
    EXPECT_EQ(keep(next).error().code, make_error_code(sql::errc::stale));
    auto kept = *must(ChatStore::kept(db(), Scope::of(head), id));
    desk.restore(std::move(kept.standing), std::move(kept.keys), at(4s));
    tell(5s, Tell{id, CitizenSays{"b", "二"}});
    EXPECT_EQ(messages(id).back().number, 2U) << "sent again, without a gap";
    const auto unborn =
        make<ConversationId>([&](sql::Transaction& tx) { return ChatStore::new_id(tx); });
    must(desk.on(at(6s), OpenConversation{unborn, head, queue}));
    const auto orphan = must(desk.on(at(7s), Tell{unborn, CitizenSays{"a", "一"}}));
    EXPECT_EQ(keep(orphan).error().code, make_error_code(sql::errc::stale));
    EXPECT_FALSE(must(ChatStore::get(db(), Scope::of(head), unborn)));
}

TEST_P(ChatStoreTest, after_a_restart_the_desk_goes_on_where_it_was_and_a_resend_is_no_message) {
    const auto first = begin(1s), second = begin(2s), third = begin(3s);
    tell(4s, Tell{second, AskForPerson{}});
    tell(5s, Tell{first, CitizenSays{"k", "转人工"}});
    tell(6s, Tell{third, CitizenEnds{}});
    ChatDesk again{DeskRules{}};
    ConversationId after;
    for (;;) {
        auto page = must(ChatStore::living(db(), at(5s).utc, after, 2));
        if (page.empty()) break;
        for (KeptChat& each : page) {
            after = each.standing.id;
            again.restore(std::move(each.standing), std::move(each.keys), at(100s));
        }
    }
    EXPECT_EQ(again.broken_invariant(), "");
    EXPECT_EQ(again.waiting(queue), (std::vector{second, first}));
    EXPECT_EQ(again.size(), 3U) << "what has just ended may still be rated";
    EXPECT_TRUE(must(again.on(at(101s), Tell{first, CitizenSays{"k", "转人工"}})).is_resent);
    must(keep(must(again.on(at(102s), Tell{third, Rate{5, "好"}}))));
    EXPECT_EQ(must(ChatStore::get(db(), Scope::of(head), third))->stars, 5);
    EXPECT_EQ(must(ChatStore::living(db(), at(7s).utc, {}, 10)).size(), 2U);
}

TEST_P(ChatStoreTest, a_citizen_finds_all_they_said_and_nobody_elses) {
    const std::string me = citizen_of("token one");
    EXPECT_EQ(me.size(), 64U);
    EXPECT_NE(me, citizen_of("token two"));
    const auto first = begin(1s, me);
    tell(2s, Tell{first, CitizenSays{"a", "一"}}, "");
    tell(3s, Tell{first, CitizenEnds{}}, "");
    const auto others = begin(4s, citizen_of("token two"));
    tell(5s, Tell{others, CitizenSays{"b", "别人的"}});
    const auto elsewhere = begin(6s, me, other);
    tell(7s, Tell{elsewhere, CitizenSays{"c", "别处的"}});
    const auto second = begin(8s, me);
    tell(9s, Tell{second, CitizenSays{"d", "二"}});
    const auto all = must(ChatStore::history(db(), head, me, {}, 100));
    EXPECT_EQ(texts(all), "一 二 ");
    EXPECT_EQ(all.size(), 5U);
    const auto last = must(ChatStore::history(db(), head, me, {}, 2));
    EXPECT_EQ(last.front().chat_id, second);
    EXPECT_EQ(texts(must(ChatStore::history(db(), head, me, {second, 1}, 2))), "一 ");
    const auto chats = must(ChatStore::of_citizen(db(), head, me, 10));
    ASSERT_EQ(chats.size(), 2U);
    EXPECT_EQ(chats[0].id, second);
    EXPECT_EQ(chats[0].citizen, me) << "later changes need not say whose it is";
}

TEST_P(ChatStoreTest, a_left_message_owes_a_case_until_there_is_one) {
    const auto id = begin(1s);
    tell(2s, Tell{id, LeaveMessage{"m", "路灯不亮", "13900000000"}});
    auto owing = must(ChatStore::owing_case(db(), 10));
    ASSERT_EQ(owing.size(), 1U);
    EXPECT_EQ(owing[0].contact, "13900000000");
    must(
        write([&](sql::Transaction& tx) { return ChatStore::has_case(tx, head, id, CaseId{77}); }));
    EXPECT_TRUE(must(ChatStore::owing_case(db(), 10)).empty());
    tell(3s, Tell{id, Rate{5}});
    EXPECT_TRUE(must(ChatStore::owing_case(db(), 10)).empty()) << "a rating owes none again";
    EXPECT_EQ(must(ChatStore::get(db(), Scope::of(head), id))->case_id, CaseId{77});
    EXPECT_EQ(
        write([&](sql::Transaction& tx) { return ChatStore::has_case(tx, other, id, CaseId{78}); })
            .error()
            .code,
        make_error_code(sql::errc::not_found));
}

TEST_P(ChatStoreTest, another_centre_sees_nothing_and_writes_over_nothing) {
    const auto id = begin(1s);
    EXPECT_FALSE(must(ChatStore::get(db(), Scope::of(other), id)));
    EXPECT_FALSE(must(ChatStore::kept(db(), Scope::of(other), id)));
    EXPECT_TRUE(messages(id, other).empty());
    ChatDesk::Outcome foreign;
    foreign.changes.push_back({desk.find(id)->standing(), {}});
    foreign.changes[0].standing.centre = other;
    EXPECT_EQ(keep(foreign).error().code, make_error_code(sql::errc::stale));
}

TEST_P(ChatStoreTest, what_was_said_lies_sealed) {
    const sql::testing::TemporaryFolder folder;
    const std::string key_file = folder.path() + "/keys/vault.key";
    auto sealing = must(sql::Database::open(sql::sealed_url(key_file, url())));
    const Standing standing{.id = ConversationId{1},
                            .centre = head,
                            .queue = queue,
                            .messages = 1,
                            .contact = "13900000000",
                            .rating_words = "好心人"};
    const Message said{
        .number = 1, .author = Author::Agent, .key = "k", .text = "路灯不亮", .shown = "路*不亮"};
    auto tx = must(sql::Transaction::begin(sealing));
    must(ChatStore::keep(tx, {standing, {said}}, "c1"));
    must(tx.commit());
    const auto raw = [&](const char* query) { return must(db().value<std::string>({}, query)); };
    EXPECT_TRUE(raw("SELECT text FROM chat_messages").starts_with("sealed:"));
    EXPECT_TRUE(raw("SELECT shown FROM chat_messages").starts_with("sealed:"));
    EXPECT_TRUE(raw("SELECT contact FROM chats").starts_with("sealed:"));
    EXPECT_TRUE(raw("SELECT rating_words FROM chats").starts_with("sealed:"));
    EXPECT_EQ(must(ChatStore::messages(sealing, Scope::of(head), standing.id, 0, 9)).at(0).text,
              "路灯不亮");
}

}  // namespace
}  // namespace ys::chat
