// SPDX-License-Identifier: Apache-2.0
// Commands that anybody might give at any time: for tests by chance.
#pragma once

#include <string>
#include <vector>

#include "base/dice.h"
#include "cases/case_desk_test.h"

namespace ys::cases::testing {

inline constexpr UnitId all_units[]{hotline, inspection, bureau, heating, water, north, south};

template <class T, std::size_t n>
const T& any(Dice& dice, const T (&from)[n]) {
    return from[dice.below(n)];
}

/// Somebody: mostly whoever could do it, sometimes anybody.
inline CaseActor anybody(Dice& dice, const Desk& d, Verb verb) {
    static const char* const roles[]{"citizen",  "agent",    "dispatcher", "unit",
                                     "superior", "reviewer", "supervisor", "system"};
    CaseActor by{UserId{1 + dice.below(30)}, any(dice, roles), any(dice, all_units)};
    const CaseMove* move = d.rules.workflow.find(d.file.state, verb);
    if (dice.chance(0.85) && move) by.role = move->roles[dice.below(move->roles.size())];
    if (dice.chance(0.8) && by.role == "unit" && d.file.handler) by.unit = d.file.handler;
    return by;
}

inline std::vector<UnitId> some_units(Dice& dice) {
    std::vector<UnitId> out;
    while (dice.chance(0.4)) out.push_back(any(dice, all_units));
    return out;
}

inline DemandAnswers some_answers(Dice& dice) {
    DemandAnswers out{{1, "答"}, {2, "复"}};
    if (dice.chance(0.1)) out.erase(2);
    return out;
}

inline std::optional<bool> maybe(Dice& dice) {
    if (dice.chance(0.3)) return std::nullopt;
    return dice.chance(0.5);
}

struct Try {
    Verb verb;
    CaseAction action;
};

inline std::string words(Dice& dice) { return dice.chance(0.05) ? "" : "为什么"; }

/// What moves a case on.
inline Try step_on(Dice& dice, const Desk& d) {
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
inline Try step_aside(Dice& dice, const Desk& d) {
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

}  // namespace ys::cases::testing
