// SPDX-License-Identifier: Apache-2.0
#include "cases/io/cause_store.h"

#include "cases/io/defect_store.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/errc.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

constexpr std::int64_t day_us = 24LL * 3600 * 1'000'000;
constexpr UtcTime day(std::int64_t n) { return {(20'000 + n) * day_us}; }

class CauseStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), schema(), type_schema(), cause_schema(),
              defect_schema()});
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(head, centres::UserStore::put_centre(tx, {.name = "总部"}));
            YS_TRY(branch, centres::UserStore::put_centre(tx, {.parent_id = head, .name = "分部"}));
            YS_TRY(other, centres::UserStore::put_centre(tx, {.name = "别家"}));
            return CauseStore::set_list(tx, head, the_list());
        }));
    }
    static std::vector<CauseRow> the_list() {
        return {{.code = "system_defect", .title = "系统缺陷", .kind = "defect", .hot_key = "1"},
                {.code = "unclear_policy", .title = "政策不清", .kind = "defect", .hot_key = "2"},
                {.code = "more_trips",
                 .title = "加车建议",
                 .kind = "suggestion",
                 .hot_key = "3",
                 .close_below_percent = 30}};
    }
    Result<Done> name(NamedCauseRow row, UtcTime now) {
        return write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(named_, CauseStore::name(tx, row, now));
            return Done{};
        });
    }
    NamedCauseRow call(std::uint64_t id, const std::string& cause) {
        return {.centre_id = branch,
                .interaction_id = InteractionId{id},
                .cause = cause,
                .user_id = UserId{7}};
    }
    DefectRow joined(const std::vector<CauseMatch>& matches, UtcTime now = day(0)) {
        return make<DefectRow>([&](sql::Transaction& tx) {
            return DefectStore::make(tx,
                                     {.centre_id = head,
                                      .kind = "defect",
                                      .title = "申请页报错",
                                      .made_by = UserId{9},
                                      .made_at = now},
                                     matches);
        });
    }
    DefectActed act(DefectId id, const DefectCommand& command, const DefectActing& by = {}) {
        return make<DefectActed>([&](sql::Transaction& tx) -> Result<DefectActed> {
            YS_TRY(auto row, DefectStore::get(tx.db(), Scope::of(head), id));
            return DefectStore::act(tx, *std::move(row), command, by);
        });
    }
    CentreId head{}, branch{}, other{};
    NamedCauseRow named_;
};
YS_ON_BOTH_DATABASES(CauseStoreTest);

TEST_P(CauseStoreTest, a_branch_has_the_list_of_its_head_and_what_is_gone_is_offered_no_more) {
    EXPECT_EQ(must(CauseStore::list(db(), branch)).size(), 3U);
    EXPECT_TRUE(must(CauseStore::list(db(), other)).empty());
    must(write([&](sql::Transaction& tx) {
        auto list = the_list();
        list.erase(list.begin());
        list[0].title = "政策没说清";
        return CauseStore::set_list(tx, head, list);
    }));
    const auto now = must(CauseStore::list(db(), branch));
    ASSERT_EQ(now.size(), 3U);
    EXPECT_EQ(now[0].title, "政策没说清");
    EXPECT_EQ(now[2].code, "system_defect");
    EXPECT_FALSE(now[2].is_offered);
    EXPECT_EQ(name(call(1, "system_defect"), day(0)).error().code,
              make_error_code(sql::errc::not_found));
}

TEST_P(CauseStoreTest, a_call_and_its_case_are_one_contact) {
    must(name(call(1, "system_defect"), day(0)));
    NamedCauseRow of_case = call(1, "unclear_policy");
    of_case.case_id = CaseId{5};
    of_case.type = "complaint";
    must(name(of_case, day(3)));
    EXPECT_EQ(named_.at, day(0)) << "named anew it counts in the week it came";
    EXPECT_EQ(must(CauseStore::of_call(db(), Scope::of(branch), InteractionId{1}))->cause,
              "unclear_policy");
    EXPECT_EQ(must(CauseStore::of_case(db(), Scope::of(branch), CaseId{5}))->type, "complaint");
    EXPECT_FALSE(must(CauseStore::of_case(db(), Scope::of(other), CaseId{5})));
    const std::vector<CauseMatch> all{{.cause = "system_defect"}, {.cause = "unclear_policy"}};
    EXPECT_EQ(must(CauseStore::count(db(), head, all, TimeSpan{day(0), day(7)})), 1);
    must(name(call(1, ""), day(3)));
    EXPECT_EQ(must(CauseStore::count(db(), head, all, TimeSpan{day(0), day(7)})), 0);
}

TEST_P(CauseStoreTest, a_match_is_as_narrow_as_it_says_and_sees_no_other_centre) {
    const auto named = [&](std::uint64_t id, const std::string& place, const std::string& route) {
        NamedCauseRow row = call(id, "system_defect");
        row.place = place;
        row.route = route;
        must(name(row, day(1)));
    };
    named(1, "市/北桥区", "12路");
    named(2, "市/北桥区/听松里", "8路");
    named(3, "市/北桥区二", "12路");
    named(4, "", "");
    const auto count = [&](const CauseMatch& match, CentreId centre) {
        return must(CauseStore::count(db(), centre, {match}, TimeSpan{day(0), day(7)}));
    };
    EXPECT_EQ(count({.cause = "system_defect"}, head), 4);
    EXPECT_EQ(count({.cause = "system_defect", .place = "市/北桥区"}, head), 2);
    EXPECT_EQ(count({.cause = "system_defect", .route = "12路"}, branch), 2);
    EXPECT_EQ(count({.cause = "system_defect"}, other), 0);
    EXPECT_EQ(must(CauseStore::count(db(), head, {}, TimeSpan{day(0), day(7)})), 0);
}

