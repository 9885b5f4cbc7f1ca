// SPDX-License-Identifier: Apache-2.0
// What a process that was killed left behind, read from its facts: calls that were up, and who was
// at work.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/seat.h"
#include "base/time.h"
#include "facts/facts.h"
#include "interactions/setup.h"

namespace ys::interactions {

/// A call a kill cut off. Its people are gone from here, but not from their phones.
struct LostCall {
    CentreId centre;
    InteractionId id;
    std::string caller;  ///< "" when withheld
    std::string dialled;
    QueueId queue;  ///< the last one entered, none when it never was in one
    UtcTime first_arrival_at;
    bool was_waiting = false;
    std::vector<facts::DialogKept> dialogs;  ///< of everybody in it

    /// The call's facts, in their order.
    void learn(const facts::Body& body);
};

/// Announcements asked for or in force, their time over or not, and the first number never given.
struct OpenEmergencies {
    std::vector<EmergencySetup> open;
    std::uint64_t first_free = 1;

    void learn(CentreId centre, const facts::EmergencyMoved& fact);
};

/// An agent who was signed in.
struct AtWork {
    AgentId agent;
    std::string break_reason;  ///< "" when they were not on a break
    Seat seat{};
};

/// Who is at work after these moves.
class PeopleAtWork {
public:
    /// Facts that tell nothing of it are passed over.
    void learn(AgentId agent, const facts::Body& body);
    std::vector<AtWork> people() const;  ///< in the order of their ids

private:
    void on(AgentId agent, const facts::AgentMoved& moved);

    std::map<AgentId, AtWork> last_;
    std::map<AgentId, Seat> seats_;
};

}  // namespace ys::interactions
