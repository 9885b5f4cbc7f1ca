// SPDX-License-Identifier: Apache-2.0
// What may be done to a case, by whom, and what follows: one rule a test.
#include "cases/case_engine.h"

#include <gtest/gtest.h>

#include "base/later.h"
#include "cases/case_desk_test.h"

namespace ys::cases {
namespace {

using namespace testing;

TEST(case_engine, a_case_goes_from_the_first_word_to_the_citizens_own_it_is_solved) {
    Desk d;
    EXPECT_EQ(d.files(), "");
    EXPECT_EQ(d.file.responsible, hotline);
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{north, "辖区"}), "");
    EXPECT_TRUE(d.has_notice(north, "dispatched"));
    EXPECT_EQ(d.file.responsible, hotline);  // 首接负责
    EXPECT_EQ(d.does(of(north), AcceptCase{}), "");
    EXPECT_EQ(d.file.responsible, north);
    EXPECT_EQ(d.does(of(north), BeginWork{}), "");
    EXPECT_EQ(d.replies(north), "");
    EXPECT_EQ(d.does(reviewer(), ReviewReply{true, ""}), "");
    EXPECT_EQ(d.does(agent(), TellCitizen{"voice"}), "");
    EXPECT_EQ(closing_deadline(d.rules, d.file), std::nullopt);
    EXPECT_EQ(d.does(citizen(), ConfirmCase{true, true, "谢谢"}), "");
    EXPECT_EQ(d.file.state, CaseState::Closed);
    EXPECT_FALSE(d.file.responsible);
    EXPECT_EQ(d.last.wake_at, std::nullopt);
    ASSERT_EQ(d.history.size(), 8u);
    EXPECT_EQ(d.history[1].verb, Verb::Dispatch);
    EXPECT_EQ(d.history[1].why, "辖区");
    EXPECT_EQ(d.history[1].unit, north);
    EXPECT_EQ(d.history.back().from, CaseState::AwaitingConfirmation);
    EXPECT_EQ(d.history.back().to, CaseState::Closed);
}

TEST(case_engine, the_citizen_is_told_until_when) {
    Desk d;
    d.files();
    const NoticeToCitizen expected{"filed", "", cst("11-30 09:00")};
    ASSERT_EQ(d.last.effects.size(), 1u);
    EXPECT_EQ(d.last.effects[0], CaseEffect{expected});
    // Half of what there is to accept, 7.5 hours today and 8 tomorrow.
    EXPECT_EQ(d.last.wake_at, cst("11-24 08:45"));
}

TEST(case_engine, filing_needs_a_demand_and_happens_once) {
    Desk d;
    EXPECT_EQ(d.does(of(north), AcceptCase{}), "not_filed");
    EXPECT_EQ(d.does(agent(), FileCase{CaseId{1}, "help", 1, false, {}, {}}), "needs_demand");
    EXPECT_EQ(d.does(agent(), FileCase{CaseId{1}, "help", 1, false, {{1, "a"}, {1, "b"}}, {}}),
              "needs_demand");
    EXPECT_EQ(d.does(agent(), FileCase{CaseId{1}, "help", 1, false, {{1, "a"}}, {UnitId{99}}}),
              "unknown_unit");
    EXPECT_EQ(d.does(reviewer(), FileCase{CaseId{1}, "help", 1, false, {{1, "a"}}, {}}),
              "not_your_role");
    EXPECT_EQ(d.files(), "");
    EXPECT_EQ(d.files(), "already_filed");
}

TEST(case_engine, what_is_settled_on_the_line_is_closed_with_every_demand_answered) {
    Desk d;
    d.files();
    EXPECT_EQ(d.does(agent(), SettleCase{{{1, "17日起供暖"}}, true}), "demand_unanswered");
    EXPECT_EQ(d.does(agent(), SettleCase{{{1, "17日起供暖"}, {2, "不退"}}, {}}), "");
    EXPECT_EQ(d.file.state, CaseState::Closed);
    EXPECT_EQ(d.does(citizen(), ReopenCase{"并没有"}), "");
    EXPECT_EQ(d.file.responsible, hotline);
}

TEST(case_engine, roles_units_and_moments_are_kept) {
    Desk d;
    d.files();
    EXPECT_EQ(d.does(citizen(), DispatchCase{north, "x"}), "not_your_role");
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{north, ""}), "needs_words");
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{UnitId{99}, "x"}), "unknown_unit");
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{{}, "x"}), "needs_unit");
    EXPECT_EQ(d.does(of(north), AcceptCase{}), "not_now");
    d.does(dispatcher(), DispatchCase{north, "x"});
    EXPECT_EQ(d.does(of(south), AcceptCase{}), "not_your_case");
    d.now.us -= 1;
    EXPECT_EQ(d.does(of(north), AcceptCase{}), "time_runs_back");
}

