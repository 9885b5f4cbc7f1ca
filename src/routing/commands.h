// SPDX-License-Identifier: Apache-2.0
// What the dispatcher is told: callers come and go, agents become free or not.
#pragma once

#include <variant>

#include "base/id.h"
#include "base/time.h"
#include "routing/skills.h"

namespace ys::routing {

/// Limits are for new callers; who was promised a person before is always let in.
enum class Admission { ByLimit, Always };

struct Enter {
    InteractionId interaction;
    QueueId queue;
    int priority = 0;
    Instant first_arrival{};  ///< of the whole call; decides the place
    SkillSet needs;
    Admission admission = Admission::ByLimit;
};
struct Leave {  ///< the caller went away or was taken elsewhere
    InteractionId interaction;
};
struct BecameReady {
    AgentId agent;
    Instant since{};
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

using Command = std::variant<Enter, Leave, BecameReady, BecameUnready, Accepted, Failed>;

}  // namespace ys::routing
