// SPDX-License-Identifier: Apache-2.0
// One message of a conversation, and what a system message says.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/time.h"

namespace ys::chat {

using ConversationId = Id<struct ConversationTag>;

enum class Author : std::uint8_t { Citizen, Robot, Agent, System };

/// What a system message says; the pages word it in their reader's language.
enum class Note : std::uint8_t {
    None,
    RobotGreets,    ///< it says that it is a robot
    RobotSilent,    ///< it did not answer in time
    PersonOffered,  ///< after turns the robot failed at
    Closed,         ///< nobody is at work: a message may be left
    Queued,
    WithRobotAgain,
    AgentJoined,
    BackInQueue,
    StillThere,  ///< asks a citizen who says nothing
    MessageLeft,
    EndedByCitizen,
    EndedByAgent,
    EndedBySilence,
    EndedAway,
    PassedOn,  ///< `text` is for agents, `shown` the other queue's title for the citizen
};
inline constexpr std::array<std::string_view, 16> note_words{"",
                                                             "robot_greets",
                                                             "robot_silent",
                                                             "person_offered",
                                                             "closed",
                                                             "queued",
                                                             "with_robot_again",
                                                             "agent_joined",
                                                             "back_in_queue",
                                                             "still_there",
                                                             "message_left",
                                                             "ended_by_citizen",
                                                             "ended_by_agent",
                                                             "ended_by_silence",
                                                             "ended_away",
                                                             "passed_on"};
constexpr std::string_view word(Note note) { return note_words[static_cast<std::size_t>(note)]; }

inline constexpr std::array<std::string_view, 4> author_words{"citizen", "robot", "agent",
                                                              "system"};
constexpr std::string_view word(Author author) {
    return author_words[static_cast<std::size_t>(author)];
}

/// The version of an article whose words a message gives.
struct Quote {
    std::uint64_t article = 0;
    std::uint32_t version = 0;
    bool operator==(const Quote&) const = default;
};

struct Message {
    std::uint32_t number = 0;  ///< from 1, without gaps
    UtcTime at{};
    Author author = Author::System;
    AgentId agent{};  ///< of an agent's
    std::string
        key{};  ///< given by who sent it: the same key of the same author is the same message
    std::string text{};   ///< as it was written; "" of the system, but for PassedOn
    std::string shown{};  ///< what the citizen reads instead; "": the text
    Note note = Note::None;
    std::optional<Quote> quote{};
    bool operator==(const Message&) const = default;

    const std::string& for_citizen() const { return shown.empty() ? text : shown; }
};

}  // namespace ys::chat
