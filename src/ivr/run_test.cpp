// SPDX-License-Identifier: Apache-2.0
#include "ivr/run.h"

#include <gtest/gtest.h>

#include "ivr/flow_text.h"

namespace ys::ivr {
namespace {

using Steps = std::vector<Step>;
using Walk = Run;  // testing::Test has a Run of its own.

Flow flow_of(std::string_view text) {
    auto flow = parse_flow(text);
    EXPECT_TRUE(flow) << flow.error().note;
    return *std::move(flow);
}

const char* const card = R"(person desk
node card digits
  say card-please
  digits 4-6
  again 1
  secure yes
  wait 4s
  -> thanks
node thanks hang-up
  say goodbye
node desk queue
  queue repair
)";

TEST(run, secure_digits_leave_only_stars) {
    const Flow flow = flow_of(card);
    Walk run(flow, {});
    EXPECT_EQ(run.start({}), (Steps{EnterNode{"card"}, Secure{true}, Say{{"card-please"}, true}}));
    EXPECT_EQ(run.on({}, Key{'4'}), (Steps{StopSaying{}, Wait{4s}}));
    EXPECT_EQ(run.on({}, Key{'2'}), (Steps{Wait{}, Wait{4s}}));
    EXPECT_EQ(run.on({}, Key{'A'}), (Steps{Wait{}, Wait{4s}}));
    run.on({}, Key{'4'});
    run.on({}, Key{'2'});
    EXPECT_EQ(run.on({}, Key{'#'}), (Steps{Wait{}, TellKeys{"card", "****"}, Secure{false},
                                           EnterNode{"thanks"}, Say{{"goodbye"}, true}}));
    EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{Finish{}}));
    EXPECT_TRUE(run.is_over());
    EXPECT_EQ(run.on({}, Key{'0'}), Steps{});
}

TEST(run, too_few_digits_are_asked_for_again_and_then_a_person_helps) {
    const Flow flow = flow_of(card);
    Walk run(flow, {});
    run.start({});
    run.on({}, Key{'4'});
    EXPECT_EQ(run.on({}, WaitOver{}), (Steps{Say{{"card-please"}, true}}));
    EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{Wait{4s}}));
    EXPECT_EQ(run.on({}, WaitOver{}), (Steps{Secure{false}, EnterNode{"desk"}, ToQueue{"repair"}}));
}

TEST(run, the_longest_number_needs_no_hash_and_the_wait_over_takes_a_long_enough_one) {
    const Flow flow = flow_of(card);
    Walk run(flow, {});
    run.start({});
    for (const char c : std::string("12345")) run.on({}, Key{c});
    const Steps last = run.on({}, Key{'6'});
    ASSERT_GE(last.size(), 2u);
    EXPECT_EQ(last[1], Step(TellKeys{"card", "******"}));

    Walk other(flow, {});
    other.start({});
    for (const char c : std::string("1234")) other.on({}, Key{c});
    EXPECT_EQ(other.on({}, WaitOver{}).front(), Step(TellKeys{"card", "****"}));
}

TEST(run, in_digits_a_star_or_a_zero_alone_asks_for_a_person) {
    const Flow flow = flow_of(card);
    Walk star(flow, {});
    star.start({});
    star.on({}, Key{'4'});
    EXPECT_EQ(star.on({}, Key{'*'}).back(), Step(ToQueue{"repair"}));
    Walk zero(flow, {});
    zero.start({});
    zero.on({}, Key{'0'});
    EXPECT_EQ(zero.on({}, WaitOver{}).back(), Step(ToQueue{"repair"}));
}

TEST(run, a_menu_is_said_again_before_nothing_counts) {
    const Flow flow = flow_of(
        "person q\nnode m choose\n  say menu\n  again 1\n  key 1 -> q\n"
        "node q queue\n  queue a\n");
    Walk run(flow, {});
    run.start({});
    run.on({}, PromptsEnded{});
    EXPECT_EQ(run.on({}, WaitOver{}), (Steps{Say{{"menu"}, true}}));
    run.on({}, PromptsEnded{});
    EXPECT_EQ(run.on({}, WaitOver{}), (Steps{EnterNode{"q"}, ToQueue{"a"}}));
}

TEST(run, inputs_nobody_waits_for_change_nothing) {
    const Flow flow = flow_of(card);
    Walk run(flow, {});
    run.start({});
    EXPECT_EQ(run.on({}, WaitOver{}), Steps{});
    run.on({}, PromptsEnded{});
    EXPECT_EQ(run.on({}, PromptsEnded{}), Steps{});
    EXPECT_EQ(run.node(), "card");
}

