// SPDX-License-Identifier: Apache-2.0
// Conversations in writing as HTTP and sockets see them: docs/chat-protocol.md without sockets.
// Everything here runs on the control loop, what takes a Database on a reader thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/described.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "platform/sql/scope.h"

namespace ys::sql {
class Database;
}

namespace ys::api {

using ChatId = Id<struct ChatTag>;
struct CarryPort;

/// What the button says before anybody writes.
struct ChatOfficeView {
    bool is_offered = false;
    bool is_open = false;
    std::vector<std::string> hours;  ///< "mon-fri 08:30-17:30"; none: always
    std::string telephone, title;
    std::uint64_t waiting = 0;
    std::int64_t wait_s = 0;  ///< how long who waits longest has waited
    bool robot = true;
};
BOOST_DESCRIBE_STRUCT(ChatOfficeView, (),
                      (is_offered, is_open, hours, telephone, title, waiting, wait_s, robot))
struct ChatFileView {
    std::string name, kind;  ///< "jpg" "png" "pdf" "txt"
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ChatFileView, (), (name, kind, bytes))
struct ChatMessageView {
    ChatId chat;
    std::uint32_t number = 0;
    UtcTime at;
    std::string author, key, text, note;
    std::uint64_t article = 0;
    std::uint32_t version = 0;
    std::string article_title;
    std::optional<ChatFileView> file;
};
BOOST_DESCRIBE_STRUCT(ChatMessageView, (),
                      (chat, number, at, author, key, text, note, article, version, article_title,
                       file))
/// One row of the list of conversations.
struct ChatRowView {
    ChatId id;
    QueueId queue_id;
    std::string queue_title, state;
    UserId agent_id;
    std::string agent_name;
    UtcTime began_at;
    std::optional<UtcTime> asked_at, ended_at;
    std::string cause;
    std::uint32_t messages = 0;
    std::int32_t stars = 0;
    std::string rating_words, contact;
    CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(ChatRowView, (),
                      (id, queue_id, queue_title, state, agent_id, agent_name, began_at, asked_at,
                       ended_at, cause, messages, stars, rating_words, contact, case_id))
struct ChatStoryView {
    ChatRowView chat;
    std::vector<ChatMessageView> messages;
    std::vector<ChatMessageView> earlier;  ///< what the same citizen wrote before, oldest first
};
BOOST_DESCRIBE_STRUCT(ChatStoryView, (), (chat, messages, earlier))

/// A file as it was announced; its bytes come in pieces.
struct ChatFileOffer {
    std::string token;
    ChatId chat;
    std::string key, name;
    std::int64_t size = 0, offset = 0;
};
/// A file that is there.
struct ChatFileFound {
    std::string path, name, kind;
};

/// An open page of a citizen.
class ChatPage {
public:
    virtual ~ChatPage() = default;
    virtual void send(const boost::json::object& message) = 0;
    /// Another page of the same browser has taken its place, or the conversation is gone.
    virtual void close() = 0;
    /// For limits.
    virtual const std::string& address() const = 0;
};

class ChatPort {
public:
    virtual ~ChatPort() = default;
    using Then = std::function<void(Result<boost::json::object>)>;

    virtual ChatOfficeView office() = 0;
    /// The living conversation of who holds the token, or a new one.
    /// errors  not_offered
    virtual void open(const std::string& token, std::function<void(Result<ChatId>)> then) = 0;
    /// The `chat` of a conversation: its state as the citizen sees it; null when it is forgotten.
    virtual boost::json::value state_of(ChatId chat) = 0;

    virtual void page_opened(ChatId chat, const std::string& token, ChatPage& page) = 0;
    /// One message of the page, answered by `done` or `refused` to it.
    virtual void from_page(ChatId chat, ChatPage& page, const boost::json::object& message) = 0;
    virtual void page_closed(ChatId chat, ChatPage& page) = 0;
    /// then  {received}, or {number} once it is whole and kept
    virtual void take_file(ChatFileOffer offer, std::string bytes, Then then) = 0;

    /// The ChatDesk of a desk's hello.
    virtual boost::json::value desk(UserId user) = 0;
    /// name  begins with "chat_"; the right to it was asked already
    virtual void command(UserId user, std::string_view name, const boost::json::object& args,
                         Then then) = 0;
    virtual void desk_closed(UserId user) = 0;

    // Who asks may see them: `only_of` is the agent who sees their own only, or none.
    virtual Result<std::vector<ChatRowView>> list(sql::Database& db, const Scope& scope,
                                                  UserId only_of, std::string_view state,
                                                  ChatId before, std::size_t limit) = 0;
    virtual Result<std::optional<ChatStoryView>> story(sql::Database& db, const Scope& scope,
                                                       UserId only_of, ChatId chat) = 0;
    virtual Result<std::optional<ChatFileFound>> file(sql::Database& db, const Scope& scope,
                                                      UserId only_of, ChatId chat,
                                                      std::uint32_t number) = 0;
    /// For the citizen whose token it is.
    virtual Result<std::optional<ChatFileFound>> file(sql::Database& db, std::string_view token,
                                                      ChatId chat, std::uint32_t number) = 0;

    struct Words {
        std::vector<std::string> words;
        std::int64_t version = 0;
    };
    virtual Result<Words> words(sql::Database& db, CentreId centre) = 0;
    /// errors  stale; a word that is unfit, its place in the note
    virtual void put_words(CentreId centre, UserId user, Words words, Then then) = 0;

    /// Conversations that go on as calls: carry_port.h.
    virtual CarryPort& carries() = 0;
};

}  // namespace ys::api
