// SPDX-License-Identifier: Apache-2.0
#include "cases/io/evidence_store.h"

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

constexpr UtcTime noon{1'764'000'000'000'000};
UtcTime after(Seconds time) { return {noon.us + time.count() * 1'000'000}; }

class EvidenceStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), evidence_schema()}); }
    static EvidenceRow offer(const std::string& key, UserId user = UserId{5}) {
        EvidenceRow row{.centre_id = CentreId{1}, .case_id = CaseId{7}, .user_id = user};
        row.idempotency_key = key;
        row.purpose = "before";
        row.begun_at = noon;
        row.sent_bytes = 100;
        row.sent_sha256 = "ab";
        return row;
    }
    Result<EvidenceRow> begun(const EvidenceRow& row) {
        std::optional<Result<EvidenceRow>> out;
        const auto done = write([&](sql::Transaction& tx) -> Result<Done> {
            out = EvidenceStore::begin(tx, row);
            if (!*out) return out->error();
            return Done{};
        });
        return *std::move(out);
    }
    EvidenceRow kept(const EvidenceRow& row) {
        return make<EvidenceRow>([&](sql::Transaction& tx) {
            return EvidenceStore::keep(tx, row, {"jpg", 90, "cd", 640, 480}, noon);
        });
    }
    std::size_t facts() {
        std::size_t n = 0;
        must(journal::Journal::replay(db(), 0, [&](const journal::Entry& entry) {
            n += std::holds_alternative<facts::EvidenceKept>(entry.fact.body) ? 1 : 0;
        }));
        return n;
    }
};
YS_ON_BOTH_DATABASES(EvidenceStoreTest);

TEST_P(EvidenceStoreTest, one_key_of_one_sender_is_one_upload) {
    const EvidenceRow first = must(begun(offer("k")));
    EXPECT_EQ(must(begun(offer("k"))).id, first.id);
    EXPECT_NE(must(begun(offer("k", UserId{6}))).id, first.id);
    EXPECT_NE(must(begun(offer("l"))).id, first.id);
    kept(first);
    EXPECT_TRUE(must(begun(offer("k"))).is_kept());
}

TEST_P(EvidenceStoreTest, keeping_it_twice_is_one_row_and_one_fact) {
    const EvidenceRow row = must(begun(offer("k")));
    EXPECT_TRUE(must(EvidenceStore::of_case(db(), Scope::of(CentreId{1}), CaseId{7})).empty());
    EXPECT_EQ(kept(row).sha256, "cd");
    EXPECT_EQ(kept(row).bytes, 90);
    EXPECT_EQ(facts(), 1U);
    EXPECT_EQ(must(EvidenceStore::of_case(db(), Scope::of(CentreId{1}), CaseId{7})).size(), 1U);
    EXPECT_TRUE(must(EvidenceStore::of_case(db(), Scope::of(CentreId{2}), CaseId{7})).empty());
    EXPECT_FALSE(must(EvidenceStore::get(db(), Scope::of(CentreId{1}), CaseId{8}, row.id)));
}

TEST_P(EvidenceStoreTest, a_case_and_a_sender_have_a_limit) {
    for (int i = 0; i < evidence_open_max; ++i) must(begun(offer(std::to_string(i))));
    EXPECT_EQ(begun(offer("more")).error().code, EvidenceErrc::TooMany) << "too many on their way";
    EXPECT_TRUE(begun(offer("0"))) << "one that is known goes on";
    for (int i = 0; i < evidence_of_citizen_max; ++i) {
        const auto row = begun(offer(std::to_string(i), UserId{}));
        ASSERT_TRUE(row) << i;
        kept(*row);
    }
    EXPECT_EQ(begun(offer("more", UserId{})).error().code, EvidenceErrc::TooMany);
    EvidenceRow film = offer("film", UserId{8});
    film.sent_bytes = evidence_case_bytes_max;
    EXPECT_EQ(begun(film).error().code, EvidenceErrc::TooMany);
    for (int i = 0; i < 20; ++i) must(begun(offer(std::to_string(i), UserId{9})));
    EXPECT_EQ(begun(offer("k", UserId{10})).error().code, EvidenceErrc::TooMany) << "the case";
}

TEST_P(EvidenceStoreTest, what_nobody_finishes_is_dropped_and_what_is_kept_stays) {
    const EvidenceRow left = must(begun(offer("left"))), done = must(begun(offer("done")));
    kept(done);
    EXPECT_TRUE(must(EvidenceStore::abandoned(db(), after(Seconds{3600}))).empty());
    const auto over = must(EvidenceStore::abandoned(db(), after(Seconds{25 * 3600})));
    EXPECT_EQ(over, std::vector<EvidenceId>{left.id});
    EXPECT_TRUE(must(EvidenceStore::is_open(db(), left.id)));
    must(write([&](sql::Transaction& tx) { return EvidenceStore::drop(tx, {left.id, done.id}); }));
    EXPECT_FALSE(must(EvidenceStore::is_open(db(), left.id)));
    EXPECT_TRUE(must(EvidenceStore::get(db(), Scope::of(CentreId{1}), CaseId{7}, done.id)));
    const auto late = write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto row, EvidenceStore::keep(tx, left, {}, noon));
        return Done{};
    });
    EXPECT_EQ(late.error().code, EvidenceErrc::Gone);
}

}  // namespace
}  // namespace ys::cases
