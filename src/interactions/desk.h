// SPDX-License-Identifier: Apache-2.0
// One agent's place of work as the coordinator sees it: the seat, and the call that is there.
#pragma once

#include <string>

#include "base/id.h"
#include "base/seat.h"
#include "base/time.h"
#include "interactions/coordinator.h"
#include "interactions/worked.h"

namespace ys::interactions {

struct Desk {
    AgentSetup setup;
    Seat seat;
    bool is_present = false;  ///< the browser's socket is open, the phone registered
    InteractionId call;       ///< the call this agent is a party of, or is rung for
    InteractionId last_call;  ///< the one wrap-up is about
    CentreId last_centre;     ///< whose call that was
    DeskView last_view;       ///< what wrap-up goes on showing
    bool has_disposition = true;
    Worked worked;
    TimerId wrap_up;
    TimerId seat_back;  ///< signed out when it is due
};

}  // namespace ys::interactions
