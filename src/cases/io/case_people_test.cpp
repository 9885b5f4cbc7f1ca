// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_people.h"

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using journal::Journal;
using sql::testing::must;

const CentreId here{1}, elsewhere{2};
const std::string mothers = "13900000201", childs = "13900000202", neighbours = "13900000203";

class CasePeopleTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({journal::schema(), schema()});
        CaseRow row{.kind = "no_heat", .title = "家里不热"};
        row.name = "李梅";
        row.phone = childs;
        filed_ = make<CaseRow>(
            [&](sql::Transaction& tx) { return CaseStore::create(tx, here, row, saving_); });
    }
    static PersonForm mother(const std::string& consent) {
        return {"subject", "李奶奶", mothers, "parent", consent};
    }
    static PersonForm neighbour(const std::string& consent) {
        return {"contact", "王大爷", neighbours, "neighbour", consent};
    }
    Result<CaseRow> put(const std::vector<PersonForm>& people) {
        Result<CaseRow> out = Error{sql::errc::io, "not run"};
        const auto done = write([&](sql::Transaction& tx) -> Result<Done> {
            out = CasePeople::put(tx, filed_, people, saving_);
            if (!out) return out.error();
            return Done{};
        });
        if (!done) return done.error();
        return out;
    }
    void name(const std::vector<PersonForm>& people) { filed_ = must(put(people)); }
    std::vector<CasePersonRow> people(CentreId centre = here) {
        return must(CasePeople::of(db(), Scope::of(centre), filed_.id));
    }
    std::string found_by(const std::string& number, CentreId centre = here) {
        std::string out;
        for (const PersonFound& each : must(CasePeople::found_by(db(), Scope::of(centre), number)))
            out += each.part + " " + each.consent + " ";
        return out;
    }
    std::size_t searched(const std::string& text, CentreId centre = here) {
        CaseSearch search;
        search.text = text;
        return must(CaseStore::search(db(), Scope::of(centre), search)).size();
    }
    std::vector<std::string> told() {
        std::vector<std::string> out;
        must(Journal::replay(db(), 0, [&](const journal::Entry& entry) {
            if (const auto* fact = std::get_if<facts::CasePersonNamed>(&entry.fact.body))
                out.push_back(fact->part + " " + fact->consent);
        }));
        return out;
    }
    CaseRow filed_;
    Saving saving_{.user = UserId{7}, .now = UtcTime{1'764'000'000'000'000}};
};
YS_ON_BOTH_DATABASES(CasePeopleTest);

TEST_P(CasePeopleTest, a_case_without_rows_is_of_who_rang) {
    EXPECT_TRUE(people().empty());
    EXPECT_EQ(must(CasePeople::as_told(db(), filed_)).phone, childs);
    EXPECT_EQ(searched(mothers), 0U);
}

TEST_P(CasePeopleTest, what_the_child_files_is_found_by_the_mother_who_agreed) {
    name({mother("spoken")});
    ASSERT_EQ(people().size(), 1U);
    EXPECT_EQ(people()[0].name, "李奶奶");
    EXPECT_EQ(people()[0].consent_at, saving_.now);
    EXPECT_EQ(people()[0].consent_by, saving_.user);
    EXPECT_EQ(found_by(mothers), "subject spoken ");
    EXPECT_EQ(found_by("+86 139 0000 0201"), "subject spoken ") << "however it is written";
    EXPECT_EQ(searched(mothers), 1U);
    EXPECT_EQ(searched("139 0000 0201"), 1U);
    EXPECT_EQ(searched("李奶奶"), 1U);
    EXPECT_EQ(searched(childs), 1U);
    EXPECT_EQ(found_by(mothers, elsewhere), "") << "another centre's";
    EXPECT_EQ(searched(mothers, elsewhere), 0U);
    EXPECT_TRUE(people(elsewhere).empty());
    EXPECT_EQ(told(), std::vector<std::string>{"subject spoken"});
}

TEST_P(CasePeopleTest, without_consent_the_desk_is_told_so_and_who_took_it_back_finds_nothing) {
    name({mother("none")});
    EXPECT_EQ(found_by(mothers), "subject none ");
    EXPECT_FALSE(people()[0].has_withdrawn()) << "nobody asked her";
    name({mother("page")});
    EXPECT_EQ(found_by(mothers), "subject page ");
    saving_.now.us += 1;
    name({mother("none")});
    EXPECT_TRUE(people()[0].has_withdrawn());
    EXPECT_EQ(people()[0].consent_at, saving_.now);
    EXPECT_EQ(found_by(mothers), "");
    EXPECT_EQ(searched(mothers), 0U);
    EXPECT_EQ(searched("李奶奶"), 0U);
    EXPECT_EQ(told(), (std::vector<std::string>{"subject none", "subject page", "subject none"}));
}

TEST_P(CasePeopleTest, consent_is_of_one_person_and_stays_with_its_time) {
    name({mother("page")});
    const auto agreed_at = people()[0].consent_at;
    saving_.now.us += 1;
    PersonForm other_relation = mother("page");
    other_relation.relation = "other";
    name({other_relation});
    EXPECT_EQ(people()[0].consent_at, agreed_at);
    PersonForm other_person = mother("none");
    other_person.phone = neighbours;
    name({other_person});
    EXPECT_FALSE(people()[0].has_withdrawn()) << "who was never asked took nothing back";
}

TEST_P(CasePeopleTest, a_contact_who_agreed_is_told) {
    name({mother("spoken"), neighbour("none")});
    EXPECT_EQ(must(CasePeople::as_told(db(), filed_)).phone, childs);
    name({mother("spoken"), neighbour("spoken")});
    const CaseRow as_told = must(CasePeople::as_told(db(), filed_));
    EXPECT_EQ(as_told.phone, neighbours);
    EXPECT_EQ(as_told.name, "王大爷");
    EXPECT_EQ(people()[0].part, "subject") << "for whom it is comes first";
    name({mother("spoken")});
    EXPECT_EQ(must(CasePeople::as_told(db(), filed_)).phone, childs);
    EXPECT_EQ(told().back(), "contact none") << "who is taken out is a fact, too";
}

TEST_P(CasePeopleTest, a_stale_page_is_refused_and_nothing_new_writes_nothing) {
    const CaseRow early = filed_;
    name({mother("spoken")});
    EXPECT_EQ(filed_.version, early.version + 1);
    const std::int64_t version = filed_.version;
    name({mother("spoken")});
    EXPECT_EQ(filed_.version, version);
    EXPECT_EQ(told().size(), 1U);
    filed_ = early;
    const auto late = put({});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, make_error_code(sql::errc::stale));
    EXPECT_EQ(people().size(), 1U);
}

