// SPDX-License-Identifier: Apache-2.0
// What a type says is recorded when a case is filed, and holds whatever becomes of the type.
#include "cases/io/case_filing.h"

#include "cases/io/case_file_json.h"
#include "cases/io/case_type_json.h"
#include "cases/io/crew_store.h"
#include "cases/io/rule_store.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

const CentreId head{1}, branch{2};
const UnitId station{6};
const UserId li{31}, foreman{40};

std::string thanks(int version, std::string_view more = "") {
    return "workflow thanks " + std::to_string(version) + R"(
filed   file      same       citizen,agent,system
filed   settle    closed     agent
filed   withdraw  withdrawn  citizen
closed  reopen    filed      citizen
)" + std::string(more);
}
const RuleTexts some_rules{{{"表扬办理", thanks(1)}}, {{"慢", "slow 2wd 3wd 20wd - 80% office"}}};

class CaseFilingTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), schema(), type_schema(), crew_schema()});
        must(write([](sql::Transaction& tx) -> Result<Done> {
            must(
                sql::done(tx.db().run("INSERT INTO centres (id, parent_id, name, wrap_up_max_s)"
                                      " VALUES (1, 0, 'a', 1), (2, 1, 'b', 1)")));
            for (const UnitRow& unit : {UnitRow{UnitId{1}, branch, "热线中心", {}, 1},
                                        UnitRow{UnitId{2}, branch, "督办室", {}, 2},
                                        UnitRow{station, branch, "北桥站", {}, 0}})
                must(UnitStore::put_unit(tx, unit));
            must(UnitStore::put_duty(tx, {branch, "报修", "repair", "市/北桥区", station}));
            must(UnitStore::put_duty(tx, {branch, "投诉", "complaint", "市/北桥区", station}));
            must(CrewStore::put_foreman(tx, {station, branch, foreman, 300}));
            return CrewStore::put_repairer(tx, {li, branch, station, "李", "市/北桥区", "no_heat",
                                                "daily 00:00-24:00", true, 2});
        }));
        handbook = started(some_rules);
    }
    std::shared_ptr<const Handbook> started(const RuleTexts& texts) {
        auto made = start(texts);
        return made ? *made : throw std::runtime_error(made.error().note);
    }
    Result<std::shared_ptr<const Handbook>> start(const RuleTexts& texts) {
        Result<std::shared_ptr<const Handbook>> out = Error{std::errc::io_error, "not run"};
        const auto done = write([&](sql::Transaction& tx) -> Result<Done> {
            out = RuleStore::handbook(tx, {}, texts);
            if (!out) return out.error();
            return Done{};
        });
        return out;
    }
    int typed(TypeText text, int based_on = 0) {
        int version = 0;
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(const KnownType known,
                   TypeStore::put(tx, {head}, must(type_of(text, 1)),
                                  {.now = now, .reason = "x", .based_on = based_on}));
            version = known.type.version;
            return Done{};
        }));
        return version;
    }
    CaseRow saved(const std::string& kind, const std::string& status = "open") {
        CaseRow row{.kind = kind, .title = "事", .address = "北桥区 1 号", .urgency = "normal"};
        row.status = status;
        return make<CaseRow>([&](sql::Transaction& tx) -> Result<CaseRow> {
            YS_TRY(row, with_type(tx.db(), branch, row));
            YS_TRY(const CaseRow made,
                   CaseStore::create(tx, branch, row, {.user = li, .now = now}));
            return file_and_promise(tx, *handbook, made, {}, now);
        });
    }
    StoredFile stored(CaseId id) { return *must(CaseFileStore::get(db(), Scope::of(branch), id)); }

    UtcTime now = must(parse_rfc3339("2026-11-23T02:00:00Z"));
    std::shared_ptr<const Handbook> handbook;
};
YS_ON_BOTH_DATABASES(CaseFilingTest);

