// SPDX-License-Identifier: Apache-2.0
// The roster by behaviour: commands in, effects and moves out.
#include "agents/roster.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace ys::agents {
namespace {

const AgentId ann{1};
const CentreId centre{1};

Now at(Seconds s) { return {Instant{} + s, UtcTime{s.count() * 1'000'000}}; }

struct RosterTest : testing::Test {
    Roster roster{{{ann, centre, 60s}}};
    Roster::Outcome last;
    std::vector<Effect> tell(Seconds when, const Command& c) {
        last = roster.on(at(when), c);
        return last.effects;
    }
    AgentState state() const { return roster.state(ann); }
    void talk() {
        tell(0s, LogIn{ann});
        tell(0s, Resume{ann});
        tell(10s, Alert{ann});
        tell(12s, Accept{ann});
    }
};

TEST(agent_moves, are_drawn_in_the_readme_as_they_are_in_the_table) {
    std::string drawn;
    for (const Move& m : agent_moves) {
        std::string from{name_of(m.from)}, on{name_of(m.on)};
        from.resize(9, ' ');
        on.resize(14, '-');
        drawn += from + " --" + on + "-> " + std::string{name_of(m.to)} + "\n";
    }
    const auto readme = std::filesystem::path{YS_ROOM} / "README.md";
    std::stringstream text;
    text << std::ifstream{readme}.rdbuf();
    EXPECT_NE(text.str().find("```\n" + drawn + "```"), std::string::npos) << drawn;
}

TEST_F(RosterTest, signing_in_leads_to_a_break_and_calls_come_only_after_ready) {
    EXPECT_TRUE(tell(0s, LogIn{ann}).empty());
    EXPECT_EQ(state(), AgentState::Break);
    EXPECT_EQ(roster.view(ann).reason, "signed_in");
    EXPECT_EQ(tell(5s, Resume{ann}), (std::vector<Effect>{Available{ann, at(5s).mono}}));
}

TEST_F(RosterTest, a_call_ends_in_wrap_up_and_wrap_up_in_ready) {
    talk();
    EXPECT_EQ(tell(100s, Finish{ann}), (std::vector<Effect>{WrapUpBegan{ann, at(160s).mono}}));
    EXPECT_EQ(state(), AgentState::WrapUp);
    EXPECT_EQ(tell(160s, WrapUpOver{ann}),
              (std::vector<Effect>{WrapUpEnded{ann}, Available{ann, at(160s).mono}}));
}

TEST_F(RosterTest, an_agent_without_wrap_up_is_ready_at_once) {
    Roster quick{{{ann, centre, 0s}}};
    for (const Command& c :
         {Command{LogIn{ann}}, Command{Resume{ann}}, Command{Alert{ann}}, Command{Accept{ann}}})
        quick.on(at(0s), c);
    const auto out = quick.on(at(9s), Finish{ann});
    EXPECT_EQ(out.effects, (std::vector<Effect>{Available{ann, at(9s).mono}}));
    EXPECT_EQ(out.facts.size(), 2u);
}

TEST_F(RosterTest, who_does_not_answer_goes_on_a_break_with_the_reason) {
    tell(0s, LogIn{ann});
    tell(0s, Resume{ann});
    EXPECT_EQ(tell(10s, Alert{ann}), (std::vector<Effect>{Unavailable{ann}}));
    EXPECT_TRUE(tell(25s, NoAnswer{ann, "no_answer"}).empty());
    EXPECT_EQ(state(), AgentState::Break);
    EXPECT_EQ(roster.view(ann).reason, "no_answer");
}

TEST_F(RosterTest, a_ring_that_goes_away_keeps_the_place_among_the_idle) {
    tell(0s, LogIn{ann});
    tell(3s, Resume{ann});
    tell(10s, Alert{ann});
    EXPECT_EQ(tell(12s, Withdraw{ann}), (std::vector<Effect>{Available{ann, at(3s).mono}}));
}

TEST_F(RosterTest, a_break_asked_for_during_a_call_follows_its_wrap_up) {
    talk();
    tell(20s, Pause{ann, "lunch"});
    EXPECT_EQ(state(), AgentState::Busy);
    EXPECT_EQ(roster.view(ann).next, AgentState::Break);
    tell(30s, Finish{ann});
    EXPECT_EQ(tell(90s, WrapUpOver{ann}), (std::vector<Effect>{WrapUpEnded{ann}}));
    EXPECT_EQ(state(), AgentState::Break);
    EXPECT_EQ(roster.view(ann).reason, "lunch");
}

TEST_F(RosterTest, ready_takes_a_queued_break_back) {
    talk();
    tell(20s, Pause{ann, "lunch"});
    tell(21s, Resume{ann});
    EXPECT_FALSE(roster.view(ann).next);
    EXPECT_EQ(state(), AgentState::Busy);
}

TEST_F(RosterTest, a_sign_out_during_a_call_waits_for_its_end) {
    talk();
    tell(20s, LogOut{ann});
    EXPECT_EQ(state(), AgentState::Busy);
    tell(30s, Finish{ann});
    tell(90s, WrapUpOver{ann});
    EXPECT_EQ(state(), AgentState::LoggedOut);
}

TEST_F(RosterTest, a_supervisor_goes_back_to_the_break_they_listened_in_from) {
    tell(0s, LogIn{ann});
    tell(1s, Pause{ann, "lunch"});
    tell(2s, Attend{ann});
    EXPECT_EQ(state(), AgentState::Busy);
    tell(9s, Release{ann});
    EXPECT_EQ(state(), AgentState::Break);
    EXPECT_EQ(roster.view(ann).reason, "lunch");
}

TEST_F(RosterTest, a_late_command_changes_nothing_and_says_so) {
    talk();
    for (const Command& late :
         {Command{Accept{ann}}, Command{Alert{ann}}, Command{Summon{ann}}, Command{WrapUpOver{ann}},
          Command{LogIn{ann}}, Command{Withdraw{ann}}, Command{NoAnswer{ann, "no_answer"}}}) {
        EXPECT_TRUE(tell(20s, late).empty());
        EXPECT_FALSE(last.taken);
        EXPECT_TRUE(last.facts.empty());
    }
    EXPECT_EQ(state(), AgentState::Busy);
}

TEST_F(RosterTest, a_supervisor_can_end_a_break_or_a_wrap_up_and_queue_one_behind_a_call) {
    talk();
    tell(20s, Force{ann, Forced::Break, "training"});
    EXPECT_EQ(roster.view(ann).next, AgentState::Break);
    tell(21s, Force{ann, Forced::Ready, "busy day"});
    EXPECT_FALSE(roster.view(ann).next);
    tell(30s, Finish{ann});
    tell(31s, Force{ann, Forced::Ready, "busy day"});
    EXPECT_EQ(state(), AgentState::Ready);
    tell(40s, Force{ann, Forced::LoggedOut, "gone home"});
    EXPECT_EQ(state(), AgentState::LoggedOut);
}

TEST_F(RosterTest, every_move_is_one_fact_with_its_row_of_the_table) {
    tell(0s, LogIn{ann});
    ASSERT_EQ(last.facts.size(), 1u);
    const auto& moved = std::get<facts::AgentMoved>(last.facts[0].body);
    EXPECT_EQ(moved.from, "LoggedOut");
    EXPECT_EQ(moved.to, "Break");
    EXPECT_EQ(moved.event, "LogIn");
    EXPECT_EQ(last.facts[0].agent, ann);
}

}  // namespace
}  // namespace ys::agents
