// SPDX-License-Identifier: Apache-2.0
#include "routing/lanes.h"

#include <algorithm>

#include "base/panic.h"

namespace ys::routing {
namespace {

std::array<std::int64_t, 3> scores(Instant since, std::int64_t calls, Millis talked) {
    return {since.time_since_epoch().count(), calls, talked.count()};
}

}  // namespace

/// The weight agents of the profile give to callers of the lane; nothing when they may not.
std::optional<int> Lanes::weight_for(const LaneKey& lane, const ProfileKey& profile) {
    const auto service = std::ranges::find(profile.queues, lane.serving, &Service::queue);
    if (service == profile.queues.end()) return std::nullopt;
    const bool is_able =
        profile.skills.has_all_of(lane.needs) &&
        (lane.level_min == 0 || profile.skills.level(lane.skill) >= lane.level_min);
    if (!is_able) return std::nullopt;
    return service->weight;
}

LaneIndex Lanes::lane(const LaneKey& key) {
    const auto [at, is_new] = lane_of_.try_emplace(key, lanes_.size());
    if (!is_new) return at->second;
    lanes_.push_back({key, {}, {}});
    heads_.emplace_back();
    for (ProfileIndex p = 0; p < profiles_.size(); ++p)
        if (const auto weight = weight_for(key, profiles_[p].key)) {
            lanes_.back().profiles.push_back({p, *weight});
            profiles_[p].lanes.push_back({at->second, *weight});
        }
    return at->second;
}

ProfileIndex Lanes::profile(const ProfileKey& key) {
    const auto [at, is_new] = profile_of_.try_emplace(key, profiles_.size());
    if (!is_new) return at->second;
    profiles_.push_back({key, {}, {}});
    for (LaneIndex l = 0; l < lanes_.size(); ++l)
        if (const auto weight = weight_for(lanes_[l].key, key)) {
            lanes_[l].profiles.push_back({at->second, *weight});
            profiles_.back().lanes.push_back({l, *weight});
        }
    return at->second;
}

void Lanes::stand(LaneIndex index, const Rank& rank) {
    Lane& lane = lanes_[index];
    const bool is_new = lane.standing.insert(rank).second;
    YS_ASSERT(is_new);
    if (Rank& head = heads_[index]; !head.id || ServedFirst{}(rank, head)) head = rank;
}

void Lanes::leave(LaneIndex index, const Rank& rank) {
    Lane& lane = lanes_[index];
    const bool was_there = lane.standing.erase(rank);
    YS_ASSERT(was_there);
    if (heads_[index] == rank)
        heads_[index] = lane.standing.empty() ? Rank{} : *lane.standing.begin();
}

void Lanes::add_idle(ProfileIndex profile, Instant since, std::int64_t calls, Millis talked,
                     AgentId agent) {
    const auto by = scores(since, calls, talked);
    for (std::size_t s = 0; s < by.size(); ++s)
        profiles_[profile].idle[s].insert({by[s], since, agent});
}

void Lanes::remove_idle(ProfileIndex profile, Instant since, std::int64_t calls, Millis talked,
                        AgentId agent) {
    const auto by = scores(since, calls, talked);
    for (std::size_t s = 0; s < by.size(); ++s)
        profiles_[profile].idle[s].erase({by[s], since, agent});
}

std::optional<Lanes::Candidate> Lanes::ask(LaneIndex lane, Strategy strategy) const {
    const Idle* best = nullptr;
    Candidate found;
    for (const Fit& fit : lanes_[lane].profiles) {
        const IdleSet& idle = profiles_[fit.index].idle[static_cast<std::size_t>(strategy)];
        if (idle.empty()) continue;
        found.idle += static_cast<std::uint32_t>(idle.size());
        const Idle& first = *idle.begin();
        const bool is_better = !best || fit.weight > found.weight ||
                               (fit.weight == found.weight && AskedFirst{}(first, *best));
        if (!is_better) continue;
        best = &first;
        found.agent = first.agent;
        found.weight = fit.weight;
    }
    if (!best) return std::nullopt;
    return found;
}

std::optional<Lanes::Head> Lanes::next_for(ProfileIndex profile) const {
    std::optional<Head> best;
    for (const Fit& fit : profiles_[profile].lanes) {
        const Rank& head = heads_[fit.index];
        if (!head.id) continue;
        const Rank seen = weighed(head, fit.weight);
        if (!best || ServedFirst{}(seen, best->rank)) best = Head{seen, fit.weight};
    }
    return best;
}

bool Lanes::fits(LaneIndex lane, ProfileIndex profile) const {
    return weight_for(lanes_[lane].key, profiles_[profile].key).has_value();
}

std::size_t Lanes::idle(QueueId serving) const {
    std::size_t n = 0;
    for (const Profile& profile : profiles_)
        if (std::ranges::find(profile.key.queues, serving, &Service::queue) !=
            profile.key.queues.end())
            n += profile.idle.front().size();
    return n;
}

}  // namespace ys::routing
