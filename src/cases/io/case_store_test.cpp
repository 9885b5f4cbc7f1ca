// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_store.h"

#include "platform/journal/fact_json.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using journal::Journal;
using sql::testing::must;

const CentreId here{1}, elsewhere{2};
const UserId user{7};

UtcTime at(std::string_view text) { return must(parse_rfc3339(text)); }

class CaseStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), schema()}); }
    CaseRow create(CaseRow row, const Saving& saving, CentreId centre = here) {
        return make<CaseRow>(
            [&](sql::Transaction& tx) { return CaseStore::create(tx, centre, row, saving); });
    }
    Result<CaseRow> change(const CaseRow& row, const Saving& saving, CentreId centre = here) {
        Result<CaseRow> changed = Error{sql::errc::io, "not run"};
        const auto done = write([&](sql::Transaction& tx) -> Result<Done> {
            changed = CaseStore::change(tx, centre, row, saving);
            if (!changed) return changed.error();
            return Done{};
        });
        if (!done) return done.error();
        return changed;
    }
    std::vector<CaseRow> search(const CaseSearch& s, const Scope& scope = Scope::of(here)) {
        return must(CaseStore::search(db(), scope, s));
    }
    const Saving morning{.user = user, .now = at("2026-11-24T01:00:00Z")};
};
YS_ON_BOTH_DATABASES(CaseStoreTest);

TEST_P(CaseStoreTest, numbers_count_from_one_for_each_centre_and_local_day) {
    EXPECT_EQ(create({}, morning).number, "1124-0001");
    EXPECT_EQ(create({}, morning).number, "1124-0002");
    EXPECT_EQ(create({}, morning, elsewhere).number, "1124-0001");
    // 16:00 UTC is midnight in China.
    EXPECT_EQ(create({}, {.user = user, .now = at("2026-11-24T15:59:59Z")}).number, "1124-0003");
    EXPECT_EQ(create({}, {.user = user, .now = at("2026-11-24T16:00:00Z")}).number, "1125-0001");
    const CaseRow next_year = create({}, {.user = user, .now = at("2027-11-24T01:00:00Z")});
    EXPECT_EQ(next_year.number, "1124-0001");
    EXPECT_EQ(must(CaseStore::find_number(db(), Scope::of(here), "1124-0001"))->id, next_year.id);
}

