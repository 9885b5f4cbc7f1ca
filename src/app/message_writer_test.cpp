// SPDX-License-Identifier: Apache-2.0
#include "app/message_writer.h"

#include "app/citizen_messages.h"
#include "cases/io/case_filing.h"
#include "cases/io/case_people.h"
#include "cases/io/code_store.h"
#include "cases/io/pass_store.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "directory/io/directory_store.h"
#include "knowledge/io/checklist_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::app {
namespace {

using outreach::MessageStore;
using sql::testing::must;

constexpr CentreId centre{1};

class MessageWriterTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), cases::schema(), cases::type_schema(),
              cases::pass_schema(), cases::code_schema(), outreach::schema(),
              outreach::survey_schema(), knowledge::checklist_schema(),
              directory::directory_schema()});
        door = std::make_shared<outreach::Door>();
        door->book = must(outreach::MessageBook::make(
            {{.reason = "filed",
              .text = "{name}{number}[，{unit}][，{until}前]。{next}[看{link}][码{code}]{hotline}",
              .next = "请等候。"},
             {.reason = "extended",
              .text = "{number}{next}{hotline}",
              .next = "。",
              .must_reach = true}}));
        door->hotline = "6000";
        door->name = "云汀供热";
        door->public_url = "https://h.example";
        door->sms.url = "http://127.0.0.1:1/";
        ASSERT_TRUE(write([](sql::Transaction& tx) -> Result<Done> {
            const std::vector<cases::UnitRow> units{{cases::UnitId{1}, centre, "热线中心", {}, 1},
                                                    {cases::UnitId{2}, centre, "督办室", {}, 2}};
            for (const auto& unit : units) must(cases::UnitStore::put_unit(tx, unit));
            return Done{};
        }));
    }
    cases::CaseRow file(const std::string& phone) {
        const cases::CaseRow row{.kind = "complaint", .title = "家里不热", .phone = phone};
        return make<cases::CaseRow>([&](sql::Transaction& tx) -> Result<cases::CaseRow> {
            YS_TRY(auto made, cases::CaseStore::create(tx, centre, row, {.now = now}));
            YS_TRY([[maybe_unused]] const auto filed,
                   cases::file_case(tx, *handbook, made, {}, now));
            return made;
        });
    }
    std::size_t take() {
        return make<std::size_t>([&](sql::Transaction& tx) {
            return MessageWriter(*handbook, *door).take_notices(tx, now, 100);
        });
    }
    std::vector<OutgoingMessage> due() {
        return make<std::vector<OutgoingMessage>>([&](sql::Transaction& tx) {
            return MessageWriter(*handbook, *door).due(tx, now, 100);
        });
    }
    std::vector<outreach::MessageRow> of(CaseId id) {
        return must(MessageStore::of_case(db(), Scope::of(centre), id));
    }

    std::shared_ptr<const cases::Handbook> handbook = must(cases::Handbook::make(Calendar{}));
    std::shared_ptr<outreach::Door> door;
    const UtcTime now = utc_now();
};
YS_ON_BOTH_DATABASES(MessageWriterTest);

TEST_P(MessageWriterTest, a_filed_case_is_told_with_number_unit_hotline_and_a_pass_of_its_own) {
    const auto row = file("13800001001");
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(take(), 0U);
    const auto messages = due();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].to, "13800001001");
    const std::string& body = messages[0].body;
    EXPECT_TRUE(body.starts_with("云汀供热" + row.number + "，热线中心，")) << body;
    EXPECT_TRUE(body.ends_with("6000")) << body;
    const std::string before = "https://h.example/case.html#";
    const std::string token = body.substr(body.find(before) + before.size(), 22);
    const auto pass = must(cases::PassStore::find(db(), token, now));
    ASSERT_TRUE(pass) << body;
    EXPECT_EQ(pass->case_id, row.id);
    EXPECT_EQ(due().at(0).body, body) << "another try says the same";
    const auto code = make<std::string>([&](sql::Transaction& tx) {
        return cases::CodeStore::code(tx, Scope::of(centre), row.id);
    });
    EXPECT_NE(body.find("码" + code), std::string::npos) << body;
    EXPECT_EQ(of(row.id).at(0).text.find(token), std::string::npos);
    EXPECT_EQ(of(row.id).at(0).text.find(code), std::string::npos);
}

TEST_P(MessageWriterTest, who_wants_none_by_now_gets_none) {
    const auto row = file("13800001001");
    take();
    ASSERT_TRUE(write([&](sql::Transaction& tx) {
        return MessageStore::keep_person(tx, {outreach::person_of("13800001001"), "", now});
    }));
    EXPECT_TRUE(due().empty());
    EXPECT_EQ(of(row.id).at(0).state, "stopped");
}

