// SPDX-License-Identifier: Apache-2.0
// Skills: what a caller needs as a set, what an agent can do as levels.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "base/id.h"

namespace ys::routing {

/// Sorted, without doubles; small enough that a vector is the fastest set.
class SkillSet {
public:
    SkillSet() = default;
    SkillSet(std::initializer_list<SkillId> skills) : SkillSet(std::vector<SkillId>(skills)) {}
    explicit SkillSet(std::vector<SkillId> skills) : skills_(std::move(skills)) {
        std::ranges::sort(skills_);
        skills_.erase(std::ranges::unique(skills_).begin(), skills_.end());
    }

    SkillSet with(const SkillSet& more) const {
        std::vector<SkillId> all = skills_;
        all.insert(all.end(), more.skills_.begin(), more.skills_.end());
        return SkillSet{std::move(all)};
    }
    const std::vector<SkillId>& all() const { return skills_; }
    friend auto operator<=>(const SkillSet&, const SkillSet&) = default;

private:
    std::vector<SkillId> skills_;
};

inline constexpr int skill_level_max = 9;

struct Skill {
    SkillId id;
    int level = 1;  ///< 1 beginner to skill_level_max
    friend auto operator<=>(const Skill&, const Skill&) = default;
};

/// What one agent can do; of a skill named twice the higher level counts.
class SkillLevels {
public:
    SkillLevels() = default;
    SkillLevels(std::initializer_list<Skill> skills) : SkillLevels(std::vector<Skill>(skills)) {}
    explicit SkillLevels(std::vector<Skill> skills) : skills_(std::move(skills)) {
        std::ranges::sort(skills_, [](const Skill& a, const Skill& b) {
            return a.id != b.id ? a.id < b.id : a.level > b.level;
        });
        skills_.erase(std::ranges::unique(skills_, {}, &Skill::id).begin(), skills_.end());
    }

    /// 0 when the agent has not learnt it.
    int level(SkillId skill) const {
        const auto found = std::ranges::lower_bound(skills_, skill, {}, &Skill::id);
        return found == skills_.end() || found->id != skill ? 0 : found->level;
    }
    bool has_all_of(const SkillSet& needed) const {
        return std::ranges::all_of(needed.all(), [&](SkillId s) { return level(s) > 0; });
    }
    friend auto operator<=>(const SkillLevels&, const SkillLevels&) = default;

private:
    std::vector<Skill> skills_;
};

}  // namespace ys::routing