TEST(case_engine, a_case_is_returned_once_and_then_the_superior_decides) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    EXPECT_EQ(d.does(of(north), ReturnCase{""}), "needs_words");
    EXPECT_EQ(d.does(of(north), ReturnCase{"不属辖区"}), "");
    EXPECT_EQ(d.file.state, CaseState::Returned);
    EXPECT_EQ(d.file.responsible, hotline);
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{north, "再派"}), "returned_before");
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{south, "辖区"}), "");
    EXPECT_EQ(d.does(of(south), ReturnCase{"也不属"}), "");
    EXPECT_EQ(d.file.state, CaseState::Disputed);
    EXPECT_TRUE(d.has_notice(heating, "disputed"));
    EXPECT_EQ(d.does(head_of(water), AssignCase{south, "归你"}), "not_above_unit");
    EXPECT_EQ(d.does(head_of(south), AssignCase{north, "归你"}), "not_above_unit");
    EXPECT_EQ(d.does(head_of(heating), AssignCase{south, "归你"}), "");
    EXPECT_EQ(d.file.state, CaseState::Accepted);
    EXPECT_EQ(d.file.responsible, south);
    EXPECT_EQ(d.does(of(south), ReturnCase{"不要"}), "not_now");
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{water, "改派"}), "assigned_for_good");
}

TEST(case_engine, an_upheld_return_goes_back_to_the_dispatcher) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), ReturnCase{"不属辖区"});
    d.does(dispatcher(), DispatchCase{south, "辖区"});
    d.does(of(south), ReturnCase{"也不属"});
    EXPECT_EQ(d.does(head_of(bureau), UpholdReturn{"确实不属"}), "");
    EXPECT_EQ(d.file.state, CaseState::Returned);
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{south, "x"}), "returned_before");
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{water, "供水"}), "");
}

TEST(case_engine, a_unit_never_judges_its_own_complaint) {
    Desk d;
    d.files({heating, hotline});
    EXPECT_EQ(d.file.responsible, inspection);
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{heating, "x"}), "own_complaint");
    d.does(dispatcher(), DispatchCase{bureau, "上级"});
    d.does(of(bureau), AcceptCase{});
    EXPECT_EQ(d.does(of(bureau), CoHandle{heating, "说明"}), "own_complaint");
    d.replies(bureau);
    EXPECT_EQ(d.does(reviewer(), ReviewReply{true, ""}), "own_complaint");  // of the hotline
    const CaseActor inspector{UserId{15}, "reviewer", inspection};
    EXPECT_EQ(d.does(inspector, ReviewReply{true, ""}), "");
    EXPECT_EQ(d.does(agent(), TellCitizen{"voice"}), "own_complaint");
    EXPECT_EQ(d.does(clock_itself(), TellCitizen{"sms"}), "");
    EXPECT_EQ(d.does(citizen(), ConfirmCase{false, false, "没修好"}), "");
    EXPECT_EQ(d.file.responsible, inspection);
}

TEST(case_engine, a_case_about_every_owner_is_refused_with_a_reason) {
    Desk d;
    EXPECT_EQ(d.files({hotline, inspection}), "nobody_may_own");
}

TEST(case_engine, a_confidential_case_is_hidden_from_the_unit_complained_of) {
    Desk d;
    d.does(agent(), FileCase{CaseId{1}, "report", 1, true, {{1, "举报"}}, {north}});
    EXPECT_FALSE(may_see(d.file, north));
    EXPECT_TRUE(may_see(d.file, south));
}

TEST(case_engine, nobody_accepts_and_the_fallback_owner_has_it) {
    Desk d;
    d.files({hotline});
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    EXPECT_EQ(d.waits(cst("11-24 17:29")), "");
    EXPECT_EQ(d.file.state, CaseState::Dispatched);
    EXPECT_EQ(d.waits(cst("11-24 17:30")), "");
    EXPECT_EQ(d.file.state, CaseState::Accepted);
    EXPECT_EQ(d.file.responsible, inspection);
    EXPECT_TRUE(d.file.clock(ClockName::Accept)->is_broken);
    EXPECT_EQ(d.does(of(north), AcceptCase{}), "not_now");
    // The owner's dispatcher may send it on; the owner stays responsible until it is accepted.
    EXPECT_EQ(d.does(dispatcher(), DispatchCase{south, "改派"}), "");
    EXPECT_EQ(d.file.responsible, inspection);
    EXPECT_EQ(d.does(of(south), AcceptCase{}), "");
    EXPECT_EQ(d.file.responsible, south);
}

