// SPDX-License-Identifier: Apache-2.0
// Why something was not done in a chat: a code to branch on, a word for the message files and a
// plain sentence.
#pragma once

#include <string_view>
#include <system_error>

namespace ys::chat {

enum class Errc {
    NotNow = 1,
    HasEnded,
    TextMissing,
    TextTooLong,
    KeyUnfit,
    TooFast,
    TooManyMessages,
    NotYours,
    ArticleNotSaid,
    ContactTooLong,
    RatingUnfit,
    RatedAlready,
    NoSuchConversation,
    ThereAlready,
    TooManyConversations,
    NoSuchAgent,
    AgentFull,
    CapacityUnfit,
    WordUnfit,
    TooManyWords,
    PassedToOwn,
    QueueClosed,
    NobodyThere,
};

std::error_code make_error_code(Errc code);

/// "too_fast": the key of the message files; "" for no code of this enum.
std::string_view word_of(std::error_code code);

}  // namespace ys::chat

template <>
struct std::is_error_code_enum<ys::chat::Errc> : std::true_type {};
