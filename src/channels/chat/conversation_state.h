// SPDX-License-Identifier: Apache-2.0
// Where a conversation can be and every move between, as one table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/moves.h"

namespace ys::chat {

enum class State : std::uint8_t { New, WithRobot, Waiting, WithAgent, Ended, Rated };

enum class Event : std::uint8_t {
    Begin,
    AskForPerson,  ///< 转人工
    StayWithRobot,
    Give,         ///< an agent has it now
    AgentSilent,  ///< did not answer in time
    AgentLost,    ///< left, or the seat is gone
    PassOn,       ///< to another queue
    LeaveMessage,
    End,
    Rate,
};

struct Move {
    State from;
    Event on;
    State to;
};

// clang-format off
inline constexpr std::array conversation_moves{
    Move{State::New,       Event::Begin,         State::WithRobot},
    Move{State::WithRobot, Event::AskForPerson,  State::Waiting},
    Move{State::WithRobot, Event::LeaveMessage,  State::Ended},
    Move{State::WithRobot, Event::End,           State::Ended},
    Move{State::Waiting,   Event::StayWithRobot, State::WithRobot},
    Move{State::Waiting,   Event::Give,          State::WithAgent},
    Move{State::Waiting,   Event::LeaveMessage,  State::Ended},
    Move{State::Waiting,   Event::End,           State::Ended},
    Move{State::WithAgent, Event::AgentSilent,   State::Waiting},
    Move{State::WithAgent, Event::AgentLost,     State::Waiting},
    Move{State::WithAgent, Event::PassOn,        State::Waiting},
    Move{State::WithAgent, Event::End,           State::Ended},
    Move{State::Ended,     Event::Rate,          State::Rated},
};
// clang-format on

constexpr std::optional<State> next(State from, Event on) {
    return next_in(conversation_moves, from, on);
}
constexpr bool is_over(State state) { return state == State::Ended || state == State::Rated; }

static_assert(is_unambiguous(conversation_moves));
static_assert(next(State::WithRobot, Event::AskForPerson) == State::Waiting,
              "who talks with the robot gets a person for the asking");
static_assert(!next(State::WithAgent, Event::StayWithRobot),
              "nobody is sent from a person to the robot");
static_assert(next(State::WithAgent, Event::AgentLost) == State::Waiting &&
                  next(State::WithAgent, Event::AgentSilent) == State::Waiting,
              "what an agent does not do costs the citizen no conversation");
static_assert(!next(State::Rated, Event::Rate), "rated once");
static_assert(
    [] {
        for (const Move& m : conversation_moves) {
            if (m.to == State::WithAgent && m.from != State::Waiting) return false;
            if (is_over(m.from) && !is_over(m.to)) return false;
        }
        return true;
    }(),
    "an agent is given who waits, and what has ended goes on no more");
static_assert(
    [] {
        for (const State state : {State::WithRobot, State::Waiting, State::WithAgent})
            if (next(state, Event::End) != State::Ended) return false;
        return true;
    }(),
    "whatever it is, it can be ended");

inline constexpr std::array<std::string_view, 6> state_names{"New",       "WithRobot", "Waiting",
                                                             "WithAgent", "Ended",     "Rated"};
constexpr std::string_view name_of(State state) {
    return state_names[static_cast<std::size_t>(state)];
}
/// As it is stored and sent.
inline constexpr std::array<std::string_view, 6> state_words{"new",        "with_robot", "waiting",
                                                             "with_agent", "ended",      "rated"};
constexpr std::string_view word(State state) {
    return state_words[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(Event event) {
    constexpr std::array<std::string_view, 10> names{
        "Begin",     "AskForPerson", "StayWithRobot", "Give", "AgentSilent",
        "AgentLost", "PassOn",       "LeaveMessage",  "End",  "Rate"};
    return names[static_cast<std::size_t>(event)];
}

}  // namespace ys::chat
