// SPDX-License-Identifier: Apache-2.0
#include "cases/io/crew_dispatch.h"

#include "cases/errc.h"
#include "cases/io/case_filing.h"
#include "cases/io/code_store.h"
#include "cases/io/crew_overview.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

const CentreId here{1};
const Scope scope = Scope::of(here);
const UnitId station{6}, other_station{7};
const UserId li{31}, wang{32}, foreman{40}, agent{11};

class CrewTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), schema(), type_schema(), crew_schema(),
              code_schema()});
        must(write([](sql::Transaction& tx) -> Result<Done> {
            const std::vector<UnitRow> units{{UnitId{1}, here, "热线中心", {}, 1},
                                             {UnitId{2}, here, "督办室", {}, 2},
                                             {station, here, "北桥站", {}, 0},
                                             {other_station, here, "望山站", {}, 0}};
            for (const UnitRow& unit : units) must(UnitStore::put_unit(tx, unit));
            must(UnitStore::put_duty(tx, {here, "北桥", "repair", "市/北桥区", station}));
            must(UnitStore::put_duty(tx, {here, "望山", "repair", "市/望山区", other_station}));
            must(UnitStore::put_member(tx, {agent, UnitId{1}, here, "agent,dispatcher"}));
            must(CrewStore::put_foreman(tx, {station, here, foreman, 300}));
            const RepairerRow row{
                li, here, station, "李", "市/北桥区", "no_heat", "daily 00:00-24:00", true, 2};
            must(CrewStore::put_repairer(tx, row));
            RepairerRow second = row;
            second.user_id = wang;
            second.name = "王";
            second.areas = "市/望山区;市/北桥区/听松里";
            return CrewStore::put_repairer(tx, second);
        }));
    }
    CaseId filed(const std::string& kind = "no_heat",
                 const std::string& address = "北桥区听松里 1 号楼") {
        CaseRow row{.kind = kind, .title = "家里不热", .address = address};
        row.status = "open";
        return make<CaseId>([&](sql::Transaction& tx) -> Result<CaseId> {
            YS_TRY(const CaseRow made,
                   CaseStore::create(tx, here, row, {.user = agent, .now = now}));
            YS_TRY([[maybe_unused]] const auto file, file_case(tx, *handbook, made, {}, now));
            return made.id;
        });
    }
    Result<Done> does(UserId who, CaseId id, const std::string& what, CrewSaid said = {},
                      const std::string& words = "", std::string key = "") {
        if (key.empty()) key = "k" + std::to_string(++keys_);
        return write([&](sql::Transaction& tx) {
            return crew_act(tx, *handbook, scope, id, who, {key, what, now, words, said}, now);
        });
    }
    Result<Done> finishes(UserId who, CaseId id, std::optional<CodeProof> proof) {
        return write([&](sql::Transaction& tx) {
            return crew_act(tx, *handbook, scope, id, who,
                            {"finish" + std::to_string(++keys_),
                             "finish",
                             now,
                             "好了",
                             {.confirmed_by = "code"},
                             proof},
                            now);
        });
    }
    std::optional<CodeProof> proved(UserId who, CaseId id, const std::string& code) {
        std::optional<CodeProof> out;
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(out, prove_by_code(tx, scope, id, who, code, now));
            return Done{};
        }));
        return out;
    }
    std::size_t tended() {
        const auto ids = must(crew_jobs_to_tend(db(), now, 100));
        for (const CaseId id : ids)
            must(
                write([&](sql::Transaction& tx) { return tend_crew_job(tx, *handbook, id, now); }));
        return ids.size();
    }
    CrewJobRow job(CaseId id) { return *must(CrewStore::job(db(), scope, id)); }
    CaseFile file(CaseId id) { return must(CaseFileStore::get(db(), scope, id))->file; }
    std::string told(CaseId id) {
        std::string out;
        for (const CrewEventRow& each : must(CrewStore::events(db(), scope, id)))
            out += each.what + " " + std::to_string(each.user_id.value) + ";";
        return out;
    }
    void later(Seconds s) { now.us += std::chrono::microseconds(s).count(); }

    UtcTime now = must(parse_rfc3339("2026-11-23T02:00:00Z"));
    std::shared_ptr<const Handbook> handbook = must(Handbook::make(Calendar{}));

private:
    int keys_ = 0;
};
YS_ON_BOTH_DATABASES(CrewTest);

