// SPDX-License-Identifier: Apache-2.0
// Against a real socket that says what a test tells it to.
#include "platform/web_client/web_client.h"

#include <atomic>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ys::web_client {
namespace {

/// Takes one connection, reads a request's head, answers with `says`.
class OneAnswer {
public:
    explicit OneAnswer(std::string says) : says_(std::move(says)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
        EXPECT_EQ(::listen(listener_, 4), 0);
        socklen_t size = sizeof at;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~OneAnswer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    const std::string& heard() const { return heard_; }
    bool was_asked() const { return is_asked_; }

private:
    void serve() {
        const int peer = ::accept(listener_, nullptr, nullptr);
        if (peer < 0) return;
        is_asked_ = true;
        std::array<char, 4096> piece{};
        while (heard_.find("\r\n\r\n") == std::string::npos || !heard_.ends_with("END")) {
            const ssize_t got = ::recv(peer, piece.data(), piece.size(), 0);
            if (got <= 0) break;
            heard_.append(piece.data(), static_cast<std::size_t>(got));
            if (heard_.starts_with("GET") && heard_.find("\r\n\r\n") != std::string::npos) break;
        }
        if (says_.empty()) {
            while (::recv(peer, piece.data(), piece.size(), 0) > 0) continue;
        } else {
            (void)::send(peer, says_.data(), says_.size(), MSG_NOSIGNAL);
        }
        ::close(peer);
    }
    std::string says_, heard_;
    std::atomic<bool> is_asked_ = false;
    int listener_ = -1;
    int port_ = 0;
    std::thread thread_;
};

AddressGuard for_loopback() {
    return *AddressGuard::build(std::vector<std::string>{"127.0.0.0/8"});
}

TEST(web_client, posts_and_hears_the_answer) {
    OneAnswer server("HTTP/1.1 201 Created\r\nLocation: /cases/7\r\nContent-Length: 2\r\n\r\nok");
    const auto answer = send({.url = server.url("/hook?x=1"),
                              .headers = {{"X-Signature", "abc"}},
                              .body = "{\"a\":1}END"},
                             for_loopback());
    ASSERT_TRUE(answer) << answer.error().note;
    EXPECT_EQ(answer->status, 201);
    EXPECT_TRUE(answer->is_good());
    EXPECT_EQ(answer->body, "ok");
    EXPECT_EQ(answer->location, "/cases/7");
    EXPECT_TRUE(server.heard().starts_with("POST /hook?x=1 HTTP/1.1\r\n")) << server.heard();
    EXPECT_NE(server.heard().find("X-Signature: abc\r\n"), std::string::npos);
}

TEST(web_client, a_redirect_is_an_answer_and_is_not_followed) {
    OneAnswer server(
        "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");
    const auto answer = send({.method = "GET", .url = server.url("/")}, for_loopback());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 302);
}

TEST(web_client, nobody_is_asked_at_an_address_that_is_not_allowed) {
    OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const auto answer = send({.method = "GET", .url = server.url("/")}, AddressGuard{});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, std::errc::permission_denied);
    EXPECT_FALSE(server.was_asked());
    // A name that leads inside is no way round.
    const auto named = send({.method = "GET", .url = "http://localhost:1/"}, AddressGuard{});
    ASSERT_FALSE(named);
    EXPECT_EQ(named.error().code, std::errc::permission_denied);
}

TEST(web_client, what_is_too_long_too_slow_or_no_web_address_is_an_error) {
    OneAnswer chatty("HTTP/1.1 200 OK\r\n\r\n" + std::string(5'000, 'x'));
    const auto longer = send(
        {.method = "GET", .url = chatty.url("/?key=secret"), .answer_max = 4'000}, for_loopback());
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error().note.find("secret"), std::string::npos) << longer.error().note;
    EXPECT_EQ(longer.error().code, std::errc::message_size);

    OneAnswer silent("");
    const auto slow = send({.method = "GET", .url = silent.url("/"), .within = 1s}, for_loopback());
    ASSERT_FALSE(slow);
    EXPECT_EQ(slow.error().code, std::errc::timed_out);

    for (const char* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "", "http://a\nb/"}) {
        const auto other = send({.method = "GET", .url = url}, for_loopback());
        ASSERT_FALSE(other) << url;
        EXPECT_EQ(other.error().code, std::errc::invalid_argument) << url << other.error().note;
    }
    const auto split =
        send({.url = "http://127.0.0.1:1/", .headers = {{"A", "b\r\nC: d"}}}, for_loopback());
    ASSERT_FALSE(split);
    EXPECT_EQ(split.error().code, std::errc::invalid_argument);
}

}  // namespace
}  // namespace ys::web_client
