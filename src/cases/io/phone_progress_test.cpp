// SPDX-License-Identifier: Apache-2.0
#include "cases/io/phone_progress.h"

#include "cases/case_tries_test.h"
#include "cases/io/case_filing.h"
#include "cases/io/case_people.h"
#include "cases/io/code_store.h"
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

const CentreId here{1}, branch{2};
const CaseActor station{UserId{21}, "unit", UnitId{6}};

class PhoneProgressTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), schema(), type_schema(), crew_schema(),
              code_schema()});
        must(write([](sql::Transaction& tx) -> Result<Done> {
            for (const UnitRow& unit : {UnitRow{UnitId{1}, here, "热线中心", {}, 1},
                                        UnitRow{UnitId{2}, here, "督办室", {}, 2},
                                        UnitRow{UnitId{6}, here, "北站", {}, 0}})
                must(UnitStore::put_unit(tx, unit));
            return UnitStore::put_duty(tx, {here, "报修归北站", "repair", "", UnitId{6}});
        }));
    }
    CaseRow saved(const std::string& phone, const std::string& kind = "no_heat",
                  CentreId centre = here) {
        CaseRow row{.kind = kind, .title = "家里不热", .address = "北桥区听松里 3-2-101"};
        row.phone = phone;
        return make<CaseRow>([&](sql::Transaction& tx) -> Result<CaseRow> {
            YS_TRY(CaseRow made, CaseStore::create(tx, centre, row, {.now = now}));
            YS_TRY([[maybe_unused]] const auto filed, file_case(tx, *handbook, made, {}, now));
            return made;
        });
    }
    std::string heard(const std::string& caller, const std::string& number = "",
                      const std::string& code = "", const Scope& served = Scope{{here, branch}}) {
        const auto found = make<std::optional<HeardCase>>([&](sql::Transaction& tx) {
            return hear_case(tx, *handbook, {served, caller, number, code}, now);
        });
        if (!found) return "nothing";
        return found->number + " " + found->now + (found->until ? " until" : "") +
               (found->is_late ? " late" : "");
    }
    std::string code_of(const CaseRow& row) {
        return make<std::string>([&](sql::Transaction& tx) {
            return CodeStore::code(tx, Scope::of(row.centre_id), row.id);
        });
    }
    const std::shared_ptr<const Handbook> handbook = *Handbook::make({});
    UtcTime now = cst("11-23 09:00");
};
YS_ON_BOTH_DATABASES(PhoneProgressTest);

TEST_P(PhoneProgressTest, one_open_case_of_the_calling_number_is_told) {
    EXPECT_EQ(heard("13900000101"), "nothing");
    const CaseRow mine = saved("13900000101");
    saved("13900000102");
    EXPECT_EQ(heard("13900000101"), mine.number + " waits_for_unit until");
    EXPECT_EQ(heard(""), "nothing") << "who withholds the number has none";
    EXPECT_EQ(heard("13900000101", "", "", Scope::of(branch)), "nothing") << "another hotline's";
    std::vector<std::string> seen;
    must(Journal::replay(db(), 0, [&](const journal::Entry& entry) {
        if (const auto* fact = std::get_if<facts::CaseSeen>(&entry.fact.body))
            seen.push_back(std::to_string(fact->case_id) + " " + fact->how);
    }));
    EXPECT_EQ(seen, std::vector{std::to_string(mine.id.value) + " phone"});
    saved("13900000101");
    EXPECT_EQ(heard("13900000101"), "nothing") << "which of the two?";
}

TEST_P(PhoneProgressTest, number_and_code_open_any_case_and_wrong_ones_are_counted) {
    const CaseRow mine = saved("13900000101"), other = saved("13900000101");
    const std::string code = code_of(mine);
    EXPECT_EQ(heard("", "11230001", code), mine.number + " waits_for_unit until");
    EXPECT_EQ(heard("13900000109", "11230001", code), mine.number + " waits_for_unit until");
    std::string wrong = code;
    wrong[0] = wrong[0] == '9' ? '0' : '9';
    for (int i = 0; i < 4; ++i) EXPECT_EQ(heard("13900000109", "11230001", wrong), "nothing");
    EXPECT_EQ(heard("13900000109", "11230001", code), "nothing") << "it must wait now";
    EXPECT_EQ(heard("13900000109", "11230002", code_of(other)),
              other.number + " waits_for_unit until");
    now.us += 60LL * 1'000'000;
    EXPECT_EQ(heard("13900000109", "11230001", code), mine.number + " waits_for_unit until");
}

TEST_P(PhoneProgressTest, what_was_told_in_confidence_needs_the_code) {
    const CaseRow secret = saved("13900000101", "report");
    EXPECT_EQ(heard("13900000101"), "nothing");
    const CaseRow plain = saved("13900000101");
    EXPECT_EQ(heard("13900000101"), plain.number + " waits_for_unit until")
        << "nothing tells that there is another";
    EXPECT_NE(heard("13900000101", secret.number, code_of(secret)), "nothing");
}

TEST_P(PhoneProgressTest, the_mother_who_agreed_hears_what_the_child_filed) {
    const std::string childs = "13900000101", mothers = "13900000102";
    const CaseRow filed = saved(childs);
    const auto agreed = [&](const std::string& consent) {
        make<CaseRow>([&](sql::Transaction& tx) -> Result<CaseRow> {
            YS_TRY(const auto row, CaseStore::get(tx.db(), Scope::of(here), filed.id));
            return CasePeople::put(tx, *row, {{"subject", "李奶奶", mothers, "parent", consent}},
                                   {.now = now});
        });
    };
    agreed("none");
    EXPECT_EQ(heard(mothers), "nothing") << "nobody knows whether she agrees";
    agreed("page");
    EXPECT_EQ(heard(mothers), filed.number + " waits_for_unit until");
    EXPECT_EQ(heard(childs), filed.number + " waits_for_unit until");
    agreed("none");
    EXPECT_EQ(heard(mothers), "nothing");
    EXPECT_EQ(heard(mothers, filed.number, code_of(filed)), filed.number + " waits_for_unit until");
    agreed("spoken");
    saved(mothers);
    EXPECT_EQ(heard(mothers), "nothing") << "hers or the child's?";
}

TEST_P(PhoneProgressTest, a_case_that_no_unit_has_is_told_with_its_promise) {
    const CaseRow row = saved("13900000101", "no_heat", branch);
    EXPECT_EQ(heard("13900000101"), row.number + " open");
}

}  // namespace
}  // namespace ys::cases
