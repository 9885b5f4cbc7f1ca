// SPDX-License-Identifier: Apache-2.0
// The rules of routing as data: what queues promise, whom they ask, what agents can do.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "routing/skills.h"

namespace ys::routing {

/// Who among able idle agents is asked. Each is "the lowest score first"; equal scores go to who
/// has been idle longest, then to the lower id.
enum class Strategy {
    LongestIdle,  ///< since when idle
    FewestCalls,  ///< calls taken today
    LeastTalk,    ///< milliseconds talked today
};
std::string_view word_of(Strategy strategy);  ///< "longest_idle" "fewest_calls" "least_talk"
std::optional<Strategy> strategy_of(std::string_view word);

/// One widening of the circle of agents who may serve a waiting caller. Circles only grow: what
/// one ring allows, no later ring takes away. The caller's needs hold in every ring.
struct Ring {
    Millis after{};     ///< since entering the queue
    int level_min = 0;  ///< of QueueRule::skill; 0 asks for none
    QueueId also{};     ///< agents of this queue, too: a neighbour or the head centre
    friend bool operator==(const Ring&, const Ring&) = default;
};

struct QueueRule {
    QueueId id;
    Millis answer_within{15'000};  ///< how long one agent is rung
    std::size_t waiting_max = 500;
    int priority = 0;  ///< steps of head start of everybody in this queue
    Strategy strategy = Strategy::LongestIdle;
    SkillId skill{};            ///< what rings measure levels of; none: levels do not matter
    SkillSet needs{};           ///< of everybody in this queue; never relaxed
    std::vector<Ring> rings{};  ///< by `after`, ascending; empty: everybody at once
    friend bool operator==(const QueueRule&, const QueueRule&) = default;
};

struct Service {
    QueueId queue;
    int weight = 0;  ///< steps of head start this agent gives to callers of this queue
    friend auto operator<=>(const Service&, const Service&) = default;
};

struct AgentRule {
    AgentId id;
    std::vector<Service> queues;
    SkillLevels skills{};
    friend bool operator==(const AgentRule&, const AgentRule&) = default;
};

/// Urgency is a head start, not a class of its own: one step counts as so much waiting already
/// done. So everybody ages at the same rate, the order of two callers never changes while they
/// wait, and nobody is overtaken by anyone who came later than their difference in head start:
/// nobody starves.
inline constexpr Millis priority_step{60'000};
/// Beyond these a head start would be a class of its own.
inline constexpr int priority_max = 60;

}  // namespace ys::routing
