// SPDX-License-Identifier: Apache-2.0
#include "app/survey_maker.h"

#include <array>

#include "api/rooms.h"
#include "app/message_writer.h"
#include "base/later.h"
#include "cases/io/case_filing.h"
#include "customers/io/barred_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::app {
namespace {

using outreach::SurveyRow;
using outreach::SurveyStore;
using sql::testing::must;

constexpr CentreId centre{1};
const char* const mobile = "13800001001";

class SurveyMakerTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open(api::all_rooms());
        door.book = must(outreach::MessageBook::make(
            {{.reason = "survey",
              .text = "{name}{number}{next}[评{link}]{hotline}",
              .next = "请评价。"},
             {.reason = "closed", .text = "{number}{next}[评{link}]{hotline}", .next = "办结。"}}));
        door.hotline = "6000";
        door.name = "云汀供热";
        door.public_url = "https://h.example";
        door.sms.url = "http://127.0.0.1:1/";
        ASSERT_TRUE(write([](sql::Transaction& tx) -> Result<Done> {
            const std::array<cases::UnitRow, 2> units{
                cases::UnitRow{cases::UnitId{1}, centre, "热线中心", {}, 1},
                cases::UnitRow{cases::UnitId{2}, centre, "督办室", {}, 2}};
            for (const auto& unit : units) must(cases::UnitStore::put_unit(tx, unit));
            return Done{};
        }));
    }
    /// A call that a person took and that has ended now, with what else the journal says of it.
    void end_call(std::uint64_t id, const std::string& caller, std::optional<int> score = {},
                  const facts::Body& also = facts::CallAnswered{}) {
        ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            const InteractionId call{id};
            const std::array<facts::Fact, 2> told{
                facts::Fact{now, centre, call, {}, also},
                facts::Fact{now, centre, call, {}, facts::CallEnded{.cause = "completed"}}};
            YS_TRY([[maybe_unused]] const Done noted, journal::Journal::append(tx, told));
            interactions::CallRow row{.id = call,
                                      .centre_id = centre,
                                      .direction = "in",
                                      .caller = caller,
                                      .queue_id = QueueId{2},
                                      .agent_id = AgentId{3},
                                      .arrived_at = now,
                                      .connected_at = now,
                                      .ended_at = now,
                                      .cause = "completed",
                                      .talked_ms = 60'000};
            row.score = score;
            const std::array<interactions::RowChange, 1> change{interactions::PutCall{row}};
            return interactions::CallStore::write(tx, change);
        }));
    }
    void look(UtcTime at) {
        ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            const SurveyMaker maker(door);
            YS_TRY([[maybe_unused]] const Done taken, maker.take_calls(tx, at, 10));
            return maker.ask(tx, at, 10);
        }));
    }
    std::vector<OutgoingMessage> due(UtcTime at) {
        return make<std::vector<OutgoingMessage>>(
            [&](sql::Transaction& tx) { return MessageWriter(*handbook, door).due(tx, at, 100); });
    }
    std::vector<std::string> states() {
        std::vector<std::string> out;
        for (const SurveyRow& row : must(SurveyStore::list(db(), Scope::of(centre), 100)))
            out.push_back(row.state + (row.why.empty() ? "" : " " + row.why));
        return out;
    }
    using States = std::vector<std::string>;

    std::shared_ptr<const cases::Handbook> handbook = must(cases::Handbook::make(Calendar{}));
    outreach::Door door;
    const UtcTime now = utc_now();
    const UtcTime soon = later(now, door.survey.after);
};
YS_ON_BOTH_DATABASES(SurveyMakerTest);

TEST_P(SurveyMakerTest, who_talked_with_a_person_is_asked_by_a_link_of_their_own_once_a_week) {
    end_call(5, mobile);
    look(now);
    EXPECT_EQ(states(), States{"waiting"}) << "the agent may still write down a 举报";
    look(soon);
    look(soon);
    EXPECT_EQ(states(), States{"made"});
    const auto messages = due(soon);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].to, mobile);
    const std::string& body = messages[0].body;
    const std::string before = "云汀供热5请评价。评https://h.example/survey.html#";
    ASSERT_TRUE(body.starts_with(before)) << body;
    const auto found = must(SurveyStore::by_pass(db(), body.substr(before.size(), 22)));
    ASSERT_TRUE(found) << body;
    EXPECT_EQ(found->interaction_id, InteractionId{5});
    EXPECT_EQ(found->agent_id, AgentId{3});
    end_call(6, mobile);
    look(soon);
    EXPECT_EQ(states(), (States{"dropped too_soon", "made"}));
    EXPECT_EQ(due(soon).size(), 1U);
}