TEST(case_engine, who_acts_after_the_deadline_is_late_even_before_the_alarm_looks) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    const UtcTime end = *deadline(d.file.clock(ClockName::Accept)->clock, d.rules.calendar);
    Desk prompt = d;
    prompt.now = earlier(end, 1us);
    EXPECT_EQ(prompt.does(of(north), AcceptCase{}), "");
    d.now = end;
    EXPECT_EQ(d.does(of(north), AcceptCase{}), "not_now");
    EXPECT_EQ(d.does(citizen(), UrgeCase{"快点"}), "");
    std::string kinds;
    for (const CaseEvent& each : d.last.events) {
        if (each.kind == CaseEventKind::ClockBroken)
            kinds += "broken ";
        else
            kinds += std::string(word(each.verb)) + " ";
    }
    EXPECT_EQ(kinds.substr(0, 17), "broken take_over ") << kinds;
    EXPECT_EQ(d.last.events.back().verb, Verb::Urge);
    EXPECT_EQ(d.file.responsible, hotline);
}

TEST(case_engine, a_case_nobody_dispatches_is_taken_over_too) {
    Desk d;
    d.files();
    EXPECT_EQ(d.waits(cst("11-25 00:00")), "");
    EXPECT_EQ(d.file.state, CaseState::Accepted);
    EXPECT_EQ(d.file.responsible, hotline);
}

TEST(case_engine, urging_is_heard_and_raises_the_supervision) {
    Desk d;
    d.files();
    EXPECT_EQ(d.does(citizen(), UrgeCase{"快点"}), "");
    EXPECT_TRUE(d.has_notice(hotline, "urged"));
    EXPECT_EQ(d.does(citizen(), UrgeCase{"快点"}), "urged_just_now");
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), AcceptCase{});
    for (int i = 0; i < 2; ++i) {
        d.later(4h);
        EXPECT_EQ(d.does(citizen(), UrgeCase{"快点"}), "");
    }
    EXPECT_EQ(d.file.supervised, 1);
    EXPECT_EQ(d.does(supervisor(), SuperviseCase{"市领导批示"}), "");
    EXPECT_TRUE(d.has_notice(heating, "supervised"));
    EXPECT_EQ(d.does(supervisor(), SuperviseCase{"再次"}), "");
    EXPECT_TRUE(d.has_notice(bureau, "supervised"));
    EXPECT_EQ(d.does(supervisor(), SuperviseCase{"再次"}), "ladder_ends");
    EXPECT_EQ(d.last.events.back().level, 3);
}

TEST(case_engine, several_units_each_reply_their_part) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), AcceptCase{});
    EXPECT_EQ(d.does(of(north), CoHandle{water, "关阀"}), "");
    EXPECT_EQ(d.does(of(north), CoHandle{water, "关阀"}), "part_is_there");
    EXPECT_EQ(d.does(of(north), CoHandle{north, "自己"}), "part_is_there");
    EXPECT_EQ(d.does(of(south), CoHandle{heating, "x"}), "not_your_case");
    EXPECT_EQ(d.does(dispatcher(), CoHandle{south, "退费"}), "");
    EXPECT_EQ(d.replies(north), "parts_missing");
    EXPECT_EQ(d.does(of(water), CoReply{"已关阀"}), "");
    EXPECT_EQ(d.does(of(water), CoReply{"已关阀"}), "no_such_part");
    EXPECT_EQ(d.replies(north), "parts_missing");
    EXPECT_EQ(d.does(head_of(heating), ReleasePart{south, "不需要"}), "");
    EXPECT_EQ(d.replies(north), "");
    EXPECT_EQ(d.file.responsible, north);
}

