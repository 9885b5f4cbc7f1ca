// SPDX-License-Identifier: Apache-2.0
// For tests: bare sockets on loopback, at ports that the system chooses.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace ys::speech {

class TestSocket {
public:
    TestSocket() = default;
    explicit TestSocket(int fd) : fd_(fd) {}
    /// type  SOCK_DGRAM, or SOCK_STREAM to listen
    static TestSocket at_any_port(int type) {
        TestSocket out(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(out.fd_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
        if (type == SOCK_STREAM) {
            EXPECT_EQ(::listen(out.fd_, 8), 0);
        }
        return out;
    }
    ~TestSocket() { close(); }
    TestSocket(TestSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    TestSocket& operator=(TestSocket&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }

    int fd() const { return fd_; }
    std::string port() const {
        sockaddr_in at{};
        socklen_t size = sizeof at;
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size);
        return std::to_string(ntohs(at.sin_port));
    }
    void close() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }
    TestSocket accept() const { return TestSocket(::accept(fd_, nullptr, nullptr)); }
    void send(std::string_view text) const {
        static_cast<void>(::send(fd_, text.data(), text.size(), MSG_NOSIGNAL));
    }
    void send_to(const sockaddr_in& to, std::string_view text) const {
        static_cast<void>(::sendto(fd_, text.data(), text.size(), 0,
                                   reinterpret_cast<const sockaddr*>(&to), sizeof to));
    }
    /// "" when the other side has closed.
    std::string receive(sockaddr_in* from = nullptr) const {
        std::array<char, 65536> piece{};
        socklen_t size = from != nullptr ? sizeof *from : 0;
        const ssize_t got =
            ::recvfrom(fd_, piece.data(), piece.size(), 0, reinterpret_cast<sockaddr*>(from),
                       from != nullptr ? &size : nullptr);
        return {piece.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
    }

private:
    int fd_ = -1;
};

}  // namespace ys::speech
