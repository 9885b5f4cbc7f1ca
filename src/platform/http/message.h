// SPDX-License-Identifier: Apache-2.0
// A request and its answer as plain structs; nobody outside this folder sees the library beneath.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ys::http {

/// Name and value; names of requests are lower case.
using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;  ///< upper case
    std::string path;    ///< decoded, begins with '/', has no "." or ".." step and no NUL
    Pairs query;         ///< decoded, in order
    Pairs headers;
    Pairs cookies;
    Pairs params;  ///< what stood for {name} in the route's pattern
    std::string body;
    std::string remote_address;  ///< without port
    bool is_loopback = false;
    bool is_tls = false;
    bool is_upgrade = false;  ///< a well-formed WebSocket handshake whose Origin is its Host

    /// The first of that name, or "".
    std::string_view header(std::string_view lower_name) const;
    std::string_view cookie(std::string_view name) const;
    std::string_view param(std::string_view name) const;
    std::string_view argument(std::string_view query_name) const;
};

/// One open WebSocket, on the control loop. Valid between opened() and closed() of its handler.
class WebSocket {
public:
    virtual ~WebSocket() = default;
    /// Puts text into the outgoing mailbox. When 256 messages or 1 MB already wait, the peer does
    /// not read: the socket is closed instead, since dropping a message would show a wrong picture.
    virtual void send(std::string text) = 0;
    /// Sends what waits, then closes with `code` (RFC 6455 §7.4; 4000–4999 are ours).
    virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

struct WebSocketHandler {
    virtual ~WebSocketHandler() = default;
    virtual void opened(WebSocket& socket) = 0;
    /// One text message of at most Limits::message_max bytes, valid UTF-8.
    virtual void message(std::string_view text) = 0;
    /// Always the last call, once, if opened() was called.
    virtual void closed() = 0;
};

/// A part of a file, streamed in blocks without being held in memory.
struct FilePart {
    std::filesystem::path path;
    std::uint64_t first = 0;
    std::uint64_t length = 0;
};

struct Response {
    int status = 200;
    Pairs headers;
    std::string body;
    std::string_view constant_body;  ///< used when body is empty; lives as long as the process
    std::optional<FilePart> file;    ///< used in place of a body
    /// Set to accept the WebSocket the request asked for; status and body are then unused.
    std::shared_ptr<WebSocketHandler> websocket;

    Response& with(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    bool has(std::string_view lower_name) const;
};

Response text_response(int status, std::string body,
                       std::string_view content_type = "text/plain; charset=utf-8");

/// "Not Found" for 404.
std::string_view reason_of(int status);

}  // namespace ys::http