TypeText text_named(const std::string& code, const std::string& nature, const std::string& workflow,
                    const std::string& preset) {
    TypeText out;
    out.code = code;
    out.title = "名" + code;
    out.nature = nature;
    out.workflow = workflow;
    out.clock_preset = preset;
    out.is_confidential = nature == "report";
    return out;
}

TEST_P(CaseFilingTest, a_case_goes_by_what_its_type_said_when_it_was_filed) {
    EXPECT_EQ(typed(text_named("noise", "complaint", "thanks", "slow")), 1);
    const CaseRow row = saved("noise");
    EXPECT_EQ(row.nature, "complaint");
    EXPECT_EQ(row.kind_title, "名noise");
    EXPECT_EQ(title_of_kind(row), "名noise");
    const StoredFile first = stored(row.id);
    EXPECT_EQ(first.file.type_version, 1);
    EXPECT_EQ(first.file.basis, (CaseBasis{"complaint", "thanks", 1, "slow", false}));
    EXPECT_EQ(first.file.state, CaseState::Filed) << "its workflow dispatches nothing";
    // 20 working days from Monday, not the 7 days of a complaint.
    EXPECT_EQ(to_rfc3339(*row.promised_at).substr(0, 10), "2026-12-21");

    EXPECT_EQ(typed(text_named("noise", "complaint", "standard", "ordinary"), 1), 2);
    EXPECT_EQ(stored(row.id).file, first.file);
    EXPECT_EQ(handbook->rules(first.file, UnitTree{}).workflow.name, "thanks");
    const StoredFile next = stored(saved("noise").id);
    EXPECT_EQ(next.file.type_version, 2);
    EXPECT_EQ(next.file.basis, (CaseBasis{"complaint", "standard", 1, "ordinary", false}));
    EXPECT_EQ(next.file.state, CaseState::Dispatched) << "the duty for complaints has it";
}

TEST_P(CaseFilingTest, a_disclosure_is_kept_from_its_first_reader_on_whatever_it_is_called) {
    typed(text_named("bribe", "report", "standard", "ordinary"));
    const CaseRow row = saved("bribe");
    EXPECT_TRUE(row.is_confidential);
    EXPECT_TRUE(stored(row.id).file.is_confidential);
    CaseRow changed = row;
    changed.kind = "help";
    const CaseRow after = make<CaseRow>([&](sql::Transaction& tx) {
        changed.version = must(CaseStore::get(tx.db(), Scope::of(branch), row.id))->version;
        return CaseStore::change(tx, branch, changed, {.user = li, .now = now});
    });
    EXPECT_TRUE(after.is_confidential) << "once true it stays";
    EXPECT_EQ(after.nature, "help");
}

TEST_P(CaseFilingTest, an_automatic_type_goes_to_the_repairer_on_duty_and_another_does_not) {
    TypeText lift = text_named("lift", "repair", "short", "urgent");
    lift.is_automatic = true;
    lift.urgency = "emergency";
    typed(lift);
    const CaseRow row = saved("lift");
    EXPECT_EQ(row.urgency, "emergency");
    const auto job = must(CrewStore::job(db(), Scope::of(branch), row.id));
    ASSERT_TRUE(job);
    EXPECT_EQ(job->user_id, li) << "nobody is named for lifts, so anybody can";

    lift.is_automatic = false;
    typed(lift, 1);
    const CaseRow by_hand = saved("lift");
    EXPECT_EQ(stored(by_hand.id).file.state, CaseState::Dispatched);
    EXPECT_FALSE(must(CrewStore::job(db(), Scope::of(branch), by_hand.id)));
}

