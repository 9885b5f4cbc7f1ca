// SPDX-License-Identifier: Apache-2.0
// Conversations in writing for who works here: lists, stories, files, and the guarded words.
#include "api/answer.h"
#include "api/api.h"
#include "api/chat_port.h"
#include "api/chat_tickets.h"
#include "api/file_answer.h"
#include "base/private_text.h"
#include "centres/io/user_store.h"
#include "interactions/io/setup_store.h"
#include "platform/http/syntax.h"

namespace ys::api {
namespace {

using centres::Action;

constexpr std::size_t words_max = 10'000;

struct WordsView {
    std::vector<std::string> words;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(WordsView, (), (words, version))

Result<ChatPort*> chats(Api& api) {
    if (ChatPort* port = api.ports().chat) return port;
    return refused("chat_not_offered", RefusedAs::NotFound);
}

/// Whose only, for who sees their own.
UserId only_of(Api& api, const Call& call) {
    return api.is_own_only(call.user(), Action::SeeCalls) ? call.user().user.id : UserId{};
}

/// Names of queues and agents, as people read them.
Result<Done> name(sql::Database& db, const Scope& scope, std::vector<ChatRowView>& rows) {
    YS_TRY(const auto queues, interactions::SetupStore::queues(db, scope));
    YS_TRY(const auto users, centres::UserStore::users(db, scope));
    for (ChatRowView& row : rows) {
        for (const auto& queue : queues)
            if (queue.id == row.queue_id) row.queue_title = queue.title;
        for (const auto& user : users)
            if (user.id == row.agent_id) row.agent_name = user.name;
    }
    return Done{};
}

void mask(std::vector<ChatMessageView>& messages) {
    for (ChatMessageView& each : messages) each.text = with_numbers_masked(each.text);
}

/// Numbers are whole for the agent who has, or had, the conversation.
void mask(ChatRowView& row) {
    row.contact = with_numbers_masked(row.contact);
    row.rating_words = with_numbers_masked(row.rating_words);
}

Task<http::Response> list(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    YS_CO_TRY(const std::size_t limit, limit_of(call));
    YS_CO_TRY(const std::uint64_t before, number_argument(call, "after"));
    auto query = [port, limit, before, who = call.user().user.id,
                  scope = api.scope_of(call.user(), Action::SeeCalls), own = only_of(api, call),
                  state = std::string(call.request.argument("state"))](
                     sql::Database& db) -> Result<std::vector<ChatRowView>> {
        YS_TRY(auto rows, port->list(db, scope, own, state, ChatId{before}, limit));
        YS_TRY([[maybe_unused]] const Done named, name(db, scope, rows));
        for (ChatRowView& row : rows)
            if (row.agent_id != who) mask(row);
        return rows;
    };
    YS_CO_TRY(const auto rows, co_await api.stores().read(query));
    const bool is_full = rows.size() == limit;
    const std::string next = is_full ? std::to_string(rows.back().id.value) : std::string{};
    co_return answer_with_page(rows, next);
}

Task<http::Response> story(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    YS_CO_TRY(const ChatId id, id_in_path<ChatId>(call, "id"));
    auto query = [port, id, who = call.user().user.id,
                  scope = api.scope_of(call.user(), Action::SeeCalls),
                  own = only_of(api, call)](sql::Database& db) -> Result<ChatStoryView> {
        YS_TRY(auto found, port->story(db, scope, own, id));
        if (!found) return refused("not_found", RefusedAs::NotFound);
        std::vector<ChatRowView> row{found->chat};
        YS_TRY([[maybe_unused]] const Done named, name(db, scope, row));
        found->chat = row.front();
        if (found->chat.agent_id == who) return *std::move(found);
        mask(*found);
        return *std::move(found);
    };
    YS_CO_TRY(const auto found, co_await api.stores().read(query));
    co_return answer_with(found);
}

Task<http::Response> file(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    YS_CO_TRY(const ChatId id, id_in_path<ChatId>(call, "id"));
    YS_CO_TRY(const std::uint64_t number, number_in_path(call, "number"));
    auto query = [port, id, number, scope = api.scope_of(call.user(), Action::SeeCalls),
                  own = only_of(api, call)](sql::Database& db) {
        return port->file(db, scope, own, id, static_cast<std::uint32_t>(number));
    };
    YS_CO_TRY(const auto found, co_await api.stores().read(query));
    if (!found) co_return refused("not_found", RefusedAs::NotFound);
    co_return chat_file(call.request, *found);
}

Task<http::Response> words(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    auto query = [port, centre = call.user().user.centre](sql::Database& db) {
        return port->words(db, centre);
    };
    YS_CO_TRY(const auto there, co_await api.stores().read(query));
    const WordsView view{there.words, there.version};
    co_return answer_with(view);
}

Task<http::Response> put_words(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    YS_CO_TRY(const WordsView form, body_of<WordsView>(call));
    if (form.words.size() > words_max) co_return refused("chat_too_many_words", RefusedAs::Unfit);
    ChatPort::Words wanted{{}, form.version};
    for (const std::string& each : form.words) {
        YS_CO_TRY(std::string word, form_text(each, 200, "words"));
        wanted.words.push_back(std::move(word));
    }
    auto begin = [port, wanted, user = call.user().user](auto give) {
        port->put_words(user.centre, user.id, wanted, give);
    };
    YS_CO_TRY(const json::object done,
              co_await given_elsewhere<Result<boost::json::object>>(begin));
    co_return json_response(done);
}

}  // namespace

void mask(ChatStoryView& story) {
    mask(story.chat);
    mask(story.messages);
    mask(story.earlier);
}

Result<http::Response> chat_file(const http::Request& request, const ChatFileFound& found) {
    const bool is_photo = found.kind == "jpg" || found.kind == "png";
    const std::string type = found.kind == "pdf"               ? "application/pdf"
                             : found.kind == "txt"             ? "text/plain; charset=utf-8"
                             : is_photo && found.kind == "png" ? "image/png"
                                                               : "image/jpeg";
    YS_TRY(FileAnswer answer, file_answer(request, found.path, type));
    // Whatever somebody sent is never opened as a page of ours.
    answer.response.with("Content-Disposition", http::attachment_named(found.name));
    return std::move(answer.response);
}

std::vector<Route> chat_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/chats",
         .summary = "Conversations in writing, the last first; an agent: their own.",
         .access = Access::Right,
         .action = Action::SeeCalls,
         .handler = list,
         .query = {"state", "after", "limit"},
         .gives = page_schema_for<ChatRowView>},
        {.method = "GET",
         .pattern = "/api/v1/chats/{id}",
         .summary = "One conversation, and what the same citizen wrote before.",
         .access = Access::Right,
         .action = Action::SeeCalls,
         .handler = story,
         .gives = schema_for<ChatStoryView>},
        {.method = "GET",
         .pattern = "/api/v1/chats/{id}/file/{number}",
         .summary = "A file that a citizen sent, as an attachment.",
         .access = Access::Right,
         .action = Action::SeeCalls,
         .handler = file},
        {.method = "GET",
         .pattern = "/api/v1/chat-words",
         .summary = "The operator's sensitive words.",
         .access = Access::Right,
         .action = Action::Monitor,
         .handler = words,
         .gives = schema_for<WordsView>},
        {.method = "PUT",
         .pattern = "/api/v1/chat-words",
         .summary = "Other words from now on; 409 when they were changed meanwhile.",
         .access = Access::Right,
         .action = Action::Monitor,
         .handler = put_words,
         .takes = schema_for<WordsView>},
    };
}

}  // namespace ys::api
