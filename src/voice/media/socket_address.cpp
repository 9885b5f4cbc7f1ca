// SPDX-License-Identifier: Apache-2.0
// Comparing and converting socket addresses.
#include "voice/media/socket_address.h"

#include <arpa/inet.h>

#include <array>
#include <cstring>

namespace ys::media {

std::optional<SocketAddress> SocketAddress::parse(std::string_view address, std::uint16_t port) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.empty() || address.size() >= text.size()) return std::nullopt;
    std::memcpy(text.data(), address.data(), address.size());
    SocketAddress out;
    if (inet_pton(AF_INET, text.data(), &out.raw_.v4.sin_addr) == 1) {
        out.raw_.v4.sin_family = AF_INET;
        out.raw_.v4.sin_port = htons(port);
        return out;
    }
    out = SocketAddress{};
    if (inet_pton(AF_INET6, text.data(), &out.raw_.v6.sin6_addr) != 1) return std::nullopt;
    out.raw_.v6.sin6_family = AF_INET6;
    out.raw_.v6.sin6_port = htons(port);
    return out;
}

SocketAddress SocketAddress::from(const sockaddr_storage& storage) {
    SocketAddress out;
    if (storage.ss_family == AF_INET) std::memcpy(&out.raw_.v4, &storage, sizeof(sockaddr_in));
    if (storage.ss_family == AF_INET6) std::memcpy(&out.raw_.v6, &storage, sizeof(sockaddr_in6));
    return out;
}

void SocketAddress::to(sockaddr_storage& storage) const {
    std::memset(&storage, 0, sizeof storage);
    std::memcpy(&storage, &raw_, size());
}

bool SocketAddress::is_unspecified() const {
    if (is_v6()) return IN6_IS_ADDR_UNSPECIFIED(&raw_.v6.sin6_addr);
    return raw_.v4.sin_addr.s_addr == INADDR_ANY;
}

std::uint16_t SocketAddress::port() const {
    if (!is_known()) return 0;
    return ntohs(is_v6() ? raw_.v6.sin6_port : raw_.v4.sin_port);
}

SocketAddress SocketAddress::with_port(std::uint16_t port) const {
    SocketAddress out = *this;
    if (is_v6()) {
        out.raw_.v6.sin6_port = htons(port);
    } else {
        out.raw_.v4.sin_port = htons(port);
    }
    return out;
}

std::string SocketAddress::address_text() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (!is_known()) return {};
    const void* bytes = is_v6() ? static_cast<const void*>(&raw_.v6.sin6_addr)
                                : static_cast<const void*>(&raw_.v4.sin_addr);
    inet_ntop(raw_.any.sa_family, bytes, text.data(), text.size());
    return text.data();
}

bool SocketAddress::same_address(const SocketAddress& other) const {
    if (raw_.any.sa_family != other.raw_.any.sa_family) return false;
    if (!is_known()) return true;
    if (is_v6()) return IN6_ARE_ADDR_EQUAL(&raw_.v6.sin6_addr, &other.raw_.v6.sin6_addr);
    return raw_.v4.sin_addr.s_addr == other.raw_.v4.sin_addr.s_addr;
}

bool SocketAddress::same_neighbourhood(const SocketAddress& other) const {
    if (!is_known() || raw_.any.sa_family != other.raw_.any.sa_family) return false;
    if (is_v6()) return std::memcmp(&raw_.v6.sin6_addr, &other.raw_.v6.sin6_addr, 8) == 0;
    return (ntohl(raw_.v4.sin_addr.s_addr) >> 8) == (ntohl(other.raw_.v4.sin_addr.s_addr) >> 8);
}

}  // namespace ys::media
