// SPDX-License-Identifier: Apache-2.0
// A citizen calls from a web page: a token first, then a socket opened with it.
#include <algorithm>

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
};
BOOST_DESCRIBE_STRUCT(WebCallForm, (), (number))
struct WebCallToken {
    std::string token;
    UtcTime expires_at;
};
BOOST_DESCRIBE_STRUCT(WebCallToken, (), (token, expires_at))

/// Messages a page may send in one call; keys and a few offers need far fewer.
constexpr int messages_max = 600;
constexpr std::size_t sdp_max_bytes = 64 * 1024;

class WebCallSocket final : public http::WebSocketHandler {
public:
    WebCallSocket(WebCallDesk& desk, WebCallId call, std::string number, std::string address)
        : desk_(desk), call_(call), number_(std::move(number)), address_(std::move(address)) {}

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
        const auto taken = desk_.port().offer(call_, number_, std::string(sdp), address_);
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
    std::string number_, address_;
    http::WebSocket* socket_ = nullptr;
    int messages_ = 0;
};

Task<http::Response> issue_token(Api& api, Call& call) {
    YS_CO_TRY(const WebCallForm form, body_of<WebCallForm>(call));
    auto token = api.web_call_desk().issue(form.number, call.request.remote_address);
    if (!token && problem_of(token.error()).status == 429)
        co_return problem_response({429, "too_many_tries", {}, 60s}, call.language);
    if (!token) co_return token.error();
    co_return answer_with(WebCallToken{token->text, token->expires_at}, 201);
}

Task<http::Response> open_socket(Api& api, Call& call) {
    if (!call.request.is_upgrade)
        co_return problem_response({426, "socket_needed", {}, {}}, call.language)
            .with("Upgrade", "websocket");
    auto handler =
        api.web_call_desk().open(call.request.argument("token"), call.request.remote_address);
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

Result<WebCallDesk::Token> WebCallDesk::issue(const std::string& number,
                                              const std::string& address) {
    const Instant now = mono_now();
    if (!has_room(now) || !pace_.take(now, address))
        return refused("too_many_tries", RefusedAs::TooMany);
    if (!port_.is_offered(number)) return refused("not_offered", RefusedAs::Unfit);
    Token token{password::random_token(), UtcTime{utc_now().us}};
    token.expires_at.us += std::chrono::microseconds(limits_.token_life).count();
    issued_[password::sha256_hex(token.text)] = {number, address, now + limits_.token_life};
    return token;
}

std::shared_ptr<http::WebSocketHandler> WebCallDesk::open(std::string_view token,
                                                          const std::string& address) {
    const auto node = issued_.extract(password::sha256_hex(token));
    if (node.empty()) return nullptr;
    const Issued& issued = node.mapped();
    if (issued.expires < mono_now() || issued.address != address) return nullptr;
    return std::make_shared<WebCallSocket>(*this, WebCallId{++last_call_}, issued.number, address);
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
