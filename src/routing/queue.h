// SPDX-License-Identifier: Apache-2.0
// One queue: callers in the order they are served, and the agents who could serve them now.
#pragma once

#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
#include <map>
#include <optional>
#include <set>

#include "routing/rank.h"
#include "routing/skills.h"

namespace ys::routing {

struct QueueRule {
    QueueId id;
    Millis answer_within{15'000};  ///< how long one agent is rung
    std::size_t waiting_max = 500;
    int priority = 0;  ///< added to the caller's own, for agents who serve several queues
};

/// Callers who need the same skills stand in one lane, so that an agent looks at lane heads only.
/// A caller shown to an agent has left the lane but still counts as waiting.
class Queue {
public:
    explicit Queue(QueueRule rule) : rule_(rule) {}

    const QueueRule& rule() const { return rule_; }
    std::size_t waiting() const { return in_lanes_ + shown_; }
    std::size_t standing() const { return in_lanes_; }
    bool is_full() const { return waiting() >= rule_.waiting_max; }

    void stand(const SkillSet& needs, const Rank& rank);
    void leave(const SkillSet& needs, const Rank& rank);
    void show() { ++shown_; }  ///< the caller left its lane for a proposal
    void unshow() { --shown_; }

    void add_idle(const Idle& idle) { idle_.insert(idle); }
    void remove_idle(const Idle& idle) { idle_.erase(idle); }
    const std::set<Idle, IdleLongest>& idle() const { return idle_; }

    /// First in the order of service among callers whose needs `skills` meet; O(lanes).
    std::optional<Rank> head_for(const SkillSet& skills) const;
    /// How many in lanes are served before `rank`; O(lanes * log n).
    std::size_t ahead_of(const Rank& rank) const;

private:
    // A tree that knows its own order statistics: positions are spoken to every waiting caller.
    using Lane = __gnu_pbds::tree<Rank, __gnu_pbds::null_type, ServedFirst, __gnu_pbds::rb_tree_tag,
                                  __gnu_pbds::tree_order_statistics_node_update>;
    QueueRule rule_;
    std::map<SkillSet, Lane> lanes_;
    std::set<Idle, IdleLongest> idle_;
    std::size_t in_lanes_ = 0;
    std::size_t shown_ = 0;
};

}  // namespace ys::routing
