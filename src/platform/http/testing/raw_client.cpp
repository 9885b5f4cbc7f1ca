// SPDX-License-Identifier: Apache-2.0
#include "platform/http/testing/raw_client.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "base/text.h"

namespace ys::http::testing {

struct RawClient::Tls {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL* ssl = SSL_new(context);
    ~Tls() {
        SSL_free(ssl);
        SSL_CTX_free(context);
    }
};

RawClient::RawClient(std::uint16_t port, bool tls, std::string address) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{10, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    ::inet_pton(AF_INET, address.c_str(), &from.sin_addr);
    ::bind(fd_, reinterpret_cast<const sockaddr*>(&from), sizeof from);
    sockaddr_in to = from;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) close();
    if (!tls || fd_ < 0) return;
    tls_ = std::make_unique<Tls>();
    SSL_set_fd(tls_->ssl, fd_);
    if (SSL_connect(tls_->ssl) != 1) close();
}

RawClient::~RawClient() { close(); }

bool RawClient::is_open() const { return fd_ >= 0; }

void RawClient::close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

void RawClient::send(std::string_view bytes) {
    while (!bytes.empty() && fd_ >= 0) {
        const long n = tls_ ? SSL_write(tls_->ssl, bytes.data(), static_cast<int>(bytes.size()))
                            : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

long RawClient::receive(char* into, std::size_t size) {
    if (fd_ < 0) return 0;
    return tls_ ? SSL_read(tls_->ssl, into, static_cast<int>(size)) : ::recv(fd_, into, size, 0);
}

bool RawClient::fill() {
    std::array<char, 16384> bytes;
    const long n = receive(bytes.data(), bytes.size());
    if (n <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(n));
    return true;
}

bool RawClient::is_closed_by_server() {
    if (!buffer_.empty()) return false;
    std::array<char, 16> bytes;
    errno = 0;
    const long n = receive(bytes.data(), bytes.size());
    return n == 0 || (n < 0 && errno == ECONNRESET);
}

Answer RawClient::read_answer(bool is_head) {
    Answer answer;
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return answer;
    const std::string head = buffer_.substr(0, end);
    buffer_.erase(0, end + 4);
    std::size_t length = 0;
    for (const std::string_view line : split(head, '\n')) {
        const auto colon = line.find(':');
        if (line.starts_with("HTTP/1.1 ")) {
            answer.status = static_cast<int>(parse_number(line.substr(9, 3)).value_or(0));
        } else if (colon != std::string_view::npos) {
            answer.headers.emplace(lowered(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
        }
    }
    length = parse_number(answer.header("content-length")).value_or(0);
    if (is_head) return answer;
    while (buffer_.size() < length)
        if (!fill()) break;
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, answer.body.size());
    return answer;
}

Answer RawClient::ask(std::string_view bytes) {
    send(bytes);
    return read_answer();
}

Answer RawClient::upgrade(std::string_view path, std::string_view origin, std::string_view more) {
    std::string text = "GET " + std::string(path) + " HTTP/1.1\r\nHost: desk.example\r\n";
    text += "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    text += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    if (!origin.empty()) text += "Origin: " + std::string(origin) + "\r\n";
    text += more;
    text += "\r\n";
    return ask(text);
}

void RawClient::send_frame(int opcode, std::string_view payload, bool masked) {
    std::string frame;
    frame.push_back(static_cast<char>(0x80 | opcode));
    const char mask_bit = masked ? static_cast<char>(0x80) : 0;
    if (payload.size() < 126) {
        frame.push_back(static_cast<char>(mask_bit | static_cast<char>(payload.size())));
    } else if (payload.size() < 65536) {
        frame.push_back(static_cast<char>(mask_bit | 126));
        frame.push_back(static_cast<char>(payload.size() >> 8));
        frame.push_back(static_cast<char>(payload.size() & 255));
    } else {
        frame.push_back(static_cast<char>(mask_bit | 127));
        for (int shift = 56; shift >= 0; shift -= 8)
            frame.push_back(static_cast<char>((payload.size() >> shift) & 255));
    }
    constexpr std::array<char, 4> key{1, 2, 3, 4};
    if (masked) frame.append(key.data(), key.size());
    for (std::size_t i = 0; i < payload.size(); ++i)
        frame.push_back(masked ? static_cast<char>(payload[i] ^ key[i % 4]) : payload[i]);
    send(frame);
}

Frame RawClient::read_frame() {
    for (;;) {
        while (buffer_.size() < 2)
            if (!fill()) return {};
        std::size_t head = 2;
        std::size_t length = static_cast<unsigned char>(buffer_[1]) & 127;
        const std::size_t more = length == 126 ? 2 : length == 127 ? 8 : 0;
        while (buffer_.size() < head + more)
            if (!fill()) return {};
        if (more > 0) {
            length = 0;
            for (std::size_t i = 0; i < more; ++i)
                length = length << 8 | static_cast<unsigned char>(buffer_[head + i]);
            head += more;
        }
        while (buffer_.size() < head + length)
            if (!fill()) return {};
        Frame frame{buffer_[0] & 15, buffer_.substr(head, length)};
        buffer_.erase(0, head + length);
        if (frame.opcode != 9) return frame;
        send_frame(10, frame.payload);
    }
}

}  // namespace ys::http::testing
