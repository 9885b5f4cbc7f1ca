// SPDX-License-Identifier: Apache-2.0
// What the process before this one left behind: calls that were up, and who was at work.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "facts/facts.h"
#include "interactions/setup.h"
#include "platform/sql/database.h"

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
};

/// An agent who was signed in.
struct AtWork {
    AgentId agent;
    std::string break_reason;  ///< "" when they were not on a break
};

/// What was asked for or in force, its time over or not, and the first number never given.
struct OpenEmergencies {
    std::vector<EmergencySetup> open;
    std::uint64_t first_free = 1;
};
Result<OpenEmergencies> open_emergencies(sql::Database& db);

/// By the last move of each since the start before this one, in the order of their ids. Before
/// this start has written its own PolicyInForce.
Result<std::vector<AtWork>> who_was_at_work(sql::Database& db);

}  // namespace ys::interactions
