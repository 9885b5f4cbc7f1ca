// SPDX-License-Identifier: Apache-2.0
// What the roster is told: what an agent wants, and what happened to their calls.
#pragma once

#include <string>
#include <variant>

#include "base/id.h"

namespace ys::agents {

struct LogIn {
    AgentId agent;
};
struct LogOut {  ///< while on a call: queued behind it
    AgentId agent;
};
struct Resume {  ///< also ends wrap-up early, and takes back a queued break
    AgentId agent;
};
struct Pause {  ///< while on a call: queued behind it and its wrap-up
    AgentId agent;
    std::string reason;
};
struct Alert {
    AgentId agent;
};
struct Summon {
    AgentId agent;
};
struct Accept {
    AgentId agent;
};
struct NoAnswer {
    AgentId agent;
    std::string reason;  ///< "no_answer" "declined" "seat_failed" "seat_gone"
};
struct Withdraw {
    AgentId agent;
};
struct Dial {
    AgentId agent;
};
struct Attend {
    AgentId agent;
};
struct Finish {
    AgentId agent;
};
struct Release {
    AgentId agent;
};
struct WrapUpOver {
    AgentId agent;
};
struct SeatLost {
    AgentId agent;
};
enum class Forced { Ready, Break, LoggedOut };
struct Force {
    AgentId agent;
    Forced to = Forced::Ready;
    std::string reason;
};

using Command = std::variant<LogIn, LogOut, Resume, Pause, Alert, Summon, Accept, NoAnswer,
                             Withdraw, Dial, Attend, Finish, Release, WrapUpOver, SeatLost, Force>;

}  // namespace ys::agents
