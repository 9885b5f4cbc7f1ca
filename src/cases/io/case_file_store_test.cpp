// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_file_store.h"

#include "base/later.h"
#include "cases/case_tries_test.h"
#include "cases/io/case_file_json.h"
#include "cases/io/case_filing.h"
#include "cases/io/crew_store.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/journal/fact_json.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using namespace testing;
using journal::Journal;
using sql::testing::must;

const CentreId here{1}, elsewhere{2};
const UserId li{11};

TEST(case_file_json, a_file_comes_back_as_it_was_whatever_was_done_to_it) {
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        Dice dice(seed);
        Desk d(dice.chance(0.7) ? standard() : brief(), "urgent");
        d.does(agent(), FileCase{CaseId{1},
                                 "投\"诉",
                                 3,
                                 dice.chance(0.5),
                                 {{1, "一\n二"}, {2, "二"}},
                                 some_units(dice),
                                 {"complaint", "thanks", 2, "urgent", dice.chance(0.5)}});
        for (int i = 0; i < 80; ++i) {
            d.later(Seconds(dice.between(0, 9'000)));
            Try next = dice.chance(0.6) ? step_on(dice, d) : step_aside(dice, d);
            d.does(anybody(dice, d, next.verb), next.action);
            d.now.us += dice.between(0, 999'999);
            const auto back = case_file_from_json(to_json(d.file));
            ASSERT_TRUE(back) << back.error().note;
            ASSERT_EQ(*back, d.file) << to_json(d.file);
            ++compared;
        }
    }
    EXPECT_EQ(compared, 150u * 80);
    EXPECT_FALSE(case_file_from_json("[]"));
    EXPECT_FALSE(case_file_from_json(R"({"clocks":{"noon":{}}})"));
    EXPECT_FALSE(case_file_from_json(R"({"clocks":{"close":{"clock":{}}}})"));
}

class CaseFileStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), schema(), type_schema(), crew_schema()});
        must(write([](sql::Transaction& tx) -> Result<Done> {
            const std::vector<UnitRow> units{{UnitId{1}, here, "热线中心", {}, 1},
                                             {UnitId{2}, here, "督办室", {}, 2},
                                             {UnitId{4}, here, "热力公司", {}, 0},
                                             {UnitId{6}, here, "北站", UnitId{4}, 0}};
            for (const UnitRow& unit : units) must(UnitStore::put_unit(tx, unit));
            must(UnitStore::put_duty(tx,
                                     {here, "北桥区报修归北站", "repair", "市/北桥区", UnitId{6}}));
            return UnitStore::put_member(tx, {li, UnitId{1}, here, "agent,dispatcher"});
        }));
    }
    CaseRow saved(const std::string& kind, const std::string& address,
                  const std::string& status = "open", CentreId centre = here) {
        CaseRow row{.kind = kind, .title = "家里不热", .address = address};
        row.status = status;
        return make<CaseRow>([&](sql::Transaction& tx) -> Result<CaseRow> {
            YS_TRY(CaseRow made, CaseStore::create(tx, centre, row, {.user = li, .now = now}));
            YS_TRY([[maybe_unused]] const auto filed, file_case(tx, *handbook, made, {}, now));
            return made;
        });
    }
    Result<StoredFile> act(CaseId id, const CaseActor& by, CaseAction action,
                           std::optional<std::int64_t> version = {},
                           const Scope& scope = Scope::of(here)) {
        now.us += 1'000'000;
        Result<StoredFile> got = Error{sql::errc::io, "not run"};
        const auto done = write([&](sql::Transaction& tx) -> Result<Done> {
            got = CaseFileStore::act(tx, *handbook, scope, id, {now, {by, action}, version});
            if (!got) return got.error();
            return Done{};
        });
        if (!done) return done.error();
        return got;
    }
    StoredFile stored(CaseId id) {
        auto found = must(CaseFileStore::get(db(), Scope::of(here), id));
        if (!found) throw std::runtime_error("no file");
        return *std::move(found);
    }
    std::string verbs(CaseId id) {
        std::string out;
        for (const auto& e : must(CaseFileStore::history(db(), Scope::of(here), id)))
            out += (out.empty() ? "" : " ") + (e.verb.empty() ? e.kind : e.verb);
        return out;
    }
    const std::shared_ptr<const Handbook> handbook = *Handbook::make({});
    const CaseActor station{UserId{21}, "unit", UnitId{6}};
    UtcTime now = cst("11-23 09:00");
};
YS_ON_BOTH_DATABASES(CaseFileStoreTest);

