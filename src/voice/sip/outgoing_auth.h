// SPDX-License-Identifier: Apache-2.0
// Answers a trunk's digest challenge, and nobody else's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "voice/sip/digest.h"

namespace ys::sip {

/// Credentials of one call towards one trunk. They are bound to the realm *and* the address of the
/// proxy: whoever else challenges with the trunk's realm (a callee, CVE-2021-41158) learns nothing.
class OutgoingAuth {
public:
    OutgoingAuth() = default;
    OutgoingAuth(std::string user, Secret<std::string> password, std::string realm,
                 std::string proxy_host);

    /// Takes a challenge that came from `from_host`; false when it is not to be answered: wrong
    /// realm or address, unknown algorithm, or a second refusal that is not "stale".
    bool take(const std::vector<std::string>& challenges, const std::string& from_host,
              bool by_proxy);
    /// True from the first accepted challenge on.
    bool ready() const { return challenge_.has_value(); }
    bool by_proxy() const { return by_proxy_; }
    /// The header's value for one more request. `cnonce` is fresh randomness.
    std::string header(const std::string& method, const std::string& uri, std::string cnonce);

private:
    std::string user_;
    Secret<std::string> password_;
    std::string realm_;
    std::string proxy_host_;
    std::optional<DigestChallenge> challenge_;
    bool by_proxy_ = false;
    std::uint32_t count_ = 0;
};

}  // namespace ys::sip
