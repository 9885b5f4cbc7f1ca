// SPDX-License-Identifier: Apache-2.0
// From two hundred calls to one incident and two hundred closings, with the time given.
#include "cases/io/incident_keeper.h"

#include "base/calendar.h"
#include "cases/case_desk_test.h"
#include "cases/errc.h"
#include "cases/io/case_filing.h"
#include "cases/io/crew_store.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using namespace testing;
using sql::testing::must;

const CentreId here{1};
const UserId li{11}, boss{12};
const Scope mine = Scope::of(here);

class IncidentKeeperTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), schema(), type_schema(), crew_schema(),
              incident_schema()});
        must(write([](sql::Transaction& tx) -> Result<Done> {
            for (const UnitRow& unit : {UnitRow{UnitId{1}, here, "热线中心", {}, 1},
                                        UnitRow{UnitId{2}, here, "督办室", {}, 2},
                                        UnitRow{UnitId{6}, here, "北站", {}, 0}})
                must(UnitStore::put_unit(tx, unit));
            must(UnitStore::put_duty(tx,
                                     {here, "北桥区报修归北站", "repair", "市/北桥区", UnitId{6}}));
            return UnitStore::put_duty(
                tx, {here, "听松里报修归北站", "repair", "市/北桥区/听松里", UnitId{6}});
        }));
        keeper = fresh();
    }
    std::shared_ptr<IncidentKeeper> fresh() {
        return *IncidentKeeper::make(
            {{{"成片不热", {"repair", "no_heat"}, 2, 600s, 10, 12h}, "emergency-heating"},
             {{"成片停热", {"outage"}, 2, 600s, 10, 12h}, "emergency-heating"}},
            handbook);
    }
    CaseId filed(int person, const std::string& kind = "no_heat",
                 const std::string& address = "北桥区听松里 1 号楼") {
        CaseRow row{.kind = kind, .title = "家里不热", .phone = "", .address = address};
        if (person > 0) row.phone = std::to_string(13'900'000'000LL + person);
        return make<CaseId>([&](sql::Transaction& tx) -> Result<CaseId> {
            YS_TRY(CaseRow made, CaseStore::create(tx, here, row, {.user = li, .now = now}));
            YS_TRY([[maybe_unused]] const auto stored, file_case(tx, *handbook, made, {}, now));
            return made.id;
        });
    }
    IncidentLook look() {
        return make<IncidentLook>([&](sql::Transaction& tx) { return keeper->look(tx, now); });
    }
    std::vector<IncidentRow> all() { return must(IncidentStore::list(db(), mine, "")); }
    IncidentRow opened(IncidentId id) {
        return make<IncidentRow>([&](sql::Transaction& tx) {
            return IncidentStore::open(tx, *handbook, mine, id,
                                       {.user = boss,
                                        .now = now,
                                        .areas = {"听松里"},
                                        .says = "emergency-heating",
                                        .until = UtcTime{now.us + 3'600'000'000}});
        });
    }
    std::string state_of(CaseId id) {
        return std::string(word(must(CaseFileStore::get(db(), mine, id))->file.state));
    }
    std::size_t count(const std::string& sql) { return *db().value<std::size_t>(0, sql); }
    const std::shared_ptr<const Handbook> handbook = *Handbook::make({});
    std::shared_ptr<IncidentKeeper> keeper;
    UtcTime now = cst("11-23 09:00");
};
YS_ON_BOTH_DATABASES(IncidentKeeperTest);

TEST_P(IncidentKeeperTest,
       two_hundred_cases_in_ten_minutes_are_one_incident_of_two_hundred_people) {
    std::vector<CaseId> ids;
    for (int i = 1; i <= 200; ++i) {
        now.us += 2'990'000;
        ids.push_back(filed(i));
        if (i % 37 == 0) look();
        if (i == 120) keeper = fresh();
    }
    look();
    ASSERT_EQ(all().size(), 1u);
    const IncidentRow row = all()[0];
    EXPECT_EQ(row.state, "proposed");
    EXPECT_EQ(row.people, 200);
    EXPECT_EQ(row.cases, 200);
    EXPECT_EQ(row.place, "市/北桥区");
    EXPECT_EQ(must(IncidentStore::cases(db(), row.id)).size(), 200u);

    const IncidentRow open = opened(row.id);
    EXPECT_EQ(state_of(open.parent_id), "dispatched") << "a unit has the work";
    EXPECT_EQ(look().to_announce.size(), 1u);
    const CaseId late = filed(201);
    look();
    ASSERT_EQ(all().size(), 1u) << "the parent is no case of its own incident";
    EXPECT_EQ(all()[0].people, 201);

    must(write(
        [&](sql::Transaction& tx) { return IncidentStore::announced(tx, row.id, "in_force", 7); }));
    make<IncidentRow>([&](sql::Transaction& tx) {
        return IncidentStore::close(tx, mine, row.id, boss, "管道已修复，暖气正在恢复", now);
    });
    IncidentLook closing = look();
    EXPECT_EQ(closing.to_end.size(), 1u);
    EXPECT_TRUE(closing.has_more) << "a few people at a time";
    keeper = fresh();
    while (look().has_more) {
    }
    EXPECT_EQ(count("SELECT COUNT(*) FROM case_notices WHERE receiver = 'citizen' AND"
                    " words LIKE '管道已修复%'"),
              201u);
    EXPECT_EQ(count("SELECT COUNT(*) FROM incident_cases WHERE told = 'replied'"), 201u);
    EXPECT_EQ(state_of(ids[0]), "awaiting_confirmation") << "only the citizen ends it";
    EXPECT_EQ(state_of(late), "awaiting_confirmation");
    EXPECT_EQ(state_of(open.parent_id), "closed");
    EXPECT_EQ(count("SELECT COUNT(*) FROM facts WHERE kind = 'IncidentMoved'"), 1u + 1 + 201 + 1);
}

TEST_P(IncidentKeeperTest, nine_people_a_slow_trickle_or_another_street_are_no_incident) {
    for (int i = 1; i <= 9; ++i) filed(i);
    filed(1);
    filed(50, "no_heat", "白苇区芦花小区");
    filed(51, "report");
    for (int i = 60; i < 80; ++i) {
        now.us += 70'000'000;
        filed(i);
    }
    look();
    EXPECT_TRUE(all().empty());
}

TEST_P(IncidentKeeperTest, one_person_with_two_cases_is_told_once) {
    std::vector<CaseId> ids;
    for (int i = 1; i <= 10; ++i) ids.push_back(filed(i));
    ids.push_back(filed(3));
    const CaseId asked = filed(4, "outage");
    look();
    const IncidentRow row = all().at(0);
    EXPECT_EQ(row.people, 10);
    EXPECT_EQ(row.cases, 11) << "停热 is another kind";
    opened(row.id);
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        const CaseActor citizen{{}, "citizen", {}};
        return sql::done(CaseFileStore::act(tx, *handbook, mine, ids[0],
                                            {now, {citizen, WithdrawCase{"好了"}}, {}})
                             ? Result<std::int64_t>{1}
                             : Result<std::int64_t>{Error{sql::errc::io, "withdraw"}});
    }));
    make<IncidentRow>([&](sql::Transaction& tx) {
        return IncidentStore::close(tx, mine, row.id, boss, "修好了", now);
    });
    while (look().has_more) {
    }
    EXPECT_EQ(count("SELECT COUNT(*) FROM case_notices WHERE receiver = 'citizen' AND"
                    " words = '修好了'"),
              9u);
    EXPECT_EQ(count("SELECT COUNT(*) FROM incident_cases WHERE told = 'with_another'"), 1u);
    EXPECT_EQ(state_of(ids[0]), "withdrawn");
    EXPECT_EQ(state_of(asked), "filed");
    EXPECT_EQ(must(IncidentStore::of_case(db(), mine, ids[1]))->id, row.id);
    EXPECT_FALSE(must(IncidentStore::of_case(db(), mine, asked)));
}

TEST_P(IncidentKeeperTest, what_was_decided_outlives_a_start_and_is_decided_once) {
    for (int i = 1; i <= 10; ++i) filed(i);
    look();
    const IncidentId id = all().at(0).id;
    const auto dismiss = [&](const std::string& why) {
        return write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto row,
                   IncidentStore::dismiss(tx, mine, id, boss, why, now));
            return Done{};
        });
    };
    EXPECT_EQ(dismiss(" ").error().code, make_error_code(Errc::NeedsWords));
    EXPECT_TRUE(dismiss("各是各的"));
    EXPECT_EQ(dismiss("再说一次").error().code, make_error_code(Errc::NotNow));
    keeper = fresh();
    look();
    EXPECT_EQ(all().size(), 1u) << "its cases are not proposed again";
    for (int i = 21; i <= 30; ++i) filed(i);
    look();
    ASSERT_EQ(all().size(), 2u);
    EXPECT_GT(all()[0].id, id);
    now.us += 13LL * 3'600'000'000;
    look();
    EXPECT_EQ(all()[0].state, "lapsed");
}

}  // namespace
}  // namespace ys::cases
