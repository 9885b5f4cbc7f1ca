// SPDX-License-Identifier: Apache-2.0
// Ranks the repairers on duty and passes a job on.
#include "cases/crew_duty.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "cases/case_form.h"
#include "cases/errc.h"
#include "cases/handbook.h"

namespace ys::cases {
namespace {

struct Candidate {
    const Repairer* who = nullptr;
    const DutyPath* area = nullptr;
    CrewLoad load;
    auto rank() const {
        return std::tuple(-static_cast<int>(area->size()), load.open_jobs, load.last_given_at,
                          who->id);
    }
};

/// The narrowest area of theirs that holds the place.
const DutyPath* area_of(const Repairer& r, const DutyPath& place) {
    const DutyPath* best = nullptr;
    for (const DutyPath& area : r.areas)
        if (area.size() <= place.size() && std::equal(area.begin(), area.end(), place.begin()) &&
            (!best || area.size() > best->size()))
            best = &area;
    return best;
}

bool can(const Repairer& r, const std::string& skill) {
    return skill.empty() || std::ranges::find(r.skills, skill) != r.skills.end();
}

CrewLoad load_of(const std::vector<CrewLoad>& loads, UserId id) {
    const auto it = std::ranges::find(loads, id, &CrewLoad::id);
    return it == loads.end() ? CrewLoad{id, 0, {}} : *it;
}

Result<CrewChoice> foreman(const CrewRoster& roster, const CrewJob& job, std::string_view why) {
    for (const auto& [unit, user] : roster.foremen)
        if (unit == job.unit) return CrewChoice{user, true, {{why, {}}}};
    return Error(Errc::NeedsUnit, "nobody for the job");
}

/// Gives it to the next one, who has until then.
Result<Done> pass_on(CrewCall& call, const CrewRoster& roster, const Calendar& calendar,
                     UtcTime now, const std::vector<CrewLoad>& loads, Seconds answer_within) {
    CrewCall next = call;
    if (next.with) next.tried.push_back(next.with->user);
    YS_TRY(next.with, choose_repairer(roster, calendar, now, next.job, loads, next.tried));
    next.until = {now.us + std::chrono::microseconds(answer_within).count()};
    call = std::move(next);
    return Done{};
}

}  // namespace

bool is_on_duty(const Repairer& repairer, const Calendar& calendar, UtcTime now) {
    return std::ranges::any_of(repairer.shifts, [&](const CrewShift& s) {
        return s.on_holidays ? calendar.is_in(s.span, now)
                             : calendar.is_open(std::vector<Span>{s.span}, now);
    });
}

Result<CrewChoice> choose_repairer(const CrewRoster& roster, const Calendar& calendar, UtcTime now,
                                   const CrewJob& job, const std::vector<CrewLoad>& loads,
                                   const std::vector<UserId>& tried) {
    std::vector<Candidate> fitting;
    bool somebody_full = false;
    bool somebody_tried = false;
    for (const Repairer& r : roster.repairers) {
        const DutyPath* area = area_of(r, job.place);
        if (r.unit != job.unit || !area || !can(r, job.skill) || !is_on_duty(r, calendar, now))
            continue;
        const CrewLoad load = load_of(loads, r.id);
        if (std::ranges::find(tried, r.id) != tried.end())
            somebody_tried = true;
        else if (load.open_jobs >= r.open_jobs_max)
            somebody_full = true;
        else
            fitting.push_back({&r, area, load});
    }
    if (fitting.empty())
        return foreman(roster, job,
                       somebody_full    ? "all_full"
                       : somebody_tried ? "nobody_left"
                                        : "nobody_on_duty");
    const Candidate best = *std::ranges::min_element(fitting, {}, &Candidate::rank);
    CrewChoice choice{best.who->id, false, {}};
    if (!best.area->empty()) choice.reasons.push_back({"area", {best.area->back()}});
    if (!job.skill.empty()) choice.reasons.push_back({"skill", {job.skill}});
    choice.reasons.push_back({"load", {std::to_string(best.load.open_jobs)}});
    if (!tried.empty()) choice.reasons.push_back({"tried", {std::to_string(tried.size())}});
    return choice;
}

Result<Done> crew_on(CrewCall& call, const CrewRoster& roster, const Calendar& calendar,
                     UtcTime now, const std::vector<CrewLoad>& loads, CrewDid did, UserId by,
                     Seconds answer_within) {
    const auto pass = [&] { return pass_on(call, roster, calendar, now, loads, answer_within); };
    if (did == CrewDid::Offer) {
        if (call.with) return Error(Errc::NotNow, "offered before");
        return pass();
    }
    if (!call.with) return Error(Errc::NotNow, "not offered yet");
    if (did == CrewDid::TimeIsUp) {
        if (call.is_taken || call.with->is_foreman || now < call.until) return Done{};
        return pass();
    }
    if (call.is_taken) return Error(Errc::NotNow, "taken");
    if (by != call.with->user) return Error(Errc::NotYourCase, "the job is with another");
    if (did == CrewDid::Take) {
        call.is_taken = true;
        return Done{};
    }
    if (call.with->is_foreman) return Error(Errc::NotYourCase, "the foreman is the last");
    return pass();
}

Result<Done> crew_give(CrewCall& call, const CrewRoster& roster, UtcTime now, UserId by, UserId to,
                       Seconds answer_within) {
    const auto leads = [&](const auto& pair) {
        return pair.first == call.job.unit && pair.second == by;
    };
    if (std::ranges::none_of(roster.foremen, leads))
        return Error(Errc::NotYourCase, "only the foreman gives");
    if (!call.with || call.is_taken) return Error(Errc::NotNow, "giving a job");
    const auto it = std::ranges::find(roster.repairers, to, &Repairer::id);
    if (it == roster.repairers.end() || it->unit != call.job.unit)
        return Error(Errc::NeedsUnit, "not of this crew");
    call.with = CrewChoice{to, false, {{"given", {}}}};
    std::erase(call.tried, to);
    call.until = {now.us + std::chrono::microseconds(answer_within).count()};
    return Done{};
}

std::string skill_for(std::string_view kind, const CrewRoster& roster, UnitId unit) {
    const std::string skill(kind);
    if (find_kind(kind) != nullptr) return category_of(kind).size() > 1 ? skill : std::string{};
    const bool is_named = std::ranges::any_of(
        roster.repairers, [&](const Repairer& r) { return r.unit == unit && can(r, skill); });
    return is_named ? skill : std::string{};
}

Result<Done> check(const CrewRoster& roster) {
    std::set<UserId> ids;
    std::set<UnitId> led;
    for (const auto& [unit, user] : roster.foremen)
        if (!unit || !user || !led.insert(unit).second)
            return Error(Errc::DataBreaksARule, "one foreman for each unit");
    for (const Repairer& r : roster.repairers) {
        if (!r.id || !ids.insert(r.id).second)
            return Error(Errc::DataBreaksARule, "repairer \"" + r.name + "\" twice or without id");
        if (!led.contains(r.unit))
            return Error(Errc::DataBreaksARule, "repairer \"" + r.name + "\" has no foreman");
    }
    return Done{};
}

}  // namespace ys::cases
