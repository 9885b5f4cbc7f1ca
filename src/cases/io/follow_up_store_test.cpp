// SPDX-License-Identifier: Apache-2.0
#include "cases/io/follow_up_store.h"

#include <set>

#include "cases/case_tries_test.h"
#include "cases/io/case_filing.h"
#include "cases/io/crew_store.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/journal/fact_json.h"
#include "platform/journal/journal.h"
#include "platform/sql/errc.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using namespace testing;
using journal::Journal;
using sql::testing::must;

const CentreId here{1}, without_units{2};
const UserId li{11}, wang{12};
const CaseActor desk{li, "agent", UnitId{1}};
const CaseActor station{UserId{21}, "unit", UnitId{6}};
const CaseActor citizen{{}, "citizen", {}};

class FollowUpTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), schema(), type_schema(), crew_schema(),
              follow_up_schema()});
        must(write([](sql::Transaction& tx) -> Result<Done> {
            const std::vector<UnitRow> units{{UnitId{1}, here, "热线中心", {}, 1},
                                             {UnitId{2}, here, "督办室", {}, 2},
                                             {UnitId{4}, here, "热力公司", {}, 0},
                                             {UnitId{6}, here, "北站", UnitId{4}, 0}};
            for (const UnitRow& unit : units) must(UnitStore::put_unit(tx, unit));
            return UnitStore::put_duty(
                tx, {here, "北桥区报修归北站", "repair", "市/北桥区", UnitId{6}});
        }));
    }
    CaseId saved(const std::string& status = "open", CentreId centre = here) {
        CaseRow row{.kind = "no_heat", .title = "家里不热", .address = "北桥区听松里 3-2-101"};
        row.status = status;
        return make<CaseRow>([&](sql::Transaction& tx) -> Result<CaseRow> {
                   YS_TRY(CaseRow made,
                          CaseStore::create(tx, centre, row, {.user = li, .now = now}));
                   YS_TRY([[maybe_unused]] const auto filed,
                          file_case(tx, *handbook, made, {}, now));
                   return made;
               })
            .id;
    }
    void act(CaseId id, const CaseActor& by, CaseAction action) {
        now.us += 1'000'000;
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto done,
                   CaseFileStore::act(tx, *handbook, Scope::of(here), id, {now, {by, action}, {}}));
            return Done{};
        }));
    }
    /// Repaired and answered, the citizen told.
    CaseId replied() {
        const CaseId id = saved();
        act(id, station, AcceptCase{});
        act(id, station, ReplyToCase{{{1, "阀门换好了"}}});
        act(id, desk, TellCitizen{"voice"});
        return id;
    }
    std::vector<FollowUp> list() { return must(FollowUpStore::list(db(), *handbook, both, 100)); }
    std::vector<CaseId> wanted() {
        std::vector<CaseId> out;
        for (const FollowUp& each : list()) out.push_back(each.row.id);
        return out;
    }
    Result<Done> take(CaseId id, UserId user) {
        return write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto taken,
                   FollowUpStore::take(tx, *handbook, both, id, user, now));
            return Done{};
        });
    }
    void keep(CaseId id, const FollowUpAnswer& answer) {
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(const FollowUp about, FollowUpStore::one(tx.db(), *handbook, both, id));
            return FollowUpStore::keep(tx, about, answer, now);
        }));
    }
    /// Cases whose citizen said something or was tried, by the journal.
    std::set<CaseId> asked_by_the_journal() {
        std::set<CaseId> out;
        must(Journal::replay(db(), 0, [&](const journal::Entry& entry) {
            if (const auto* said = std::get_if<facts::CaseConfirmed>(&entry.fact.body))
                out.insert(CaseId{said->case_id});
        }));
        return out;
    }
    const std::shared_ptr<const Handbook> handbook = *Handbook::make({});
    const Scope both{{here, without_units}};
    UtcTime now = cst("11-23 09:00");
};
YS_ON_BOTH_DATABASES(FollowUpTest);