TEST_P(CrewTest, a_case_that_is_filed_is_offered_in_the_same_breath_to_who_is_nearest) {
    const CaseId id = filed();
    EXPECT_EQ(job(id).user_id, wang) << "of 听松里, not only of the district";
    EXPECT_EQ(job(id).place, "市/北桥区/听松里");
    EXPECT_EQ(job(id).until_at, UtcTime{now.us + 300'000'000});
    EXPECT_EQ(file(id).state, CaseState::Dispatched);
    EXPECT_EQ(told(id), "offered 32;");
    EXPECT_FALSE(must(CrewStore::job(db(), scope, filed("billing"))));
    EXPECT_FALSE(must(CrewStore::job(db(), scope, filed("no_heat", "望山区 9 号"))))
        << "a unit without a crew";
    EXPECT_GT(must(CrewStore::version(db(), wang)), 0);
    EXPECT_EQ(must(CrewStore::version(db(), li)), 0);
}

TEST_P(CrewTest, what_nobody_takes_in_time_goes_to_the_next_and_then_to_the_foreman) {
    const CaseId id = filed();
    EXPECT_EQ(tended(), 0U);
    later(300s);
    EXPECT_EQ(tended(), 1U);
    EXPECT_EQ(job(id).user_id, li);
    EXPECT_FALSE(does(wang, id, "take")) << "it is not theirs any more";
    ASSERT_TRUE(does(li, id, "refuse", {}, "在另一处抢修"));
    EXPECT_EQ(job(id).user_id, foreman);
    EXPECT_TRUE(job(id).is_foreman);
    EXPECT_FALSE(job(id).until_at);
    EXPECT_EQ(told(id), "offered 32;passed_on 32;offered 31;refused 31;foreman 40;");
    EXPECT_EQ(must(CrewStore::jobs_led_by(db(), scope, foreman)).size(), 1U);
    EXPECT_FALSE(
        write([&](sql::Transaction& tx) { return give_crew_job(tx, scope, id, li, wang, now); }));
    ASSERT_TRUE(write(
        [&](sql::Transaction& tx) { return give_crew_job(tx, scope, id, foreman, wang, now); }));
    EXPECT_TRUE(does(wang, id, "take"));
    later(3600s);
    EXPECT_EQ(tended(), 0U) << "taken is taken";
}

TEST_P(CrewTest, a_visit_goes_from_taking_to_the_units_reply_and_each_act_counts_once) {
    const CaseId id = filed();
    ASSERT_TRUE(does(wang, id, "take", {}, "", "same"));
    ASSERT_TRUE(does(wang, id, "take", {}, "", "same")) << "sent twice";
    EXPECT_EQ(file(id).state, CaseState::Working);
    EXPECT_EQ(file(id).handler, station);
    EXPECT_FALSE(does(li, id, "arrive"));
    EXPECT_FALSE(does(wang, id, "finish", {.confirmed_by = "code"}, "好了")) << "not there yet";
    ASSERT_TRUE(
        does(wang, id, "arrive", {.latitude = 36.05, .longitude = 103.8, .accuracy_m = 12.0}));
    ASSERT_TRUE(
        does(wang, id, "measure", {.phase = "before", .values = {{"living_room_c", "15.5"}}}));
    EXPECT_EQ(does(wang, id, "finish", {.confirmed_by = "signature", .signature = "1,1 2,2"})
                  .error()
                  .code,
              make_error_code(Errc::NeedsWords));
    ASSERT_TRUE(does(wang, id, "measure", {.phase = "after", .values = {{"living_room_c", "20"}}}));
    EXPECT_EQ(does(wang, id, "finish", {.confirmed_by = "signature"}).error().code,
              make_error_code(Errc::NotConfirmed));
    ASSERT_TRUE(does(wang, id, "finish", {.confirmed_by = "signature", .signature = "1,1 2,2"},
                     "换了阀门。"));
    EXPECT_EQ(told(id), "offered 32;taken 32;arrived 32;measured 32;measured 32;done 32;");
    EXPECT_EQ(file(id).reply->answers.at(1),
              "维修人员已上门处理。处理前：客厅 15.5℃。处理后：客厅 20℃。换了阀门。");
    EXPECT_EQ(file(id).reply->by, wang);
    EXPECT_EQ(must(CrewStore::jobs_of(db(), scope, wang, now)).size(), 1U);
    EXPECT_EQ(must(CrewStore::jobs_of(db(), scope, wang, UtcTime{now.us + 1})).size(), 0U);
    EXPECT_EQ(tended(), 0U) << "what is done is not called off";
}

