// SPDX-License-Identifier: Apache-2.0
#include "platform/journal/journal.h"

#include "base/private_text.h"
#include "platform/journal/fact_json.h"
#include "platform/sql/sealed_url.h"
#include "platform/sql/testing/both_databases.h"
#include "platform/vault/vault.h"

namespace ys::journal {
namespace {

using sql::testing::must;

facts::Fact fact(std::int64_t at_us, std::uint64_t centre, std::uint64_t interaction,
                 facts::Body body) {
    return {UtcTime{at_us}, CentreId{centre}, InteractionId{interaction}, AgentId{},
            std::move(body)};
}

class JournalTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({schema()}); }
    void append(const std::vector<facts::Fact>& facts) {
        ASSERT_TRUE(write([&](sql::Transaction& tx) { return Journal::append(tx, facts); }));
    }
    std::vector<Entry> read(const Scope& scope, std::int64_t from, std::int64_t to) {
        std::vector<Entry> out;
        must(Journal::read(db(), scope, UtcTime{from}, UtcTime{to},
                           [&](const Entry& e) { out.push_back(e); }));
        return out;
    }
};
YS_ON_BOTH_DATABASES(JournalTest);

TEST_P(JournalTest, facts_come_back_in_order_and_whole) {
    append({fact(10, 1, 5,
                 facts::CallArrived{.direction = "in",
                                    .caller = "13800138000",
                                    .dialled = "6000",
                                    .display_name = "张\"三'",
                                    .call_id = "a@b",
                                    .source = "trunk",
                                    .customer = 3}),
            fact(20, 1, 5, facts::CallAnswered{}),
            fact(30, 1, 5,
                 facts::Queued{.queue = 2, .why = "flow", .first_arrival_at = UtcTime{30}})});
    const auto got = read(Scope::of(CentreId{1}), 10, 31);
    ASSERT_EQ(got.size(), 3u);
    const auto& arrived = std::get<facts::CallArrived>(got[0].fact.body);
    EXPECT_EQ(arrived.display_name, "张\"三'");
    EXPECT_EQ(arrived.customer, 3u);
    EXPECT_EQ(got[0].fact.interaction, InteractionId{5});
    EXPECT_TRUE(std::holds_alternative<facts::CallAnswered>(got[1].fact.body));
    EXPECT_EQ(std::get<facts::Queued>(got[2].fact.body).first_arrival_at, UtcTime{30});
    EXPECT_LT(got[0].seq, got[1].seq);
}

TEST_P(JournalTest, numbers_lie_sealed_and_facts_of_before_are_sealed_by_a_second_pass) {
    sql::testing::TemporaryFolder folder;
    const std::string keys = folder.path() + "/keys/vault.key";
    must(vault::key_ring(keys));
    auto sealing = must(sql::Database::open(sql::sealed_url(keys, url())));
    const auto arrived = [](const char* caller) {
        return facts::CallArrived{.direction = "in", .caller = caller, .dialled = "6000"};
    };
    const auto raw = [this](std::uint64_t seq) {
        return must(db().value<std::string>("", "SELECT body FROM facts WHERE seq = ?", seq));
    };
    append({fact(10, 1, 1, arrived("13800138000"))});
    EXPECT_NE(raw(1).find("13800138000"), std::string::npos) << "no key yet";
    must(Journal::seal(sealing));
    {
        auto tx = must(sql::Transaction::begin(sealing));
        must(Journal::append(tx, std::vector{fact(20, 1, 2, arrived("13800138000"))}));
        must(tx.commit());
    }
    EXPECT_EQ(raw(1), raw(2)) << "equal numbers are equal sealed";
    EXPECT_EQ(raw(1).find("13800138000"), std::string::npos);
    EXPECT_NE(raw(1).find(R"("direction":"in")"), std::string::npos) << "the rest is readable";
    must(Journal::read(
        sealing, Scope::of(CentreId{1}), UtcTime{0}, UtcTime{100}, [](const Entry& e) {
            EXPECT_EQ(std::get<facts::CallArrived>(e.fact.body).caller, "13800138000");
        }));
}

