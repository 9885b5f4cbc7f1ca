// SPDX-License-Identifier: Apache-2.0
// What a conversation is told. Every text may be hostile.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "channels/chat/message.h"

namespace ys::chat {

/// An article somebody wants to quote, and which version is in force at this moment (0: none),
/// looked up by who sends the command: what is not in force is not said.
struct WantedQuote {
    Quote quote;
    std::uint32_t version_in_force = 0;
};

enum class Office : std::uint8_t { Open, Closed };

struct Begin {};
/// With the robot, words that only ask for a person (转人工) do.
struct CitizenSays {
    std::string key;
    std::string text;
    Office office = Office::Open;
};
struct AskForPerson {
    Office office = Office::Open;
};
struct StayWithRobot {};
/// Instead of waiting: it becomes a case, and `contact` is where the answer goes.
struct LeaveMessage {
    std::string key;
    std::string text;
    std::string contact;
};
struct RobotSays {
    std::uint32_t answers = 0;  ///< the number of the message it answers
    std::string text;
    std::optional<WantedQuote> quote{};
    bool is_understood = true;  ///< false: a turn that failed; the text asks back
};
struct AgentGiven {
    AgentId agent;
};
struct AgentSays {
    AgentId agent;
    std::string key;
    std::string text;
    std::optional<WantedQuote> quote{};
};
/// Left, or the seat is gone: told of each of their conversations.
struct AgentLost {
    AgentId agent;
};
/// To another queue, with words for who takes it there.
struct PassOn {
    AgentId agent;
    QueueId queue;
    std::string title;  ///< of the queue, for the citizen
    std::string note{};
    Office office = Office::Open;
    Instant before = Instant::max();  ///< who is first there asked then; the desk sets it
};
struct CitizenGone {};  ///< the page is closed or the line is down
struct CitizenBack {};
struct CitizenEnds {};
struct AgentEnds {
    AgentId agent;
};
struct Rate {
    int stars = 0;
    std::string words{};
};
/// At `due` or later.
struct TimePassed {};

using Command = std::variant<Begin, CitizenSays, AskForPerson, StayWithRobot, LeaveMessage,
                             RobotSays, AgentGiven, AgentSays, AgentLost, PassOn, CitizenGone,
                             CitizenBack, CitizenEnds, AgentEnds, Rate, TimePassed>;

}  // namespace ys::chat