TEST(case_engine, the_reply_answers_each_demand_and_is_reviewed_by_another) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), AcceptCase{});
    EXPECT_EQ(d.does(of(north), ReplyToCase{{{1, "已修剪绿化带"}}}), "demand_unanswered");
    EXPECT_EQ(d.does(of(north), ReplyToCase{{{1, "已修"}, {2, ""}}}), "demand_unanswered");
    EXPECT_EQ(unanswered(d.file, {{2, "退"}}), std::vector<std::uint32_t>{1});
    EXPECT_EQ(d.replies(north), "");
    CaseActor self = of(north);
    self.role = "reviewer";
    EXPECT_EQ(d.does(self, ReviewReply{true, ""}), "reviewed_by_replier");
    EXPECT_EQ(d.does(agent(), TellCitizen{"voice"}), "not_now");
    EXPECT_EQ(d.does(reviewer(), ReviewReply{false, ""}), "needs_words");
    EXPECT_EQ(d.does(reviewer(), ReviewReply{false, "没说何时退"}), "");
    EXPECT_EQ(d.file.state, CaseState::Working);
    EXPECT_TRUE(d.has_notice(north, "sent_back"));
}

TEST(case_engine, dissatisfaction_goes_to_the_superior_and_never_to_the_same_unit) {
    Desk d;
    d.until_told(north);
    EXPECT_EQ(d.does(citizen(), ConfirmCase{true, false, "态度差"}), "");
    EXPECT_EQ(d.file.state, CaseState::SecondHandling);
    EXPECT_EQ(d.file.responsible, heating);
    EXPECT_EQ(d.file.round, 2);
    EXPECT_EQ(d.replies(north), "not_your_case");
    for (const UnitId unit : {heating, bureau, hotline, inspection}) {
        EXPECT_EQ(d.file.responsible, unit);
        EXPECT_EQ(d.replies(unit), "");
        EXPECT_EQ(d.does(reviewer(), ReviewReply{true, ""}), "");
        EXPECT_EQ(d.does(agent(), TellCitizen{"sms"}), "");
        EXPECT_EQ(d.does(citizen(), ConfirmCase{false, {}, "还是不热"}), "");
    }
    // Nobody is left above: a superior decides, and not for the unit that had it last.
    EXPECT_EQ(d.file.state, CaseState::Disputed);
    EXPECT_EQ(d.does(head_of(hotline), UpholdReturn{"x"}), "not_now");
    EXPECT_EQ(d.does(head_of(hotline), AssignCase{inspection, "x"}), "handled_before");
    EXPECT_EQ(d.does(head_of(hotline), AssignCase{heating, "重做"}), "");
    EXPECT_EQ(d.file.responsible, heating);
}

TEST(case_engine, solved_the_second_time_is_closed_even_if_the_citizen_stays_cross) {
    Desk d;
    d.until_told(north);
    d.does(citizen(), ConfirmCase{false, false, ""});
    d.replies(heating);
    d.does(reviewer(), ReviewReply{true, ""});
    d.does(agent(), TellCitizen{"voice"});
    EXPECT_EQ(d.does(agent(), ConfirmCase{true, false, "太慢"}), "");
    EXPECT_EQ(d.file.state, CaseState::Closed);
    EXPECT_EQ(d.file.confirmation->satisfied, std::optional(false));
}

TEST(case_engine, without_the_citizens_word_it_takes_three_attempts_apart) {
    Desk d;
    d.files();
    d.does(agent(), RecordAttempt{"voice", "no_answer"});  // before the reply: does not count
    d.file = {};
    d.until_told(north);
    EXPECT_EQ(d.does(agent(), CloseCase{"联系不上"}), "not_confirmed");
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(d.does(agent(), RecordAttempt{"voice", "no_answer"}), "");
        d.later(30min);
    }
    // 0:00 and 2:00 count; those between are too near.
    EXPECT_EQ(d.does(agent(), CloseCase{"联系不上"}), "not_confirmed");
    d.later(90min);
    EXPECT_EQ(d.does(agent(), RecordAttempt{"sms", "not_delivered"}), "");
    EXPECT_EQ(d.does(agent(), CloseCase{""}), "needs_words");
    EXPECT_EQ(d.does(agent(), CloseCase{"联系不上"}), "");
    EXPECT_EQ(d.does(citizen(), UrgeCase{"?"}), "not_now");
}

TEST(case_engine, the_clock_goes_on_when_a_case_is_opened_again) {
    Desk d;
    d.until_told(north);
    d.later(48h);
    d.does(citizen(), ConfirmCase{true, {}, ""});
    d.later(240h);
    EXPECT_EQ(d.does(citizen(), ReopenCase{"又不热了"}), "");
    EXPECT_EQ(d.file.state, CaseState::Accepted);
    EXPECT_EQ(d.file.responsible, north);
    // Nothing of the seven days was used: it was told at once, asked for two days, closed for ten.
    EXPECT_EQ(*closing_deadline(d.rules, d.file), (UtcTime{d.now.us + Micros(168h).count()}));
    const auto lines = explain(d.file.clock(ClockName::Close)->clock, office(), d.now);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].note, "awaiting_confirmation");
    EXPECT_EQ(lines[1].note, "over");
    EXPECT_EQ(d.does(agent(), CloseCase{"x"}), "not_now");
}

