// SPDX-License-Identifier: Apache-2.0
// The citizen's side of conversations: what their pages send, and the files.
#include <algorithm>

#include <boost/asio/post.hpp>

#include "api/refusal.h"
#include "app/chat_views.h"
#include "app/chats.h"
#include "base/text.h"
#include "channels/chat/io/chat_store.h"
#include "platform/clock.h"
#include "platform/json/described_json.h"
#include "platform/json/fields.h"

namespace ys::app {
namespace {

using json::number_in;
using json::text_in;

constexpr std::size_t pages_max = 4;     ///< of one conversation
constexpr std::size_t shown_max = 200;   ///< messages at opening
constexpr std::size_t earlier_max = 50;  ///< ... and of each step back
constexpr std::size_t name_max = 200;

/// errors  bad_request for a type there is none of
Result<chat::Command> command_of(const boost::json::object& message, chat::Office office) {
    const std::string type = text_in(message, "type"), key = text_in(message, "key");
    if (type == "say")
        return chat::Command{chat::CitizenSays{key, text_in(message, "text"), office}};
    if (type == "ask_person") return chat::Command{chat::AskForPerson{office}};
    if (type == "stay") return chat::Command{chat::StayWithRobot{}};
    if (type == "end") return chat::Command{chat::CitizenEnds{}};
    if (type == "rate")
        return chat::Command{
            chat::Rate{static_cast<int>(std::min<std::uint64_t>(number_in(message, "stars"), 99)),
                       text_in(message, "words")}};
    if (type == "leave_message")
        return chat::Command{
            chat::LeaveMessage{key, text_in(message, "text"), text_in(message, "contact")}};
    return api::refused("bad_request", api::RefusedAs::Unfit);
}

/// What the article was called when it was said.
std::string title_then(const knowledge::AnswerBook& book, const Scope& scope,
                       const chat::ChatMessageRow& row) {
    const auto said = book.said_by(knowledge::ArticleId{row.article_id}, scope, row.at);
    return said ? said->version.content.title : std::string{};
}

/// A whole story, files and all, oldest first.
Result<std::vector<api::ChatMessageView>> views_of(sql::Database& db, const Scope& scope,
                                                   const std::vector<chat::ChatMessageRow>& rows,
                                                   Reader reader,
                                                   const knowledge::AnswerBook& book) {
    std::vector<api::ChatMessageView> out;
    std::vector<chat::ConversationId> chats;
    for (const chat::ChatMessageRow& row : rows) {
        out.push_back(view_of(row, reader));
        if (row.article_id != 0) out.back().article_title = title_then(book, scope, row);
        if (chats.empty() || chats.back() != row.chat_id) chats.push_back(row.chat_id);
    }
    if (chats.empty()) return out;
    YS_TRY(const auto files, chat::ChatStore::files(db, scope, chats));
    add_files(out, files);
    return out;
}

}  // namespace

void Chats::page_opened(api::ChatId chat, const std::string& token, api::ChatPage& page) {
    const chat::ConversationId id{chat.value};
    Seen& seen = seen_[id];
    seen.citizen = chat::citizen_of(token);
    if (seen.pages.size() >= pages_max) seen.pages.front()->close();
    const bool is_first = seen.pages.empty();
    seen.pages.push_back(&page);
    if (is_first) room_.tell(id, chat::CitizenBack{}, {});
    // What is said while this is read comes to the page by itself; it sorts by number.
    auto look = [this, alive = is_alive_, loop = &ports_.loop, book = &ports_.answers, id,
                 scope = Scope::of(centre_), opened = &page](sql::Database& db) {
        const auto row = chat::ChatStore::get(db, scope, id);
        if (!row || !*row) return;
        const std::uint32_t last = (*row)->messages;
        const std::uint32_t after = last > shown_max ? last - shown_max : 0;
        const auto rows = chat::ChatStore::messages(db, scope, id, after, shown_max);
        if (!rows) return;
        auto views = views_of(db, scope, *rows, Reader::Citizen, *book);
        if (!views) return;
        boost::asio::post(*loop, [this, alive, id, opened, items = json_of(*views)] {
            if (!*alive) return;
            const auto found = seen_.find(id);
            if (found == seen_.end() ||
                std::ranges::find(found->second.pages, opened) == found->second.pages.end())
                return;
            opened->send({{"type", "messages"}, {"items", items}});
            for (const boost::json::value& open : {found->second.choices, found->second.look})
                if (open.is_object()) opened->send(open.get_object());
        });
    };
    boost::json::value state = state_of(chat);
    if (state.is_null()) return page.close();
    page.send({{"type", "chat"}, {"at", to_rfc3339(utc_now())}, {"chat", std::move(state)}});
    if (!ports_.readers.read(look)) page.close();
}

void Chats::page_closed(api::ChatId chat, api::ChatPage& page) {
    const chat::ConversationId id{chat.value};
    const auto seen = seen_.find(id);
    if (seen == seen_.end() || std::erase(seen->second.pages, &page) == 0) return;
    if (!seen->second.pages.empty()) return;
    const chat::Conversation* left = room_.desk().find(id);
    if (left == nullptr || chat::is_over(left->state()))
        seen_.erase(seen);
    else
        room_.tell(id, chat::CitizenGone{}, {});
}

void Chats::from_page(api::ChatId chat, api::ChatPage& page, const boost::json::object& message) {
    const chat::ConversationId id{chat.value};
    const std::string type = text_in(message, "type"), key = text_in(message, "key");
    if (type == "ping") return page.send({{"type", "pong"}});
    if (type == "more")
        return show_earlier(id, page, chat::ConversationId{number_in(message, "before_chat")},
                            static_cast<std::uint32_t>(number_in(message, "before_number")));
    if (type == "look") return look(id, page, message);
    auto command = command_of(message, hours_now());
    if (!command) return refuse(page, key, command.error());
    const std::string matter = type == "say" ? cleaned(text_in(message, "matter"), 60) : "";
    auto* const from = &page;
    room_.tell(id, *std::move(command), [this, id, key, matter, from](const auto& kept) {
        if (kept && !matter.empty() && !kept->is_resent) picked_[{id.value, kept->number}] = matter;
        answer_page(id, *from, key, kept);
    });
}

/// If it is still there.
void Chats::answer_page(chat::ConversationId id, api::ChatPage& page, const std::string& key,
                        const Result<chat::ChatRoom::Kept>& kept) {
    const auto seen = seen_.find(id);
    if (seen == seen_.end() ||
        std::ranges::find(seen->second.pages, &page) == seen->second.pages.end())
        return;
    if (!kept) return refuse(page, key, kept.error());
    page.send({{"type", "done"}, {"key", key}, {"number", kept->number}});
}

void Chats::show_earlier(chat::ConversationId id, api::ChatPage& page, chat::ConversationId chat,
                         std::uint32_t number) {
    const std::string citizen = seen_[id].citizen;
    auto look = [this, alive = is_alive_, loop = &ports_.loop, book = &ports_.answers, id,
                 centre = centre_, citizen, before = chat::ChatStore::Before{chat, number},
                 from = &page](sql::Database& db) {
        const auto rows = chat::ChatStore::history(db, centre, citizen, before, earlier_max);
        auto views = rows ? views_of(db, Scope::of(centre), *rows, Reader::Citizen, *book)
                          : Result<std::vector<api::ChatMessageView>>{rows.error()};
        boost::asio::post(*loop, [this, alive, id, from, views = std::move(views)] {
            if (!*alive) return;
            const auto seen = seen_.find(id);
            if (seen == seen_.end() ||
                std::ranges::find(seen->second.pages, from) == seen->second.pages.end())
                return;
            if (!views) return refuse(*from, "", views.error());
            from->send({{"type", "history"}, {"items", json_of(*views)}});
        });
    };
    if (const auto asked = ports_.readers.read(look); !asked) refuse(page, "", asked.error());
}

/// On the pool the bytes, then on the loop the message, with it in one write the file's row.
void Chats::take_file(api::ChatFileOffer offer, std::string bytes, Then then) {
    const chat::ConversationId id{offer.chat.value};
    const chat::Conversation* found = room_.desk().find(id);
    const auto seen = seen_.find(id);
    if (found == nullptr || seen == seen_.end() ||
        seen->second.citizen != chat::citizen_of(offer.token))
        return then(api::refused("not_found", api::RefusedAs::NotFound));
    const ChatFiles::Piece piece{id.value, offer.key, offer.size, offer.offset};
    const std::string name = cleaned(offer.name, name_max);
    if (trimmed(name).empty()) return then(api::refused("file_name", api::RefusedAs::Unfit));
    const CentreId centre = found->standing().centre;
    auto keep = [this, alive = is_alive_, loop = &ports_.loop, files = files_, piece, id, name,
                 centre, bytes = std::move(bytes), then]() mutable {
        auto taken = files.take(piece, bytes);
        boost::asio::post(*loop, [this, alive, files, piece, id, name, centre, then, taken] {
            if (!*alive) return;
            if (!taken) return then(taken.error());
            if (taken->kind.empty())
                return then(boost::json::object{{"received", taken->received}, {"number", 0}});
            const api::ChatFileView view{name, taken->kind, piece.size};
            auto also = [files, piece, id, centre, view](
                            sql::Transaction& tx, std::uint32_t number) mutable -> Result<Done> {
                YS_TRY([[maybe_unused]] const Done settled, files.settle(piece, number, view.kind));
                return chat::ChatStore::add_file(
                    tx, {id, number, centre, Private(view.name), view.kind, view.bytes});
            };
            room_.tell(
                id, chat::CitizenSays{piece.key, name, hours_now()},
                [this, id, view, piece, then](const auto& kept) {
                    if (!kept) return then(as_refusal(kept.error()));
                    files_sent_[{id.value, kept->number}] = view;
                    then(boost::json::object{{"received", piece.size}, {"number", kept->number}});
                },
                also);
        });
    };
    ports_.pool.post(std::move(keep));
}

// ---- read by desks, supervisors and the citizen ------------------------------------------------

Result<std::vector<api::ChatRowView>> Chats::list(sql::Database& db, const Scope& scope,
                                                  UserId only_of, std::string_view state,
                                                  api::ChatId before, std::size_t limit) {
    YS_TRY(const auto rows, chat::ChatStore::list(db, scope,
                                                  {AgentId{only_of.value}, std::string(state),
                                                   chat::ConversationId{before.value}, limit}));
    std::vector<api::ChatRowView> out;
    for (const chat::ChatRow& row : rows) out.push_back(view_of(row));
    return out;
}

Result<std::optional<api::ChatStoryView>> Chats::story(sql::Database& db, const Scope& scope,
                                                       UserId only_of, api::ChatId chat) {
    const chat::ConversationId id{chat.value};
    YS_TRY(const auto row, chat::ChatStore::get(db, scope, id));
    if (!row || (only_of && row->agent_id.value != only_of.value))
        return std::optional<api::ChatStoryView>{};
    constexpr std::size_t messages_max = 2'100;
    YS_TRY(const auto rows, chat::ChatStore::messages(db, scope, id, 0, messages_max));
    YS_TRY(const auto before,
           chat::ChatStore::history(db, row->centre_id, row->citizen, {id, 1}, earlier_max));
    api::ChatStoryView out{view_of(*row), {}, {}};
    YS_TRY(out.messages, views_of(db, scope, rows, Reader::Desk, ports_.answers));
    YS_TRY(out.earlier, views_of(db, scope, before, Reader::Desk, ports_.answers));
    return std::optional{std::move(out)};
}

namespace {

Result<std::optional<api::ChatFileFound>> file_in(sql::Database& db, const ChatFiles& files,
                                                  const chat::ChatRow& row, std::uint32_t number) {
    YS_TRY(const auto all, chat::ChatStore::files(db, Scope::of(row.centre_id), {row.id}));
    const auto at = std::ranges::find(all, number, &chat::ChatFileRow::number);
    if (at == all.end()) return std::optional<api::ChatFileFound>{};
    return std::optional{api::ChatFileFound{files.path(row.id.value, number, at->kind).string(),
                                            at->name, at->kind}};
}

}  // namespace

Result<std::optional<api::ChatFileFound>> Chats::file(sql::Database& db, const Scope& scope,
                                                      UserId only_of, api::ChatId chat,
                                                      std::uint32_t number) {
    YS_TRY(const auto row, chat::ChatStore::get(db, scope, chat::ConversationId{chat.value}));
    if (!row || (only_of && row->agent_id.value != only_of.value))
        return std::optional<api::ChatFileFound>{};
    return file_in(db, files_, *row, number);
}

Result<std::optional<api::ChatFileFound>> Chats::file(sql::Database& db, std::string_view token,
                                                      api::ChatId chat, std::uint32_t number) {
    YS_TRY(const auto row,
           chat::ChatStore::get(db, Scope::of(centre_), chat::ConversationId{chat.value}));
    if (!row || row->citizen != chat::citizen_of(token)) return std::optional<api::ChatFileFound>{};
    return file_in(db, files_, *row, number);
}

}  // namespace ys::app