TEST_P(CaseStoreTest, the_ten_thousandth_case_of_a_day_grows_a_digit) {
    must(write([](auto& tx) { return sql::number_used(tx, "case:1:2026-11-24", 9'999); }));
    EXPECT_EQ(create({}, morning).number, "1124-10000");
}

TEST_P(CaseStoreTest, a_reserved_number_is_given_once_and_on_its_own_day) {
    const auto reserve = [&] {
        return make<std::string>(
            [&](auto& tx) { return CaseStore::reserve_number(tx, here, morning); });
    };
    Saving saving = morning;
    saving.reserved_number = reserve();
    EXPECT_EQ(saving.reserved_number, "1124-0001");
    EXPECT_EQ(create({}, morning).number, "1124-0002") << "nobody else gets it";
    EXPECT_EQ(create({}, saving).number, "1124-0001");
    EXPECT_EQ(create({}, saving).number, "1124-0003") << "it is used";
    saving.reserved_number = reserve();
    saving.now = at("2026-11-24T16:00:00Z");
    EXPECT_EQ(create({}, saving).number, "1125-0001") << "the day is over";
    saving.reserved_number = "1125-9999'; --";
    EXPECT_EQ(create({}, saving).number, "1125-0002") << "that is no number";
}

TEST_P(CaseStoreTest, a_case_comes_back_as_it_was_written) {
    const CaseRow made = create({.interaction_id = InteractionId{5},
                                 .customer_id = CustomerId{6},
                                 .kind = "repair",
                                 .title = "暖气不热",
                                 .detail = "三天了\n很冷",
                                 .name = "李'雷",
                                 .phone = "13800138000",
                                 .address = "幸福里 3-2-101",
                                 .urgency = "urgent",
                                 .wishes = "callback,confidential"},
                                morning);
    const auto back = must(CaseStore::get(db(), Scope::of(here), made.id));
    ASSERT_TRUE(back);
    EXPECT_EQ(json::to_json(*back), json::to_json(made));
    EXPECT_EQ(back->created_by, user);
    EXPECT_EQ(back->status, "open");
    EXPECT_FALSE(must(CaseStore::get(db(), Scope::of(elsewhere), made.id)));
}

TEST_P(CaseStoreTest, row_and_fact_are_one_transaction) {
    const CaseRow made = create({.interaction_id = InteractionId{5}}, morning);
    const auto story = must(Journal::story(db(), Scope::of(here), InteractionId{5}));
    ASSERT_EQ(story.size(), 1u);
    const auto& saved = std::get<facts::CaseSaved>(story[0].fact.body);
    EXPECT_EQ(saved.number, made.number);
    EXPECT_EQ(saved.action, "created");
    {
        sql::Transaction tx = must(sql::Transaction::begin(db()));
        must(CaseStore::create(tx, here, {.interaction_id = InteractionId{6}}, morning));
    }
    EXPECT_TRUE(must(Journal::story(db(), Scope::of(here), InteractionId{6})).empty());
    EXPECT_TRUE(search({.interaction = InteractionId{6}}).empty());
    EXPECT_EQ(create({}, morning).number, "1124-0002") << "no number was lost with it";
}

TEST_P(CaseStoreTest, the_same_key_of_the_same_user_makes_one_case) {
    Saving saving = morning;
    saving.idempotency_key = "k1";
    const CaseRow first = create({.title = "一"}, saving);
    const CaseRow again = create({.title = "二"}, saving);
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(again.title, "一");
    EXPECT_EQ(search({}).size(), 1u);
    saving.user = UserId{8};
    EXPECT_NE(create({}, saving).id, first.id) << "a key is the user's own";
}

TEST_P(CaseStoreTest, a_change_keeps_number_and_birth_and_refuses_a_stale_page) {
    CaseRow row = create({.title = "一"}, morning);
    const Saving later{.user = UserId{8}, .now = at("2026-11-25T01:00:00Z")};
    CaseRow edited = row;
    edited.title = "二";
    edited.status = "closed";
    edited.number = "0000-0000";
    const CaseRow changed = must(change(edited, later));
    EXPECT_EQ(changed.number, row.number);
    EXPECT_EQ(changed.created_by, user);
    EXPECT_EQ(changed.changed_by, UserId{8});
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(must(CaseStore::get(db(), Scope::of(here), row.id))->title, "二");
    EXPECT_EQ(change(edited, later).error().code, sql::errc::stale);
    EXPECT_EQ(change(changed, later, elsewhere).error().code, sql::errc::not_found);
}

TEST_P(CaseStoreTest, a_search_finds_by_words_and_by_a_whole_number_or_name) {
    create({.title = "暖气不热 50%_",
            .name = "王大明",
            .phone = "13812345678",
            .address = "南关区人民大街1号"},
           morning);
    create({.status = "closed"}, morning);
    for (const char* text : {"1124-0001", "0001", "13812345678", "138 1234 5678", "王大明", "暖气",
                             "南关", "rmdj", "renmindajie", "50%_"})
        EXPECT_EQ(search({.text = text}).size(), 1u) << text;
    for (const char* text : {"1381234", "大明", "%_", "__", "x' OR '1'='1", "\"", "NEAR(a b)"})
        EXPECT_EQ(search({.text = text}).size(), 0u) << text;
    EXPECT_EQ(search({.status = "closed"}).size(), 1u);
    EXPECT_EQ(search({}).size(), 2u);
    EXPECT_EQ(search({}, Scope{}).size(), 0u);
}

TEST_P(CaseStoreTest, what_was_told_in_confidence_is_found_by_who_took_it_and_by_who_may_see_it) {
    create({.kind = "report", .title = "乱收费"}, morning);
    create({.kind = "complaint", .title = "乱收费"}, morning);
    EXPECT_EQ(search({}).size(), 1u);
    EXPECT_EQ(search({.kind = "report"}).size(), 0u);
    EXPECT_EQ(search({.disclosures = {.taken_by = user}}).size(), 2u);
    EXPECT_EQ(search({.disclosures = {.taken_by = UserId{99}}}).size(), 1u);
    EXPECT_EQ(search({.disclosures = {.all = true}}).size(), 2u);
}

TEST_P(CaseStoreTest, a_search_goes_on_where_the_page_before_ended) {
    for (int i = 0; i < 5; ++i) create({}, morning);
    const auto first = search({.limit = 2});
    ASSERT_EQ(first.size(), 2u);
    EXPECT_GT(first[0].id, first[1].id);
    const auto rest = search({.before = first[1].id, .limit = 10});
    EXPECT_EQ(rest.size(), 3u);
}

TEST_P(CaseStoreTest, a_list_of_a_time_goes_by_time_and_goes_on_where_it_ended) {
    std::vector<CaseId> ids;
    // The clock of the third was set back: by time it is the oldest.
    for (const std::int64_t us : {20, 30, 10, 30, 40})
        ids.push_back(create({}, {.user = user, .now = UtcTime{us}}).id);
    const auto page = [&](CaseId before) {
        std::vector<CaseId> out;
        for (const CaseRow& row :
             search({.from = UtcTime{10}, .to = UtcTime{40}, .before = before, .limit = 2}))
            out.push_back(row.id);
        return out;
    };
    EXPECT_EQ(page({}), (std::vector{ids[3], ids[1]}));
    EXPECT_EQ(page(ids[1]), (std::vector{ids[0], ids[2]}));
    EXPECT_TRUE(page(ids[2]).empty());
}

TEST_P(CaseStoreTest, a_draft_is_kept_until_its_case_is_saved) {
    const InteractionId call{5};
    const auto save = [&](const char* body, std::int64_t us) {
        must(write([&](auto& tx) {
            return CaseStore::save_draft(tx, here, {user, call, body, UtcTime{us}});
        }));
    };
    save("{\"title\":\"一\"}", 1);
    save("{\"title\":\"二\"}", 2);
    EXPECT_EQ(must(CaseStore::draft(db(), user, call))->body, "{\"title\":\"二\"}");
    EXPECT_FALSE(must(CaseStore::draft(db(), UserId{8}, call)));
    EXPECT_EQ(must(CaseStore::drafts(db(), user)).size(), 1u);
    create({.interaction_id = call}, morning);
    EXPECT_FALSE(must(CaseStore::draft(db(), user, call)));
}

}  // namespace
}  // namespace ys::cases