TEST(case_engine, out_of_scope_is_polite_legal_seconded_and_not_scored) {
    Desk d;
    d.files();
    const UserId other{77};
    EXPECT_EQ(d.does(agent(), DeclareOutOfScope{"", "信访条例", other}), "needs_words");
    EXPECT_EQ(d.does(agent(), DeclareOutOfScope{"建议您向法院起诉", "", other}),
              "needs_legal_basis");
    EXPECT_EQ(d.does(agent(), DeclareOutOfScope{"建议您向法院起诉", "信访条例", UserId{11}}),
              "needs_second_person");
    EXPECT_EQ(d.does(agent(), DeclareOutOfScope{"建议您向法院起诉", "信访条例", other}), "");
    EXPECT_FALSE(d.file.counts_in_scores);
    EXPECT_EQ(d.last.effects[0],
              (CaseEffect{NoticeToCitizen{"out_of_scope", "建议您向法院起诉\n信访条例", {}}}));
    EXPECT_EQ(d.does(citizen(), ReopenCase{"不同意"}), "");
    EXPECT_EQ(d.file.state, CaseState::Filed);
    EXPECT_TRUE(d.file.counts_in_scores);
    EXPECT_EQ(d.waits(cst("11-26 00:00")), "");
    EXPECT_EQ(d.file.responsible, hotline);
}

TEST(case_engine, a_pause_has_a_cause_an_approver_and_an_end) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), AcceptCase{});
    const UserId boss{77};
    EXPECT_EQ(d.does(of(north), PauseCase{"", cst("11-25 09:00"), boss}), "needs_words");
    EXPECT_EQ(d.does(of(north), PauseCase{"等配件", cst("11-25 09:00"), UserId{106}}),
              "needs_second_person");
    EXPECT_EQ(d.does(of(north), PauseCase{"等配件", cst("11-23 09:00"), boss}), "pause_needs_end");
    EXPECT_EQ(d.does(of(north), PauseCase{"等配件", cst("12-25 09:00"), boss}), "pause_too_long");
    EXPECT_EQ(d.does(of(north), PauseCase{"等配件", cst("11-25 09:00"), boss}), "");
    EXPECT_EQ(*closing_deadline(d.rules, d.file), cst("12-02 09:00"));
    EXPECT_EQ(d.does(of(north), PauseCase{"等配件", cst("11-26 09:00"), boss}), "already_paused");
    d.later(24h);
    EXPECT_EQ(d.does(of(north), ResumeCase{}), "");
    EXPECT_EQ(d.does(of(north), ResumeCase{}), "not_paused");
    EXPECT_EQ(*closing_deadline(d.rules, d.file), cst("12-01 09:00"));
    d.does(of(north), PauseCase{"等市民", cst("11-26 09:00"), boss});
    EXPECT_EQ(d.waits(cst("11-26 10:00")), "");
    EXPECT_EQ(d.file.paused_until, std::nullopt);
}

TEST(case_engine, an_extension_is_once_before_the_deadline_and_told) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), AcceptCase{});
    const ExtendCase more{*parse_promise("3d"), "要开挖", UserId{77}};
    EXPECT_EQ(d.waits(cst("11-29 10:00")), "");  // warned at 50 % and 80 %
    EXPECT_EQ(d.file.clock(ClockName::Close)->warned, 3u);
    EXPECT_EQ(d.does(of(north), more), "");
    EXPECT_EQ(d.file.clock(ClockName::Close)->warned, 1u);
    EXPECT_EQ(d.last.effects[0],
              (CaseEffect{NoticeToCitizen{"extended", "要开挖", cst("12-03 09:00")}}));
    EXPECT_EQ(d.does(of(north), more), "extended_before");
    Desk late;
    late.files();
    late.does(dispatcher(), DispatchCase{north, "辖区"});
    late.does(of(north), AcceptCase{});
    EXPECT_EQ(late.waits(cst("11-30 09:00")), "");
    EXPECT_EQ(late.does(of(north), more), "past_deadline");
}

