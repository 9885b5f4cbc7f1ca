// SPDX-License-Identifier: Apache-2.0
// Which repairer an automatic case goes to without a click: on duty, for that building, with that
// skill, least loaded; the next when it is not taken in time, then the foreman.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "cases/duty_catalogue.h"

namespace ys::cases {

/// When somebody is on duty.
struct CrewShift {
    Span span;
    bool on_holidays =
        false;  ///< works although the day is a holiday; then 调休 days are as printed
    friend bool operator==(const CrewShift&, const CrewShift&) = default;
};

struct Repairer {
    UserId id;
    std::string name;
    UnitId unit;
    std::vector<DutyPath> areas;      ///< districts, streets or buildings; none: nowhere
    std::vector<std::string> skills;  ///< "heat" "electric" ...
    std::vector<CrewShift> shifts;
    int open_jobs_max = 10;
    friend bool operator==(const Repairer&, const Repairer&) = default;
};

struct CrewRoster {
    std::vector<Repairer> repairers;
    std::vector<std::pair<UnitId, UserId>> foremen;  ///< one for each unit
    friend bool operator==(const CrewRoster&, const CrewRoster&) = default;
};

struct CrewJob {
    UnitId unit;        ///< whose crew
    DutyPath place;     ///< down to the building: {"道里区", "经纬街", "12号楼"}
    std::string skill;  ///< "" when anybody can
};

/// What a repairer has to do now, as the store counts it.
struct CrewLoad {
    UserId id;
    int open_jobs = 0;
    UtcTime last_given_at;  ///< 1970 when never
};

/// "area" {area matched}; "skill" {skill}; "load" {open jobs}; "tried" {how many before};
/// "nobody_on_duty" {}; "all_full" {}; "nobody_left" {}: the last three are why it is the foreman.
struct CrewChoice {
    UserId user;
    bool is_foreman = false;
    std::vector<DutyReason> reasons;
    friend bool operator==(const CrewChoice&, const CrewChoice&) = default;
};

bool is_on_duty(const Repairer& repairer, const Calendar& calendar, UtcTime now);

/// Narrowest area first, then fewest open jobs, then who waited longest, then the lower number.
///
/// tried    those who had it and did not take it
/// errors   needs_unit when the unit has neither a fitting repairer nor a foreman
Result<CrewChoice> choose_repairer(const CrewRoster& roster, const Calendar& calendar, UtcTime now,
                                   const CrewJob& job, const std::vector<CrewLoad>& loads,
                                   const std::vector<UserId>& tried);

/// The way of one job from repairer to repairer, as plain values. Only the one it is with can take
/// it; the foreman is the last and keeps it.
struct CrewCall {
    CrewJob job;
    std::vector<UserId> tried;
    std::optional<CrewChoice> with;
    UtcTime until;  ///< then the next one has it; unused once taken or with the foreman
    bool is_taken = false;
};

enum class CrewDid { Offer, Take, Refuse, TimeIsUp };

/// Offer begins it; Refuse and TimeIsUp pass it on. A wake-up before `until` or after the foreman
/// has it does nothing.
///
/// answer_within  how long one repairer may think
/// errors   not_now (offered before, or taken); not_your_case for another's Take or Refuse, and for
///          the foreman's Refuse; what choose_repairer says
Result<Done> crew_on(CrewCall& call, const CrewRoster& roster, const Calendar& calendar,
                     UtcTime now, const std::vector<CrewLoad>& loads, CrewDid did, UserId by,
                     Seconds answer_within);

/// The foreman hands a job that nobody has taken to one of the unit's own, on duty or not.
/// errors   not_now (taken, or not offered yet); not_your_case for who is not the foreman;
///          needs_unit when `to` is no repairer of the unit
Result<Done> crew_give(CrewCall& call, const CrewRoster& roster, UtcTime now, UserId by, UserId to,
                       Seconds answer_within);

/// What who comes must be able to do: "no_heat" "leak"; "" when anybody can, as for a kind that the
/// program does not know and nobody of the unit is named for.
std::string skill_for(std::string_view kind, const CrewRoster& roster, UnitId unit);

/// A roster is worth using: every repairer's unit has a foreman, ids once.
/// errors   data_breaks_a_rule
Result<Done> check(const CrewRoster& roster);

}  // namespace ys::cases
