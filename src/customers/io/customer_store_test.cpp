// SPDX-License-Identifier: Apache-2.0
#include "customers/io/customer_store.h"

#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/setup_store.h"
#include "interactions/io/waiting_store.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::customers {
namespace {

using sql::testing::must;

const CentreId here{1}, elsewhere{2};

class CustomerStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), interactions::setup_schema(), journal::schema(), schema(),
              cases::schema(), interactions::schema(), interactions::waiting_schema()});
    }
    CustomerId add(const CustomerRow& row, const std::vector<std::string>& numbers) {
        return make<CustomerId>(
            [&](sql::Transaction& tx) { return CustomerStore::add(tx, row, numbers); });
    }
    void call(std::uint64_t id, const std::string& caller, CustomerId customer, std::int64_t at_us,
              CentreId centre = here) {
        interactions::CallRow row;
        row.id = InteractionId{id};
        row.centre_id = centre;
        row.direction = "in";
        row.caller = caller;
        row.customer_id = customer;
        row.arrived_at = UtcTime{at_us};
        row.cause = "completed";
        const interactions::RowChange change = interactions::PutCall{row};
        must(write([&](auto& tx) { return interactions::CallStore::write(tx, {&change, 1}); }));
    }
    std::vector<std::string> names(const Result<std::vector<CustomerRow>>& rows) {
        std::vector<std::string> out;
        for (const auto& row : must(rows)) out.push_back(row.name);
        return out;
    }
};
YS_ON_BOTH_DATABASES(CustomerStoreTest);

using Names = std::vector<std::string>;

TEST_P(CustomerStoreTest, a_household_shares_a_number) {
    add({.centre_id = here, .name = "李雷", .tags = "elder"}, {"02488886666", "13800138000"});
    add({.centre_id = here, .name = "韩梅梅"}, {"02488886666"});
    add({.centre_id = elsewhere, .name = "别处"}, {"02488886666"});
    const auto by = [&](std::string_view number) {
        return names(CustomerStore::find_by_number(db(), Scope::of(here), number));
    };
    EXPECT_EQ(by("02488886666"), (Names{"韩梅梅", "李雷"}));
    EXPECT_EQ(by("13800138000"), (Names{"李雷"}));
    EXPECT_EQ(by("0248888"), Names{}) << "a part of a number is nobody's";
    EXPECT_EQ(by(""), Names{});
}

TEST_P(CustomerStoreTest, a_customer_is_changed_in_its_own_centre_only) {
    const CustomerId id =
        add({.centre_id = here, .name = "李雷", .created_at = UtcTime{5}}, {"1", "2", "1"});
    EXPECT_EQ(must(CustomerStore::numbers(db(), Scope::of(here), id)), (Names{"1", "2"}));
    CustomerRow row = *must(CustomerStore::get(db(), Scope::of(here), id));
    row.address = "幸福里";
    row.created_at = UtcTime{9};
    must(write([&](auto& tx) { return CustomerStore::update(tx, here, row); }));
    EXPECT_EQ(must(CustomerStore::get(db(), Scope::of(here), id))->address, "幸福里");
    EXPECT_EQ(must(CustomerStore::get(db(), Scope::of(here), id))->created_at, UtcTime{5});
    EXPECT_FALSE(must(CustomerStore::get(db(), Scope::of(elsewhere), id)));
    const auto stranger = [&](auto work) { return write(work).error().code; };
    EXPECT_EQ(stranger([&](auto& tx) { return CustomerStore::update(tx, elsewhere, row); }),
              sql::errc::not_found);
    EXPECT_EQ(
        stranger([&](auto& tx) { return CustomerStore::set_numbers(tx, elsewhere, id, {"9"}); }),
        sql::errc::not_found);
    must(write([&](auto& tx) { return CustomerStore::set_numbers(tx, here, id, {"3"}); }));
    EXPECT_EQ(must(CustomerStore::numbers(db(), Scope::of(here), id)), Names{"3"});
    EXPECT_EQ(must(CustomerStore::numbers(db(), Scope::of(elsewhere), id)), Names{});
}

