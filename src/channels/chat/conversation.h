// SPDX-License-Identifier: Apache-2.0
// One conversation (在线会话) of a citizen with the robot and with agents. Decides, touches
// nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "channels/chat/commands.h"
#include "channels/chat/conversation_state.h"
#include "channels/chat/effects.h"
#include "channels/chat/errc.h"
#include "channels/chat/word_guard.h"

namespace ys::chat {

/// May be others at the next command.
struct Rules {
    Millis robot_answers_within{5'000};
    Millis agent_answers_within{120'000};
    Millis asked_after{300'000};        ///< silence of a citizen whose turn it is
    Millis ended_after{600'000};        ///< ... the same silence, counted from its beginning
    Millis waited_for_within{300'000};  ///< for a citizen who is gone
    Millis rated_within{1'800'000};
    int robot_failures_max = 2;  ///< in a row; then a person is offered
    std::size_t text_bytes_max = 4'000, article_bytes_max = 50'000;
    std::size_t messages_max = 2'000;
    int burst = 8;  ///< messages of a citizen at once, and one more every
    Millis burst_pause{1'000};
    std::shared_ptr<const WordGuard> guard{};  ///< none: nothing is guarded
};

/// What is kept of a conversation, beside its messages.
struct Standing {
    ConversationId id;
    CentreId centre;
    QueueId queue;
    State state = State::New;
    AgentId agent{};  ///< who has it, or had it when it ended
    UtcTime began_at{};
    std::optional<UtcTime> asked_at{}, ended_at{};
    Note cause = Note::None;     ///< how it ended
    std::uint32_t messages = 0;  ///< the number of the last
    std::int32_t robot_failures = 0;
    std::uint32_t robot_asked = 0, robot_answered = 0;  ///< message numbers
    std::uint32_t unanswered = 0;  ///< since this message the agent owes words; 0: they owe none
    std::string contact{};
    std::int32_t stars = 0;
    std::string rating_words{};
    bool operator==(const Standing&) const = default;
};

/// The key of a message with its author: two may use the same.
std::string whole_key(Author author, AgentId agent, std::string_view key);
/// 转人工: the words say nothing else.
bool asks_for_person(std::string_view text);

class Conversation {
public:
    struct Outcome {
        std::vector<Message> messages;  ///< on disk, with the standing, before any effect
        std::vector<Effect> effects;    ///< in the order they must happen
        std::uint32_t number = 0;       ///< of the message that was sent; 0: none was
        bool is_resent = false;         ///< it had come before, and nothing happened now
    };

    Conversation(ConversationId id, CentreId centre, QueueId queue);
    /// As it was kept. Its waits begin anew, its place in the queue is the old one.
    /// keys  whole keys of its messages, with their numbers
    Conversation(Standing kept, std::unordered_map<std::string, std::uint32_t> keys, Now now);

    /// now     not earlier than in the call before
    /// errors  Errc; nothing has changed then
    Result<Outcome> on(const Rules& rules, Now now, const Command& command);

    /// When TimePassed has something to do; for what is over: when it may be forgotten.
    std::optional<Instant> due(const Rules& rules) const;

    const Standing& standing() const { return standing_; }
    ConversationId id() const { return standing_.id; }
    State state() const { return standing_.state; }
    /// Who has it now; none when nobody has.
    AgentId agent() const;
    bool is_citizen_here() const { return !gone_since_; }
    /// Decides the place while it waits.
    Instant asked() const { return asked_; }

private:
    struct Step;
    Result<Done> take(Step& s, const Begin& c);
    Result<Done> take(Step& s, const CitizenSays& c);
    Result<Done> take(Step& s, const AskForPerson& c);
    Result<Done> take(Step& s, const StayWithRobot& c);
    Result<Done> take(Step& s, const LeaveMessage& c);
    Result<Done> take(Step& s, const RobotSays& c);
    Result<Done> take(Step& s, const AgentGiven& c);
    Result<Done> take(Step& s, const AgentSays& c);
    Result<Done> take(Step& s, const AgentLost& c);
    Result<Done> take(Step& s, const PassOn& c);
    Result<Done> take(Step& s, const CitizenGone& c);
    Result<Done> take(Step& s, const CitizenBack& c);
    Result<Done> take(Step& s, const CitizenEnds& c);
    Result<Done> take(Step& s, const AgentEnds& c);
    Result<Done> take(Step& s, const Rate& c);
    Result<Done> take(Step& s, const TimePassed& c);
    bool is_resent(Step& s, const Message& message) const;
    Result<Done> check(Step& s, Message& message);
    Result<Done> check_pace(Step& s);
    Result<Done> check_agent(AgentId agent) const;
    void guard(Step& s, Message& message) const;
    void say(Step& s, Message message);
    void note(Step& s, Note note);
    void end(Step& s, Event event, Note cause);
    void count_failure(Step& s);
    void to_queue(Step& s, Event event, Why why);
    void move(Event event);
    bool is_citizens_turn() const;
    Instant silent_since() const;

    Standing standing_;
    std::unordered_map<std::string, std::uint32_t> keys_;
    Instant asked_{};
    Instant heard_{};       ///< the last words of anybody
    Instant owed_since_{};  ///< by the robot or by the agent, whose turn it is
    Instant ended_{}, pace_{};
    std::optional<Instant> gone_since_{};
    bool was_asked_after_ = false;
};

}  // namespace ys::chat
