// SPDX-License-Identifier: Apache-2.0
// What an agent can be doing and every move between those states, as one table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/moves.h"

namespace ys::agents {

/// 签出, 空闲, 振铃, 通话, 整理, 小休.
enum class AgentState : std::uint8_t { LoggedOut, Ready, Alerted, Busy, WrapUp, Break };

/// Whether callers may hope for this agent: signed in and not on a break.
constexpr bool is_at_work(AgentState state) {
    return state != AgentState::LoggedOut && state != AgentState::Break;
}

enum class AgentEvent : std::uint8_t {
    LogIn,     ///< signed in; calls come only after Resume
    Alert,     ///< a queue or a colleague rings this agent
    Summon,    ///< rung although not waiting for calls: a returned call, or a supervisor
    Accept,    ///< took the call that rang
    NoAnswer,  ///< did not take it, declined it, or the seat failed
    Withdraw,  ///< what rang went away by itself
    Dial,      ///< calls out
    Attend,    ///< a supervisor listens in
    Finish,    ///< the talk is over
    Release,   ///< the talk is over and leaves nothing to write down
    ReleaseToBreak,
    WrapUpOver,
    Pause,
    Resume,
    SeatLost,  ///< the browser or the phone went away
    LogOut,
    ForceReady,  ///< by a supervisor
    ForceBreak,
    ForceLogOut,
};

struct Move {
    AgentState from;
    AgentEvent on;
    AgentState to;
};

// clang-format off
inline constexpr std::array agent_moves{
    Move{AgentState::LoggedOut, AgentEvent::LogIn,          AgentState::Break},
    Move{AgentState::Break,     AgentEvent::Resume,         AgentState::Ready},
    Move{AgentState::Ready,     AgentEvent::Pause,          AgentState::Break},
    Move{AgentState::Ready,     AgentEvent::Alert,          AgentState::Alerted},
    Move{AgentState::Ready,     AgentEvent::Summon,         AgentState::Alerted},
    Move{AgentState::WrapUp,    AgentEvent::Summon,         AgentState::Alerted},
    Move{AgentState::Break,     AgentEvent::Summon,         AgentState::Alerted},
    Move{AgentState::Alerted,   AgentEvent::Accept,         AgentState::Busy},
    Move{AgentState::Alerted,   AgentEvent::NoAnswer,       AgentState::Break},
    Move{AgentState::Alerted,   AgentEvent::Withdraw,       AgentState::Ready},
    Move{AgentState::Ready,     AgentEvent::Dial,           AgentState::Busy},
    Move{AgentState::WrapUp,    AgentEvent::Dial,           AgentState::Busy},
    Move{AgentState::Break,     AgentEvent::Dial,           AgentState::Busy},
    Move{AgentState::Ready,     AgentEvent::Attend,         AgentState::Busy},
    Move{AgentState::WrapUp,    AgentEvent::Attend,         AgentState::Busy},
    Move{AgentState::Break,     AgentEvent::Attend,         AgentState::Busy},
    Move{AgentState::Busy,      AgentEvent::Finish,         AgentState::WrapUp},
    Move{AgentState::Busy,      AgentEvent::Release,        AgentState::Ready},
    Move{AgentState::Busy,      AgentEvent::ReleaseToBreak, AgentState::Break},
    Move{AgentState::WrapUp,    AgentEvent::WrapUpOver,     AgentState::Ready},
    Move{AgentState::WrapUp,    AgentEvent::Pause,          AgentState::Break},
    Move{AgentState::Ready,     AgentEvent::SeatLost,       AgentState::Break},
    Move{AgentState::Busy,      AgentEvent::SeatLost,       AgentState::LoggedOut},
    Move{AgentState::WrapUp,    AgentEvent::SeatLost,       AgentState::LoggedOut},
    Move{AgentState::Break,     AgentEvent::SeatLost,       AgentState::LoggedOut},
    Move{AgentState::Ready,     AgentEvent::LogOut,         AgentState::LoggedOut},
    Move{AgentState::WrapUp,    AgentEvent::LogOut,         AgentState::LoggedOut},
    Move{AgentState::Break,     AgentEvent::LogOut,         AgentState::LoggedOut},
    Move{AgentState::WrapUp,    AgentEvent::ForceReady,     AgentState::Ready},
    Move{AgentState::Break,     AgentEvent::ForceReady,     AgentState::Ready},
    Move{AgentState::Ready,     AgentEvent::ForceBreak,     AgentState::Break},
    Move{AgentState::WrapUp,    AgentEvent::ForceBreak,     AgentState::Break},
    Move{AgentState::Ready,     AgentEvent::ForceLogOut,    AgentState::LoggedOut},
    Move{AgentState::WrapUp,    AgentEvent::ForceLogOut,    AgentState::LoggedOut},
    Move{AgentState::Break,     AgentEvent::ForceLogOut,    AgentState::LoggedOut},
};
// clang-format on

constexpr std::optional<AgentState> next(AgentState from, AgentEvent on) {
    return next_in(agent_moves, from, on);
}

static_assert(!next(AgentState::Busy, AgentEvent::Alert), "a busy agent is never alerted");
static_assert(!next(AgentState::Busy, AgentEvent::Summon), "not even by a returned call");
static_assert(!next(AgentState::Break, AgentEvent::Alert), "nobody is disturbed on a break");
static_assert(next(AgentState::Alerted, AgentEvent::NoAnswer) == AgentState::Break,
              "an agent who does not answer is not tried again at once");
static_assert(!next(AgentState::Busy, AgentEvent::LogOut), "nobody signs out of a call");
static_assert(!next(AgentState::Alerted, AgentEvent::LogOut), "nor while it rings");
static_assert(is_unambiguous(agent_moves));
static_assert(
    [] {
        for (const Move& m : agent_moves)
            if (m.to == AgentState::Busy && m.on != AgentEvent::Accept &&
                m.on != AgentEvent::Dial && m.on != AgentEvent::Attend)
                return false;
        return true;
    }(),
    "an agent is busy only by their own act");

constexpr std::string_view name_of(AgentState state) {
    constexpr std::array<std::string_view, 6> names{"LoggedOut", "Ready",  "Alerted",
                                                    "Busy",      "WrapUp", "Break"};
    return names[static_cast<std::size_t>(state)];
}

constexpr std::string_view name_of(AgentEvent event) {
    constexpr std::array<std::string_view, 19> names{
        "LogIn",    "Alert",  "Summon",     "Accept",         "NoAnswer",   "Withdraw", "Dial",
        "Attend",   "Finish", "Release",    "ReleaseToBreak", "WrapUpOver", "Pause",    "Resume",
        "SeatLost", "LogOut", "ForceReady", "ForceBreak",     "ForceLogOut"};
    return names[static_cast<std::size_t>(event)];
}

}  // namespace ys::agents
