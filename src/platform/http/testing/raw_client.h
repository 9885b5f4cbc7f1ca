// SPDX-License-Identifier: Apache-2.0
// A blocking client for tests: sends any bytes, over TCP or TLS, and reads answers and WebSocket
// frames. Every wait ends after ten seconds.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ys::http::testing {

struct Answer {
    int status = 0;                                   ///< 0 when the connection closed without one
    std::multimap<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    std::string header(const std::string& lower_name) const {
        const auto found = headers.find(lower_name);
        return found == headers.end() ? "" : found->second;
    }
};

struct Frame {
    int opcode = 0;  ///< 1 text, 2 binary, 8 close, 9 ping, 10 pong; 0 when the socket is gone
    std::string payload;
    /// Of a close frame; 0 when there is none.
    int close_code() const {
        if (opcode != 8 || payload.size() < 2) return 0;
        return static_cast<unsigned char>(payload[0]) * 256 +
               static_cast<unsigned char>(payload[1]);
    }
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port, bool tls = false, std::string address = "127.0.0.1");
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool is_open() const;
    void send(std::string_view bytes);
    /// One whole answer; `is_head` when it has no body though it says a length.
    Answer read_answer(bool is_head = false);
    /// send, then read_answer.
    Answer ask(std::string_view bytes);
    /// True when the server closes without sending anything more.
    bool is_closed_by_server();
    void close();

    /// Opens a WebSocket at `path`; the answer's status is 101 when it is open.
    Answer upgrade(std::string_view path, std::string_view origin, std::string_view more = {});
    void send_frame(int opcode, std::string_view payload, bool masked = true);
    void send_text(std::string_view text) { send_frame(1, text); }
    /// The next frame that is not a ping (pings are answered).
    Frame read_frame();

private:
    struct Tls;
    long receive(char* into, std::size_t size);
    bool fill();

    int fd_ = -1;
    std::unique_ptr<Tls> tls_;
    std::string buffer_;
};

}  // namespace ys::http::testing
