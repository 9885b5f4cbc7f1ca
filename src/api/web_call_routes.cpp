// SPDX-License-Identifier: Apache-2.0
// A citizen calls from a web page: a token first, then a socket opened with it.
#include <algorithm>
#include <utility>

#include "api/answer.h"
#include "api/api.h"
#include "api/open_desks.h"
#include "api/problem.h"
#include "api/web_call_desk.h"
#include "base/text.h"
#include "platform/clock.h"
#include "platform/json/fields.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

struct WebCallForm {
    std::string number;
    std::string carry;  ///< a code of /citizen/call-links, or ""
};
BOOST_DESCRIBE_STRUCT(WebCallForm, (), (number, carry))
struct WebCallToken {
    std::string token;
    UtcTime expires_at;
    std::string carried;  ///< what that code is worth: "open" "used" "expired" "unknown"
};
BOOST_DESCRIBE_STRUCT(WebCallToken, (), (token, expires_at, carried))

constexpr std::size_t carry_bytes_max = 64;

/// Messages a page may send in one call; keys and a few offers need far fewer.
constexpr int messages_max = 600;
constexpr std::size_t sdp_max_bytes = 64 * 1024;

class WebCallSocket final : public http::WebSocketHandler {
public:
    struct With {
        std::string number, address, carry;
        CarryPort* carries = nullptr;
    };
    WebCallSocket(WebCallDesk& desk, WebCallId call, With with)
        : desk_(desk), call_(call), with_(std::move(with)) {}

    void opened(http::WebSocket& socket) override {
        socket_ = &socket;
        desk_.opened(call_, socket);
    }

    void message(std::string_view text) override {
        const auto parsed = json::parse(text);
        const auto* object = parsed ? parsed->if_object() : nullptr;
        if (!object || ++messages_ > messages_max) return socket_->close(1008, "not understood");
        const std::string type = json::text_in(*object, "type");
        if (type == "offer")
            take_offer(json::text_in(*object, "sdp"));
        else if (type == "key")
            take_key(json::text_in(*object, "key"));
        else if (type == "hang_up")
            desk_.port().hang_up(call_);
        else
            socket_->close(1008, "not understood");
    }

    void closed() override {
        desk_.gone(call_);
        desk_.port().closed(call_);
    }

private:
    void take_offer(std::string_view sdp) {
        if (sdp.empty() || sdp.size() > sdp_max_bytes) return socket_->close(1008, "bad offer");
        // A code is worth one call, so only the first offer brings it.
        const std::string carry = std::exchange(with_.carry, {});
        CarryPort* carries = carry.empty() ? nullptr : with_.carries;
        if (carries != nullptr) carries->calling(carry);
        const auto taken = desk_.port().offer(call_, with_.number, std::string(sdp), with_.address);
        if (carries != nullptr) carries->called();
        if (taken) return;
        desk_.send(call_,
                   {{"type", "state"}, {"state", "ended"}, {"code", refusal_code(taken.error())}});
        socket_->close(close_gone, "refused");
    }

    void take_key(std::string_view key) {
        constexpr std::string_view keys = "0123456789*#";
        if (key.size() != 1 || keys.find(key[0]) == std::string_view::npos)
            return socket_->close(1008, "bad key");
        desk_.port().key(call_, key[0]);
    }

    WebCallDesk& desk_;
    WebCallId call_;
    With with_;
    http::WebSocket* socket_ = nullptr;
    int messages_ = 0;
};

CarryPort* carries_of(Api& api) {
    ChatPort* chats = api.ports().chat;
    return chats == nullptr ? nullptr : &chats->carries();
}

/// The call goes on without it; its page says why.
Task<std::string> standing_of(Api& api, std::string code) {
    CarryPort* port = carries_of(api);
    if (code.empty()) co_return std::string{};
    if (port == nullptr) co_return std::string{"unknown"};
    auto query = [port, code](sql::Database& db) { return port->standing(db, code); };
    co_return co_await api.stores().read(query);
}

Task<http::Response> issue_token(Api& api, Call& call) {
    YS_CO_TRY(const WebCallForm form, body_of<WebCallForm>(call));
    const std::string carry = form.carry.size() <= carry_bytes_max ? form.carry : std::string{};
    auto token = api.web_call_desk().issue(form.number, carry, call.request.remote_address);
    if (!token && problem_of(token.error()).status == 429)
        co_return problem_response({429, "too_many_tries", {}, 60s}, call.language);
    if (!token) co_return token.error();
    YS_CO_TRY(const std::string carried, co_await standing_of(api, form.carry));
    const WebCallToken view{token->text, token->expires_at, carried};
    co_return answer_with(view, 201);
}

Task<http::Response> open_socket(Api& api, Call& call) {
    if (!call.request.is_upgrade)
        co_return problem_response({426, "socket_needed", {}, {}}, call.language)
            .with("Upgrade", "websocket");
    auto handler = api.web_call_desk().open(call.request.argument("token"),
                                            call.request.remote_address, carries_of(api));
    if (!handler) co_return refused("not_found", RefusedAs::NotFound);
    http::Response response;
    response.websocket = std::move(handler);
    co_return response;
}

}  // namespace

bool WebCallDesk::has_room(Instant now) {
    if (issued_.size() >= 64 && issued_.size() * 2 >= limits_.tokens_max)
        std::erase_if(issued_, [&](const auto& each) { return each.second.expires < now; });
    return issued_.size() < limits_.tokens_max;
}

Result<WebCallDesk::Token> WebCallDesk::issue(const std::string& number, const std::string& carry,
                                              const std::string& address) {
    const Instant now = mono_now();
    if (!has_room(now) || !pace_.take(now, address))
        return refused("too_many_tries", RefusedAs::TooMany);
    if (!port_.is_offered(number)) return refused("not_offered", RefusedAs::Unfit);
    Token token{password::random_token(), UtcTime{utc_now().us}};
    token.expires_at.us += std::chrono::microseconds(limits_.token_life).count();
    issued_[password::sha256_hex(token.text)] = {number, carry, address, now + limits_.token_life};
    return token;
}

std::shared_ptr<http::WebSocketHandler> WebCallDesk::open(std::string_view token,
                                                          const std::string& address,
                                                          CarryPort* carries) {
    const auto node = issued_.extract(password::sha256_hex(token));
    if (node.empty()) return nullptr;
    const Issued& issued = node.mapped();
    if (issued.expires < mono_now() || issued.address != address) return nullptr;
    return std::make_shared<WebCallSocket>(
        *this, WebCallId{++last_call_},
        WebCallSocket::With{issued.number, address, issued.carry, carries});
}

void WebCallDesk::send(WebCallId call, const boost::json::object& message) {
    const auto found = sockets_.find(call);
    if (found != sockets_.end()) found->second->send(boost::json::serialize(message));
}

void WebCallDesk::close(WebCallId call) {
    const auto found = sockets_.find(call);
    if (found != sockets_.end()) found->second->close(1000, "ended");
}

std::vector<Route> web_call_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/web-calls",
         .summary = "A short-lived token for one call from a web page.",
         .access = Access::Public,
         .handler = issue_token,
         .takes = schema_for<WebCallForm>,
         .gives = schema_for<WebCallToken>},
        {.method = "GET",
         .pattern = "/api/v1/web-call",
         .summary = "The citizen's WebSocket; see docs/desk-protocol.md.",
         .access = Access::Public,
         .handler = open_socket,
         .query = {"token"}},
    };
}

}  // namespace ys::api
