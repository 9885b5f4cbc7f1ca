// SPDX-License-Identifier: Apache-2.0
#include "platform/journal/audit_chain.h"

#include <filesystem>
#include <fstream>

#include "platform/journal/audit_heads.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::journal {
namespace {

using sql::testing::must;

class AuditChainTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({schema()}); }
    /// Twelve facts of a call among four that are audited.
    void live_a_little() {
        for (std::uint64_t i = 1; i <= 4; ++i) {
            std::vector<facts::Fact> facts(
                3, {UtcTime{10}, CentreId{1}, InteractionId{i}, AgentId{}, facts::CallAnswered{}});
            facts.push_back({UtcTime{11}, CentreId{1}, InteractionId{i}, AgentId{i},
                             facts::RecordingHeard{i, 7, "play"}});
            must(write([&](sql::Transaction& tx) { return Journal::append(tx, facts); }));
        }
    }
    ChainReport verified(const std::vector<ChainHead>& heads = {}) {
        return must(verify_chain(db(), heads));
    }
    std::uint64_t seq_of(std::uint64_t number) {
        return must(
            db().value<std::uint64_t>(0, "SELECT seq FROM audit_links WHERE number = ?", number));
    }
    /// What somebody with the database's password can do: every link made anew.
    void rebuild() {
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto gone, tx.db().run("DELETE FROM audit_links"));
            std::vector<Entry> entries;
            YS_TRY([[maybe_unused]] const Done read,
                   Journal::replay(tx.db(), 0, [&](const Entry& e) { entries.push_back(e); }));
            for (const Entry& e : entries) {
                if (!is_audited(e.fact)) continue;
                std::string kind, body;
                YS_TRY([[maybe_unused]] const Done raw,
                       tx.db().each(
                           "SELECT kind, body FROM facts WHERE seq = ?",
                           [&](const sql::Row& row) {
                               kind = row.text(0);
                               body = row.text(1);
                           },
                           e.seq));
                YS_TRY(
                    [[maybe_unused]] const Done added,
                    link_to_chain(tx, {e.seq, e.fact.at, e.fact.centre.value,
                                       e.fact.interaction.value, e.fact.agent.value, kind, body}));
            }
            return Done{};
        }));
    }
};
YS_ON_BOTH_DATABASES(AuditChainTest);

TEST_P(AuditChainTest, only_what_is_audited_is_in_the_chain_and_it_is_whole) {
    EXPECT_EQ(must(chain_head(db())), ChainHead{});
    EXPECT_FALSE(verified().fault);
    live_a_little();
    const ChainReport report = verified({must(chain_head(db()))});
    EXPECT_EQ(report.links, 4u);
    EXPECT_EQ(report.heads, 1u);
    EXPECT_FALSE(report.fault) << report.fault->what;
}

TEST_P(AuditChainTest, what_is_undone_leaves_no_link) {
    live_a_little();
    const ChainHead before = must(chain_head(db()));
    const facts::Fact fact{UtcTime{1}, CentreId{1}, {}, {}, facts::SignedIn{3, "127.0.0.1"}};
    EXPECT_FALSE(write([&](sql::Transaction& tx) -> Result<Done> {
        const auto tried = tx.attempt([&](sql::Transaction& inner) -> Result<Done> {
            YS_TRY([[maybe_unused]] const Done done, Journal::append(inner, {&fact, 1}));
            return Error{std::errc::io_error, "undone"};
        });
        return tried;
    }));
    EXPECT_EQ(must(chain_head(db())), before);
    EXPECT_FALSE(verified().fault);
}

TEST_P(AuditChainTest, a_changed_row_is_the_first_bad_one) {
    live_a_little();
    for (const char* change :
         {"at_us = at_us + 1", "centre = 2", "agent = 9", "interaction = 9", "kind = 'SignedOut'",
          "body = '{\"recording\":2,\"user\":8,\"how\":\"play\"}'"}) {
        must(db().run("UPDATE facts SET " + std::string(change) + " WHERE seq = ?", seq_of(2)));
        const ChainReport report = verified();
        ASSERT_TRUE(report.fault) << change;
        EXPECT_EQ(report.fault->what, "changed") << change;
        EXPECT_EQ(report.fault->number, 2u);
        EXPECT_EQ(report.fault->seq, seq_of(2));
    }
}