TEST(case_engine, clocks_warn_once_each_break_once_and_raise_the_supervision) {
    Desk d;
    d.files();
    d.does(dispatcher(), DispatchCase{north, "辖区"});
    d.does(of(north), AcceptCase{});
    EXPECT_EQ(d.waits(cst("12-31 00:00")), "");
    int warned = 0, broken = 0;
    for (const CaseEvent& e : d.history) {
        if (e.clock != ClockName::Close) continue;
        warned += e.kind == CaseEventKind::ClockWarned;
        broken += e.kind == CaseEventKind::ClockBroken;
        if (broken > 0) {
            EXPECT_EQ(e.at, cst("11-30 09:00"));
        }
    }
    EXPECT_EQ(warned, 3);
    EXPECT_EQ(broken, 1);
    EXPECT_EQ(d.file.supervised, 2);  // the first reply, then the closing
    EXPECT_EQ(next_wake(d.rules, d.file), std::nullopt);
    EXPECT_EQ(d.does(clock_itself(), ClockFired{}), "");
    EXPECT_TRUE(d.last.events.empty());
    EXPECT_EQ(d.does(agent(), ClockFired{}), "not_your_role");
}

TEST(case_engine, somebody_is_told_when_nobody_asks_the_citizen) {
    Desk d;
    d.until_told(north);
    EXPECT_EQ(d.waits(cst("11-26 17:29")), "");
    EXPECT_FALSE(d.has_notice(hotline, "follow_up"));
    EXPECT_EQ(d.waits(cst("11-26 17:30")), "");
    EXPECT_TRUE(d.has_notice(hotline, "follow_up"));
    EXPECT_EQ(d.file.state, CaseState::AwaitingConfirmation);
}

TEST(case_engine, duplicates_are_linked_and_both_live_on) {
    Desk d;
    d.files();
    EXPECT_EQ(d.does(agent(), LinkDuplicate{CaseId{1}}), "linked_to_itself");
    EXPECT_EQ(d.does(agent(), LinkDuplicate{CaseId{2}}), "");
    EXPECT_EQ(d.last.effects, (std::vector<CaseEffect>{LinkBack{CaseId{2}}}));
    EXPECT_EQ(d.does(agent(), LinkDuplicate{CaseId{2}}), "linked_before");
    EXPECT_EQ(d.file.state, CaseState::Filed);
}

TEST(case_engine, a_case_withdrawn_is_over_for_good) {
    Desk d;
    d.files();
    EXPECT_EQ(d.does(citizen(), WithdrawCase{"已自行解决"}), "");
    EXPECT_EQ(d.does(citizen(), ReopenCase{"x"}), "not_now");
    EXPECT_EQ(next_wake(d.rules, d.file), std::nullopt);
}

TEST(unit_tree, a_tree_that_could_leave_a_case_without_owner_is_refused) {
    const auto note = [](std::vector<Unit> units, std::vector<UnitId> owners) {
        const auto got = UnitTree::build(std::move(units), std::move(owners));
        return got ? std::string("fine") : got.error().note;
    };
    const UnitId a{1}, b{2}, c{3};
    EXPECT_EQ(note({{a, "A", {}}, {b, "B", a}}, {a, b}), "fine");
    EXPECT_EQ(note({{a, "A", {}}, {b, "B", a}}, {a, a}),
              "units: two different fallback owners are needed");
    EXPECT_EQ(note({{a, "A", b}, {b, "B", a}}, {a, b}), "units: A stands in a circle");
    EXPECT_EQ(note({{a, "A", c}}, {a}), "units: A has an unknown superior");
    EXPECT_EQ(note({{a, "A", {}}}, {c}), "units: an unknown fallback owner");
    EXPECT_EQ(note({{a, "A", {}}, {a, "B", {}}}, {a}), "units: B is there twice");
    EXPECT_EQ(note({{a, "", {}}}, {a}), "units: a unit without id or name");
}

TEST(case_errors, each_refusal_has_a_word_and_a_sentence) {
    for (int code = 1; code <= static_cast<int>(Errc::NotFiled); ++code) {
        const auto c = static_cast<Errc>(code);
        EXPECT_FALSE(word(c).empty()) << code;
        EXPECT_EQ(make_error_code(c).message().back(), '.') << code;
        EXPECT_NE(make_error_code(c).message(), "Unknown case error.") << code;
    }
    EXPECT_EQ(word(static_cast<Errc>(0)), "");
}

}  // namespace
}  // namespace ys::cases