TEST(run, who_goes_round_fifty_nodes_is_taken_to_the_fallback_queue) {
    const Flow flow = flow_of(
        "person q\nnode m choose\n  say menu\n  key 1 -> m\n"
        "node q queue\n  queue help\n  priority 2\n");
    Walk run(flow, {});
    run.start({});
    for (int i = 1; i < nodes_entered_max; ++i) {
        EXPECT_FALSE(run.is_over()) << i;
        run.on({}, Key{'1'});
    }
    EXPECT_EQ(run.on({}, Key{'1'}), (Steps{StopSaying{}, TellKeys{"m", "1"}, ToQueue{"help", 2}}));
}

TEST(run, a_flow_that_was_never_proved_still_ends) {
    const Flow circle =
        flow_of("person a\nnode a branch\n  else -> b\nnode b branch\n  else -> a\n");
    Walk run(circle, {});
    EXPECT_EQ(run.start({}).back(), Step(Finish{}));
    EXPECT_TRUE(run.is_over());
    const Flow lost = flow_of("node a play\n  say x\n");
    Walk other(lost, {});
    other.start({});
    EXPECT_EQ(other.on({}, PromptsEnded{}), (Steps{Finish{}}));
}

TEST(run, flows_for_measuring_wait_echo_and_repeat) {
    const Flow flow = flow_of("measuring\nnode a play\n  say tone\n  again for-ever\n");
    Walk run(flow, {});
    run.start({});
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{Say{{"tone"}, true}}));
    const Flow echo = flow_of("measuring\nnode e wait\n  echo yes\n");
    Walk mirror(echo, {});
    EXPECT_EQ(mirror.start({}), (Steps{EnterNode{"e"}, Wait{Millis{0}, true}}));
    EXPECT_EQ(mirror.on({}, Key{'0'}), Steps{});
}

const char* const status = R"(person desk
node own progress
  other -> number
  nothing -> bye
  wait 4s
  -> menu
node number digits
  say number-please
  digits 8-8
  case number
  -> code
node code digits
  say code-please
  digits 6-6
  secure yes
  case code
  -> keyed
node keyed progress
  -> menu
node menu choose
  say menu
  key 1 -> own
node bye hang-up
  say goodbye
node desk queue
  queue repair
)";

void key_in(Walk& run, std::string_view keys) {
    for (const char key : keys) run.on({}, Key{key});
}

TEST(run, a_case_is_looked_up_by_the_calling_number_and_said) {
    const Flow flow = flow_of(status);
    Walk run(flow, {});
    EXPECT_EQ(run.start({}), (Steps{EnterNode{"own"}, LookUpCase{}, Wait{4s}}));
    EXPECT_EQ(run.on({}, CaseTold{{"progress-closed"}}),
              (Steps{Wait{}, Say{{"progress-closed"}, true}}));
    EXPECT_EQ(run.on({}, CaseTold{{"progress-closed"}}), Steps{}) << "an answer told twice";
    EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{EnterNode{"menu"}, Say{{"menu"}, true}}));
}

TEST(run, number_and_code_are_asked_for_and_the_code_leaves_only_stars) {
    const Flow flow = flow_of(status);
    Walk run(flow, {});
    run.start({});
    EXPECT_EQ(run.on({}, CaseTold{}),
              (Steps{Wait{}, EnterNode{"number"}, Say{{"number-please"}, true}}));
    key_in(run, "11240217");
    key_in(run, "90807");
    EXPECT_EQ(run.on({}, Key{'0'}),
              (Steps{Wait{}, TellKeys{"code", "******"}, Secure{false}, EnterNode{"keyed"},
                     LookUpCase{"11240217", "908070"}, Wait{5s}}));
    EXPECT_EQ(run.on({}, CaseTold{}), (Steps{Wait{}, EnterNode{"desk"}, ToQueue{"repair"}}));
}

TEST(run, a_look_up_keeps_a_person_one_key_away_and_nobody_waiting) {
    const Flow flow = flow_of(status);
    Walk looking(flow, {});
    looking.start({});
    EXPECT_EQ(looking.on({}, Key{'7'}), Steps{});
    EXPECT_EQ(looking.on({}, Key{'0'}),
              (Steps{Wait{}, TellKeys{"own", "0"}, EnterNode{"desk"}, ToQueue{"repair"}}));
    Walk hearing(flow, {});
    hearing.start({});
    hearing.on({}, CaseTold{{"progress-closed"}});
    EXPECT_EQ(hearing.on({}, Key{'0'}),
              (Steps{StopSaying{}, TellKeys{"own", "0"}, EnterNode{"desk"}, ToQueue{"repair"}}));
    Walk late(flow, {});
    late.start({});
    EXPECT_EQ(late.on({}, WaitOver{}), (Steps{EnterNode{"bye"}, Say{{"goodbye"}, true}}));
    EXPECT_EQ(late.on({}, CaseTold{{"progress-closed"}}), Steps{}) << "it came too late";
}

