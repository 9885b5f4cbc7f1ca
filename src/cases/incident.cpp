// SPDX-License-Identifier: Apache-2.0
// Sliding windows of cases by kind and place.
#include "cases/incident.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "cases/errc.h"

namespace ys::cases {
namespace {

constexpr Seconds forget_after = 7 * 24h;

std::int64_t us(Seconds s) { return std::chrono::microseconds(s).count(); }

bool begins(const DutyPath& path, const DutyPath& prefix) {
    return prefix.size() <= path.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

/// U+001F cannot be in text that came through an edge, so two places never share a key.
std::string key_of(CentreId centre, std::size_t rule, const DutyPath& place, std::size_t depth) {
    std::string key = std::to_string(centre.value) + '\x1f' + std::to_string(rule);
    for (std::size_t i = 0; i < depth; ++i) key += '\x1f' + place[i];
    return key;
}

}  // namespace

std::size_t Incident::people() const {
    std::set<std::string> known;
    std::size_t unknown = 0;
    for (const IncidentCase& c : cases)
        c.person.empty() ? void(++unknown) : void(known.insert(c.person));
    return known.size() + unknown;
}

std::vector<DutyPath> Incident::places() const {
    std::set<DutyPath> out;
    for (const IncidentCase& c : cases) out.insert(c.place);
    return {out.begin(), out.end()};
}

bool Incident::affects(const DutyPath& somewhere) const {
    return state == IncidentState::Open && begins(somewhere, place);
}

std::vector<PersonalClosing> personal_closings(const Incident& incident, const std::string& words) {
    std::vector<PersonalClosing> out;
    std::map<std::string, std::size_t> told;
    for (const IncidentCase& c : incident.cases) {
        const auto known = c.person.empty() ? told.end() : told.find(c.person);
        if (known != told.end()) {
            out[known->second].cases.push_back(c.id);
            continue;
        }
        if (!c.person.empty()) told.emplace(c.person, out.size());
        out.push_back({incident.id, c.person, {c.id}, words});
    }
    return out;
}

Result<IncidentWatch> IncidentWatch::build(std::vector<IncidentRule> rules) {
    const auto breaks = [](const IncidentRule& rule, const char* why) {
        return Error(Errc::DataBreaksARule, "incident \"" + rule.title + "\": " + why);
    };
    for (auto it = rules.begin(); it != rules.end(); ++it) {
        if (it->title.empty()) return breaks(*it, "no title");
        if (it->window < 1s || it->lapse_after < it->window)
            return breaks(*it, "a window of nothing, or one that lapses before its end");
        if (it->people_min < 2) return breaks(*it, "one person is no crowd");
        if (std::any_of(rules.begin(), it,
                        [&](const IncidentRule& r) { return r.category == it->category; }))
            return breaks(*it, "another rule has the same category");
    }
    IncidentWatch watch;
    watch.rules_ = std::move(rules);
    return watch;
}

const IncidentRule* IncidentWatch::rule_for(const IncidentCase& filed, std::size_t& index) const {
    const IncidentRule* best = nullptr;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const IncidentRule& r = rules_[i];
        if (!begins(filed.category, r.category)) continue;
        if (best && best->category.size() >= r.category.size()) continue;
        best = &r;
        index = i;
    }
    return best && filed.place.size() >= best->place_depth ? best : nullptr;
}

void IncidentWatch::take_out(Window& window, std::size_t at) {
    const IncidentCase& c = window.cases[at];
    const auto person = window.people.find(c.person);
    if (c.person.empty())
        --window.unknown;
    else if (person != window.people.end() && --person->second == 0)
        window.people.erase(person);
    window_by_case_.erase(c.id);
    window.cases.erase(window.cases.begin() + static_cast<std::ptrdiff_t>(at));
}

void IncidentWatch::evict(Window& window, UtcTime now) {
    const std::int64_t oldest = now.us - us(rules_[window.rule].window);
    while (!window.cases.empty() && window.cases.front().at.us < oldest) take_out(window, 0);
}

IncidentEffects IncidentWatch::saw(IncidentCase filed) {
    last_ = filed.at = std::max(filed.at, last_);
    std::size_t index = 0;
    const IncidentRule* rule = rule_for(filed, index);
    if (!rule || incident_by_case_.contains(filed.id) || window_by_case_.contains(filed.id))
        return {};
    const std::string key = key_of(filed.centre, index, filed.place, rule->place_depth);
    Window& window = windows_[key];
    window.rule = index;
    if (window.live) {
        Incident& incident = incidents_.at(window.live);
        incident.last_at = filed.at;
        incident_by_case_.emplace(filed.id, incident.id);
        const CaseId id = filed.id;
        incident.cases.push_back(std::move(filed));
        if (incident.state == IncidentState::Open) return {CaseJoined{incident.id, id}};
        return {IncidentGrew{incident.id}};
    }
    evict(window, filed.at);
    filed.person.empty() ? ++window.unknown : ++window.people[filed.person];
    window_by_case_.emplace(filed.id, key);
    window.cases.push_back(std::move(filed));
    if (window.people.size() + window.unknown < rule->people_min) return {};
    return propose(window, window.cases.back());
}

IncidentEffects IncidentWatch::propose(Window& window, const IncidentCase& last) {
    const IncidentRule& rule = rules_[window.rule];
    Incident incident;
    incident.id = IncidentId{next_id_++};
    incident.centre = last.centre;
    incident.title = rule.title;
    incident.category = rule.category;
    incident.place.assign(last.place.begin(),
                          last.place.begin() + static_cast<std::ptrdiff_t>(rule.place_depth));
    incident.since = window.cases.front().at;
    incident.last_at = last.at;
    incident.cases.assign(window.cases.begin(), window.cases.end());
    window_by_incident_[incident.id] = window_by_case_.at(last.id);
    for (const IncidentCase& c : incident.cases) {
        incident_by_case_.emplace(c.id, incident.id);
        window_by_case_.erase(c.id);
    }
    window.cases.clear();
    window.people.clear();
    window.unknown = 0;
    window.live = incident.id;
    const IncidentId id = incident.id;
    incidents_.emplace(id, std::move(incident));
    return {IncidentProposed{id}};
}

IncidentWatch::Window* IncidentWatch::window_of(IncidentId id) {
    const auto key = window_by_incident_.find(id);
    if (key == window_by_incident_.end()) return nullptr;
    const auto it = windows_.find(key->second);
    return it == windows_.end() ? nullptr : &it->second;
}

Result<Incident*> IncidentWatch::in_state(IncidentId id, IncidentState state) {
    const auto it = incidents_.find(id);
    if (it == incidents_.end() || it->second.state != state)
        return Error(Errc::NotNow, "incident " + std::to_string(id.value));
    return &it->second;
}

Result<IncidentEffects> IncidentWatch::open(IncidentId id) {
    YS_TRY(Incident * incident, in_state(id, IncidentState::Proposed));
    incident->state = IncidentState::Open;
    IncidentEffects out;
    for (const IncidentCase& c : incident->cases) out.emplace_back(CaseJoined{id, c.id});
    return out;
}

Result<IncidentEffects> IncidentWatch::dismiss(IncidentId id) {
    YS_TRY(Incident * incident, in_state(id, IncidentState::Proposed));
    incident->state = IncidentState::Dismissed;
    if (Window* window = window_of(id)) window->live = {};
    return IncidentEffects{};
}

Result<IncidentEffects> IncidentWatch::close(IncidentId id, const std::string& words) {
    YS_TRY(Incident * incident, in_state(id, IncidentState::Open));
    if (words.empty()) return Error(Errc::NeedsWords, "close an incident");
    incident->state = IncidentState::Closed;
    if (Window* window = window_of(id)) window->live = {};
    IncidentEffects out;
    for (PersonalClosing& each : personal_closings(*incident, words))
        out.emplace_back(std::move(each));
    return out;
}

void IncidentWatch::leave(CaseId id) {
    if (const auto it = incident_by_case_.find(id); it != incident_by_case_.end()) {
        std::erase_if(incidents_.at(it->second).cases,
                      [&](const IncidentCase& c) { return c.id == id; });
        incident_by_case_.erase(it);
        return;
    }
    const auto it = window_by_case_.find(id);
    if (it == window_by_case_.end()) return;
    Window& window = windows_.at(it->second);
    const auto at = std::ranges::find(window.cases, id, &IncidentCase::id);
    take_out(window, static_cast<std::size_t>(at - window.cases.begin()));
}

Result<Done> IncidentWatch::restore(Incident stored) {
    const bool over =
        stored.state != IncidentState::Proposed && stored.state != IncidentState::Open;
    const auto rule = std::ranges::find(rules_, stored.category, &IncidentRule::category);
    if (rule == rules_.end() || rule->place_depth != stored.place.size())
        return Error(Errc::DataBreaksARule, "restore an incident");
    const auto index = static_cast<std::size_t>(rule - rules_.begin());
    const std::string key = key_of(stored.centre, index, stored.place, rule->place_depth);
    if (over || !stored.id || incidents_.contains(stored.id) || windows_[key].live)
        return Error(Errc::NotNow, "restore an incident");
    windows_[key].rule = index;
    windows_[key].live = stored.id;
    window_by_incident_[stored.id] = key;
    for (const IncidentCase& c : stored.cases) {
        leave(c.id);
        incident_by_case_[c.id] = stored.id;
    }
    next_id_ = std::max(next_id_, stored.id.value + 1);
    const IncidentId id = stored.id;
    incidents_.emplace(id, std::move(stored));
    return Done{};
}

void IncidentWatch::forget_old(UtcTime now) {
    for (auto it = incidents_.begin(); it != incidents_.end();) {
        const Incident& i = it->second;
        const bool over = i.state != IncidentState::Proposed && i.state != IncidentState::Open;
        if (!over || now.us - i.last_at.us <= us(forget_after)) {
            ++it;
            continue;
        }
        for (const IncidentCase& c : i.cases) incident_by_case_.erase(c.id);
        window_by_incident_.erase(i.id);
        it = incidents_.erase(it);
    }
}

IncidentEffects IncidentWatch::tick(UtcTime now) {
    last_ = now = std::max(now, last_);
    forget_old(now);
    IncidentEffects out;
    for (auto it = windows_.begin(); it != windows_.end();) {
        Window& window = it->second;
        evict(window, now);
        if (window.live) {
            Incident& incident = incidents_.at(window.live);
            const bool lapses = incident.state == IncidentState::Proposed &&
                                now.us - incident.last_at.us > us(rules_[window.rule].lapse_after);
            if (lapses) {
                incident.state = IncidentState::Lapsed;
                out.emplace_back(IncidentLapsed{incident.id});
                window.live = {};
            }
        }
        it = window.cases.empty() && !window.live ? windows_.erase(it) : std::next(it);
    }
    return out;
}

const Incident* IncidentWatch::find(IncidentId id) const {
    const auto it = incidents_.find(id);
    return it == incidents_.end() ? nullptr : &it->second;
}

std::vector<const Incident*> IncidentWatch::live() const {
    std::vector<const Incident*> out;
    for (const auto& [id, incident] : incidents_)
        if (incident.state == IncidentState::Proposed || incident.state == IncidentState::Open)
            out.push_back(&incident);
    return out;
}

}  // namespace ys::cases
