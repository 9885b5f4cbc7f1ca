// SPDX-License-Identifier: Apache-2.0
// What only the running centre knows: states of seats, callers waiting. Asked on the control loop.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace ys::api {

struct LiveSeat {
    AgentId agent;
    std::string state;  ///< name of the agent's state, "LoggedOut" when not signed in
    std::string reason;
    UtcTime since;
};
struct LiveQueue {
    QueueId queue;
    std::uint64_t waiting = 0;
    std::uint64_t ready = 0;
};

struct LiveView {
    virtual ~LiveView() = default;
    virtual std::vector<LiveSeat> seats(CentreId centre) = 0;
    virtual std::vector<LiveQueue> queues(CentreId centre) = 0;
    /// Set while stopping or overloaded; /readyz answers 503 with these words.
    virtual std::string not_ready_because() = 0;
};

}  // namespace ys::api
