// SPDX-License-Identifier: Apache-2.0
// Nonces that carry their own time and proof, so that a challenge costs the server no memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/time.h"

namespace ys::sip {

/// Makes and checks the nonces of one process. Only a nonce that was used with a right password
/// is remembered, for the count of its uses.
class NonceMint {
public:
    static constexpr Seconds lifetime{60};
    static constexpr std::size_t remembered_max = 100'000;

    /// key      random, at least 16 bytes
    explicit NonceMint(std::string key) : key_(std::move(key)) {}

    std::string mint(Instant now);

    enum class Verdict { Good, Stale, Forged };
    /// Whether this process made the nonce, and not too long ago.
    Verdict check(std::string_view nonce, Instant now) const;

    /// Takes one use of a checked nonce; false when this count was seen before (RFC 7616 §3.4:
    /// the count must grow). A client without a count gets one use.
    bool use(std::string_view nonce, std::uint32_t nonce_count, Instant now);

private:
    struct Use {
        std::uint32_t count;
        Instant forget_at;
    };
    std::string proof(std::string_view stamp) const;
    void forget(Instant now);

    std::string key_;
    std::uint64_t minted_ = 0;
    std::map<std::string, Use, std::less<>> uses_;
    Instant swept_{};
};

}  // namespace ys::sip
