// SPDX-License-Identifier: Apache-2.0
// Lanes of waiting callers.
#include "routing/queue.h"

#include "base/panic.h"

namespace ys::routing {

void Queue::stand(const SkillSet& needs, const Rank& rank) {
    const bool is_new = lanes_[needs].insert(rank).second;
    YS_ASSERT(is_new);
    ++in_lanes_;
}

void Queue::leave(const SkillSet& needs, const Rank& rank) {
    const auto lane = lanes_.find(needs);
    YS_ASSERT(lane != lanes_.end());
    const bool was_there = lane->second.erase(rank);
    YS_ASSERT(was_there);
    if (lane->second.empty()) lanes_.erase(lane);
    --in_lanes_;
}

std::optional<Rank> Queue::head_for(const SkillSet& skills) const {
    std::optional<Rank> best;
    for (const auto& [needs, lane] : lanes_) {
        if (!skills.has_all_of(needs)) continue;
        const Rank& head = *lane.begin();
        if (!best || ServedFirst{}(head, *best)) best = head;
    }
    return best;
}

std::size_t Queue::ahead_of(const Rank& rank) const {
    std::size_t n = 0;
    for (const auto& [needs, lane] : lanes_) n += lane.order_of_key(rank);
    return n;
}

}  // namespace ys::routing
