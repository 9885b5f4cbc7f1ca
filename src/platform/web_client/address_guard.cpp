// SPDX-License-Identifier: Apache-2.0
#include "platform/web_client/address_guard.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace ys::web_client {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr unsigned v4_bits = 96;  ///< before the IPv4 part of a mapped address

Bytes mapped(std::span<const std::uint8_t, 4> v4) {
    Bytes out{};
    out[10] = out[11] = 0xff;
    std::ranges::copy(v4, out.begin() + 12);
    return out;
}

struct Address {
    Bytes bytes{};
    bool is_v4 = false;
};

std::optional<Address> parse_address(std::string_view text) {
    const std::string copy(text);  // inet_pton wants its zero
    std::array<std::uint8_t, 4> v4{};
    if (inet_pton(AF_INET, copy.c_str(), v4.data()) == 1) return Address{mapped(v4), true};
    Bytes v6{};
    if (inet_pton(AF_INET6, copy.c_str(), v6.data()) == 1) return Address{v6, false};
    return std::nullopt;
}

/// IANA's special-purpose registries (RFC 6890, 8190), multicast and what was never given out.
constexpr std::array not_public{
    "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
    "::/96",         "64:ff9b:1::/48",  "100::/64",       "2001::/23",      "2001:db8::/32",
    "2002::/16",     "3fff::/20",       "5f00::/16",      "fc00::/7",       "fe80::/10",
    "fec0::/10",     "ff00::/8"};

const std::vector<Network>& never() {
    static const std::vector<Network> all = [] {
        std::vector<Network> out;
        for (const char* text : not_public) out.push_back(*parse_network(text));
        return out;
    }();
    return all;
}

/// The IPv4 address that a translator (RFC 6052) would really connect to.
std::optional<Bytes> translated(const Bytes& address) {
    constexpr std::array<std::uint8_t, 12> well_known{0x00, 0x64, 0xff, 0x9b};
    if (!std::equal(well_known.begin(), well_known.end(), address.begin())) return std::nullopt;
    return mapped(std::span<const std::uint8_t, 4>(address.data() + 12, 4));
}

}  // namespace

bool Network::has(const Bytes& address) const {
    const std::size_t whole = bits / 8;
    if (!std::equal(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.begin()))
        return false;
    if (bits % 8 == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - bits % 8));
    return (first[whole] & mask) == (address[whole] & mask);
}

Result<Network> parse_network(std::string_view text) {
    const Error bad{std::errc::invalid_argument, "a network: " + std::string(text)};
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return bad;
    unsigned bits = address->is_v4 ? 32 : 128;
    if (slash != std::string_view::npos) {
        const std::string_view digits = text.substr(slash + 1);
        unsigned given = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), given);
        if (error != std::errc{} || end != digits.data() + digits.size() || given > bits)
            return bad;
        bits = given;
    }
    return Network{address->bytes, bits + (address->is_v4 ? v4_bits : 0)};
}

Result<AddressGuard> AddressGuard::build(std::span<const std::string> allowed) {
    AddressGuard guard;
    for (const std::string& text : allowed) {
        YS_TRY(const Network network, parse_network(text));
        guard.allowed_.push_back(network);
    }
    return guard;
}

bool AddressGuard::allows(const Bytes& address) const {
    const auto holds = [&](const Network& network) { return network.has(address); };
    if (std::ranges::any_of(allowed_, holds)) return true;
    if (const auto v4 = translated(address)) return allows(*v4);
    return std::ranges::none_of(never(), holds);
}

bool AddressGuard::allows(const sockaddr& address) const {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
        return allows(mapped(bytes));
    }
    if (address.sa_family != AF_INET6) return false;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    Bytes bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return allows(bytes);
}

bool AddressGuard::allows(std::string_view address) const {
    const auto parsed = parse_address(address);
    return parsed && allows(parsed->bytes);
}

}  // namespace ys::web_client