TEST_P(JournalTest, a_reader_sees_its_centres_and_its_hours_only) {
    append({fact(10, 1, 1, facts::CallAnswered{}), fact(10, 2, 2, facts::CallAnswered{}),
            fact(20, 1, 1, facts::HoldBegan{})});
    EXPECT_EQ(read(Scope::of(CentreId{1}), 0, 100).size(), 2u);
    EXPECT_EQ(read(Scope{{CentreId{1}, CentreId{2}}}, 0, 100).size(), 3u);
    EXPECT_EQ(read(Scope::of(CentreId{1}), 0, 20).size(), 1u);
    EXPECT_EQ(read(Scope{}, 0, 100).size(), 0u);
    EXPECT_EQ(must(Journal::story(db(), Scope::of(CentreId{1}), InteractionId{1})).size(), 2u);
    EXPECT_EQ(must(Journal::story(db(), Scope::of(CentreId{1}), InteractionId{2})).size(), 0u);
}

TEST_P(JournalTest, reading_goes_over_many_pages_and_may_use_the_database_meanwhile) {
    append(std::vector<facts::Fact>(4'500, fact(1, 1, 1, facts::KeysPressed{"n", "1"})));
    std::size_t n = 0;
    must(Journal::replay(db(), 0, [&](const Entry&) {
        if (++n % 1'000 == 0) {
            EXPECT_EQ(must(Journal::highest_interaction(db())), 1u);
        }
    }));
    EXPECT_EQ(n, 4'500u);
    EXPECT_EQ(read(Scope::of(CentreId{1}), 0, 100).size(), 4'500u);
}

TEST_P(JournalTest, the_audit_holds_listening_supervision_and_sign_ins_newest_first) {
    append({fact(1, 1, 0, facts::SignedIn{4, "127.0.0.1"}), fact(2, 1, 9, facts::CallAnswered{}),
            fact(3, 1, 9, facts::RecordingHeard{7, 4, "play"}),
            fact(4, 2, 0, facts::SignedIn{5, "127.0.0.1"}),
            fact(5, 1, 9, facts::SupervisorActed{4, "listen", "抽查"})});
    const auto all = must(Journal::audit(db(), Scope::of(CentreId{1}), 0, 10));
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(kind_of(all[0].fact.body), "SupervisorActed");
    EXPECT_EQ(kind_of(all[2].fact.body), "SignedIn");
    EXPECT_EQ(must(Journal::audit(db(), Scope::of(CentreId{1}), all[1].seq, 10)).size(), 1u);
    EXPECT_EQ(must(Journal::audit(db(), Scope::of(CentreId{1}), 0, 2)).size(), 2u);
}

TEST_P(JournalTest, the_highest_number_is_known_after_a_restart) {
    EXPECT_EQ(must(Journal::highest_interaction(db())), 0u);
    append({fact(1, 1, 41, facts::CallAnswered{}), fact(1, 2, 7, facts::CallAnswered{})});
    EXPECT_EQ(must(Journal::highest_interaction(db())), 41u);
}

TEST_P(JournalTest, a_kind_that_is_not_known_is_an_error_and_not_a_gap) {
    must(
        db().run("INSERT INTO facts (at_us, centre, interaction, agent, kind, body)"
                 " VALUES (1, 1, 1, 0, 'Invented', '{}')"));
    EXPECT_FALSE(Journal::story(db(), Scope::of(CentreId{1}), InteractionId{1}));
}

TEST(FactJson, every_kind_reads_back_what_it_wrote) {
    std::size_t kinds = 0;
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<std::variant_size_v<facts::Body>>>(
        [&](auto index) {
            const facts::Body body{std::in_place_index<index>};
            const auto back = body_from(kind_of(body), body_json(body));
            ASSERT_TRUE(back) << kind_of(body);
            EXPECT_EQ(back->index(), index);
            EXPECT_EQ(body_json(*back), body_json(body));
            EXPECT_EQ(without_marks(marked_json(body)), body_json(body));
            ++kinds;
        });
    EXPECT_EQ(kinds, std::variant_size_v<facts::Body>);
    EXPECT_EQ(kind_of(facts::CallEnded{}), "CallEnded");
    EXPECT_EQ(body_json(facts::SurveyScored{5}), R"({"score":5})");
    const facts::Body keys = facts::KeysPressed{"menu \"a\"", "1\n\"2\""};
    EXPECT_TRUE(has_hidden(marked_json(keys)));
    EXPECT_EQ(without_marks(marked_json(keys)), body_json(keys));
}

}  // namespace
}  // namespace ys::journal
