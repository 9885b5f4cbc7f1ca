// SPDX-License-Identifier: Apache-2.0
// The citizen's side of conversations: opened with a token, then a socket; files in pieces.
#include <boost/asio/steady_timer.hpp>

#include "api/answer.h"
#include "api/api.h"
#include "api/chat_port.h"
#include "api/chat_tickets.h"
#include "api/problem.h"
#include "base/text.h"
#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

constexpr std::size_t token_bytes_max = 100, key_bytes_max = 64, name_bytes_max = 600;
constexpr double messages_per_second = 4, messages_burst = 40;  ///< sockets, pings included
constexpr std::uint16_t close_ended = 4410, close_fast = 4429;

struct ChatForm {
    std::string token, page;
};
BOOST_DESCRIBE_STRUCT(ChatForm, (), (token, page))

class ChatSocket final : public http::WebSocketHandler, public ChatPage {
public:
    ChatSocket(ChatPort& port, ChatTickets::Ticket ticket)
        : port_(port),
          chat_(ticket.chat),
          token_(std::move(ticket.token)),
          address_(std::move(ticket.address)),
          last_(mono_now()) {}

    void opened(http::WebSocket& socket) override {
        socket_ = &socket;
        port_.page_opened(chat_, token_, *this);
    }
    void message(std::string_view text) override {
        const Instant now = mono_now();
        const std::chrono::duration<double> passed = now - last_;
        last_ = now;
        tokens_ = std::min(messages_burst, tokens_ + passed.count() * messages_per_second);
        if (tokens_ < 1) return socket_->close(close_fast, "too_fast");
        tokens_ -= 1;
        const auto parsed = json::parse(text);
        const auto* object = parsed ? parsed->if_object() : nullptr;
        if (object == nullptr) return socket_->close(1008, "not understood");
        port_.from_page(chat_, *this, *object);
    }
    void closed() override {
        socket_ = nullptr;
        port_.page_closed(chat_, *this);
    }

    // ChatPage
    void send(const boost::json::object& message) override {
        if (socket_ != nullptr) socket_->send(boost::json::serialize(message));
    }
    void close() override {
        if (socket_ != nullptr) socket_->close(close_ended, "gone");
    }
    const std::string& address() const override { return address_; }

private:
    ChatPort& port_;
    ChatId chat_;
    std::string token_, address_;
    http::WebSocket* socket_ = nullptr;
    double tokens_ = messages_burst;
    Instant last_;
};

Result<ChatPort*> chats(Api& api) {
    if (ChatPort* port = api.ports().chat) return port;
    return refused("chat_not_offered", RefusedAs::NotFound);
}

asio::awaitable<ChatTickets*> tickets() {
    auto& loop = asio::query(co_await asio::this_coro::executor, asio::execution::context);
    co_return &asio::use_service<ChatTickets>(loop);
}

Task<http::Response> office(Api& api, Call&) {
    ChatOfficeView nothing{.telephone = api.settings().hotline};
    ChatPort* port = api.ports().chat;
    const ChatOfficeView view = port != nullptr ? port->office() : nothing;
    co_return answer_with(view).with("Cache-Control", "no-store");
}

Task<http::Response> open(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    YS_CO_TRY(const ChatForm form, body_of<ChatForm>(call));
    if (!api.question_pace().take(mono_now(), call.request.remote_address))
        co_return problem_response({429, "too_many_tries", {}, 60s}, call.language);
    // A token that is none of ours finds nothing, and is as good as a new one.
    std::string token = form.token.size() >= 32 && form.token.size() <= token_bytes_max
                            ? form.token
                            : password::random_token();
    auto begin = [port, token](auto give) { port->open(token, give); };
    YS_CO_TRY(const ChatId id, co_await given_elsewhere<Result<ChatId>>(begin));
    ChatTickets* issuer = co_await tickets();
    json::object out{{"token", token},
                     {"ticket", issuer->issue(id, token, call.request.remote_address)},
                     {"chat", port->state_of(id)}};
    co_return json_response(std::move(out), 201).with("Cache-Control", "no-store");
}

