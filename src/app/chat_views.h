// SPDX-License-Identifier: Apache-2.0
// Conversations as docs/chat-protocol.md shows them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "api/chat_port.h"
#include "channels/chat/io/chat_store.h"
#include "knowledge/io/answer_book.h"

namespace ys::app {

/// For whom: a citizen reads what they are to read in place of guarded words.
enum class Reader { Citizen, Desk };

api::ChatMessageView view_of(chat::ConversationId id, const chat::Message& message, Reader reader);
api::ChatMessageView view_of(const chat::ChatMessageRow& row, Reader reader);
api::ChatRowView view_of(const chat::ChatRow& row);
/// Puts the files to the messages they stand for.
void add_files(std::vector<api::ChatMessageView>& messages,
               const std::vector<chat::ChatFileRow>& files);
boost::json::array json_of(const std::vector<api::ChatMessageView>& messages);

/// The code a page is told: chat::Errc and refusals by their words, the rest "failed".
std::string code_of(const Error& error);
/// What a page is told of what it sent with that key.
void refuse(api::ChatPage& page, const std::string& key, const Error& error);
/// The same as an answer over HTTP.
Error as_refusal(const Error& error);

}  // namespace ys::app
