// SPDX-License-Identifier: Apache-2.0
// Anybody does anything to cases at any time: what must always hold, holds after every command.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/dice.h"
#include "cases/case_desk_test.h"

namespace ys::cases {
namespace {

using namespace testing;

constexpr UnitId all_units[]{hotline, inspection, bureau, heating, water, north, south};

template <class T, std::size_t n>
const T& any(Dice& dice, const T (&from)[n]) {
    return from[dice.below(n)];
}

/// Somebody: mostly whoever could do it, sometimes anybody.
CaseActor anybody(Dice& dice, const Desk& d, Verb verb) {
    static const char* const roles[]{"citizen",  "agent",    "dispatcher", "unit",
                                     "superior", "reviewer", "supervisor", "system"};
    CaseActor by{UserId{1 + dice.below(30)}, any(dice, roles), any(dice, all_units)};
    const CaseMove* move = d.rules.workflow.find(d.file.state, verb);
    if (dice.chance(0.85) && move) by.role = move->roles[dice.below(move->roles.size())];
    if (dice.chance(0.8) && by.role == "unit" && d.file.handler) by.unit = d.file.handler;
    return by;
}

std::vector<UnitId> some_units(Dice& dice) {
    std::vector<UnitId> out;
    while (dice.chance(0.4)) out.push_back(any(dice, all_units));
    return out;
}

DemandAnswers some_answers(Dice& dice) {
    DemandAnswers out{{1, "答"}, {2, "复"}};
    if (dice.chance(0.1)) out.erase(2);
    return out;
}

std::optional<bool> maybe(Dice& dice) {
    if (dice.chance(0.3)) return std::nullopt;
    return dice.chance(0.5);
}

struct Try {
    Verb verb;
    CaseAction action;
};

std::string words(Dice& dice) { return dice.chance(0.05) ? "" : "为什么"; }

/// What moves a case on.
Try step_on(Dice& dice, const Desk& d) {
    const UnitId unit = any(dice, all_units);
    switch (dice.below(14)) {
        case 0:
            return {Verb::Settle, SettleCase{some_answers(dice), maybe(dice)}};
        case 1:
            return {Verb::Dispatch, DispatchCase{unit, words(dice)}};
        case 2:
            return {Verb::Accept, AcceptCase{}};
        case 3:
            return {Verb::Begin, BeginWork{}};
        case 4:
            return {d.file.returned_by.empty() ? Verb::Return : Verb::ReturnAgain,
                    ReturnCase{words(dice)}};
        case 5:
            return {Verb::Assign, AssignCase{unit, words(dice)}};
        case 6:
            return {Verb::UpholdReturn, UpholdReturn{words(dice)}};
        case 7:
            return {Verb::Reply, ReplyToCase{some_answers(dice)}};
        case 8:
            return {Verb::Approve, ReviewReply{true, ""}};
        case 9:
            return {Verb::SendBack, ReviewReply{false, words(dice)}};
        case 10:
            return {Verb::TellCitizen, TellCitizen{"sms"}};
        case 11:
            return {Verb::Confirm, ConfirmCase{dice.chance(0.4), maybe(dice), ""}};
        case 12:
            return {Verb::Close, CloseCase{words(dice)}};
        default:
            return {Verb::Reopen, ReopenCase{words(dice)}};
    }
}

/// What happens beside.
Try step_aside(Dice& dice, const Desk& d) {
    const UnitId unit = any(dice, all_units);
    const UserId approver{1 + dice.below(30)};
    const UtcTime until{d.now.us + dice.between(-1, 40 * 24) * 3'600'000'000};
    switch (dice.below(12)) {
        case 0:
            return {Verb::Urge, UrgeCase{"催"}};
        case 1:
            return {Verb::Supervise, SuperviseCase{words(dice)}};
        case 2:
            return {Verb::CoHandle, CoHandle{unit, words(dice)}};
        case 3:
            return {Verb::CoReply, CoReply{words(dice)}};
        case 4:
            return {Verb::ReleasePart, ReleasePart{unit, words(dice)}};
        case 5:
            return {Verb::RecordAttempt, RecordAttempt{"voice", words(dice)}};
        case 6:
            return {Verb::Pause, PauseCase{words(dice), until, approver}};
        case 7:
            return {Verb::Resume, ResumeCase{}};
        case 8:
            return {Verb::Extend,
                    ExtendCase{Promise{Counting::Natural, 86'400}, words(dice), approver}};
        case 9:
            return {Verb::LinkDuplicate, LinkDuplicate{CaseId{1 + dice.below(5)}}};
        case 10:
            if (dice.chance(0.8)) return {Verb::RecordAttempt, RecordAttempt{"sms", "no_answer"}};
            return {Verb::DeclareOutOfScope, DeclareOutOfScope{words(dice), words(dice), approver}};
        default:
            if (dice.chance(0.8)) return {Verb::RecordAttempt, RecordAttempt{"sms", "no_answer"}};
            return {Verb::Withdraw, WithdrawCase{words(dice)}};
    }
}

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
        if (dice.chance(0.3)) d.later(Seconds(dice.between(0, 30'000)));
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
