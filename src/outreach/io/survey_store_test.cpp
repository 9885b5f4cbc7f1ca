// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/survey_store.h"

#include "base/later.h"
#include "cases/io/case_store.h"
#include "outreach/io/message_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::outreach {
namespace {

using sql::testing::must;

constexpr CentreId centre{1};
constexpr UtcTime noon{1'795'000'000'000'000};

class SurveyStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), cases::schema(), schema(), survey_schema()}); }
    void end_call(InteractionId id) {
        ASSERT_TRUE(write([&](sql::Transaction& tx) {
            const facts::Fact fact{noon, centre, id, {}, facts::CallEnded{.cause = "completed"}};
            const facts::Fact other{noon, centre, id, {}, facts::CallAnswered{}};
            const std::array both{other, fact};
            return journal::Journal::append(tx, both);
        }));
    }
    std::vector<std::uint64_t> take(std::size_t limit = 10) {
        const auto taken = make<std::vector<EndedCall>>(
            [&](sql::Transaction& tx) { return SurveyStore::take_calls(tx, limit); });
        std::vector<std::uint64_t> out;
        for (const EndedCall& each : taken) out.push_back(each.id.value);
        return out;
    }
    SurveyRow add(const char* number = "13800001001", UtcTime made = noon) {
        return make<SurveyRow>([&](sql::Transaction& tx) {
            return SurveyStore::add(tx, {.centre_id = centre,
                                         .interaction_id = InteractionId{7},
                                         .agent_id = AgentId{3},
                                         .queue_id = QueueId{2},
                                         .number = number,
                                         .ended_at = noon,
                                         .state = "made",
                                         .made_at = made});
        });
    }
    std::string issue(SurveyId id, const char* channel = "sms") {
        return make<std::string>([&](sql::Transaction& tx) {
            return SurveyStore::issue(tx, id, channel, SurveyRules{}, noon);
        });
    }
    std::vector<facts::Body> journal() {
        std::vector<facts::Body> out;
        EXPECT_TRUE(journal::Journal::replay(
            db(), 0, [&](const journal::Entry& entry) { out.push_back(entry.fact.body); }));
        return out;
    }
};
YS_ON_BOTH_DATABASES(SurveyStoreTest);

TEST_P(SurveyStoreTest, every_ended_call_is_taken_once_and_in_order_however_many_at_once) {
    for (const std::uint64_t id : {5, 3, 9}) end_call(InteractionId{id});
    EXPECT_EQ(take(2), (std::vector<std::uint64_t>{5, 3}));
    EXPECT_FALSE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto taken, SurveyStore::take_calls(tx, 10));
        EXPECT_EQ(taken.size(), 1U);
        return Error{std::errc::io_error, "the power fails before the commit"};
    }));
    EXPECT_EQ(take(), (std::vector<std::uint64_t>{9}));
    EXPECT_TRUE(take().empty());
}

TEST_P(SurveyStoreTest, a_link_is_answered_once_and_only_its_digest_is_kept) {
    const SurveyRow row = add();
    const std::string first = issue(row.id), pass = issue(row.id, "mail");
    EXPECT_FALSE(must(SurveyStore::by_pass(db(), first))) << "another channel, another pass";
    EXPECT_FALSE(must(SurveyStore::by_pass(db(), "")));
    const auto found = must(SurveyStore::by_pass(db(), pass));
    ASSERT_TRUE(found);
    EXPECT_NE(found->pass_hash, pass);
    EXPECT_EQ(found->expires_at, later(noon, SurveyRules{}.valid_for));
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(
            write([&](sql::Transaction& tx) { return SurveyStore::asked(tx, row.id, noon); }));
    const UtcTime soon = later(noon, 60s);
    const auto say = [&](bool is_solved, std::int32_t score) {
        return write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const SurveyRow said,
                   SurveyStore::answer(tx, row.id, {is_solved, score, "等太久"}, soon));
            return Done{};
        });
    };
    EXPECT_TRUE(say(false, 2));
    EXPECT_FALSE(say(true, 5)) << "once";
    const auto after = must(SurveyStore::by_pass(db(), pass));
    EXPECT_EQ(after->solved, "no");
    EXPECT_EQ(after->score, 2);
    EXPECT_EQ(after->words, "等太久");
    const auto facts = journal();
    ASSERT_EQ(facts.size(), 2U) << "asked once, answered once";
    EXPECT_EQ(std::get<facts::SurveyAsked>(facts[0]).channel, "mail");
    const auto& said = std::get<facts::SurveyAnswered>(facts[1]);
    EXPECT_EQ(said.asked_at, noon);
    EXPECT_EQ(said.queue, 2U);
    EXPECT_EQ(said.score, 2);
}

TEST_P(SurveyStoreTest, who_was_asked_last_is_known_by_number_and_by_person) {
    EXPECT_FALSE(must(SurveyStore::asked_last(db(), "13800001001", CustomerId{4})));
    add();
    add("13800001001", later(noon, 60s));
    EXPECT_EQ(must(SurveyStore::asked_last(db(), "13800001001", {})), later(noon, 60s));
    EXPECT_FALSE(must(SurveyStore::asked_last(db(), "13800001002", {})));
    ASSERT_TRUE(write([](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto put, SurveyStore::add(tx, {.centre_id = centre,
                                                                      .customer_id = CustomerId{4},
                                                                      .number = "13800001003",
                                                                      .state = "made",
                                                                      .made_at = noon}));
        return Done{};
    }));
    EXPECT_EQ(must(SurveyStore::asked_last(db(), "13800001002", CustomerId{4})), noon)
        << "another number of the same person";
}

}  // namespace
}  // namespace ys::outreach