TEST_P(SurveyMakerTest, nobody_is_asked_who_must_not_be) {
    end_call(5, mobile, 5);  // said it on the keys
    end_call(6, "");         // no number
    look(soon);
    EXPECT_EQ(states(), States{}) << "nothing to decide about";
    end_call(7, "09318765432");
    end_call(8, "13800001002", {}, facts::EmergencyHeard{4});
    end_call(9, "13800001003", {}, facts::TransferBegan{"blind", "number:110", 1});
    end_call(10, "13800001004");
    end_call(11, "13800001005");
    end_call(12, "13800001006");
    ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
        cases::CaseRow report{.interaction_id = InteractionId{10}, .kind = "report"};
        report.is_confidential = true;
        YS_TRY([[maybe_unused]] const auto made,
               cases::CaseStore::create(tx, centre, report, {.now = now}));
        YS_TRY(const auto barred,
               customers::BarredStore::ask(tx,
                                           {.centre_id = centre,
                                            .number = "13800001005",
                                            .reason = "辱骂",
                                            .until_at = later(now, std::chrono::hours{48}),
                                            .asked_by = UserId{1}},
                                           now));
        YS_TRY([[maybe_unused]] const Done in_force,
               customers::BarredStore::confirm(tx, Scope::of(centre), barred, UserId{2}, now));
        return outreach::MessageStore::keep_person(tx,
                                                   {outreach::person_of("13800001006"), "", now});
    }));
    look(soon);
    EXPECT_EQ(states(),
              (States{"dropped stopped", "dropped barred", "dropped confidential",
                      "dropped emergency", "dropped emergency", "dropped cannot_be_written"}));
    EXPECT_TRUE(due(soon).empty());
}

TEST_P(SurveyMakerTest, without_a_gateway_or_where_it_is_switched_off_nobody_is_asked) {
    EXPECT_EQ(door.no_surveys(), outreach::Off::No);
    door.survey.not_in = {centre};
    end_call(5, mobile);
    look(soon);
    door.survey.not_in.clear();
    door.sms.url.clear();
    EXPECT_EQ(door.no_surveys(), outreach::Off::NoGateway);
    end_call(6, mobile);
    look(soon);
    EXPECT_EQ(states(), States{});
    door.sms.url = "http://127.0.0.1:1/";
    look(soon);
    EXPECT_EQ(states(), States{}) << "what ended before is not asked about";
}

TEST_P(SurveyMakerTest, a_case_that_was_closed_without_its_citizens_word_is_told_with_a_survey) {
    const auto file = [&](const char* phone) {
        return make<cases::CaseRow>([&](sql::Transaction& tx) -> Result<cases::CaseRow> {
            const cases::CaseRow fields{
                .kind = "question", .title = "何时供暖", .phone = phone, .status = "closed"};
            YS_TRY(auto made,
                   cases::CaseStore::create(tx, centre, fields, {.user = UserId{9}, .now = now}));
            YS_TRY([[maybe_unused]] const auto filed,
                   cases::file_case(tx, *handbook, made, {}, now));
            return made;
        });
    };
    const auto first = file(mobile), second = file(mobile);
    const auto taken = make<std::size_t>([&](sql::Transaction& tx) {
        return MessageWriter(*handbook, door).take_notices(tx, now, 100);
    });
    EXPECT_GE(taken, 2U);
    std::string asked, told;
    for (const auto& message : due(now)) {
        if (message.row.reason != "closed") continue;
        (message.row.case_id == first.id ? asked : told) = message.body;
    }
    EXPECT_NE(asked.find("/survey.html#"), std::string::npos) << asked;
    EXPECT_NE(told.find("/case.html#"), std::string::npos) << "once a week: " << told;
    const auto rows = must(SurveyStore::list(db(), Scope::of(centre), 10));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].case_id, first.id);
    EXPECT_NE(second.id, first.id);
}

}  // namespace
}  // namespace ys::app
