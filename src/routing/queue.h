// SPDX-License-Identifier: Apache-2.0
// One queue: its rule, its count, and the order of everybody who stands in it.
#pragma once

#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>

#include "routing/rank.h"

namespace ys::routing {

// A tree that knows its own order statistics: positions are spoken to every waiting caller.
using RankTree = __gnu_pbds::tree<Rank, __gnu_pbds::null_type, ServedFirst, __gnu_pbds::rb_tree_tag,
                                  __gnu_pbds::tree_order_statistics_node_update>;

/// A caller shown to an agent does not stand any more but still counts as waiting.
class Queue {
public:
    explicit Queue(QueueRule rule);

    const QueueRule& rule() const { return rule_; }
    void change(QueueRule rule);
    std::size_t waiting() const { return standing() + shown_; }
    std::size_t standing() const { return standing_.size(); }
    /// Kept places do not count: nobody hears a busy tone because others will be called back.
    bool is_full() const { return waiting() - away_ >= rule_.waiting_max; }

    enum class Whose { Present, Away };
    void stand(const Rank& rank, Whose whose);
    void leave(const Rank& rank, Whose whose);
    void show() { ++shown_; }
    void unshow() { --shown_; }
    std::size_t ahead_of(const Rank& rank) const { return standing_.order_of_key(rank); }
    const RankTree& in_order() const { return standing_; }

private:
    QueueRule rule_;
    RankTree standing_;
    std::size_t shown_ = 0;
    std::size_t away_ = 0;  ///< of those standing
};

}  // namespace ys::routing
