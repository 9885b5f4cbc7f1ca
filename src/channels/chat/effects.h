// SPDX-License-Identifier: Apache-2.0
// What follows from a command, once its messages and the conversation's new standing are on disk.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "channels/chat/message.h"

namespace ys::chat {

/// A message for who looks at the conversation: the citizen, and the agent who has it.
struct Show {
    ConversationId conversation;
    std::uint32_t number = 0;
    AgentId agent{};  ///< none: nobody has it
    bool operator==(const Show&) const = default;
};
/// Answered by RobotSays.
struct AskRobot {
    ConversationId conversation;
    std::uint32_t number = 0;
    bool operator==(const AskRobot&) const = default;
};
/// For who decides which agent: answered by AgentGiven, sooner or later.
struct AskForAgent {
    ConversationId conversation;
    QueueId queue;
    Instant asked{};  ///< decides the place: the same again when an agent lost it
    bool operator==(const AskForAgent&) const = default;
};
/// It waits no longer, and not because an agent was given.
struct LeaveQueue {
    ConversationId conversation;
    QueueId queue;
    bool operator==(const LeaveQueue&) const = default;
};
struct Given {
    ConversationId conversation;
    AgentId agent;
    bool operator==(const Given&) const = default;
};
enum class Why : std::uint8_t { Silent, Lost, Passed, Ended };
struct TakenAway {
    ConversationId conversation;
    AgentId agent;
    Why why = Why::Ended;
    bool operator==(const TakenAway&) const = default;
};
/// The message went out with stars in the place of these words.
struct WarnAgent {
    ConversationId conversation;
    AgentId agent;
    std::uint32_t number = 0;
    std::vector<std::string> words;
    bool operator==(const WarnAgent&) const = default;
};
/// The message became what a case says. Owed until the store was told the case's number.
struct MakeCase {
    ConversationId conversation;
    std::uint32_t number = 0;
    bool operator==(const MakeCase&) const = default;
};
/// Did not answer in time: no more chats until they say they are ready.
struct AgentPaused {
    AgentId agent;
    bool operator==(const AgentPaused&) const = default;
};

using Effect = std::variant<Show, AskRobot, AskForAgent, LeaveQueue, Given, TakenAway, WarnAgent,
                            MakeCase, AgentPaused>;

}  // namespace ys::chat