const char* const quota = R"(person desk
node number digits
  say number-please
  digits 8-8
  case number
  -> code
node code digits
  say code-please
  digits 6-6
  secure yes
  case code
  -> known
node known live
  about Application
  prefix QT
  other -> other
  wait 6s
  -> menu
node menu choose
  say menu
  key 1 -> hall
node hall live
  about Hall
  place 大厅
  -> menu
node other queue
  queue appeal
node desk queue
  queue repair
)";

TEST(run, what_a_business_system_knows_is_asked_with_prefix_and_digits_and_said) {
    const Flow flow = flow_of(quota);
    Walk run(flow, {});
    run.start({});
    key_in(run, "20260002");
    key_in(run, "10000");
    EXPECT_EQ(run.on({}, Key{'2'}),
              (Steps{Wait{}, TellKeys{"code", "******"}, Secure{false}, EnterNode{"known"},
                     LookUpLive{"Application", "QT20260002", "100002"}, Wait{6s}}));
    EXPECT_EQ(run.on({}, CaseTold{{"progress-closed"}}), Steps{}) << "another question's answer";
    EXPECT_EQ(run.on({}, LiveTold{{"live-1"}, false}), (Steps{Wait{}, Say{{"live-1"}, true}}));
    EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{EnterNode{"menu"}, Say{{"menu"}, true}}));
    EXPECT_EQ(run.on({}, Key{'1'}), (Steps{StopSaying{}, TellKeys{"menu", "1"}, EnterNode{"hall"},
                                           LookUpLive{"Hall", "大厅", ""}, Wait{5s}}));
    EXPECT_EQ(run.on({}, WaitOver{}), (Steps{EnterNode{"desk"}, ToQueue{"repair"}}));
}

TEST(run, who_is_offered_a_person_comes_to_them_once_it_was_said) {
    const Flow flow = flow_of(quota);
    Walk run(flow, {});
    run.start({});
    key_in(run, "20260002");
    key_in(run, "100002");
    EXPECT_EQ(run.on({}, LiveTold{{"live-1"}, true}), (Steps{Wait{}, Say{{"live-1"}, true}}));
    EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{EnterNode{"other"}, ToQueue{"appeal"}}));
    Walk voiceless(flow, {});
    voiceless.start({});
    key_in(voiceless, "20260002");
    key_in(voiceless, "100002");
    EXPECT_EQ(voiceless.on({}, LiveTold{}), (Steps{Wait{}, EnterNode{"other"}, ToQueue{"appeal"}}));
}

TEST(run, zero_is_a_person_for_who_typed_ahead_too) {
    const Flow flow = flow_of(R"(person desk
node status progress
  -> thanks
node thanks hang-up
  say goodbye
node desk queue
  queue repair
)");
    const Steps to_person{StopSaying{}, TellKeys{"status", "0"}, EnterNode{"desk"},
                          ToQueue{"repair"}};
    Walk hearing(flow, {});
    hearing.start({});
    hearing.on({}, Key{'7'});  // kept for a menu that may come
    hearing.on({}, CaseTold{{"progress-closed"}});
    EXPECT_EQ(hearing.on({}, Key{'0'}), to_person);
    Walk leaving(flow, {});
    leaving.start({});
    leaving.on({}, Key{'7'});
    leaving.on({}, CaseTold{{"progress-closed"}});
    leaving.on({}, PromptsEnded{});
    EXPECT_EQ(leaving.node(), "thanks");
    EXPECT_EQ(leaving.on({}, Key{'0'}),
              (Steps{StopSaying{}, TellKeys{"thanks", "0"}, EnterNode{"desk"}, ToQueue{"repair"}}));
}

TEST(run, zero_behind_another_key_is_a_person_when_no_menu_comes) {
    const Flow flow = flow_of(
        "person desk\nnode bye hang-up\n  say goodbye\n  barge-in no\n"
        "node desk queue\n  queue repair\n");
    Walk run(flow, {});
    run.start({});
    run.on({}, Key{'7'});
    run.on({}, Key{'0'});
    EXPECT_EQ(run.on({}, PromptsEnded{}),
              (Steps{TellKeys{"bye", "0"}, EnterNode{"desk"}, ToQueue{"repair"}}));
}