Task<http::Response> open_socket(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    if (!call.request.is_upgrade)
        co_return problem_response({426, "socket_needed", {}, {}}, call.language)
            .with("Upgrade", "websocket");
    ChatTickets* issuer = co_await tickets();
    auto ticket = issuer->take(call.request.argument("ticket"), call.request.remote_address);
    if (!ticket) co_return refused("not_found", RefusedAs::NotFound);
    http::Response response;
    response.websocket = std::make_shared<ChatSocket>(*port, *std::move(ticket));
    co_return response;
}

Task<http::Response> put_file(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    YS_CO_TRY(const std::uint64_t chat, number_argument(call, "chat"));
    YS_CO_TRY(const std::uint64_t offset, number_argument(call, "offset"));
    YS_CO_TRY(const std::uint64_t size, number_argument(call, "size"));
    constexpr std::uint64_t size_max = 1ULL << 40;  // What is too large is said in words.
    ChatFileOffer offer{.token = std::string(call.request.header("x-chat-token")),
                        .chat = ChatId{chat},
                        .key = cleaned(call.request.header("x-client-key"), key_bytes_max),
                        .name = {},
                        .size = static_cast<std::int64_t>(std::min(size, size_max)),
                        .offset = static_cast<std::int64_t>(std::min(offset, size_max))};
    const auto name = http::percent_decoded(call.request.header("x-file-name"));
    if (!name || name->size() > name_bytes_max || offer.key.empty())
        co_return refused("file_name", RefusedAs::Unfit);
    offer.name = *name;
    auto begin = [port, offer, body = std::move(call.request.body)](auto give) {
        port->take_file(offer, body, give);
    };
    YS_CO_TRY(const json::object done,
              co_await given_elsewhere<Result<boost::json::object>>(begin));
    const bool is_whole = done.at("number").to_number<std::uint64_t>() != 0;
    co_return json_response(done, is_whole ? 201 : 200);
}

Task<http::Response> get_file(Api& api, Call& call) {
    YS_CO_TRY(ChatPort * port, chats(api));
    YS_CO_TRY(const ChatId id, id_in_path<ChatId>(call, "chat"));
    YS_CO_TRY(const std::uint64_t number, number_in_path(call, "number"));
    auto query = [port, id, number,
                  token = std::string(call.request.header("x-chat-token"))](sql::Database& db) {
        return port->file(db, token, id, static_cast<std::uint32_t>(number));
    };
    YS_CO_TRY(const auto found, co_await api.stores().read(query));
    if (!found) co_return refused("not_found", RefusedAs::NotFound);
    co_return chat_file(call.request, *found);
}

}  // namespace

std::vector<Route> chat_citizen_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/citizen/chat-office",
         .summary = "Whether one can write to the hotline now, and to whom.",
         .access = Access::Public,
         .handler = office,
         .gives = schema_for<ChatOfficeView>},
        {.method = "POST",
         .pattern = "/api/v1/citizen/chats",
         .summary =
             "The living conversation of a token, or a new one, and a ticket for its socket.",
         .access = Access::Public,
         .handler = open,
         .takes = schema_for<ChatForm>},
        {.method = "GET",
         .pattern = "/api/v1/citizen/chat",
         .summary = "The conversation's WebSocket; see docs/chat-protocol.md.",
         .access = Access::Public,
         .handler = open_socket,
         .query = {"ticket"}},
        {.method = "POST",
         .pattern = "/api/v1/citizen/chats/file",
         .summary = "A piece of a file, at most 512 KiB; with the last one it is in the "
                    "conversation.",
         .access = Access::Public,
         .handler = put_file,
         .query = {"chat", "offset", "size"}},
        {.method = "GET",
         .pattern = "/api/v1/citizen/chats/file/{chat}/{number}",
         .summary = "A file of the conversation, for who holds its token.",
         .access = Access::Public,
         .handler = get_file},
    };
}

}  // namespace ys::api
