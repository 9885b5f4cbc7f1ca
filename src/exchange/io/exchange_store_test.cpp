// SPDX-License-Identifier: Apache-2.0
#include "exchange/io/exchange_store.h"

#include "platform/sql/testing/both_databases.h"

namespace ys::exchange {
namespace {

using journal::Entry;
using journal::Journal;
using sql::testing::must;

const CentreId here{1}, elsewhere{2};
constexpr UtcTime noon{1'764'000'000'000'000};

UtcTime after_noon(Seconds by) { return {noon.us + std::chrono::microseconds(by).count()}; }

class ExchangeStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({journal::schema(), schema()});
        happened(1);  // before anybody was to be told
        must(write([](sql::Transaction& tx) {
            return ExchangeStore::set_partners(
                tx, {{"city", here, "hash", true, 0}, {"silent", elsewhere, "", false, 0}});
        }));
    }
    void happened(std::uint64_t case_id, CentreId centre = here) {
        const facts::Fact fact{
            noon, centre, {}, {}, facts::CaseSaved{.case_id = case_id, .action = "created"}};
        must(write([&](sql::Transaction& tx) { return Journal::append(tx, {&fact, 1}); }));
    }
    std::size_t collect() {
        return make<std::size_t>([](sql::Transaction& tx) {
            return ExchangeStore::collect(
                tx,
                [](sql::Transaction&, const PartnerRow& partner,
                   const Entry& entry) -> Result<std::optional<DeliveryRow>> {
                    const auto* saved = std::get_if<facts::CaseSaved>(&entry.fact.body);
                    if (!saved || entry.fact.centre != partner.centre_id)
                        return std::optional<DeliveryRow>{};
                    DeliveryRow row;
                    row.centre_id = entry.fact.centre;
                    row.kind = "event";
                    row.case_id = CaseId{saved->case_id};
                    row.made_at = row.next_at = entry.fact.at;
                    return std::optional{row};
                });
        });
    }
    std::vector<DeliveryRow> due(UtcTime now, std::string_view partner = "city") {
        return must(ExchangeStore::due(db(), partner, now, 10));
    }
    void tried(DeliveryId id, UtcTime now, Tried what) {
        must(write([&](sql::Transaction& tx) { return ExchangeStore::tried(tx, id, now, what); }));
    }
};
YS_ON_BOTH_DATABASES(ExchangeStoreTest);

TEST_P(ExchangeStoreTest, what_happened_after_a_partner_came_is_owed_to_it_once) {
    EXPECT_EQ(collect(), 0U);
    happened(2);
    happened(3, CentreId{9});
    happened(4, elsewhere);
    EXPECT_EQ(collect(), 2U);
    EXPECT_EQ(collect(), 0U);
    const auto owed = due(noon);
    ASSERT_EQ(owed.size(), 1U);
    EXPECT_EQ(owed[0].case_id, CaseId{2});
    const auto others = due(noon, "silent");
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others[0].case_id, CaseId{4});
}

TEST_P(ExchangeStoreTest, of_one_case_nobody_hears_the_end_before_the_beginning) {
    happened(2);
    happened(2);
    happened(5);
    collect();
    const auto first = due(noon);
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].case_id, CaseId{2});
    EXPECT_EQ(first[1].case_id, CaseId{5});
    tried(first[0].id, noon, {503, "busy"});
    EXPECT_EQ(due(noon).size(), 1U) << "the second of case 2 waits for the first";
    EXPECT_EQ(must(ExchangeStore::next_due(db(), "city")), noon);
    tried(first[0].id, after_noon(10s), {200, ""});
    const auto rest = due(after_noon(10s));
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_GT(rest[0].id == first[1].id ? rest[1].id : rest[0].id, first[0].id);
}

TEST_P(ExchangeStoreTest, a_dead_letter_is_seen_by_its_centre_and_sent_again) {
    happened(2);
    collect();
    const DeliveryId id = due(noon).front().id;
    tried(id, noon, {404, "no such hook"});
    EXPECT_TRUE(due(after_noon(48h)).empty());
    const auto dead = must(ExchangeStore::list(db(), Scope::of(here), "given_up", {}, 10));
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].last_status, 404);
    EXPECT_EQ(dead[0].note, "no such hook");
    EXPECT_TRUE(must(ExchangeStore::list(db(), Scope::of(elsewhere), "given_up", {}, 10)).empty());
    EXPECT_FALSE(write([&](sql::Transaction& tx) {
        return ExchangeStore::send_again(tx, Scope::of(elsewhere), id, noon);
    }));
    must(write([&](sql::Transaction& tx) {
        return ExchangeStore::send_again(tx, Scope::of(here), id, noon);
    }));
    EXPECT_EQ(due(noon).size(), 1U);
    EXPECT_FALSE(
        write([&](sql::Transaction& tx) { return ExchangeStore::drop(tx, Scope::of(here), id); }));
    std::vector<std::string> told;
    must(Journal::replay(db(), 0, [&](const Entry& entry) {
        if (const auto* moved = std::get_if<facts::ExchangeMoved>(&entry.fact.body))
            told.push_back(moved->what + " " + moved->note);
    }));
    EXPECT_EQ(told, std::vector<std::string>{"given_up no such hook"});
}

TEST_P(ExchangeStoreTest, a_key_finds_its_partner_and_no_key_finds_nobody) {
    EXPECT_EQ(must(ExchangeStore::by_key(db(), "hash"))->name, "city");
    EXPECT_FALSE(must(ExchangeStore::by_key(db(), "")));
    EXPECT_FALSE(must(ExchangeStore::by_key(db(), "other")));
}

TEST_P(ExchangeStoreTest, links_are_kept_by_partner_and_direction) {
    const LinkRow link{"city", "out", CaseId{2}, here, "A-77", "open", noon};
    must(write([&](sql::Transaction& tx) { return ExchangeStore::put_link(tx, link); }));
    must(write([&](sql::Transaction& tx) {
        LinkRow later = link;
        later.their_status = "closed";
        return ExchangeStore::put_link(tx, later);
    }));
    const auto all = must(ExchangeStore::links(db(), "city", "out"));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].their_status, "closed");
    EXPECT_TRUE(must(ExchangeStore::link(db(), "city", "out", CaseId{2})));
    EXPECT_FALSE(must(ExchangeStore::link(db(), "city", "in", CaseId{2})));
}

}  // namespace
}  // namespace ys::exchange