TEST_P(FollowUpTest, every_closed_case_is_on_the_list_or_its_citizen_was_asked) {
    const CaseId open = saved(), asked_now = replied();
    const CaseId by_citizen = replied(), by_desk = replied(), by_tries = replied();
    const CaseId on_the_line = saved("closed"), no_units = saved("closed", without_units);
    act(by_citizen, citizen, ConfirmCase{true, {}, ""});
    act(by_desk, desk, ConfirmCase{true, true, ""});
    for (int i = 0; i < 3; ++i) {
        now.us += 3LL * 3600 * 1'000'000;
        act(by_tries, desk, RecordAttempt{"voice", "no_answer"});
    }
    EXPECT_TRUE(must(FollowUpStore::one(db(), *handbook, both, by_tries)).may_close);
    act(by_tries, desk, CloseCase{"三次没有接通"});
    EXPECT_EQ(wanted(), (std::vector{asked_now, on_the_line, no_units}));

    const auto asked = asked_by_the_journal();
    const auto left = wanted();
    for (const CaseId id : {by_citizen, by_desk, by_tries, on_the_line, no_units}) {
        const bool is_left = std::ranges::find(left, id) != left.end();
        EXPECT_NE(is_left, asked.contains(id)) << "case " << id.value;
    }
    EXPECT_FALSE(asked.contains(open));
}

TEST_P(FollowUpTest, the_oldest_deadline_is_first_and_attempts_are_counted) {
    const CaseId first = replied();
    now.us += 24LL * 3600 * 1'000'000;
    const CaseId closed = saved("closed"), second = replied();
    EXPECT_EQ(wanted(), (std::vector{first, second, closed}));
    act(first, desk, RecordAttempt{"voice", "no_answer"});
    const auto now_on_it = list();
    EXPECT_EQ(now_on_it[0].attempts, 1);
    EXPECT_EQ(now_on_it[0].tried_at, now);
    EXPECT_FALSE(now_on_it[0].may_close);
    ASSERT_TRUE(now_on_it[0].due_at && now_on_it[1].due_at);
    EXPECT_LT(*now_on_it[0].due_at, *now_on_it[1].due_at);
    EXPECT_FALSE(now_on_it[2].due_at);
}

TEST_P(FollowUpTest, who_rings_has_it_alone_for_ten_minutes) {
    const CaseId id = replied();
    EXPECT_TRUE(take(id, li));
    EXPECT_TRUE(take(id, li));
    const auto theirs = take(id, wang);
    ASSERT_FALSE(theirs);
    EXPECT_EQ(theirs.error().code, sql::errc::stale);
    now.us += 600LL * 1'000'000;
    EXPECT_TRUE(take(id, wang));
    EXPECT_EQ(list().front().own.taken_by, wang);
    must(write([&](sql::Transaction& tx) { return FollowUpStore::release(tx, id); }));
    EXPECT_TRUE(take(id, li));
    EXPECT_FALSE(take(saved(), li)) << "nobody was answered there";
}

TEST_P(FollowUpTest, a_closed_case_is_asked_about_until_they_answer_or_three_times) {
    const CaseId answers = saved("closed"), never = saved("closed", without_units);
    keep(answers, {true, true, false});
    EXPECT_EQ(wanted(), std::vector{never});
    for (int tries = 1; tries <= 3; ++tries) {
        EXPECT_EQ(list().front().attempts, tries - 1);
        keep(never, {});
    }
    EXPECT_TRUE(wanted().empty());
    std::vector<std::string> said;
    must(Journal::replay(db(), 0, [&](const journal::Entry& entry) {
        if (const auto* word = std::get_if<facts::CaseConfirmed>(&entry.fact.body))
            said.push_back(word->channel + " " + word->solved + " " + word->satisfied);
    }));
    EXPECT_EQ(said,
              (std::vector<std::string>{"voice yes no", "voice unreached not_said",
                                        "voice unreached not_said", "voice unreached not_said"}));
}

TEST_P(FollowUpTest, a_case_that_was_not_solved_is_asked_about_again_when_it_is_closed_again) {
    const CaseId id = saved("closed", without_units);
    keep(id, {true, false, {}});
    EXPECT_EQ(wanted(), std::vector{id}) << "whoever keeps it opens it";
}

TEST_P(FollowUpTest, other_centres_are_not_there) {
    replied();
    EXPECT_TRUE(must(FollowUpStore::list(db(), *handbook, Scope::of(without_units), 100)).empty());
    EXPECT_EQ(must(FollowUpStore::list(db(), *handbook, both, 1)).size(), 1U);
}

}  // namespace
}  // namespace ys::cases
