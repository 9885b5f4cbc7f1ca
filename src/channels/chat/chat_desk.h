// SPDX-License-Identifier: Apache-2.0
// All living conversations of a centre: who waits, in order, and which agent has which.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "channels/chat/conversation.h"

namespace ys::chat {

/// Who decides which agent gets which conversation.
enum class Matching : std::uint8_t {
    Own,       ///< the desk, by the rule of its README
    External,  ///< who hears AskForAgent and LeaveQueue, and answers with AgentGiven
};

struct DeskRules {
    Rules conversation;
    Matching matching = Matching::Own;
    Millis agent_back_within{30'000};  ///< a seat that is gone is waited for
    std::size_t living_max = 20'000;
};

struct OpenConversation {
    ConversationId id;
    CentreId centre;
    QueueId queue;
};
struct Tell {
    ConversationId id;
    Command command;  ///< AgentGiven for this comes from Matching::External only
};
/// Takes chats from now on, of these queues; also who was gone or paused.
struct AgentReady {
    AgentId agent;
    std::vector<QueueId> queues;
    std::size_t at_once = 3;
};
/// Gets no new ones, keeps what they have.
struct AgentPauses {
    AgentId agent;
};
/// The seat is gone: after a while as if they had left.
struct AgentGone {
    AgentId agent;
};
struct AgentLeft {
    AgentId agent;
};
/// At `due` or later.
struct DeskTimePassed {};

using DeskCommand = std::variant<OpenConversation, Tell, AgentReady, AgentPauses, AgentGone,
                                 AgentLeft, DeskTimePassed>;

class ChatDesk {
public:
    static constexpr std::size_t at_once_max = 5;

    /// What has to be on disk, all of it in one transaction, before any effect.
    struct Change {
        Standing standing;
        std::vector<Message> messages;
    };
    struct Outcome {
        std::vector<Change> changes;  ///< each conversation once
        std::vector<Effect> effects;
        std::uint32_t number = 0;  ///< as Conversation::Outcome
        bool is_resent = false;
    };
    struct AgentView {
        std::size_t at_once = 0;
        bool takes_more = false;  ///< ready, whether or not there is room
        std::vector<ConversationId> conversations;
    };

    explicit ChatDesk(DeskRules rules);
    /// From the next command on.
    void change(DeskRules rules);

    /// Puts back what was kept, at the start or after a write that failed; what the desk knew of
    /// the conversation is forgotten. Its agent is gone until they say they are ready.
    Outcome restore(Standing kept, std::unordered_map<std::string, std::uint32_t> keys, Now now);

    /// now     not earlier than in the call before
    /// errors  Errc; nothing has changed then
    Result<Outcome> on(Now now, const DeskCommand& command);

    /// When DeskTimePassed has something to do.
    std::optional<Instant> due() const;

    const Conversation* find(ConversationId id) const;
    std::size_t size() const { return entries_.size(); }
    /// In the order of their places, those who are gone for the moment, too.
    std::vector<ConversationId> waiting(QueueId queue) const;
    std::optional<AgentView> agent(AgentId id) const;
    /// How many take conversations of this queue now, with room or without.
    std::size_t takers(QueueId queue) const;

    /// "" while all is well; asked by tests after every step.
    std::string broken_invariant() const;

private:
    struct Place {
        Instant asked;
        ConversationId id;
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    struct Queue {
        std::set<Place> all, here;  ///< here: the citizen is looking
        std::set<AgentId> agents;   ///< who serve it
    };
    /// Where the books have a conversation; compared with where it is, after each command.
    struct Books {
        bool is_waiting = false, is_here = false;
        Place place{};
        AgentId agent{};
        std::optional<Instant> due{};
        bool operator==(const Books&) const = default;
    };
    struct Entry {
        Conversation conversation;
        Books books;
        std::size_t change = 0;  ///< place in the outcome of this step, from 1
    };
    struct Agent {
        std::set<QueueId> queues;
        std::size_t at_once = 0;
        bool takes_more = false;
        std::set<ConversationId> has;
        Instant given_at{};
        std::optional<Instant> back_by{};
    };
    struct Step;

    Result<Done> take(Step& s, const OpenConversation& c);
    Result<Done> take(Step& s, const Tell& c);
    Result<Done> pass_on(Step& s, Entry& entry, PassOn c);
    Result<Done> take(Step& s, const AgentReady& c);
    Result<Done> take(Step& s, const AgentPauses& c);
    Result<Done> take(Step& s, const AgentGone& c);
    Result<Done> take(Step& s, const AgentLeft& c);
    Result<Done> take(Step& s, const DeskTimePassed& c);
    Result<Done> tell(Step& s, Entry& entry, const Command& command);
    void note_change(Step& s, Entry& entry, std::vector<Message> messages);
    void enter_books(Entry& entry, const Books& now);
    void forget(ConversationId id);
    void match(Step& s);
    bool give_to_somebody(Step& s, const Place& place, QueueId queue);
    void fill(Step& s, AgentId id);
    bool has_room(const Agent& agent) const;
    void set_queues(AgentId id, Agent& agent, std::set<QueueId> queues);
    std::string broken_in(const Entry& entry) const;

    DeskRules rules_;
    std::unordered_map<ConversationId, Entry> entries_;
    std::map<QueueId, Queue> queues_;
    std::map<AgentId, Agent> agents_;
    std::set<std::pair<Instant, ConversationId>> due_;
};

}  // namespace ys::chat
