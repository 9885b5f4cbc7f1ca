// SPDX-License-Identifier: Apache-2.0
// Skills as a set: what a caller needs, what an agent can do.
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

    bool has_all_of(const SkillSet& needed) const {
        return std::ranges::includes(skills_, needed.skills_);
    }
    friend auto operator<=>(const SkillSet&, const SkillSet&) = default;

private:
    std::vector<SkillId> skills_;
};

}  // namespace ys::routing
