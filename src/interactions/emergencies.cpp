// SPDX-License-Identifier: Apache-2.0
// Announcements to the callers of some addresses: asked for by one person, put in force by another,
// ended by either or by time. For an incident its cases are the second witness, and the program
// confirms. Whose address is not known never hears what is meant for others.
#include "interactions/emergencies.h"

#include <algorithm>
#include <utility>

#include "base/later.h"
#include "base/text.h"
#include "interactions/desk_codes.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"
#include "ivr/spoken.h"

namespace ys::interactions {
namespace {

constexpr Millis lasts_max = std::chrono::days{31};
/// Wall clocks are set now and then: the time is looked at again at least this often.
constexpr Millis look_every = std::chrono::hours{1};
constexpr std::size_t open_max = 50;
/// An announcement whose end is never reported must not hold a caller up.
constexpr Millis said_within{60'000};
constexpr char person_key = '0';

std::string lines_of(const std::vector<std::string>& areas) {
    std::string text;
    for (const std::string& area : areas) text += (text.empty() ? "" : "\n") + area;
    return text;
}

bool is_affected(const EmergencySetup& emergency, const std::string& address) {
    return emergency.areas.empty() ||
           std::ranges::any_of(emergency.areas, [&](const std::string& area) {
               return address.find(area) != std::string::npos;
           });
}

facts::EmergencyMoved moved(const EmergencySetup& e, AgentId by, const char* to,
                            std::string reason) {
    return {e.id, by.value, to, e.kind, lines_of(e.areas), e.until, std::move(reason)};
}

}  // namespace

bool is_emergency_prompt(std::string_view name) {
    return std::ranges::find(prompts::emergencies, name) != prompts::emergencies.end();
}

void Coordinator::Inside::on(const AskEmergency& c) {
    EmergencySetup e{next_emergency, c.centre, c.kind, {}, c.until, c.by, {}};
    for (const std::string& area : c.areas)
        if (!trimmed(area).empty()) e.areas.emplace_back(trimmed(area));
    if (!may(c.by, centres::Action::Monitor, c.centre, {})) return refuse(c.by, codes::not_allowed);
    if (trimmed(c.reason).empty()) return refuse(c.by, codes::reason_needed);
    const bool is_in_time =
        now.utc < c.until && c.until < later(now.utc, lasts_max) && emergencies.size() < open_max;
    if (!is_emergency_prompt(c.kind) || !is_in_time) return refuse(c.by, codes::not_now);
    ++next_emergency;
    announce(e, moved(e, c.by, "asked", c.reason));
    emergencies[e.id].is = std::move(e);
}

/// Asked for and put in force by two different people; by nobody (`by` none) when the program does
/// it for an incident, and then it is the word of who asked.
void Coordinator::Inside::on(const ConfirmEmergency& c) {
    const auto found = emergencies.find(c.emergency);
    if (found == emergencies.end()) return refuse(c.by, codes::not_now);
    EmergencySetup& e = found->second.is;
    if (!c.by && !e.confirmed_by) {
        e.confirmed_by = e.asked_by;
        return announce(e, moved(e, e.asked_by, "in_force", ""));
    }
    if (!may(c.by, centres::Action::Monitor, e.centre, {})) return refuse(c.by, codes::not_allowed);
    if (e.asked_by == c.by) return refuse(c.by, codes::another_person);
    if (e.confirmed_by) return refuse(c.by, codes::not_now);
    e.confirmed_by = c.by;
    announce(e, moved(e, c.by, "in_force", ""));
}

void Coordinator::Inside::on(const EndEmergency& c) {
    const auto found = emergencies.find(c.emergency);
    if (found == emergencies.end()) return refuse(c.by, codes::not_now);
    const EmergencySetup& e = found->second.is;
    if (!may(c.by, centres::Action::Monitor, e.centre, {})) return refuse(c.by, codes::not_allowed);
    if (trimmed(c.reason).empty()) return refuse(c.by, codes::reason_needed);
    announce(e, moved(e, c.by, "ended", c.reason));
    disarm(found->second.over);
    emergencies.erase(found);
}

/// The fact of a move; it is about no call.
void Coordinator::Inside::announce(const EmergencySetup& e, facts::EmergencyMoved body) {
    out.facts.push_back({now.utc, e.centre, {}, {}, std::move(body)});
}

/// Also of those that were there at the start: a timer for each that has none.
void Coordinator::Inside::watch_emergencies() {
    for (auto& [id, e] : emergencies) {
        if (e.over) continue;
        const Millis left{std::max<std::int64_t>(0, (e.is.until.us - now.utc.us + 999) / 1000)};
        arm(e.over, {Wake::Emergency, {}, {}, {}}, std::min(left, look_every));
    }
}

void Coordinator::Inside::emergency_due(TimerId timer) {
    const auto found = std::ranges::find_if(
        emergencies, [&](const auto& each) { return each.second.over == timer; });
    if (found == emergencies.end()) return;
    found->second.over = {};
    if (now.utc < found->second.is.until) return;
    announce(found->second.is, moved(found->second.is, {}, "ended", ""));
    emergencies.erase(found);
}

/// true: what is in force for this caller is being said; the flow begins after it.
bool Coordinator::Inside::say_emergencies(Call& call) {
    std::vector<std::string> words;
    for (const auto& [id, each] : emergencies) {
        const EmergencySetup& e = each.is;
        const bool is_theirs = e.confirmed_by && now.utc < e.until &&
                               setup.tree.is_within(call.centre, e.centre) &&
                               is_affected(e, call.address);
        if (!is_theirs) continue;
        state(call, {}, facts::EmergencyHeard{id});
        words.push_back(e.kind);
        words.emplace_back(prompts::emergency_until);
        for (std::string& w : ivr::spoken_moment(e.until, now.utc)) words.push_back(std::move(w));
        words.emplace_back(prompts::emergency_over);
    }
    if (words.empty()) return false;
    words.emplace_back(prompts::emergency_person);
    play(call, Playing::Notice, std::move(words));
    arm(call.wait, {Wake::Wait, call.id, {}, {}}, said_within);
    return true;
}

void Coordinator::Inside::begin_flow(Call& call) {
    quiet(call);
    disarm(call.wait);
    take_steps(call, call.run->start(now));
}

/// 0 asks for a person here as everywhere else.
void Coordinator::Inside::emergency_key(Call& call, char key) {
    if (key != person_key) return;
    begin_flow(call);
    if (call.state == CallState::InFlow) take_steps(call, call.run->on(now, ivr::Key{key}));
}

std::vector<EmergencyView> Coordinator::emergencies(CentreId centre) const {
    std::vector<EmergencyView> all;
    const centres::CentreTree& tree = in_->setup.tree;
    for (const auto& [id, each] : in_->emergencies) {
        const EmergencySetup& e = each.is;
        if (tree.is_within(e.centre, centre) || tree.is_within(centre, e.centre))
            all.push_back({id, e.centre, e.kind, e.areas, e.until, e.asked_by, e.confirmed_by});
    }
    return all;
}

}  // namespace ys::interactions
