// SPDX-License-Identifier: Apache-2.0
// What a timer was set for.
#pragma once

#include "base/id.h"

namespace ys::interactions {

enum class Wake { Ring, Wait, Position, SecureOff, Widen, WrapUp, SeatBack, CallBack, Emergency };
struct Alarm {
    Wake what = Wake::Ring;
    InteractionId call;
    LegId leg;
    AgentId agent;
};

}  // namespace ys::interactions