TEST_P(MessageWriterTest, a_contact_who_agreed_is_written_to_and_their_stop_word_is_obeyed) {
    const auto row = file("13800001001");
    const auto contact = [&](const std::string& consent) {
        make<cases::CaseRow>([&](sql::Transaction& tx) -> Result<cases::CaseRow> {
            YS_TRY(const auto it, cases::CaseStore::get(tx.db(), Scope::of(centre), row.id));
            const cases::PersonForm form{"contact", "李梅", "13800001002", "child", consent};
            return cases::CasePeople::put(tx, *it, {form}, {.now = now});
        });
    };
    contact("none");
    take();
    EXPECT_EQ(due().at(0).to, "13800001001") << "nobody asked the contact";
    contact("spoken");
    EXPECT_EQ(due().at(0).to, "13800001002");
    ASSERT_TRUE(write([&](sql::Transaction& tx) {
        return MessageStore::keep_person(tx, {outreach::person_of("13800001002"), "", now});
    }));
    EXPECT_TRUE(due().empty());
    EXPECT_EQ(of(row.id).at(0).state, "stopped");
}

TEST_P(MessageWriterTest, a_landline_without_a_mailbox_cannot_be_written_to) {
    const auto row = file("09318765432");
    take();
    EXPECT_TRUE(due().empty());
    EXPECT_EQ(of(row.id).at(0).why, "no_address");
}

TEST_P(MessageWriterTest, a_gateway_that_is_away_is_tried_again_later) {
    const auto row = file("13800001001");
    boost::asio::io_context loop;
    const auto stays = boost::asio::make_work_guard(loop);
    auto second = must(sql::Database::open(url()));
    sql::Writer writer(std::move(second), {}, [](const Error&) {});
    CitizenMessages worker({loop, writer, handbook, door});
    worker.look();
    const Instant until = mono_now() + 20s;
    while (mono_now() < until && (of(row.id).empty() || of(row.id).at(0).tries == 0))
        loop.run_one_for(Millis{50});
    worker.stop();
    writer.stop();
    ASSERT_EQ(of(row.id).size(), 1U);
    const auto kept = of(row.id).at(0);
    EXPECT_EQ(kept.state, "queued");
    EXPECT_EQ(kept.why, "unreachable");
    EXPECT_EQ(kept.tries, 1);
    EXPECT_FALSE(kept.body.empty());
}

TEST_P(MessageWriterTest, a_personal_list_goes_out_in_its_parts_with_a_link_of_its_own) {
    knowledge::ChecklistRow list{.centre_id = centre, .event = "card"};
    list.number = "13800001001";
    list.parts = R"(["(1/2)挂失","(2/2)新卡\n看 {link}"])";
    list = make<knowledge::ChecklistRow>(
        [&](sql::Transaction& tx) { return knowledge::ChecklistStore::make(tx, list, now); });
    const auto take_lists = [&] {
        return make<std::size_t>([&](sql::Transaction& tx) {
            return MessageWriter(*handbook, *door).take_checklists(tx, now, 100);
        });
    };
    EXPECT_EQ(take_lists(), 1U);
    EXPECT_EQ(take_lists(), 0U) << "once";
    const auto messages = due();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].to, "13800001001");
    EXPECT_EQ(messages[0].body, "(1/2)挂失");
    const std::string before = "(2/2)新卡\n看 https://h.example/list.html#";
    ASSERT_TRUE(messages[1].body.starts_with(before)) << messages[1].body;
    const std::string pass = messages[1].body.substr(before.size());
    EXPECT_EQ(must(knowledge::ChecklistStore::by_pass(db(), pass, now))->id, list.id);
    const auto rows = must(MessageStore::of_checklist(db(), Scope::of(centre), list.id.value));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].text, before + "…") << "whoever reads it later cannot open the list";
    EXPECT_EQ(due()[1].body, messages[1].body) << "another try says the same";
}

TEST_P(MessageWriterTest, a_list_for_a_number_that_wants_no_messages_is_not_sent) {
    knowledge::ChecklistRow list{.centre_id = centre, .event = "card"};
    list.number = "13800001001";
    list.parts = R"(["一"])";
    make<knowledge::ChecklistRow>(
        [&](sql::Transaction& tx) { return knowledge::ChecklistStore::make(tx, list, now); });
    ASSERT_TRUE(write([&](sql::Transaction& tx) {
        outreach::PersonRow person{.person = outreach::person_of("13800001001")};
        person.stopped_at = now;
        return MessageStore::keep_person(tx, person);
    }));
    make<std::size_t>([&](sql::Transaction& tx) {
        return MessageWriter(*handbook, *door).take_checklists(tx, now, 100);
    });
    EXPECT_TRUE(due().empty());
}

}  // namespace
}  // namespace ys::app
