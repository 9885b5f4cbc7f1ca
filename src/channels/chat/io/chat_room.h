// SPDX-License-Identifier: Apache-2.0
// The living conversations of the house: what the desk decides goes to disk, and then, in the order
// it was decided, to whoever looks. On the control loop only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "channels/chat/chat_desk.h"
#include "facts/facts.h"
#include "platform/sql/readers.h"
#include "platform/sql/writer.h"

namespace ys::chat {

/// Told what is on disk.
class Listener {
public:
    virtual ~Listener() = default;
    virtual void said(const Standing& standing, const Message& message, AgentId to) = 0;
    /// Something but its words is different: state, agent, rating. After the words of that step.
    virtual void moved(const Standing& standing) = 0;
    virtual void ask_robot(const Standing& standing, const Message& question) = 0;
    virtual void make_case(const Standing& standing, std::uint32_t number) = 0;
    virtual void warn(AgentId agent, ConversationId id, std::uint32_t number,
                      const std::vector<std::string>& words) = 0;
    /// What this agent has, or whether they take more, may be different.
    virtual void agent_changed(AgentId agent) = 0;
    /// time_passed() is wanted then; none: not for now.
    virtual void wanted_at(std::optional<Instant> due) = 0;
};

class ChatRoom {
public:
    struct Outside {
        sql::Writer& writer;
        sql::Readers& readers;
        std::function<Now()> now;
        std::function<void(std::function<void()>)> post;  ///< onto the loop, from any thread
        std::function<void(const Error&)> failed;         ///< for the log
    };
    struct Kept {
        ConversationId id;
        std::uint32_t number = 0;  ///< of the message that was sent; 0: none was
        bool is_resent = false;
    };
    using OnKept = std::function<void(Result<Kept>)>;
    /// More to be written together with a message; `number` is the message's.
    using Also = std::function<Result<Done>(sql::Transaction& tx, std::uint32_t number)>;

    ChatRoom(Outside outside, Listener& listener, DeskRules rules);

    /// Living ones of before, and what they wait for. Once, before anything else.
    void restore(std::vector<Standing> kept,
                 std::vector<std::unordered_map<std::string, std::uint32_t>> keys);

    /// The living conversation of a citizen, or a new one.
    /// citizen  citizen_of() their token
    void open(CentreId centre, QueueId queue, const std::string& citizen, OnKept then);
    /// `then` is called when it is on disk, or with why nothing happened (Errc, or the store's).
    void tell(ConversationId id, Command command, OnKept then, Also also = {});
    void agent(const DeskCommand& command, OnKept then);
    void time_passed();
    void change(DeskRules rules) { desk_.change(std::move(rules)); }

    const ChatDesk& desk() const { return desk_; }

private:
    struct Batch {
        ChatDesk::Outcome outcome;
        std::vector<facts::Fact> facts;
        std::string citizen;
        Kept kept;
        Also also;
        OnKept then;
    };
    void run(const DeskCommand& command, Kept kept, std::string citizen, OnKept then, Also also);
    void commit(ChatDesk::Outcome outcome, Kept kept, std::string citizen, OnKept then, Also also);
    void finish(Batch& batch, const Result<Done>& done);
    void carry_out(const Batch& batch, const Effect& effect);
    void ask_robot(ConversationId id, std::uint32_t number);
    void begin(CentreId centre, QueueId queue, const std::string& citizen);
    void opened(const std::string& citizen, const Result<Kept>& result);
    void take_back(const Standing& standing);
    std::vector<facts::Fact> facts_of(const ChatDesk::Outcome& outcome, UtcTime at);

    Outside outside_;
    Listener& listener_;
    ChatDesk desk_;
    std::unordered_map<ConversationId, State> states_;  ///< as decided last
    std::unordered_map<std::string, std::vector<OnKept>> opening_;
    std::shared_ptr<ChatRoom*> self_;
};

}  // namespace ys::chat
