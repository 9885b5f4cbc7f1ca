// SPDX-License-Identifier: Apache-2.0
// Binding of UDP ports.
#include "voice/media/udp_socket.h"

#include <netinet/in.h>
#include <netinet/ip.h>
#include <openssl/rand.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <utility>

#include "voice/media/errc.h"

namespace ys::media {
namespace {

Error no_port(const std::string& address) {
    return {make_error_code(Errc::no_port), "binding RTP at " + address};
}

/// The pair at this port, or nothing when one of the two is taken.
std::optional<RtpSockets> try_pair(const std::string& address, std::uint16_t port,
                                   bool wants_rtcp) {
    auto rtp = UdpSocket::bind(address, port);
    if (!rtp) return std::nullopt;
    RtpSockets out;
    out.rtp = *std::move(rtp);
    out.port = out.rtp.port();
    if (!wants_rtcp) return out;
    if (out.port % 2 != 0 || out.port == 65534) return std::nullopt;
    auto rtcp = UdpSocket::bind(address, static_cast<std::uint16_t>(out.port + 1));
    if (!rtcp) return std::nullopt;
    out.rtcp = *std::move(rtcp);
    return out;
}

}  // namespace

Result<UdpSocket> UdpSocket::bind(const std::string& address, std::uint16_t port) {
    const auto local = SocketAddress::parse(address, port);
    if (!local) return no_port(address);
    UdpSocket out;
    out.fd_ = ::socket(local->raw()->sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (out.fd_ < 0) return no_port(address);
    if (local->is_v6()) {
        const int only = 1;
        ::setsockopt(out.fd_, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
    } else {
        const int expedited = IPTOS_LOWDELAY | 0xA8;  // DSCP 46 (RFC 3246): voice first.
        ::setsockopt(out.fd_, IPPROTO_IP, IP_TOS, &expedited, sizeof expedited);
    }
    if (::bind(out.fd_, local->raw(), local->size()) != 0) return no_port(address);
    return out;
}

UdpSocket::~UdpSocket() { close(); }

UdpSocket& UdpSocket::operator=(UdpSocket&& other) noexcept {
    if (this != &other) {
        close();
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

void UdpSocket::close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

std::uint16_t UdpSocket::port() const {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(fd_, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
    return SocketAddress::from(storage).port();
}

void UdpSocket::widen(int bytes) {
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

Result<RtpSockets> bind_rtp(const std::string& address, std::uint16_t first, std::uint16_t last,
                            bool wants_rtcp) {
    if (first == 0) {
        for (int i = 0; i < 64; ++i)
            if (auto pair = try_pair(address, 0, wants_rtcp)) return *std::move(pair);
        return no_port(address);
    }
    const std::uint32_t even = (first + 1U) & ~1U;
    if (last < even) return no_port(address);
    const std::uint32_t pairs = (last - even) / 2 + 1;
    const std::uint32_t start = unguessable() % pairs;
    for (std::uint32_t i = 0; i < pairs; ++i) {
        const std::uint32_t port = even + 2 * ((start + i) % pairs);
        if (auto pair = try_pair(address, static_cast<std::uint16_t>(port), wants_rtcp))
            return *std::move(pair);
    }
    return no_port(address);
}

std::uint32_t unguessable() {
    // Asking the generator costs the same for 4 bytes as for 256.
    thread_local std::array<std::uint32_t, 64> numbers;
    thread_local std::size_t left = 0;
    if (left == 0) {
        YS_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(numbers.data()), sizeof numbers) ==
                  1);
        left = numbers.size();
    }
    return std::exchange(numbers[--left], 0);
}

}  // namespace ys::media
