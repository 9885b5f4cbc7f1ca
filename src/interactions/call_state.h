// SPDX-License-Identifier: Apache-2.0
// Where a citizen is in their call, and every move between those places, as one table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/moves.h"

namespace ys::interactions {

enum class CallState : std::uint8_t {
    New,       ///< known, nothing answered yet
    InFlow,    ///< the robot speaks
    Waiting,   ///< in a queue, or being shown to an agent from it
    Seeking,   ///< one certain person is rung: a transfer, its way back, the supervisor
    Talking,   ///< with at least one person
    Held,      ///< music, while the agent stays
    SeatLost,  ///< music, while the agent's seat may come back
    Dialling,  ///< an agent calls out; the citizen's phone may be ringing
    Survey,
    Voicemail,
    Goodbye,  ///< a last prompt, then the end
    Away,     ///< to be called back: their place is kept, or their phone is rung
    Ended,
};

enum class CallEvent : std::uint8_t {
    Answer,
    Dial,
    Queue,
    Take,
    Hold,
    Retrieve,
    PassOn,
    LoseSeat,
    Rate,
    LeaveMessage,
    SayGoodbye,
    KeepPlace,
    End,
};

struct CallMove {
    CallState from;
    CallEvent on;
    CallState to;
};

// clang-format off
inline constexpr std::array call_moves{
    CallMove{CallState::New,       CallEvent::Answer,       CallState::InFlow},
    CallMove{CallState::New,       CallEvent::Dial,         CallState::Dialling},
    CallMove{CallState::New,       CallEvent::KeepPlace,    CallState::Away},
    CallMove{CallState::New,       CallEvent::End,          CallState::Ended},
    CallMove{CallState::InFlow,    CallEvent::Queue,        CallState::Waiting},
    CallMove{CallState::InFlow,    CallEvent::LeaveMessage, CallState::Voicemail},
    CallMove{CallState::InFlow,    CallEvent::SayGoodbye,   CallState::Goodbye},
    CallMove{CallState::InFlow,    CallEvent::End,          CallState::Ended},
    CallMove{CallState::Waiting,   CallEvent::Take,         CallState::Talking},
    CallMove{CallState::Waiting,   CallEvent::LeaveMessage, CallState::Voicemail},
    CallMove{CallState::Waiting,   CallEvent::SayGoodbye,   CallState::Goodbye},
    CallMove{CallState::Waiting,   CallEvent::End,          CallState::Ended},
    CallMove{CallState::Seeking,   CallEvent::Take,         CallState::Talking},
    CallMove{CallState::Seeking,   CallEvent::Queue,        CallState::Waiting},
    CallMove{CallState::Seeking,   CallEvent::End,          CallState::Ended},
    CallMove{CallState::Talking,   CallEvent::Hold,         CallState::Held},
    CallMove{CallState::Talking,   CallEvent::PassOn,       CallState::Seeking},
    CallMove{CallState::Talking,   CallEvent::Queue,        CallState::Waiting},
    CallMove{CallState::Talking,   CallEvent::LoseSeat,     CallState::SeatLost},
    CallMove{CallState::Talking,   CallEvent::Rate,         CallState::Survey},
    CallMove{CallState::Talking,   CallEvent::End,          CallState::Ended},
    CallMove{CallState::Held,      CallEvent::Retrieve,     CallState::Talking},
    CallMove{CallState::Held,      CallEvent::End,          CallState::Ended},
    CallMove{CallState::SeatLost,  CallEvent::Take,         CallState::Talking},
    CallMove{CallState::SeatLost,  CallEvent::Queue,        CallState::Waiting},
    CallMove{CallState::SeatLost,  CallEvent::End,          CallState::Ended},
    CallMove{CallState::Dialling,  CallEvent::Take,         CallState::Talking},
    CallMove{CallState::Dialling,  CallEvent::End,          CallState::Ended},
    CallMove{CallState::Survey,    CallEvent::SayGoodbye,   CallState::Goodbye},
    CallMove{CallState::Survey,    CallEvent::End,          CallState::Ended},
    CallMove{CallState::Voicemail, CallEvent::End,          CallState::Ended},
    CallMove{CallState::Goodbye,   CallEvent::End,          CallState::Ended},
    CallMove{CallState::Away,      CallEvent::Queue,        CallState::Waiting},
    CallMove{CallState::Away,      CallEvent::End,          CallState::Ended},
};
// clang-format on

constexpr std::optional<CallState> next(CallState from, CallEvent on) {
    return next_in(call_moves, from, on);
}

static_assert(is_unambiguous(call_moves));
static_assert(
    [] {
        for (int s = 0; s < static_cast<int>(CallState::Ended); ++s)
            if (next(static_cast<CallState>(s), CallEvent::End) != CallState::Ended) return false;
        return true;
    }(),
    "a caller may leave at every stage");
static_assert(
    [] {
        for (const CallMove& m : call_moves)
            if (m.from == CallState::Ended) return false;
        return true;
    }(),
    "nothing happens to a call that has ended");
static_assert(!next(CallState::SeatLost, CallEvent::SayGoodbye) &&
                  !next(CallState::Seeking, CallEvent::SayGoodbye),
              "who was promised a person is never said goodbye to");

constexpr std::string_view name_of(CallState state) {
    constexpr std::array<std::string_view, 13> names{
        "New",      "InFlow", "Waiting",   "Seeking", "Talking", "Held", "SeatLost",
        "Dialling", "Survey", "Voicemail", "Goodbye", "Away",    "Ended"};
    return names[static_cast<std::size_t>(state)];
}

constexpr std::string_view name_of(CallEvent event) {
    constexpr std::array<std::string_view, 13> names{
        "Answer",   "Dial", "Queue",        "Take",       "Hold",      "Retrieve", "PassOn",
        "LoseSeat", "Rate", "LeaveMessage", "SayGoodbye", "KeepPlace", "End"};
    return names[static_cast<std::size_t>(event)];
}

}  // namespace ys::interactions
