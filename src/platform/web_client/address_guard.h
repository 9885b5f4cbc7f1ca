// SPDX-License-Identifier: Apache-2.0
// Where we may connect to on somebody's word: public addresses and the networks an operator names.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sockaddr;

namespace ys::web_client {

/// A range of addresses; IPv4 stands in it as ::ffff:a.b.c.d.
struct Network {
    std::array<std::uint8_t, 16> first{};
    unsigned bits = 128;
    bool has(const std::array<std::uint8_t, 16>& address) const;
};

/// "10.20.0.0/16" "fd00::/8" "192.0.2.7"
/// errors  invalid_argument
Result<Network> parse_network(std::string_view text);

class AddressGuard {
public:
    /// Public addresses only (RFC 6890 and the registries it began).
    AddressGuard() = default;
    /// allowed  networks that are reachable although they are not public
    /// errors   invalid_argument
    static Result<AddressGuard> build(std::span<const std::string> allowed);

    bool allows(const sockaddr& address) const;
    /// For an address as text; false for what is none.
    bool allows(std::string_view address) const;

private:
    bool allows(const std::array<std::uint8_t, 16>& address) const;
    std::vector<Network> allowed_;
};

}  // namespace ys::web_client
