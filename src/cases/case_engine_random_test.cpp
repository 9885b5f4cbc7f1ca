// SPDX-License-Identifier: Apache-2.0
// Anybody does anything to cases at any time: what must always hold, holds after every command.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "cases/case_tries_test.h"

namespace ys::cases {
namespace {

using namespace testing;

/// What the history shows, looked at from outside: the engine's own checks are not asked.
struct Witness {
    std::map<std::uint64_t, int> returns;
    UtcTime last;

    std::string sees(const Desk& d, const CaseOutcome& out) {
        for (const CaseEvent& e : out.events) {
            if (e.at < last) return "history runs back";
            last = e.at;
            if (e.kind != CaseEventKind::Done) continue;
            if (e.verb == Verb::Return || e.verb == Verb::ReturnAgain)
                if (++returns[e.unit.value] > 1) return "returned twice by one unit";
            if (is_final(e.to) == bool(e.responsible)) return "an owner exactly until it is over";
            if (d.file.is_about(e.by.unit) && (e.by.role == "unit" || e.by.role == "superior") &&
                e.verb != Verb::LinkDuplicate && e.verb != Verb::RecordAttempt &&
                e.verb != Verb::Resume)
                return "judged its own complaint: " + std::string(word(e.verb));
            if (d.file.is_about(e.unit)) return "given to the unit complained of";
        }
        if (out.wake_at != next_wake(d.rules, d.file)) return "another wake-up than asked for";
        return "";
    }
};

struct Tally {
    std::size_t commands = 0;
    std::set<Verb> done;
    std::set<std::string> refused;
    std::set<CaseState> states;
};

void live_one_case(Dice& dice, Desk& d, Tally& tally) {
    Witness witness;
    d.now = cst("11-23 09:00");
    d.does(agent(),
           FileCase{CaseId{1}, "complaint", 1, false, {{1, "一"}, {2, "二"}}, some_units(dice)});
    if (!d.file.is_filed) return;  // complained of everybody who could own it
    const auto steps = 20 + dice.below(150);
    for (std::uint64_t i = 0; i < steps; ++i) {
        // Mostly in time: a case whose clocks all broke long ago is every time the same.
        if (dice.chance(0.3)) d.later(Seconds(dice.between(0, dice.chance(0.7) ? 2'000 : 30'000)));
        Try next = dice.chance(0.6) ? step_on(dice, d) : step_aside(dice, d);
        CaseActor by = anybody(dice, d, next.verb);
        if (dice.chance(0.05)) {
            next.action = ClockFired{};
            by = clock_itself();
        }
        const std::string said = d.does(by, next.action);
        ++tally.commands;
        ASSERT_EQ(said.find("broken"), std::string::npos) << said << " after " << word(next.verb);
        ASSERT_NE(said, "refused, but changed") << word(next.verb);
        tally.states.insert(d.file.state);
        if (!said.empty()) {
            tally.refused.insert(said);
            continue;
        }
        for (const CaseEvent& e : d.last.events)
            if (e.kind == CaseEventKind::Done) tally.done.insert(e.verb);
        ASSERT_EQ(witness.sees(d, d.last), "") << word(next.verb);
    }
}

TEST(case_engine_random, the_invariants_hold_after_every_one_of_many_commands) {
    Tally tally;
    for (std::uint64_t seed = 1; tally.commands < 60'000; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Dice dice(seed);
        static const char* const deadlines[]{"emergency", "urgent", "ordinary", "difficult",
                                             "inquiry"};
        Desk d(dice.chance(0.7) ? standard() : brief(), any(dice, deadlines));
        live_one_case(dice, d, tally);
        if (HasFatalFailure()) return;
    }
    // The commands were not in vain: every state was seen, every verb done, most errors met.
    EXPECT_EQ(tally.states.size(), case_states.size());
    for (int v = 0; v <= static_cast<int>(Verb::LinkDuplicate); ++v) {
        const auto verb = static_cast<Verb>(v);
        EXPECT_TRUE(verb == Verb::File || tally.done.contains(verb)) << word(verb);
    }
    EXPECT_GE(tally.refused.size(), 22u);
}

TEST(case_engine_random, every_case_left_alone_ends_up_with_somebody_and_on_the_ladder) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Dice dice(seed);
        Desk d;
        Tally tally;
        live_one_case(dice, d, tally);
        ASSERT_FALSE(HasFatalFailure());
        if (!d.file.is_filed || is_final(d.file.state)) continue;
        ASSERT_EQ(d.waits(UtcTime{d.now.us + 60LL * 86'400 * 1'000'000}), "") << "seed " << seed;
        EXPECT_TRUE(d.file.responsible) << "seed " << seed;
        EXPECT_NE(d.file.state, CaseState::Dispatched) << "seed " << seed;
        EXPECT_NE(d.file.state, CaseState::Filed) << "seed " << seed;
        EXPECT_NE(d.file.state, CaseState::Returned) << "seed " << seed;
        EXPECT_TRUE(d.file.state == CaseState::AwaitingConfirmation || d.file.supervised > 0)
            << "seed " << seed;
        EXPECT_EQ(next_wake(d.rules, d.file), std::nullopt) << "seed " << seed;
    }
}

}  // namespace
}  // namespace ys::cases
