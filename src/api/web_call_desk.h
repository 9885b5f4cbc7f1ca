// SPDX-License-Identifier: Apache-2.0
// Calls from the citizen's page: tokens, their rate, and the sockets opened with them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "api/carry_port.h"
#include "api/source_pace.h"
#include "api/web_call_port.h"
#include "base/time.h"
#include "platform/http/message.h"

namespace ys::api {

class WebCallDesk final : public WebCallSockets {
public:
    struct Limits {
        int per_minute = 6;  ///< tokens to one address
        std::size_t tokens_max = 10'000;
        Seconds token_life{60};
    };
    struct Token {
        std::string text;
        UtcTime expires_at;
    };

    WebCallDesk(WebCallPort& port, Limits limits)
        : port_(port), limits_(limits), pace_(limits.per_minute, limits.tokens_max) {}

    /// carry   the code of a link that goes with the call, or ""
    /// errors  not_offered, too_many_tries
    Result<Token> issue(const std::string& number, const std::string& carry,
                        const std::string& address);
    /// The socket for a token, which then is used up; nothing when it is unknown, too old or came
    /// from another address.
    /// carries  none: nothing goes with a call here
    std::shared_ptr<http::WebSocketHandler> open(std::string_view token, const std::string& address,
                                                 CarryPort* carries);

    void send(WebCallId call, const boost::json::object& message) override;
    void close(WebCallId call) override;

    WebCallPort& port() { return port_; }
    void opened(WebCallId call, http::WebSocket& socket) { sockets_[call] = &socket; }
    void gone(WebCallId call) { sockets_.erase(call); }

private:
    struct Issued {
        std::string number, carry, address;
        Instant expires{};
    };
    bool has_room(Instant now);

    WebCallPort& port_;
    Limits limits_;
    std::unordered_map<std::string, Issued> issued_;  ///< by SHA-256 of the token
    SourcePace pace_;
    std::unordered_map<WebCallId, http::WebSocket*> sockets_;
    std::uint64_t last_call_ = 0;
};

}  // namespace ys::api