TEST_P(CaseFileStoreTest, a_saved_case_goes_to_the_unit_whose_duty_it_is) {
    const CaseRow row = saved("no_heat", "北桥区听松里 3-2-101");
    const StoredFile file = stored(row.id);
    EXPECT_EQ(file.file.state, CaseState::Dispatched);
    EXPECT_EQ(file.file.handler, UnitId{6});
    EXPECT_EQ(file.file.responsible, UnitId{1}) << "first receiver until somebody accepts";
    EXPECT_EQ(file.file.demands, (std::vector<CaseDemand>{{1, "家里不热"}}));
    const auto history = must(CaseFileStore::history(db(), Scope::of(here), row.id));
    ASSERT_EQ(history.size(), 2u);
    EXPECT_EQ(history[1].verb, "dispatch");
    EXPECT_EQ(history[1].role, "system");
    EXPECT_EQ(history[1].why, "北桥区报修归北站");
    const auto notices = must(CaseFileStore::notices(db(), Scope::of(here), row.id));
    ASSERT_EQ(notices.size(), 2u);
    EXPECT_EQ(notices[0].receiver, "citizen");
    EXPECT_TRUE(notices[0].until_at);
    EXPECT_EQ(notices[1].unit_id, UnitId{6});
    EXPECT_FALSE(must(CaseFileStore::get(db(), Scope::of(elsewhere), row.id)));
    EXPECT_TRUE(must(CaseFileStore::history(db(), Scope::of(elsewhere), row.id)).empty());
}

TEST_P(CaseFileStoreTest, what_no_duty_names_stays_filed_and_what_was_answered_is_closed) {
    EXPECT_EQ(stored(saved("no_heat", "别处").id).file.state, CaseState::Filed);
    const CaseRow settled = saved("question", "", "closed");
    EXPECT_EQ(stored(settled.id).file.state, CaseState::Closed);
    EXPECT_EQ(must(CaseStore::get(db(), Scope::of(here), settled.id))->status, "closed");
    const CaseRow unitless = saved("question", "", "open", elsewhere);
    EXPECT_FALSE(must(CaseFileStore::get(db(), Scope::of(elsewhere), unitless.id)));
}

TEST_P(CaseFileStoreTest, what_is_done_is_kept_with_history_facts_and_the_rows_status) {
    const CaseRow row = saved("no_heat", "北桥区");
    must(act(row.id, station, AcceptCase{}));
    must(act(row.id, station, ReplyToCase{{{1, "修好了"}}}));
    must(act(row.id, station, TellCitizen{"voice"}));
    const CaseActor agent{li, "agent", UnitId{1}};
    EXPECT_EQ(must(CaseStore::get(db(), Scope::of(here), row.id))->status, "open");
    must(act(row.id, agent, ConfirmCase{true, true, ""}));
    const auto closed = must(CaseStore::get(db(), Scope::of(here), row.id));
    EXPECT_EQ(closed->status, "closed");
    EXPECT_EQ(closed->changed_by, li);
    EXPECT_EQ(verbs(row.id), "file dispatch accept reply tell_citizen confirm");
    std::string moved, said;
    must(Journal::replay(db(), 0, [&](const journal::Entry& entry) {
        if (const auto* m = std::get_if<facts::CaseMoved>(&entry.fact.body)) moved += m->verb + " ";
        if (const auto* w = std::get_if<facts::CaseConfirmed>(&entry.fact.body))
            said += w->channel + " " + w->solved + " " + w->satisfied;
    }));
    EXPECT_EQ(said, "desk yes yes");
    EXPECT_EQ(moved, "file dispatch accept reply tell_citizen confirm ");
    must(act(row.id, agent, ReopenCase{"又不热"}));
    EXPECT_EQ(must(CaseStore::get(db(), Scope::of(here), row.id))->status, "open");
}

TEST_P(CaseFileStoreTest, a_stale_page_another_centre_and_a_refusal_change_nothing) {
    const CaseRow row = saved("no_heat", "北桥区");
    const StoredFile before = stored(row.id);
    const auto code = [](const auto& got) { return got ? std::error_code{} : got.error().code; };
    EXPECT_EQ(code(act(row.id, station, AcceptCase{}, before.version - 1)),
              make_error_code(sql::errc::stale));
    EXPECT_EQ(code(act(row.id, station, AcceptCase{}, {}, Scope::of(elsewhere))),
              make_error_code(sql::errc::not_found));
    EXPECT_EQ(code(act(row.id, {li, "unit", UnitId{4}}, AcceptCase{})),
              make_error_code(Errc::NotYourCase));
    EXPECT_EQ(stored(row.id).file, before.file);
    EXPECT_EQ(stored(row.id).version, before.version);
    EXPECT_EQ(verbs(row.id), "file dispatch");
    EXPECT_EQ(must(act(row.id, station, AcceptCase{}, before.version)).version, before.version + 1);
}

