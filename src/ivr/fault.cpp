// SPDX-License-Identifier: Apache-2.0
// Names of fault.h.
#include "ivr/fault.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ys::ivr {
namespace {

using K = FaultKind;
constexpr auto words = std::to_array<std::pair<FaultKind, std::string_view>>({
    {K::StartNowhere, "start-nowhere"},
    {K::PersonMissing, "person-missing"},
    {K::PersonNowhere, "person-nowhere"},
    {K::FallbackNoQueue, "fallback-no-queue"},
    {K::NoticeUnnamed, "notice-unnamed"},
    {K::NoticeUnsaid, "notice-unsaid"},
    {K::HoursUnknown, "hours-unknown"},
    {K::HoursUnused, "hours-unused"},
    {K::HolidaysMissing, "holidays-missing"},
    {K::TimeWithoutHolidays, "time-without-holidays"},
    {K::DayIsBoth, "day-is-both"},
    {K::WorkdayInTheWeek, "workday-in-the-week"},
    {K::ClosedAsOpen, "closed-as-open"},
    {K::SaysNothing, "says-nothing"},
    {K::DeadEnd, "dead-end"},
    {K::NoKeys, "no-keys"},
    {K::NeverEnds, "never-ends"},
    {K::QueueUnnamed, "queue-unnamed"},
    {K::WaitTooShort, "wait-too-short"},
    {K::TooManyOptions, "too-many-options"},
    {K::MenuHoldsKeys, "menu-holds-keys"},
    {K::OptionsBeforeNotice, "options-before-notice"},
    {K::RuleNeverHolds, "rule-never-holds"},
    {K::CodeNotSecure, "code-not-secure"},
    {K::SecureTerritory, "secure-territory"},
    {K::NoSuchNode, "no-such-node"},
    {K::NothingLeadsHere, "nothing-leads-here"},
    {K::TooFar, "too-far"},
    {K::SilentCircle, "silent-circle"},
    {K::WaitsTooLong, "waits-too-long"},
    {K::MenusTooDeep, "menus-too-deep"},
    {K::ZeroNoPerson, "zero-no-person"},
    {K::PersonBehindAMenu, "person-behind-a-menu"},
    {K::SilenceHangsUp, "silence-hangs-up"},
    {K::WrongKeyHangsUp, "wrong-key-hangs-up"},
    {K::NoCaseHangsUp, "no-case-hangs-up"},
    {K::RecorderWhenOpen, "recorder-when-open"},
    {K::NoticeMissed, "notice-missed"},
    {K::NoticeLostGoingRound, "notice-lost-going-round"},
    {K::CodeForNothing, "code-for-nothing"},
    {K::NumberWithoutCode, "number-without-code"},
    {K::CodeWithoutNumber, "code-without-number"},
    {K::LiveAboutNothing, "live-about-nothing"},
    {K::LiveUnchecked, "live-unchecked"},
    {K::AsksAgainTooOften, "asks-again-too-often"},
});

}  // namespace

std::string_view word_of(FaultKind kind) {
    const auto it = std::ranges::find(words, kind, &std::pair<FaultKind, std::string_view>::first);
    return it == words.end() ? "" : it->second;
}

std::vector<FaultKind> all_fault_kinds() {
    std::vector<FaultKind> out;
    for (const auto& [kind, word] : words) out.push_back(kind);
    return out;
}

}  // namespace ys::ivr
