// SPDX-License-Identifier: Apache-2.0
// What a citizen is told at each stage of a case.
#include "cases/case_progress.h"

#include <gtest/gtest.h>

#include "cases/case_desk_test.h"

namespace ys::cases {
namespace {

using namespace testing;

std::string_view now_of(const Desk& d) { return progress(d.rules, d.file, d.now).now; }

TEST(case_progress, each_stage_has_its_sentence_its_unit_and_its_time) {
    Desk d;
    d.files();
    CaseProgress p = progress(d.rules, d.file, d.now);
    EXPECT_EQ(p.now, "being_sent");
    EXPECT_EQ(p.unit, "热线");
    EXPECT_EQ(p.until, cst("11-30 09:00"));
    EXPECT_TRUE(p.may_urge && p.may_withdraw);
    EXPECT_FALSE(p.may_confirm || p.may_reopen || p.is_late);
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    EXPECT_EQ(now_of(d), "waits_for_unit");
    d.does(of(north), AcceptCase{});
    EXPECT_EQ(now_of(d), "being_handled");
    EXPECT_EQ(progress(d.rules, d.file, d.now).unit, "北站");
    d.replies(north);
    EXPECT_EQ(now_of(d), "reply_in_review");
    d.does(reviewer(), ReviewReply{true, ""});
    EXPECT_EQ(now_of(d), "reply_comes");
    d.does(agent(), TellCitizen{"sms"});
    p = progress(d.rules, d.file, d.now);
    EXPECT_EQ(p.now, "asks_you");
    EXPECT_EQ(p.until, std::nullopt);
    EXPECT_TRUE(p.may_confirm);
    d.does(citizen(), ConfirmCase{false, {}, ""});
    EXPECT_EQ(now_of(d), "handled_again");
    EXPECT_EQ(progress(d.rules, d.file, d.now).unit, "热力公司");
    d.does(of(heating), BeginWork{});
    EXPECT_EQ(now_of(d), "handled_again");
    d.replies(heating);
    d.does(reviewer(), ReviewReply{true, ""});
    d.does(agent(), TellCitizen{"sms"});
    d.does(citizen(), ConfirmCase{true, true, ""});
    p = progress(d.rules, d.file, d.now);
    EXPECT_EQ(p.now, "closed");
    EXPECT_EQ(p.unit, "");
    EXPECT_TRUE(p.may_reopen);
    EXPECT_FALSE(p.may_urge || p.may_confirm || p.may_withdraw);
}

TEST(case_progress, a_pause_says_why_and_ends_by_itself) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), AcceptCase{});
    d.does(of(north), PauseCase{"等配件到货", cst("11-24 09:00"), UserId{77}});
    EXPECT_EQ(progress(d.rules, d.file, d.now).cause, "等配件到货");
    EXPECT_EQ(now_of(d), "paused");
    d.now = cst("11-24 09:00");
    EXPECT_EQ(now_of(d), "being_handled");
}

TEST(case_progress, being_late_and_having_urged_is_said) {
    Desk d;
    d.files();
    d.does(citizen(), UrgeCase{"催"});
    EXPECT_FALSE(progress(d.rules, d.file, d.now).may_urge);
    d.later(4h);
    EXPECT_TRUE(progress(d.rules, d.file, d.now).may_urge);
    EXPECT_EQ(d.waits(cst("12-01 09:00")), "");
    const CaseProgress p = progress(d.rules, d.file, d.now);
    EXPECT_TRUE(p.is_late);
    EXPECT_EQ(p.supervised, 2);
    // Withdrawn late is late; told in time and asked for weeks is not.
    d.does(citizen(), WithdrawCase{"不用了"});
    EXPECT_TRUE(is_late(d.rules, d.file, d.now));
    Desk told;
    told.until_told(north);
    told.later(960h);
    EXPECT_FALSE(is_late(told.rules, told.file, told.now));
    told.does(citizen(), ConfirmCase{true, true, ""});
    EXPECT_FALSE(is_late(told.rules, told.file, told.now));
}

TEST(case_progress, every_state_has_a_sentence) {
    Desk d;
    d.files();
    for (const CaseState s : case_states) {
        d.file.state = s;
        EXPECT_FALSE(now_of(d).empty()) << word(s);
    }
    d.file.state = CaseState::Disputed;
    EXPECT_EQ(now_of(d), "being_decided");
}

TEST(case_engine, the_short_workflow_has_no_review) {
    Desk d(brief(), "urgent");
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), AcceptCase{});
    EXPECT_EQ(d.replies(north), "");
    EXPECT_EQ(d.file.state, CaseState::Reviewed);
    EXPECT_EQ(d.does(reviewer(), ReviewReply{true, ""}), "not_now");
    EXPECT_EQ(d.does(of(south), TellCitizen{"voice"}), "not_your_case");
    EXPECT_EQ(d.does(of(north), TellCitizen{"voice"}), "");
    EXPECT_EQ(d.does(citizen(), ConfirmCase{true, {}, ""}), "");
    EXPECT_EQ(d.file.state, CaseState::Closed);
}

}  // namespace
}  // namespace ys::cases