TEST_P(AuditChainTest, a_deleted_row_is_missed_with_or_without_its_link) {
    live_a_little();
    const std::uint64_t seq = seq_of(3);
    must(db().run("DELETE FROM facts WHERE seq = ?", seq));
    ASSERT_TRUE(verified().fault);
    EXPECT_EQ(verified().fault->what, "deleted");
    EXPECT_EQ(verified().fault->seq, seq);
    must(db().run("DELETE FROM audit_links WHERE seq = ?", seq));
    ASSERT_TRUE(verified().fault);
    EXPECT_EQ(verified().fault->what, "link_deleted");
    EXPECT_EQ(verified().fault->number, 3u);
}

TEST_P(AuditChainTest, a_row_put_in_past_the_chain_is_found) {
    live_a_little();
    must(
        db().run("INSERT INTO facts (at_us, centre, interaction, agent, kind, body)"
                 " VALUES (1, 1, 0, 0, 'SignedIn', '{\"user\":3}')"));
    ASSERT_TRUE(verified().fault);
    EXPECT_EQ(verified().fault->what, "not_linked");
}

TEST_P(AuditChainTest, a_lost_end_and_a_rebuilt_chain_are_caught_by_an_old_head_only) {
    live_a_little();
    const ChainHead old = must(chain_head(db()));
    const std::uint64_t last = seq_of(4);
    must(db().run("DELETE FROM audit_links WHERE seq = ?", last));
    must(db().run("DELETE FROM facts WHERE seq = ?", last));
    EXPECT_FALSE(verified().fault) << "nothing inside the database tells it";
    ASSERT_TRUE(verified({old}).fault);
    EXPECT_EQ(verified({old}).fault->what, "cut_off");
    live_a_little();
    must(db().run("UPDATE facts SET agent = 99 WHERE seq = ?", seq_of(2)));
    rebuild();
    EXPECT_FALSE(verified().fault) << "a rebuilt chain is whole";
    ASSERT_TRUE(verified({old}).fault);
    EXPECT_EQ(verified({old}).fault->what, "rebuilt");
    EXPECT_EQ(verified({old}).fault->number, 4u);
}

TEST_P(AuditChainTest, the_index_of_the_audit_is_of_the_same_words) {
    if (GetParam() != sql::Engine::Sqlite) return;
    const std::string made = must(
        db().value<std::string>({}, "SELECT sql FROM sqlite_master WHERE name = 'facts_audited'"));
    EXPECT_TRUE(made.ends_with(audited_condition())) << made;
}

TEST(AuditHeads, a_head_is_signed_kept_and_read_back_and_a_forged_one_is_not) {
    const sql::testing::TemporaryFolder folder;
    const std::filesystem::path there = std::filesystem::path(folder.path()) / "outside";
    const auto signer = must(HeadSigner::open(there));
    const ChainHead head{41, std::string(64, 'a')};
    must(signer.keep(must(signer.sign(head, UtcTime{1'000'000}))));
    must(must(HeadSigner::open(there)).keep(must(signer.sign({42, "bb"}, UtcTime{2'000'000}))));
    const auto read = must(read_heads(heads_file(there)));
    ASSERT_EQ(read.size(), 2u);
    EXPECT_EQ(read[0].head, head);
    EXPECT_EQ(read[0].key, read[1].key) << "the key is made once";
    namespace fs = std::filesystem;
    const auto secret = fs::perms::owner_read | fs::perms::owner_write;
    EXPECT_EQ(fs::status(heads_file(there)).permissions(), secret);
    EXPECT_EQ(fs::status(there / "audit-signing.key").permissions(), secret);
    SignedHead forged = read[0];
    forged.head.number = 40;
    std::ofstream(there / "forged") << to_line(forged) << "\n";
    EXPECT_FALSE(read_heads(there / "forged"));
    fs::permissions(there / "audit-signing.key", fs::perms::others_read, fs::perm_options::add);
    EXPECT_FALSE(HeadSigner::open(there)) << "others may read it";
}

}  // namespace
}  // namespace ys::journal
