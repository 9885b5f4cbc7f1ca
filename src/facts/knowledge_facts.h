// SPDX-License-Identifier: Apache-2.0
// What became true of articles, flows, the directory and conversations in writing, and of questions
// that were answered. Part of facts.h.
#pragma once

#include <cstdint>
#include <string>

#include "base/described.h"
#include "base/private_text.h"

namespace ys::facts {

/// Somebody did something to an article; the words are the commands of knowledge/article.h.
struct ArticleMoved {
    std::uint64_t article = 0;
    std::uint32_t version = 0;  ///< that it was about, or that it made
    std::string verb;           ///< "write" "submit" "approve" "roll_back" "retire" ...
    std::uint64_t user = 0;     ///< 0: it came with the hotline
    std::string why;
};
/// What the robot made of a question, and which version it answered with: for ever.
struct QuestionAsked {
    std::uint64_t question = 0;  ///< its row, with the words themselves
    std::string channel;         ///< "page" "desk" "chat" "keys" "speech"
    std::string certainty;       ///< "sure" "confirm" "choose" "unknown"; "chosen" by the asker
    std::string matter;          ///< that was answered; "" for none
    std::uint64_t article = 0;
    std::uint32_t version = 0;
};
/// Somebody did something to a flow; a version comes into force by a fact of its own.
struct FlowMoved {
    std::string flow;
    std::uint32_t version = 0;
    std::string verb;  ///< "write" "publish" "withdraw" "drop" "roll_back" "in_force" "refuse"
    std::uint64_t user = 0;  ///< 0: it came with the hotline, or its minute had come
    std::string why;
};
/// A business system was asked about a person, a case or a place.
struct LiveLookedUp {
    std::string kind;        ///< "Application" "Appointment" "Stop" ...
    Private number;          ///< of the subject
    std::string channel;     ///< as of QuestionAsked
    std::string outcome;     ///< "known" "unknown" "not_checked" or the trouble: "slow" "down" ...
    std::uint64_t user = 0;  ///< agent who asked; 0: the citizen
};
/// A list of materials was made for somebody, sent to them, opened by its link, or had a file.
struct ChecklistMoved {
    std::uint64_t checklist = 0;
    std::string event;  ///< the life event's code
    std::string verb;   ///< "made" "sent" "opened" "ticked" "file" "withdrawn"
    std::uint64_t case_id = 0;
    std::uint64_t user = 0;  ///< 0: the citizen
};
/// One step of a conversation in writing, by the table of channels/chat/conversation_state.h.
struct ChatMoved {
    std::uint64_t chat = 0;
    std::uint64_t queue = 0;
    std::string from, to;  ///< states, as words
    std::string cause;  ///< of the end, a word of message.h; "silent" "lost": the agent; "passed"
    std::int64_t waited_ms = 0;  ///< to "with_agent" only: since a person was asked for
    std::int32_t stars = 0;      ///< to "rated" only
};
/// A conversation in writing goes on as a call or a case, or the other way round, by a link that
/// opens once.
struct ConversationLinked {
    std::uint64_t link = 0;
    std::string verb;  ///< "made" "opened" "called"
    std::uint64_t chat = 0;
    std::uint64_t case_id = 0;
    std::uint64_t user = 0;  ///< who made it; 0: the citizen
};
/// A citizen lets an agent see what they fill in, or no longer does.
struct FormShared {
    std::uint64_t chat = 0;
    std::string page;  ///< its name, cleaned
    std::string verb;  ///< "shared" "stopped"
};
/// A business system said that a document lies ready for whom it is of.
struct DocumentReady {
    std::string system;   ///< its name in the configuration
    Private number;       ///< of the document
    std::string outcome;  ///< "told": a message is written; "no_address": nobody can be told
};
/// A caller was offered what they are likely to want, or wants no such offers any more.
struct MenuGuessed {
    std::string verb;     ///< "offered" "nothing" "stopped"
    std::string offered;  ///< words of ivr::guess_kinds, in the order of their keys
    std::string why;      ///< what is known of the caller that says so, a word each
};
/// Somebody did something to a recording that the robot says.
struct PromptMoved {
    std::string prompt;
    std::string verb;  ///< "upload" "record" "withdraw"
    std::uint64_t user = 0;
};
/// Somebody did something to the list of official numbers and hours.
struct DirectoryMoved {
    std::uint32_t version = 0;
    std::string verb;        ///< "write" "publish" "drop" "roll_back"
    std::uint64_t user = 0;  ///< 0: it came with the hotline
};
BOOST_DESCRIBE_STRUCT(ArticleMoved, (), (article, version, verb, user, why))
BOOST_DESCRIBE_STRUCT(QuestionAsked, (), (question, channel, certainty, matter, article, version))
BOOST_DESCRIBE_STRUCT(FlowMoved, (), (flow, version, verb, user, why))
BOOST_DESCRIBE_STRUCT(LiveLookedUp, (), (kind, number, channel, outcome, user))
BOOST_DESCRIBE_STRUCT(ChecklistMoved, (), (checklist, event, verb, case_id, user))
BOOST_DESCRIBE_STRUCT(ChatMoved, (), (chat, queue, from, to, cause, waited_ms, stars))
BOOST_DESCRIBE_STRUCT(ConversationLinked, (), (link, verb, chat, case_id, user))
BOOST_DESCRIBE_STRUCT(FormShared, (), (chat, page, verb))
BOOST_DESCRIBE_STRUCT(DocumentReady, (), (system, number, outcome))
BOOST_DESCRIBE_STRUCT(MenuGuessed, (), (verb, offered, why))
BOOST_DESCRIBE_STRUCT(PromptMoved, (), (prompt, verb, user))
BOOST_DESCRIBE_STRUCT(DirectoryMoved, (), (version, verb, user))

}  // namespace ys::facts
