// SPDX-License-Identifier: Apache-2.0
// The personal menu: a Guess node of a flow.
#include <gtest/gtest.h>

#include "ivr/checker.h"
#include "ivr/flow_form.h"
#include "ivr/flow_text.h"
#include "ivr/run.h"

namespace ys::ivr {
namespace {

using Steps = std::vector<Step>;
using Walk = Run;  // testing::Test has a Run of its own.

const char* const guessing = R"(flow main
zone +08:00
start known
person desk
fallback desk

node known guess
  guess again -> desk
  guess case -> mine
  wait 5s
  -> menu

node mine progress
  wait 5s
  -> menu

node menu choose
  say menu-main
  key 1 -> mine
  wait 5s

node desk queue
  queue repair
)";

Flow flow() {
    auto read = parse_flow(guessing);
    EXPECT_TRUE(read) << read.error().note;
    return *std::move(read);
}

const Step asks = AskGuesses{{"again", "case"}};
const Step offers = Say{{"guess-case", "digit-1", "guess-again", "digit-2", "guess-stop"}, true};
const Steps the_menu{EnterNode{"menu"}, Say{{"menu-main"}, true}};

/// Behind `first`.
Steps with_menu(Steps first) {
    first.insert(first.end(), the_menu.begin(), the_menu.end());
    return first;
}

TEST(guess, the_likeliest_is_on_the_first_key) {
    const Flow it = flow();
    Walk run(it, {});
    EXPECT_EQ(run.start({}), (Steps{EnterNode{"known"}, asks, Wait{5s}}));
    EXPECT_EQ(run.on({}, GuessesTold{{"case", "again"}}), (Steps{Wait{}, offers}));
    EXPECT_EQ(run.on({}, Key{'1'}), (Steps{StopSaying{}, TellKeys{"known", "1"}, EnterNode{"mine"},
                                           LookUpCase{}, Wait{5s}}));
}

TEST(guess, who_is_not_known_hears_nothing_of_it) {
    const Flow it = flow();
    Walk run(it, {});
    run.start({});
    EXPECT_EQ(run.on({}, GuessesTold{}), with_menu({Wait{}}));
}

TEST(guess, nobody_waits_longer_than_the_flow_says) {
    const Flow it = flow();
    Walk run(it, {});
    run.start({});
    EXPECT_EQ(run.on({}, WaitOver{}), the_menu);
    EXPECT_EQ(run.on({}, GuessesTold{{"case"}}), Steps{}) << "too late";
}

TEST(guess, who_presses_nothing_comes_to_the_menu) {
    const Flow it = flow();
    Walk run(it, {});
    run.start({});
    EXPECT_EQ(run.on({}, GuessesTold{{"again"}}),
              (Steps{Wait{}, Say{{"guess-again", "digit-1", "guess-stop"}, true}}));
    EXPECT_EQ(run.on({}, PromptsEnded{}), Steps{Wait{5s}});
    EXPECT_EQ(run.on({}, WaitOver{}), the_menu);
}

TEST(guess, nine_ends_the_offers_for_good) {
    const Flow it = flow();
    Walk run(it, {});
    run.start({});
    run.on({}, GuessesTold{{"case", "again"}});
    EXPECT_EQ(run.on({}, Key{'9'}),
              with_menu({StopGuessing{}, StopSaying{}, TellKeys{"known", "9"}}));
}

TEST(guess, a_key_that_is_no_offer_counts_at_the_menu) {
    const Flow it = flow();
    Walk run(it, {});
    run.start({});
    run.on({}, GuessesTold{{"again"}});
    EXPECT_EQ(run.on({}, Key{'7'}), (Steps{StopSaying{}, EnterNode{"menu"}, TellKeys{"menu", "7"},
                                           EnterNode{"desk"}, ToQueue{"repair"}}));
}

TEST(guess, a_person_is_one_key_away_before_and_while_it_offers) {
    const Flow it = flow();
    for (const bool is_told : {false, true}) {
        Walk run(it, {});
        run.start({});
        if (is_told) run.on({}, GuessesTold{{"case"}});
        EXPECT_EQ(run.on({}, Key{'0'}).back(), Step{ToQueue{"repair"}});
    }
}

TEST(guess, what_was_not_asked_for_is_not_offered) {
    const Flow it = flow();
    Walk run(it, {});
    run.start({});
    EXPECT_EQ(run.on({}, GuessesTold{{"winning-numbers", "case", "case"}}),
              (Steps{Wait{}, Say{{"guess-case", "digit-1", "guess-stop"}, true}}));
}

TEST(guess, its_text_and_its_form_say_the_same) {
    const Flow it = flow();
    EXPECT_EQ(to_text(it), guessing);
    const FlowForm form = form_of(it, {});
    EXPECT_TRUE(form.nodes.front().more.empty());
    const auto again = parse_flow(text_of(form));
    ASSERT_TRUE(again) << again.error().note;
    EXPECT_EQ(to_text(*again), guessing);
}

TEST(guess, a_word_that_is_none_does_not_load) {
    EXPECT_FALSE(parse_flow("person d\nnode a guess\n  guess luck -> d\nnode d queue\n"));
    EXPECT_FALSE(parse_flow("person d\nnode a guess\n  guess case -> d\n  guess case -> d\n"));
}

}  // namespace
}  // namespace ys::ivr