TEST_P(CaseFilingTest, a_case_filled_in_by_an_older_form_goes_by_that_version) {
    typed(text_named("noise", "complaint", "thanks", "slow"));
    typed(text_named("noise", "complaint", "standard", "ordinary"), 1);
    CaseRow row{.kind = "noise", .title = "事"};
    const CaseRow made = make<CaseRow>([&](sql::Transaction& tx) -> Result<CaseRow> {
        YS_TRY(row, with_type(tx.db(), branch, row));
        YS_TRY(const CaseRow kept, CaseStore::create(tx, branch, row, {.user = li, .now = now}));
        must(TypeStore::put_answers(tx, {.case_id = kept.id,
                                         .centre_id = branch,
                                         .type_centre_id = head,
                                         .type = "noise",
                                         .type_version = 1}));
        return file_and_promise(tx, *handbook, kept, {}, now);
    });
    EXPECT_EQ(stored(made.id).file.type_version, 1);
    EXPECT_EQ(stored(made.id).file.basis.workflow, "thanks");
}

TEST_P(CaseFilingTest, a_file_of_before_goes_by_what_its_kind_always_had) {
    const CaseRow row = saved("no_heat");
    std::string body = to_json(stored(row.id).file);
    const auto at = body.find("\"basis\":{");
    ASSERT_NE(at, body.npos);
    body.replace(at, body.find('}', at) + 2 - at, "");
    const CaseFile old = *case_file_from_json(body);
    EXPECT_EQ(old.basis, (CaseBasis{"repair", "short", 1, "urgent", true}));
    EXPECT_EQ(handbook->rules(old, UnitTree{}).preset.name, "urgent");
}

TEST_P(CaseFilingTest, a_used_workflow_neither_changes_nor_goes_away) {
    const RuleTexts other{{{"表扬办理", thanks(1, "open urge same citizen\n")}}, {}};
    EXPECT_TRUE(start(other)) << "nobody has used it";
    handbook = started(some_rules);
    typed(text_named("noise", "complaint", "thanks", "slow"));
    EXPECT_TRUE(start(other)) << "a type alone takes what it is now";
    handbook = started(some_rules);
    const CaseRow row = saved("noise");

    const auto refused = start(other);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().note.find("workflow \"thanks 1\""), std::string::npos)
        << refused.error().note;
    const auto clocks = start({some_rules.workflows, {{"慢", "slow 2wd 3wd 30wd - 80% office"}}});
    ASSERT_FALSE(clocks);
    EXPECT_NE(clocks.error().note.find("clock preset \"slow\""), std::string::npos);

    const auto without = started({});
    EXPECT_EQ(without->rules(stored(row.id).file, UnitTree{}).workflow.name, "thanks");
    EXPECT_EQ(without->rules(stored(row.id).file, UnitTree{}).preset.name, "slow");
    const auto second = started({{{"表扬办理", thanks(2)}}, {}});
    EXPECT_EQ(second->newest_workflow("thanks")->version, 2);
    EXPECT_NE(second->workflow("thanks", 1), nullptr);
}

TEST_P(CaseFilingTest, what_nothing_goes_by_is_forgotten) {
    EXPECT_NE(started(some_rules)->newest_workflow("thanks"), nullptr);
    EXPECT_EQ(started({})->newest_workflow("thanks"), nullptr);
    typed(text_named("noise", "complaint", "standard", "ordinary"));
    EXPECT_EQ(must(db().value<int>(0, "SELECT COUNT(*) FROM case_rules WHERE name = 'slow'")), 0);
}

TEST_P(CaseFilingTest, a_type_may_only_name_what_there_is) {
    const auto faults_of = [&](TypeText text) { return faults(text, *handbook); };
    EXPECT_TRUE(faults_of(text_named("noise", "complaint", "thanks", "slow")).empty());
    TypeText wrong = text_named("leak", "complaint", "thanksgiving", "slower");
    EXPECT_EQ(faults_of(wrong), (std::vector<TypeFault>{{"nature", "by_kind"},
                                                        {"workflow", "unknown_workflow"},
                                                        {"clock_preset", "unknown_clock_preset"}}));
    TypeText crew = text_named("lift", "repair", "thanks", "slow");
    crew.is_automatic = true;
    EXPECT_EQ(faults_of(crew), (std::vector<TypeFault>{{"workflow", "not_for_crews"}}));
}

}  // namespace
}  // namespace ys::cases
