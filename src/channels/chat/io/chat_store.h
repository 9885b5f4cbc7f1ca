// SPDX-License-Identifier: Apache-2.0
// Conversations and their messages: on disk before anybody is told, found again by the citizen's
// page and by the desk. What was said is never changed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "channels/chat/chat_desk.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::chat {

const sql::Schema& schema();

struct ChatRow {
    ConversationId id{};
    CentreId centre_id{};
    QueueId queue_id{};
    std::string citizen{};  ///< citizen_of() their token
    std::string state{};    ///< words of conversation_state.h
    AgentId agent_id{};
    UtcTime began_at{};
    std::optional<UtcTime> asked_at{}, ended_at{};
    std::string cause{};  ///< a word of message.h
    std::uint32_t messages = 0;
    std::int32_t robot_failures = 0;
    std::uint32_t robot_asked = 0, robot_answered = 0, unanswered = 0;
    Private contact{};
    std::int32_t stars = 0;
    Private rating_words{};
    CaseId case_id{};        ///< what it became
    bool owes_case = false;  ///< a message was left and is no case yet
};
BOOST_DESCRIBE_STRUCT(ChatRow, (),
                      (id, centre_id, queue_id, citizen, state, agent_id, began_at, asked_at,
                       ended_at, cause, messages, robot_failures, robot_asked, robot_answered,
                       unanswered, contact, stars, rating_words, case_id, owes_case))

struct ChatMessageRow {
    ConversationId chat_id{};
    std::uint32_t number = 0;
    CentreId centre_id{};
    UtcTime at{};
    std::string author{};  ///< a word of message.h
    AgentId agent_id{};
    std::string client_key{};
    Private text{};
    Private shown{};  ///< to the citizen; "": the text
    std::string note{};
    std::uint64_t article_id = 0;
    std::uint32_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ChatMessageRow, (),
                      (chat_id, number, centre_id, at, author, agent_id, client_key, text, shown,
                       note, article_id, version))

/// What a citizen sent beside words; the message of that number stands for it.
struct ChatFileRow {
    ConversationId chat_id{};
    std::uint32_t number = 0;
    CentreId centre_id{};
    Private name{};
    std::string kind{};  ///< "jpg" "png" "pdf" "txt"
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ChatFileRow, (), (chat_id, number, centre_id, name, kind, bytes))

/// The operator's sensitive words of a centre.
struct ChatWordsRow {
    CentreId centre_id{};
    std::int64_t version = 0;  ///< 0: nobody has written any
    std::string words{};       ///< one a line
};
BOOST_DESCRIBE_STRUCT(ChatWordsRow, (), (centre_id, version, words))

/// What the desk needs to go on with it.
struct KeptChat {
    Standing standing;
    std::unordered_map<std::string, std::uint32_t> keys;
};

class ChatStore {
public:
    static Result<ConversationId> new_id(sql::Transaction& tx);
    /// citizen  needed for a conversation that begins; ignored for others
    /// errors   unique_violation: a message of this key or number is there already; stale: what is
    ///          kept is not what this change was decided on. The work must fail with it, and the
    ///          desk takes the conversation from here again
    static Result<Done> keep(sql::Transaction& tx, const ChatDesk::Change& change,
                             std::string_view citizen);
    /// The message it became a case by is paid for.
    /// errors  not_found
    static Result<Done> has_case(sql::Transaction& tx, CentreId centre, ConversationId id,
                                 CaseId case_id);

    static Result<std::optional<ChatRow>> get(sql::Database& db, const Scope& scope,
                                              ConversationId id);
    /// Those of a citizen in a centre, the last first.
    static Result<std::vector<ChatRow>> of_citizen(sql::Database& db, CentreId centre,
                                                   std::string_view citizen, std::size_t limit);
    /// By number, from behind `after` on.
    static Result<std::vector<ChatMessageRow>> messages(sql::Database& db, const Scope& scope,
                                                        ConversationId id, std::uint32_t after,
                                                        std::size_t limit);
    struct Before {
        ConversationId chat{};  ///< none: from the end
        std::uint32_t number = 0;
    };
    /// The last messages of all conversations of a citizen before that one, oldest first.
    static Result<std::vector<ChatMessageRow>> history(sql::Database& db, CentreId centre,
                                                       std::string_view citizen,
                                                       const Before& before, std::size_t limit);

    /// Living ones of every centre, and those that ended after `ended_after`: for the start. A page
    /// of them by id.
    static Result<std::vector<KeptChat>> living(sql::Database& db, UtcTime ended_after,
                                                ConversationId after, std::size_t limit);
    static Result<std::optional<KeptChat>> kept(sql::Database& db, const Scope& scope,
                                                ConversationId id);
    struct Search {
        AgentId agent{};      ///< theirs only; none: everybody's
        std::string state{};  ///< a word of conversation_state.h; "" for any
        ConversationId before{};
        std::size_t limit = 50;
    };
    /// The last first.
    static Result<std::vector<ChatRow>> list(sql::Database& db, const Scope& scope,
                                             const Search& search);

    /// In the transaction of its message.
    static Result<Done> add_file(sql::Transaction& tx, const ChatFileRow& row);
    static Result<std::vector<ChatFileRow>> files(sql::Database& db, const Scope& scope,
                                                  const std::vector<ConversationId>& chats);

    static Result<ChatWordsRow> words(sql::Database& db, CentreId centre);
    /// row     with the version it was made of
    /// errors  stale
    static Result<Done> put_words(sql::Transaction& tx, ChatWordsRow row);

    /// Left messages that are no case yet, the oldest first: for the start, too.
    static Result<std::vector<ChatRow>> owing_case(sql::Database& db, std::size_t limit);
};

/// Under which a citizen's conversations are kept: a digest of the token their browser holds.
std::string citizen_of(std::string_view token);

}  // namespace ys::chat