TEST_P(CauseStoreTest, the_board_ranks_by_the_last_week) {
    for (std::uint64_t id = 1; id <= 3; ++id) must(name(call(id, "unclear_policy"), day(1)));
    NamedCauseRow routed = call(4, "more_trips");
    routed.route = "12路";
    must(name(routed, day(8)));
    routed.interaction_id = InteractionId{5};
    must(name(routed, day(9)));
    const FixWeeks weeks = weeks_up_to(day(14));
    const auto groups =
        must(CauseStore::groups(db(), {{head, branch}}, weeks, GroupedBy::Cause, {}));
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[0].cause, "more_trips");
    EXPECT_EQ(groups[0].since, 2);
    EXPECT_EQ(groups[0].before, 0);
    EXPECT_EQ(groups[1].before, 3);
    const auto routes = must(CauseStore::groups(db(), {{head, branch}}, weeks, GroupedBy::Route,
                                                {.cause = "more_trips"}));
    ASSERT_EQ(routes.size(), 1U);
    EXPECT_EQ(routes[0].value, "12路");
    EXPECT_TRUE(
        must(CauseStore::groups(db(), Scope::of(other), weeks, GroupedBy::Cause, {})).empty());
}

TEST_P(CauseStoreTest, a_defect_is_closed_when_its_contacts_have_fallen) {
    const std::vector<CauseMatch> matches{{.cause = "system_defect"}};
    for (std::uint64_t id = 1; id <= 4; ++id) must(name(call(id, "system_defect"), day(-2)));
    for (std::uint64_t id = 5; id <= 6; ++id) must(name(call(id, "system_defect"), day(3)));
    const DefectRow made = joined(matches);
    EXPECT_EQ(made.close_below_percent, 50);
    DefectCommand own{
        .verb = DefectVerb::Own, .now = day(0), .owner = "信息科", .partner = "plant"};
    EXPECT_FALSE(act(made.id, own).refused);
    EXPECT_EQ(write([&](sql::Transaction& tx) -> Result<Done> {
                  YS_TRY(auto row, DefectStore::get(tx.db(), Scope::of(head), made.id));
                  YS_TRY([[maybe_unused]] const auto done,
                         DefectStore::act(tx, *std::move(row), own, {.version = 1}));
                  return Done{};
              })
                  .error()
                  .code,
              make_error_code(sql::errc::stale));
    EXPECT_FALSE(act(made.id, {.verb = DefectVerb::Finish, .now = day(0)}).refused);
    EXPECT_EQ(act(made.id, {.verb = DefectVerb::Close, .now = day(1)}).refused,
              DefectRefusal::WeekNotOver);
    const DefectActed held = act(made.id, {.verb = DefectVerb::Close, .now = day(7)});
    EXPECT_EQ(held.refused, DefectRefusal::NotFallen);
    EXPECT_EQ(held.counts, (WeekCounts{4, 2}));
    EXPECT_EQ(must(DefectStore::get(db(), Scope::of(head), made.id))->state, "done");
    EXPECT_FALSE(act(made.id, {.verb = DefectVerb::Close, .now = day(14)}).refused);
    const auto events = must(DefectStore::events(db(), made.id));
    ASSERT_EQ(events.size(), 4U) << "made, owned, finished, closed: a refusal is none";
    EXPECT_EQ(events[0].verb, "close");
    EXPECT_TRUE(must(DefectStore::list(db(), Scope::of(head), true)).empty());
    EXPECT_EQ(must(DefectStore::list(db(), Scope::of(head), false)).size(), 1U);
}

TEST_P(CauseStoreTest, a_defect_is_its_centres_and_the_partners_it_names) {
    const DefectRow made =
        joined({{.cause = "more_trips", .route = "12路"}, {.cause = "unclear_policy"}});
    EXPECT_EQ(made.close_below_percent, 30) << "the strictest";
    EXPECT_EQ(must(DefectStore::matches(db(), made.id)).size(), 2U);
    EXPECT_FALSE(must(DefectStore::get(db(), Scope::of(other), made.id)));
    EXPECT_FALSE(must(DefectStore::of_partner(db(), "", made.id)));
    act(made.id, {.verb = DefectVerb::Own, .now = day(0), .owner = "线网科", .partner = "plan"});
    EXPECT_TRUE(must(DefectStore::of_partner(db(), "plan", made.id)));
    EXPECT_FALSE(must(DefectStore::of_partner(db(), "others", made.id)));
    const auto seen = [&](const std::string& id) {
        return make<bool>(
            [&](sql::Transaction& tx) { return DefectStore::seen_before(tx, "plan", id, day(0)); });
    };
    EXPECT_FALSE(seen("a"));
    EXPECT_TRUE(seen("a"));
    EXPECT_FALSE(seen("b"));
}

}  // namespace
}  // namespace ys::cases
