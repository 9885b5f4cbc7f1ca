// SPDX-License-Identifier: Apache-2.0
#include "routing/queue.h"

#include "base/panic.h"

namespace ys::routing {

Queue::Queue(QueueRule rule) { change(std::move(rule)); }

void Queue::change(QueueRule rule) {
    rule_ = std::move(rule);
    // Whoever wrote no rings means: everybody who serves the queue, at once.
    if (rule_.rings.empty()) rule_.rings.push_back({});
    YS_ASSERT(std::ranges::is_sorted(rule_.rings, {}, &Ring::after));
}

void Queue::stand(const Rank& rank, Whose whose) {
    away_ += whose == Whose::Away ? 1 : 0;
    const bool is_new = standing_.insert(rank).second;
    YS_ASSERT(is_new);
}

void Queue::leave(const Rank& rank, Whose whose) {
    away_ -= whose == Whose::Away ? 1 : 0;
    const bool was_there = standing_.erase(rank);
    YS_ASSERT(was_there);
}

}  // namespace ys::routing
