// SPDX-License-Identifier: Apache-2.0
// What comes in to the coordinator from supervisors and from the house itself.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/seat.h"
#include "base/time.h"

namespace ys::interactions {

struct Setup;

enum class MonitorMode { Listen, Whisper, Barge };
struct Monitor {
    AgentId supervisor;
    AgentId agent;
    MonitorMode mode = MonitorMode::Listen;
    std::string reason;
};
struct StopMonitor {
    AgentId supervisor;
};
struct TakeOver {
    AgentId supervisor;
    AgentId agent;
    std::string reason;
};
enum class ForcedState { Ready, Break, LoggedOut };
struct ForceState {
    AgentId supervisor;
    AgentId agent;
    ForcedState to = ForcedState::Ready;
    std::string reason;
};
/// When a queue's helpers (neighbour, head) take part: from now on, also for those who wait
/// already.
struct SlideOverflow {
    AgentId supervisor;
    QueueId queue;
    std::optional<Millis> after;  ///< of a caller's waiting; none: never
    std::string reason;
};
/// Other routing rules from now on, also for those who wait: skills, queues, agents and special
/// days, whole.
/// Whoever sends it has checked them with setup_check and kept them on disk.
struct ChangeRules {
    AgentId by;
    CentreId centre;                     ///< whose rules were changed
    std::string what;                    ///< for people: "queue repair: waiting_max 200 -> 300"
    std::string policy;                  ///< the same rules as text, for the journal
    std::shared_ptr<const Setup> rules;  ///< not its numbers; if it has flows, nothing but those
};
/// Callers from these addresses are to hear an announcement; in force once another person confirms.
struct AskEmergency {
    AgentId by;
    CentreId centre;                 ///< with all below it
    std::string kind;                ///< prompt to be said
    std::vector<std::string> areas;  ///< parts of addresses; none: every caller
    UtcTime until;                   ///< ends by itself then
    std::string reason;
};
struct ConfirmEmergency {
    AgentId by;  ///< none: the program, for an incident that one person opened
    std::uint64_t emergency = 0;
};
struct EndEmergency {
    AgentId by;
    std::uint64_t emergency = 0;
    std::string reason;
};
/// This agent was at work when the process ended: on the break they were on, or waited for as one
/// whose seat went away.
struct Restore {
    AgentId agent;
    Seat seat;
    std::string break_reason;  ///< "" when they were not on a break
};
/// A place owed to somebody who was waiting when the process before this one was killed.
struct OweCallback {
    CentreId centre;
    QueueId queue;
    std::string number;
    std::string dialled;  ///< the hotline number they had called
    UtcTime first_arrival_at;
};
/// No new calls; those up may end by themselves.
struct Drain {};

}  // namespace ys::interactions
