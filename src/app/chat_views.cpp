// SPDX-License-Identifier: Apache-2.0
#include "app/chat_views.h"

#include <algorithm>

#include "api/problem.h"
#include "api/refusal.h"
#include "channels/chat/errc.h"
#include "platform/json/described_json.h"
#include "platform/sql/errc.h"

namespace ys::app {
namespace {

/// The words of chat::Errc as pages know them: api/chat_problem.cpp.
constexpr std::string_view of_chats = "chat_";

std::string code_for(std::string_view word) { return std::string(of_chats) + std::string(word); }

}  // namespace

using api::ChatMessageView;

ChatMessageView view_of(chat::ConversationId id, const chat::Message& message, Reader reader) {
    const chat::Quote quote = message.quote.value_or(chat::Quote{});
    return {.chat = api::ChatId{id.value},
            .number = message.number,
            .at = message.at,
            .author = std::string(word(message.author)),
            .key = message.key,
            .text = reader == Reader::Citizen ? message.for_citizen() : message.text,
            .note = std::string(word(message.note)),
            .article = quote.article,
            .version = quote.version,
            .article_title = {},
            .file = {}};
}

ChatMessageView view_of(const chat::ChatMessageRow& row, Reader reader) {
    const bool is_guarded = reader == Reader::Citizen && !row.shown.empty();
    return {.chat = api::ChatId{row.chat_id.value},
            .number = row.number,
            .at = row.at,
            .author = row.author,
            .key = row.client_key,
            .text = is_guarded ? row.shown : row.text,
            .note = row.note,
            .article = row.article_id,
            .version = row.version,
            .article_title = {},
            .file = {}};
}

api::ChatRowView view_of(const chat::ChatRow& row) {
    return {.id = api::ChatId{row.id.value},
            .queue_id = row.queue_id,
            .queue_title = {},
            .state = row.state,
            .agent_id = UserId{row.agent_id.value},
            .agent_name = {},
            .began_at = row.began_at,
            .asked_at = row.asked_at,
            .ended_at = row.ended_at,
            .cause = row.cause,
            .messages = row.messages,
            .stars = row.stars,
            .rating_words = row.rating_words,
            .contact = row.contact,
            .case_id = row.case_id};
}

void add_files(std::vector<ChatMessageView>& messages,
               const std::vector<chat::ChatFileRow>& files) {
    for (const chat::ChatFileRow& file : files) {
        const auto at = std::ranges::find_if(messages, [&](const ChatMessageView& each) {
            return each.chat.value == file.chat_id.value && each.number == file.number;
        });
        if (at != messages.end()) at->file = api::ChatFileView{file.name, file.kind, file.bytes};
    }
}

boost::json::array json_of(const std::vector<ChatMessageView>& messages) {
    boost::json::array out;
    for (const ChatMessageView& each : messages) out.push_back(json::to_value(each));
    return out;
}

std::string code_of(const Error& error) {
    const std::string_view word = chat::word_of(error.code);
    if (!word.empty()) return code_for(word);
    if (error.code == sql::errc::stale) return "stale";
    return std::string(api::refusal_code(error));
}

void refuse(api::ChatPage& page, const std::string& key, const Error& error) {
    const std::string code = code_of(error);
    page.send(
        {{"type", "refused"}, {"key", key}, {"code", code}, {"text", api::text_of(code, "zh")}});
}

Error as_refusal(const Error& error) {
    const std::string_view word = chat::word_of(error.code);
    if (word.empty()) return error;
    const auto code = static_cast<chat::Errc>(error.code.value());
    const bool is_missing = code == chat::Errc::NoSuchConversation;
    const bool is_fast = code == chat::Errc::TooFast;
    return api::refused(code_for(word), is_missing ? api::RefusedAs::NotFound
                                        : is_fast  ? api::RefusedAs::TooMany
                                                   : api::RefusedAs::Unfit);
}

}  // namespace ys::app
