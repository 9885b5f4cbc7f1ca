// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/message_store.h"

#include <set>

#include "cases/io/case_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::outreach {
namespace {

using sql::testing::must;

constexpr CentreId centre{1};

class MessageStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), cases::schema(), schema()}); }
    void notice(const char* receiver, const char* reason) {
        ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto put,
                   tx.db().run("INSERT INTO case_notices (case_id, centre_id, at, receiver,"
                               " unit_id, reason, clock, words) VALUES (7, 1, ?, ?, 0, ?, '', '')",
                               noon, receiver, reason));
            return Done{};
        }));
    }
    std::vector<CitizenNotice> take(std::size_t limit = 100) {
        return make<std::vector<CitizenNotice>>(
            [&](sql::Transaction& tx) { return MessageStore::take_notices(tx, limit); });
    }
    MessageRow queue(const std::vector<Channel>& ways = {Channel::Sms, Channel::Mail}) {
        const CitizenNotice of{++last_notice, CaseId{7}, centre, noon, "citizen", "filed", "", {}};
        return make<MessageRow>([&](sql::Transaction& tx) {
            return MessageStore::create(
                tx, {}, {of, "text", {.ways = ways, .must_reach = true, .happened_at = noon}},
                noon);
        });
    }
    MessageRow tell(MessageId id, const MessageCommand& command, const std::string& key = "") {
        return make<MessageRow>([&](sql::Transaction& tx) {
            return MessageStore::tell(tx, {}, id, {command, key, UserId{}}, noon);
        });
    }
    std::vector<MessageRow> due(UtcTime now) {
        return make<std::vector<MessageRow>>(
            [&](sql::Transaction& tx) { return MessageStore::due(tx, {}, now, 10); });
    }
    MessageRow read(MessageId id) {
        return must(MessageStore::get(db(), Scope::of(centre), id)).value();
    }
    std::vector<std::string> journal() {
        std::vector<std::string> out;
        EXPECT_TRUE(journal::Journal::replay(db(), 0, [&](const journal::Entry& entry) {
            const auto& moved = std::get<facts::MessageMoved>(entry.fact.body);
            out.push_back(moved.channel + " " + moved.to);
        }));
        return out;
    }
    const UtcTime noon = must(parse_rfc3339("2026-11-24T04:00:00Z"));
    const UtcTime next_day{noon.us + 25LL * 3'600'000'000};
    std::uint64_t last_notice = 1000;
};
YS_ON_BOTH_DATABASES(MessageStoreTest);

TEST_P(MessageStoreTest, every_notice_to_a_citizen_is_taken_once_and_in_order) {
    notice("citizen", "filed");
    notice("unit", "dispatched");
    notice("citizen", "accepted");
    notice("citizen", "reply");
    std::vector<std::string> reasons;
    for (const auto& each : take(3)) reasons.push_back(each.reason);
    EXPECT_EQ(reasons, (std::vector<std::string>{"filed", "accepted"}));
    EXPECT_EQ(take().at(0).reason, "reply");
    EXPECT_TRUE(take().empty());
    // Undone together with what was made of them, as by a power cut before the commit.
    notice("citizen", "closed");
    EXPECT_FALSE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto taken, MessageStore::take_notices(tx, 10));
        EXPECT_EQ(taken.size(), 1U);
        return Error{std::errc::io_error, "cut"};
    }));
    EXPECT_EQ(take().at(0).reason, "closed");
}

TEST_P(MessageStoreTest, what_was_noticed_before_the_room_was_there_is_not_written_now) {
    // The same step over a store that has notices, as an upgrade is.
    notice("citizen", "filed");
    ASSERT_TRUE(
        db().script("DROP TABLE outreach_place; DROP TABLE outreach_messages;"
                    "DROP TABLE outreach_people; DROP TABLE outreach_signatures;"
                    "DELETE FROM schema_versions WHERE room = 'outreach'"));
    const std::vector<sql::Schema> rooms{journal::schema(), cases::schema(), schema()};
    ASSERT_TRUE(sql::migrate(db(), rooms));
    EXPECT_TRUE(take().empty());
}

