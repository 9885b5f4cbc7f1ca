// SPDX-License-Identifier: Apache-2.0
// The index that makes a decision cheap: callers who ask for the same stand in one lane, agents
// who can do the same share one profile, and each knows which of the other fit.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "routing/queue.h"

namespace ys::routing {

using LaneIndex = std::size_t;
using ProfileIndex = std::size_t;

/// What callers of a lane ask for.
struct LaneKey {
    QueueId home;     ///< where they stand; its strategy chooses
    QueueId serving;  ///< whose agents may take them
    SkillId skill;
    int level_min = 0;
    SkillSet needs;
    friend bool operator==(const LaneKey&, const LaneKey&) = default;
};
struct LaneKeyHash {
    std::size_t operator()(const LaneKey& key) const noexcept {
        std::size_t h = key.home.value;
        const auto mix = [&h](std::uint64_t v) { h = (h ^ (h >> 29) ^ v) * 0x9E3779B97F4A7C15ULL; };
        mix(key.serving.value);
        mix(key.skill.value);
        mix(static_cast<std::uint64_t>(key.level_min));
        for (const SkillId need : key.needs.all()) mix(need.value);
        return h;
    }
};

/// What agents of a profile can do.
struct ProfileKey {
    std::vector<Service> queues;  ///< sorted
    SkillLevels skills;
    friend auto operator<=>(const ProfileKey&, const ProfileKey&) = default;
};

class Lanes {
public:
    LaneIndex lane(const LaneKey& key);           ///< made when new
    ProfileIndex profile(const ProfileKey& key);  ///< made when new

    void stand(LaneIndex lane, const Rank& rank);
    void leave(LaneIndex lane, const Rank& rank);
    void add_idle(ProfileIndex profile, Instant since, std::int64_t calls, Millis talked,
                  AgentId agent);
    void remove_idle(ProfileIndex profile, Instant since, std::int64_t calls, Millis talked,
                     AgentId agent);

    struct Candidate {
        AgentId agent;
        int weight = 0;
        std::uint32_t idle = 0;  ///< able agents of the lane
    };
    /// Whom the lane's strategy asks: who gives this queue the greatest weight, then the lowest
    /// score. O(profiles that fit).
    std::optional<Candidate> ask(LaneIndex lane, Strategy strategy) const;

    struct Head {
        Rank rank;  ///< weighed as the agent does
        int weight = 0;
    };
    /// Whom an agent of this profile serves next. O(lanes that fit).
    std::optional<Head> next_for(ProfileIndex profile) const;

    bool fits(LaneIndex lane, ProfileIndex profile) const;
    std::size_t idle(QueueId serving) const;

private:
    using IdleSet = std::set<Idle, AskedFirst>;
    struct Fit {
        std::size_t index = 0;  ///< of the lane or profile that fits
        int weight = 0;
    };
    struct Lane {
        LaneKey key;
        RankTree standing;
        std::vector<Fit> profiles;
    };
    struct Profile {
        ProfileKey key;
        std::vector<Fit> lanes;
        std::array<IdleSet, 3> idle;  ///< by strategy
    };
    static std::optional<int> weight_for(const LaneKey& lane, const ProfileKey& profile);

    std::vector<Lane> lanes_;
    /// Who is first in each lane; no id: nobody. Side by side, for an agent who becomes free looks
    /// at hundreds and a lane's tree would be a miss of the cache each.
    std::vector<Rank> heads_;
    std::vector<Profile> profiles_;
    std::unordered_map<LaneKey, LaneIndex, LaneKeyHash> lane_of_;
    std::map<ProfileKey, ProfileIndex> profile_of_;
};

}  // namespace ys::routing
