// SPDX-License-Identifier: Apache-2.0
// Which phone is where: one binding per phone, the latest registration wins.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"

namespace ys::sip {

struct Binding {
    std::string contact;    ///< the URI the phone gave
    std::string address;    ///< where the REGISTER came from: "host:port"
    std::string transport;  ///< "udp" "tcp" "tls"
    std::string call_id;    ///< of the registration, to judge the order of two
    std::uint32_t cseq = 0;
    Instant expires_at{};
};

class Bindings {
public:
    static constexpr std::size_t bindings_max = 100'000;

    enum class Change { New, Refreshed, Full };
    Change bind(const std::string& user, Binding binding);
    /// Whether there was one.
    bool unbind(const std::string& user);
    /// Forgets what is over and names the users.
    std::vector<std::string> expire(Instant now);

    const Binding* find(const std::string& user) const;
    /// The phone whose registration came from this very address ("host:port"), if any.
    const std::string* user_at(const std::string& address) const;
    std::size_t size() const { return bindings_.size(); }

private:
    std::unordered_map<std::string, Binding> bindings_;
    std::unordered_map<std::string, std::string> user_by_address_;
    std::multimap<Instant, std::string>
        ends_;  // One entry a registration; a refresh leaves a stale one.
};

}  // namespace ys::sip