TEST_P(MessageStoreTest, a_notice_makes_one_message) {
    const MessageRow first = queue();
    --last_notice;
    EXPECT_FALSE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(
            [[maybe_unused]] const auto second,
            MessageStore::create(
                tx, {},
                {{*first.notice_id, CaseId{7}, centre, noon, "citizen", "filed", "", {}}, "", {}},
                noon));
        return Done{};
    }));
    EXPECT_EQ(must(MessageStore::of_case(db(), Scope::of(centre), CaseId{7})).size(), 1U);
    EXPECT_TRUE(must(MessageStore::of_case(db(), Scope::of(CentreId{2}), CaseId{7})).empty());
}

TEST_P(MessageStoreTest, its_life_is_kept_with_its_facts_and_what_opens_the_case_is_not) {
    const MessageId id = queue().id;
    ASSERT_EQ(due(noon).size(), 1U);
    ASSERT_TRUE(write([&](sql::Transaction& tx) {
        return MessageStore::keep_body(tx, id, "https://h.example/case.html#secret", "shown");
    }));
    EXPECT_EQ(tell(id, TryFailed{"unreachable"}).body, "https://h.example/case.html#secret")
        << "the next try says the same";
    EXPECT_TRUE(due(noon).empty());
    const std::string key = key_of(read(id));
    EXPECT_EQ(must(MessageStore::by_key(db(), key)).value().id, id);
    for (const char* other : {"", "m", "m1", "m1-mail-1", "x1-sms-1", "m99999999999999999999-sms"})
        EXPECT_FALSE(must(MessageStore::by_key(db(), other))) << other;
    EXPECT_EQ(tell(id, HandedOver{}, key).body, "");
    EXPECT_EQ(tell(id, RefusedBy{"no_such_number"}, key).channel, "mail");
    EXPECT_EQ(tell(id, Arrived{}, key).state, "queued") << "a late receipt of the other channel";
    EXPECT_EQ(tell(id, HandedOver{}, key_of(read(id))).state, "sent");
    const MessageRow kept = read(id);
    EXPECT_EQ(kept.text, "shown");
    EXPECT_EQ(kept.why, "");
    EXPECT_FALSE(kept.next_at);
    EXPECT_EQ(journal(), (std::vector<std::string>{"sms queued", "sms sent", "sms refused",
                                                   "mail queued", "mail sent"}));
}

TEST_P(MessageStoreTest, silence_makes_it_unknown) {
    const MessageId id = queue().id;
    tell(id, HandedOver{});
    EXPECT_TRUE(due(next_day).empty());
    EXPECT_EQ(read(id).state, "unknown");
}

TEST_P(MessageStoreTest, who_could_not_be_reached_is_on_the_call_list_until_called) {
    const MessageId id = queue({}).id;
    const auto list = must(MessageStore::to_call(db(), Scope::of(centre), 10));
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].why, "no_address");
    EXPECT_TRUE(due(next_day).empty());
    const auto called = make<MessageRow>([&](sql::Transaction& tx) {
        return MessageStore::tell(tx, {}, id, {Arrived{}, "", UserId{9}}, noon);
    });
    EXPECT_EQ(called.called_by, UserId{9});
    EXPECT_TRUE(must(MessageStore::to_call(db(), Scope::of(centre), 10)).empty());
}

TEST_P(MessageStoreTest, a_person_is_kept_without_the_number) {
    const std::string person = person_of("13800001001");
    EXPECT_EQ(person.find("13800001001"), std::string::npos);
    EXPECT_FALSE(must(MessageStore::person(db(), person)).stopped_at);
    ASSERT_TRUE(write([&](sql::Transaction& tx) {
        return MessageStore::keep_person(tx, {person, "a@h.example", noon});
    }));
    EXPECT_EQ(must(MessageStore::person(db(), person)).mail, "a@h.example");
    EXPECT_EQ(must(MessageStore::person(db(), person)).stopped_at, noon);
}

TEST_P(MessageStoreTest, a_signature_is_good_once_and_forgotten_when_too_old_to_be_good) {
    const auto is_first = [&](UtcTime now) {
        return make<bool>(
            [&](sql::Transaction& tx) { return MessageStore::is_first_time(tx, "v1=ab", now); });
    };
    EXPECT_TRUE(is_first(noon));
    EXPECT_FALSE(is_first({noon.us + 600'000'000}));
    EXPECT_TRUE(is_first(next_day));
}

}  // namespace
}  // namespace ys::outreach
