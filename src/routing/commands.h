// SPDX-License-Identifier: Apache-2.0
// What the dispatcher is told: callers come and go, agents become free or not, rules change.
#pragma once

#include <variant>

#include "base/id.h"
#include "base/time.h"
#include "routing/policy.h"

namespace ys::routing {

/// Limits are for new callers; who was promised a person before is always let in.
enum class Admission { ByLimit, Always };

/// The same agent as last time, or whose case it is: waited for, but only so long.
struct Preferred {
    AgentId agent;
    Millis wait_for{};
};

struct Enter {
    InteractionId interaction;
    QueueId queue;
    int priority = 0;         ///< the caller's own steps of head start
    Instant first_arrival{};  ///< of the whole call; decides the place
    SkillSet needs{};         ///< never relaxed, whoever else may help
    Preferred preferred{};
    Admission admission = Admission::ByLimit;
    bool is_away = false;  ///< keeps the place of somebody to be called back (CallBack)
};
struct Leave {  ///< the caller went away or was taken elsewhere
    InteractionId interaction;
};
/// Answers LookAgain: the caller's circle may be wider by now.
struct Widen {
    InteractionId interaction;
};
struct BecameReady {
    AgentId agent;
    Instant since{};
    std::int64_t calls = 0;  ///< taken today, for Strategy::FewestCalls
    Millis talked{};         ///< today, for Strategy::LeastTalk
};
struct BecameUnready {
    AgentId agent;
};
struct Accepted {
    InteractionId interaction;
    AgentId agent;
};
/// Not answered by the deadline, declined, or the seat failed. The caller keeps its place.
struct Failed {
    InteractionId interaction;
    AgentId agent;
};
/// A queue's rule is another from now on, also for those who wait in it; a new queue is added.
struct ChangeQueue {
    QueueRule rule;
};
/// An agent's queues and skills are others from now on; a new agent is added.
struct ChangeAgent {
    AgentRule rule;
};

using Command = std::variant<Enter, Leave, Widen, BecameReady, BecameUnready, Accepted, Failed,
                             ChangeQueue, ChangeAgent>;

}  // namespace ys::routing