TEST_P(CasePeopleTest, the_journal_never_says_who_they_are) {
    name({mother("spoken"), neighbour("spoken")});
    std::string all;
    must(db().each("SELECT body FROM facts", [&](const sql::Row& row) {
        std::string body;
        row.get(0, body);
        all += body;
    }));
    for (const std::string& word : {mothers, neighbours, std::string("李奶奶")})
        EXPECT_EQ(all.find(word), std::string::npos) << word;
}

TEST(CasePerson, a_number_is_checked_as_the_cases_own_is) {
    const auto faults_of = [](PersonForm form) {
        std::string out;
        for (const PersonFault& each : faults({std::move(form)}))
            out += each.field + "=" + std::string(each.code) + " ";
        return out;
    };
    const PersonForm good{"subject", "李奶奶", "139 0000 0201", "parent", "spoken"};
    EXPECT_EQ(faults_of(good), "");
    PersonForm form = good;
    form.phone = "1390000020";
    EXPECT_EQ(faults_of(form), "people.subject.phone=mobile_length ");
    form.phone = "家里";
    EXPECT_EQ(faults_of(form), "people.subject.phone=number_digits ");
    form.phone = "";
    EXPECT_EQ(faults_of(form), "") << "who is old may have none";
    form.part = "contact";
    EXPECT_EQ(faults_of(form), "people.contact.phone=need_number ");
    form = good;
    form.name = " ";
    form.relation = "friend";
    form.consent = "yes";
    EXPECT_EQ(faults_of(form),
              "people.subject.name=need_name people.subject.relation=unknown_word"
              " people.subject.consent=unknown_word ");
    form.part = "witness";
    EXPECT_EQ(faults_of(form), "people=unknown_word ");
    EXPECT_EQ(faults({good, good}).at(0).code, "twice");
}

}  // namespace
}  // namespace ys::cases