TEST(run, branches_ask_who_calls_and_when) {
    const Flow flow = flow_of(R"(person q
hours office mon-fri 08:30-17:30
holiday 2026-11-23
node b branch
  withheld -> hidden
  number 138 -> mobile
  holiday -> feast
  open office -> open
  time sat,sun 00:00-24:00 -> weekend
  else -> q
node hidden queue
  queue hidden
node mobile queue
  queue mobile
node feast queue
  queue feast
node open queue
  queue open
node weekend queue
  queue weekend
node q queue
  queue rest
)");
    const auto went = [&](std::string number, std::string_view when) {
        Walk run(flow, Caller{std::move(number), {}});
        const Steps steps = run.start(Now{{}, *parse_rfc3339(when)});
        return std::get<ToQueue>(steps.back()).queue;
    };
    EXPECT_EQ(went("", "2026-11-24T10:00:00+08:00"), "hidden");
    EXPECT_EQ(went("13800001001", "2026-11-24T10:00:00+08:00"), "mobile");
    EXPECT_EQ(went("0931", "2026-11-23T10:00:00+08:00"), "feast");
    EXPECT_EQ(went("0931", "2026-11-24T10:00:00+08:00"), "open");
    EXPECT_EQ(went("0931", "2026-11-22T10:00:00+08:00"), "weekend");
    EXPECT_EQ(went("0931", "2026-11-24T20:00:00+08:00"), "rest");
}

const char* const asked_flow = R"(person desk
node ask answer
  say what-can-we-do
  again 1
  wait 6s
  other -> sorry
  -> bye
node fee answer
  matter heat-fee
  -> bye
node bye hang-up
  say goodbye
node sorry queue
  queue repair
node desk queue
  queue repair
)";

TEST(run, an_answer_follows_what_the_caller_said) {
    const Flow flow = flow_of(asked_flow);
    Walk run(flow, {});
    EXPECT_EQ(run.start({}), (Steps{EnterNode{"ask"}, Say{{"what-can-we-do"}, true}}));
    EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{AskKnowledge{"", 0, 6s}, Wait{6s}}));
    EXPECT_EQ(run.on({}, AnswerTold{{"live-1"}, 0}), (Steps{Wait{}, Say{{"live-1"}, true}}));
    EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{EnterNode{"bye"}, Say{{"goodbye"}, true}}));
}

TEST(run, which_matter_is_meant_is_picked_by_a_key) {
    const Flow flow = flow_of(asked_flow);
    Walk run(flow, {});
    run.start({});
    run.on({}, PromptsEnded{});
    run.on({}, AnswerTold{{"live-1"}, 2});
    EXPECT_EQ(run.on({}, PromptsEnded{}), (Steps{Wait{6s}}));
    EXPECT_EQ(run.on({}, Key{'2'}),
              (Steps{Wait{}, TellKeys{"ask", "2"}, AskKnowledge{"", 2, 6s}, Wait{6s}}));
    EXPECT_EQ(run.on({}, AnswerTold{{"live-1"}, 0}), (Steps{Wait{}, Say{{"live-1"}, true}}));
}

TEST(run, who_is_not_understood_twice_comes_to_a_person) {
    const Flow flow = flow_of(asked_flow);
    Walk run(flow, {});
    run.start({});
    run.on({}, PromptsEnded{});
    run.on({}, AnswerTold{{"live-1"}, 2});
    EXPECT_EQ(run.on({}, Key{'3'}),
              (Steps{StopSaying{}, TellKeys{"ask", "3"}, Say{{"what-can-we-do"}, true}}));
    run.on({}, PromptsEnded{});
    EXPECT_EQ(run.on({}, AnswerTold{}), (Steps{Wait{}, EnterNode{"sorry"}, ToQueue{"repair"}}));
    EXPECT_TRUE(run.is_over());
}

TEST(run, zero_is_a_person_while_it_listens_and_while_it_asks_which) {
    const Flow flow = flow_of(asked_flow);
    for (const bool is_asked : {false, true}) {
        Walk run(flow, {});
        run.start({});
        run.on({}, PromptsEnded{});
        if (is_asked) run.on({}, AnswerTold{{"live-1"}, 2});
        const Steps out = run.on({}, Key{'0'});
        EXPECT_EQ(out.back(), Step{ToQueue{"repair"}});
    }
}

TEST(run, who_says_they_want_a_person_is_asked_nothing_more) {
    const Flow flow = flow_of(asked_flow);
    Walk run(flow, {});
    run.start({});
    run.on({}, PromptsEnded{});
    EXPECT_EQ(run.on({}, AnswerTold{{}, 0, true}),
              (Steps{Wait{}, EnterNode{"desk"}, ToQueue{"repair"}}));
}

TEST(run, a_matter_of_a_key_is_said_unasked_and_one_nobody_knows_is_a_persons) {
    const Flow flow = flow_of(std::string("start fee\n") + asked_flow);
    Walk run(flow, {});
    EXPECT_EQ(run.start({}), (Steps{EnterNode{"fee"}, AskKnowledge{"heat-fee", 0, 5s}, Wait{5s}}));
    EXPECT_EQ(run.on({}, AnswerTold{}), (Steps{Wait{}, EnterNode{"desk"}, ToQueue{"repair"}}));
}

}  // namespace
}  // namespace ys::ivr
