// SPDX-License-Identifier: Apache-2.0
// What the checker can find wrong with a flow that reads: each fault has a name of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ys::ivr {

enum class FaultKind {
    // about the whole flow
    StartNowhere,
    PersonMissing,
    PersonNowhere,
    FallbackNoQueue,
    NoticeUnnamed,  ///< calls are recorded and no must-hear prompt says so
    NoticeUnsaid,   ///< no node says a must-hear prompt
    // hours and holidays
    HoursUnknown,
    HoursUnused,
    HolidaysMissing,      ///< a working week without a holiday
    TimeWithoutHolidays,  ///< a branch by weekdays that takes a holiday for a working day
    DayIsBoth,            ///< a holiday and a workday
    WorkdayInTheWeek,
    ClosedAsOpen,  ///< who calls out of hours goes the same way
    // a node by itself
    SaysNothing,
    DeadEnd,
    NoKeys,
    NeverEnds,
    QueueUnnamed,
    WaitTooShort,
    TooManyOptions,
    MenuHoldsKeys,        ///< a menu that cannot be interrupted keeps 0 waiting
    OptionsBeforeNotice,  ///< the notice is the last thing said before a key is asked for
    RuleNeverHolds,
    CodeNotSecure,
    SecureTerritory,
    // ways
    NoSuchNode,
    NothingLeadsHere,
    TooFar,        ///< beyond nodes_entered_max
    SilentCircle,  ///< who presses nothing goes round for ever
    WaitsTooLong,
    MenusTooDeep,
    ZeroNoPerson,
    PersonBehindAMenu,
    SilenceHangsUp,
    WrongKeyHangsUp,
    NoCaseHangsUp,
    RecorderWhenOpen,      ///< a recorder nobody chose, and no hours rule said it is closed
    NoticeMissed,          ///< a way to a person or recorder past a must-hear prompt
    NoticeLostGoingRound,  ///< who goes round comes to the fallback queue without it
    CodeForNothing,        ///< a secret is asked for and never used
    NumberWithoutCode,
    CodeWithoutNumber,
    LiveAboutNothing,
    LiveUnchecked,      ///< about somebody, and nobody was asked for their digits
    AsksAgainTooOften,  ///< who was not understood twice is to come to a person
};

/// The fault's name in texts and file names, e.g. "silence-hangs-up".
std::string_view word_of(FaultKind kind);
std::vector<FaultKind> all_fault_kinds();

struct Fault {
    FaultKind kind;
    int line = 0;      ///< 0 when it is about the whole flow
    std::string text;  ///< plain words: where, what a caller would meet, what mends it
    friend bool operator==(const Fault&, const Fault&) = default;
};

}  // namespace ys::ivr
