// SPDX-License-Identifier: Apache-2.0
// A numeric IPv4 or IPv6 address with a port, small enough to be kept per leg.
#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ys::media {

class SocketAddress {
public:
    SocketAddress() = default;
    /// Numeric text only: no name is ever looked up.
    static std::optional<SocketAddress> parse(std::string_view address, std::uint16_t port);
    static SocketAddress from(const sockaddr_storage& raw);

    bool is_known() const { return raw_.any.sa_family != AF_UNSPEC; }
    bool is_v6() const { return raw_.any.sa_family == AF_INET6; }
    /// 0.0.0.0 or ::, which in a c= line means "on hold" (RFC 3264 §8.4).
    bool is_unspecified() const;
    std::uint16_t port() const;
    SocketAddress with_port(std::uint16_t port) const;
    std::string address_text() const;

    bool same_address(const SocketAddress& other) const;
    /// Same /24 of IPv4, or same /64 of IPv6.
    bool same_neighbourhood(const SocketAddress& other) const;
    friend bool operator==(const SocketAddress& a, const SocketAddress& b) {
        return a.same_address(b) && a.port() == b.port();
    }

    const sockaddr* raw() const { return &raw_.any; }
    sockaddr* raw() { return &raw_.any; }
    socklen_t size() const { return is_v6() ? sizeof(sockaddr_in6) : sizeof(sockaddr_in); }
    static constexpr socklen_t room = sizeof(sockaddr_in6);
    void to(sockaddr_storage& storage) const;

private:
    union Raw {
        sockaddr any;
        sockaddr_in v4;
        sockaddr_in6 v6;
    };
    Raw raw_{.v6 = {}};
};

}  // namespace ys::media