TEST_P(CustomerStoreTest,
       a_search_takes_part_of_address_account_or_plate_and_a_whole_name_or_number) {
    add({.centre_id = here,
         .name = "李雷",
         .address = "幸福里 3-2",
         .account_number = "HT-0042",
         .plate = "甘G12345"},
        {"13800138000"});
    add({.centre_id = here, .name = "100%"}, {});
    add({.centre_id = elsewhere, .name = "李四"}, {"13800138000"});
    const auto by = [&](std::string_view text) {
        return names(CustomerStore::search(db(), Scope::of(here), text, 10));
    };
    for (const auto* text : {"李雷", "幸福", "0042", "13800138000", "甘G12"})
        EXPECT_EQ(by(text), Names{"李雷"}) << text;
    EXPECT_EQ(by("100%"), Names{"100%"});
    EXPECT_EQ(by("%"), Names{});
    for (const auto* part : {"李", "0138"}) EXPECT_EQ(by(part), Names{}) << part;
    EXPECT_EQ(by("").size(), 2u);
    EXPECT_EQ(must(CustomerStore::search(db(), Scope::of(here), "", 1)).size(), 1u);
}

TEST_P(CustomerStoreTest, an_address_is_found_by_its_sound_and_as_it_is_now) {
    const CustomerId id = add({.centre_id = here, .name = "李雷", .address = "幸福里"}, {});
    const auto by = [&](std::string_view text) {
        return names(CustomerStore::search(db(), Scope::of(here), text, 10));
    };
    EXPECT_EQ(by("xingfuli"), Names{"李雷"});
    EXPECT_EQ(by("幸福 3-2"), Names{}) << "all of it must be there";
    CustomerRow row = *must(CustomerStore::get(db(), Scope::of(here), id));
    row.address = "听松里";
    must(write([&](auto& tx) { return CustomerStore::update(tx, here, row); }));
    EXPECT_EQ(by("幸福"), Names{});
    EXPECT_EQ(by("听松"), Names{"李雷"});
}

TEST_P(CustomerStoreTest, those_of_before_there_were_words_are_found_once_they_are_indexed) {
    for (int i = 0; i < 501; ++i) add({.centre_id = here, .name = "李雷", .address = "幸福里"}, {});
    must(write(
        [](sql::Transaction& tx) { return sql::done(tx.db().run("DELETE FROM customer_words")); }));
    const auto found = [&] {
        return must(CustomerStore::search(db(), Scope::of(here), "幸福", 1000)).size();
    };
    EXPECT_EQ(found(), 0U);
    must(CustomerStore::index_again(db()));
    must(CustomerStore::index_again(db()));
    EXPECT_EQ(found(), 501U);
}

TEST_P(CustomerStoreTest, the_timeline_is_calls_and_cases_newest_first) {
    const CustomerId li = add({.centre_id = here, .name = "李雷"}, {"111"});
    call(1, "111", {}, 10);
    call(2, "222", li, 20);
    call(3, "333", {}, 25);
    call(4, "111", {}, 26, elsewhere);
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto made,
               cases::CaseStore::create(tx, here,
                                        {.interaction_id = InteractionId{1}, .title = "漏水"},
                                        {.user = UserId{1}, .now = UtcTime{15}}));
        YS_TRY([[maybe_unused]] const auto other,
               cases::CaseStore::create(tx, here, {.title = "别人的"},
                                        {.user = UserId{1}, .now = UtcTime{16}}));
        return Done{};
    }));
    const auto line = [&](const TimelineOf& of, const Scope& scope = Scope::of(here)) {
        std::vector<std::pair<std::string, std::int64_t>> out;
        for (const auto& item : must(CustomerStore::timeline(db(), scope, of)))
            out.emplace_back(item.kind, item.at.us);
        return out;
    };
    using Line = std::vector<std::pair<std::string, std::int64_t>>;
    EXPECT_EQ(line({.customer = li, .number = "111"}),
              (Line{{"call", 20}, {"case", 15}, {"call", 10}}));
    EXPECT_EQ(line({.customer = li}), (Line{{"call", 20}}));
    EXPECT_EQ(line({.number = "111"}), (Line{{"case", 15}, {"call", 10}}));
    EXPECT_EQ(line({.number = "111", .before = UtcTime{15}}), (Line{{"call", 10}}));
    EXPECT_EQ(line({.customer = li, .number = "111", .limit = 1}), (Line{{"call", 20}}));
    EXPECT_EQ(line({}), Line{}) << "an unknown caller has no past";
    must(write([&](sql::Transaction& tx) {
        const interactions::RowChange recorded =
            interactions::OpenRecording{{.id = RecordingId{8},
                                         .centre_id = here,
                                         .interaction_id = InteractionId{2},
                                         .purpose = "call"}};
        return interactions::CallStore::write(tx, {&recorded, 1});
    }));
    const auto item = must(CustomerStore::timeline(db(), Scope::of(here), {.customer = li})).at(0);
    EXPECT_EQ(item.recording_id, RecordingId{8});
    EXPECT_EQ(item.direction, "in");
    EXPECT_EQ(line({.number = "111"}, Scope{}), Line{});
}

}  // namespace
}  // namespace ys::customers