TEST_P(CrewTest, a_case_that_is_taken_back_is_called_off_and_one_dispatched_by_hand_is_offered) {
    CaseId id = filed();
    const auto act = [&](const CaseActor& by, const CaseAction& action) {
        make<StoredFile>([&](sql::Transaction& tx) {
            return CaseFileStore::act(tx, *handbook, scope, id, {now, {by, action}, {}});
        });
    };
    act({UserId{9}, "unit", station}, ReturnCase{"不归我们管"});
    EXPECT_EQ(tended(), 1U);
    EXPECT_EQ(job(id).state, "called_off");
    EXPECT_FALSE(does(wang, id, "take"));
    EXPECT_EQ(tended(), 0U);
    id = filed("no_heat", "说不清的地方");
    EXPECT_FALSE(must(CrewStore::job(db(), scope, id)));
    act({agent, "dispatcher", UnitId{1}}, DispatchCase{station, "核实过，是北桥站的"});
    EXPECT_EQ(tended(), 1U);
    EXPECT_EQ(told(id), "foreman 40;") << "nobody is there for an unknown place";
    EXPECT_EQ(tended(), 0U);
}

TEST_P(CrewTest, a_code_finishes_a_job_only_when_it_was_proved_for_this_job_by_who_does_it) {
    const CaseId id = filed();
    const CaseId other = filed("leak");
    ASSERT_TRUE(does(wang, id, "take"));
    ASSERT_TRUE(does(wang, id, "arrive"));
    std::string code, code_of_other;
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(code, CodeStore::code(tx, scope, id));
        YS_TRY(code_of_other, CodeStore::code(tx, scope, other));
        return Done{};
    }));
    EXPECT_EQ(finishes(wang, id, {}).error().code, make_error_code(Errc::NotConfirmed));
    const std::string wrong = code == "000000" ? "000001" : "000000";
    EXPECT_FALSE(proved(wang, id, wrong));
    EXPECT_GT(must(db().value<std::int64_t>(0, "SELECT COUNT(*) FROM case_code_tries")), 0)
        << "a wrong one is counted";
    EXPECT_FALSE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto proof, prove_by_code(tx, scope, id, li, code, now));
        return Done{};
    })) << "not li's job";
    const auto proof = proved(wang, id, code);
    ASSERT_TRUE(proof);
    EXPECT_FALSE(proof->is_of(other, wang));
    EXPECT_FALSE(proof->is_of(id, li));
    ASSERT_TRUE(finishes(wang, id, proof));
    EXPECT_EQ(job(id).state, "done");
}

TEST_P(CrewTest, a_foreman_sees_what_nobody_took_first_and_whom_the_engine_would_send) {
    const CaseId late = filed();
    const auto seen = [&] {
        return must(crew_overview(db(), scope, handbook->calendar(), foreman, now));
    };
    ASSERT_EQ(seen().jobs.size(), 1U);
    EXPECT_EQ(seen().jobs[0].holder, "王");
    ASSERT_TRUE(seen().jobs[0].proposed);
    EXPECT_EQ(seen().jobs[0].proposed->user, li) << "the next one, should 王 not take it";
    later(300s);
    tended();
    ASSERT_TRUE(does(li, late, "refuse", {}, "在另一处抢修"));
    now.us += 1;
    const CaseId fresh = filed();
    now.us += 1;
    const CaseId taken = filed("no_heat", "北桥区松涛里 3 号楼");
    ASSERT_TRUE(does(job(taken).user_id, taken, "take"));
    const CrewOverview all = seen();
    EXPECT_TRUE(all.is_foreman);
    std::vector<CaseId> order;
    for (const CrewLedJob& each : all.jobs) order.push_back(each.row.case_id);
    EXPECT_EQ(order, (std::vector{late, fresh, taken}));
    EXPECT_EQ(all.jobs[0].holder, "") << "the foreman's own";
    ASSERT_TRUE(all.jobs[0].proposed);
    EXPECT_FALSE(all.jobs[0].proposed->is_foreman) << "everybody was asked: anybody again";
    EXPECT_FALSE(all.jobs[2].proposed) << "taken is taken";
    ASSERT_EQ(all.crew.size(), 2U);
    EXPECT_TRUE(all.crew[0].is_on_duty);
    EXPECT_LE(all.crew[0].open_jobs, all.crew[1].open_jobs);
    EXPECT_EQ(reasons_text({{"area", {"听松里"}}, {"load", {"0"}}}), "area:听松里,load:0");
    const CrewOverview nothing = must(crew_overview(db(), scope, handbook->calendar(), wang, now));
    EXPECT_FALSE(nothing.is_foreman);
    EXPECT_TRUE(nothing.crew.empty());
}

}  // namespace
}  // namespace ys::cases