TEST_P(CaseFileStoreTest, a_units_own_list_has_what_cannot_wait_on_top_page_by_page) {
    const auto made = [&](const std::string& urgency) {
        CaseRow row{.kind = "no_heat", .title = "不热", .address = "北桥区 1 号"};
        row.urgency = urgency;
        return make<CaseId>([&](sql::Transaction& tx) -> Result<CaseId> {
            YS_TRY(CaseRow kept, CaseStore::create(tx, here, row, {.user = li, .now = now}));
            YS_TRY([[maybe_unused]] const auto filed, file_case(tx, *handbook, kept, {}, now));
            return kept.id;
        });
    };
    const CaseId plain = made("normal"), burst = made("emergency"), soon = made("urgent"),
                 late = made("normal"), over = made("emergency");
    ASSERT_TRUE(act(over, {li, "agent", UnitId{1}}, WithdrawCase{"登记错了"}));
    CaseSearch search{.units = std::vector{UnitId{6}}};
    search.limit = 2;
    std::vector<CaseId> seen;
    for (int page = 0; page < 4; ++page)
        for (const CaseRow& row : must(CaseStore::search(db(), Scope::of(here), search)))
            seen.push_back(search.before = row.id);
    EXPECT_EQ(seen, (std::vector{burst, soon, over, late, plain}));
    search.units.reset();
    search.before = {};
    EXPECT_EQ(must(CaseStore::search(db(), Scope::of(here), search)).front().id, over)
        << "the hotline's list is by time";
}

TEST_P(CaseFileStoreTest, duplicates_are_linked_both_ways_in_one_transaction) {
    const CaseRow a = saved("no_heat", "北桥区"), b = saved("no_heat", "北桥区");
    const CaseActor agent{li, "agent", UnitId{1}};
    must(act(a.id, agent, LinkDuplicate{b.id}));
    EXPECT_EQ(stored(a.id).file.duplicates, std::vector{b.id});
    EXPECT_EQ(stored(b.id).file.duplicates, std::vector{a.id});
    EXPECT_FALSE(act(a.id, agent, LinkDuplicate{CaseId{999}}));
    EXPECT_EQ(stored(a.id).file.duplicates, std::vector{b.id});
}

TEST_P(CaseFileStoreTest, clocks_that_came_due_are_found_and_told_once) {
    const CaseRow row = saved("leak", "北桥区");
    EXPECT_TRUE(must(CaseFileStore::due(db(), now, 10)).empty());
    const UtcTime half = later(cst("11-23 09:07"), 30s);
    EXPECT_TRUE(must(CaseFileStore::due(db(), earlier(half, 1s), 10)).empty());
    EXPECT_EQ(must(CaseFileStore::due(db(), half, 10)), std::vector{row.id})
        << "half of the 15 minutes";
    now = cst("11-23 09:20");
    EXPECT_EQ(must(CaseFileStore::due(db(), now, 10)), std::vector{row.id});
    must(write([&](auto& tx) { return CaseFileStore::fire(tx, *handbook, row.id, now); }));
    EXPECT_TRUE(must(CaseFileStore::due(db(), now, 10)).empty());
    EXPECT_EQ(stored(row.id).file.responsible, UnitId{1}) << "nobody accepted in 15 minutes";
    EXPECT_EQ(stored(row.id).file.state, CaseState::Accepted);
    const std::string once = verbs(row.id);
    EXPECT_NE(once.find("clock_broken take_over"), std::string::npos) << once;
    must(write([&](auto& tx) { return CaseFileStore::fire(tx, *handbook, row.id, now); }));
    EXPECT_EQ(verbs(row.id), once);
}

TEST_P(CaseFileStoreTest, cases_of_before_are_filed_and_counted_once) {
    CaseRow row{.kind = "no_heat", .title = "旧", .address = "北桥区"};
    const CaseRow old = make<CaseRow>([&](sql::Transaction& tx) {
        return CaseStore::create(tx, here, row, {.user = li, .now = now});
    });
    const auto file_left = [&] {
        return make<std::size_t>(
            [&](sql::Transaction& tx) { return file_what_is_left(tx, *handbook, now, 100); });
    };
    EXPECT_EQ(file_left(), 1u);
    EXPECT_EQ(file_left(), 0u);
    EXPECT_EQ(stored(old.id).file.state, CaseState::Dispatched);
}

}  // namespace
}  // namespace ys::cases
