// SPDX-License-Identifier: Apache-2.0
// One leg's ICE-lite agent (RFC 8445 §2.5): it answers checks, never sends its own.
#pragma once

#include <sys/socket.h>

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "voice/media/webrtc/stun.h"

namespace ys::media {

/// Where a datagram came from: far address and port, and which of our sockets it reached.
/// IPv4 and IPv4-mapped IPv6 are the same place.
struct PairKey {
    std::array<std::uint8_t, 16> address{};
    std::uint32_t scope = 0;
    std::uint16_t port = 0;
    unsigned socket = 0;
    static PairKey of(const sockaddr_storage& from, unsigned socket);
    friend bool operator==(const PairKey&, const PairKey&) = default;
};
struct PairKeyHash {
    std::size_t operator()(const PairKey& key) const noexcept;
};

struct IcePair {
    PairKey key;
    sockaddr_storage address{};
    Instant checked_at{};  ///< last authenticated check
    bool nominated = false;
};

/// The full agent (the browser) sends checks and nominates; a pair lives as long as its checks
/// come. What is trusted is the password, never the address.
class IceLite {
public:
    static constexpr std::size_t pairs_max = 8;
    static constexpr Seconds consent_for{30};  // RFC 7675 §5.1

    struct Credentials {
        std::string local_ufrag, local_pwd, remote_ufrag;
    };
    struct Outcome {
        enum class Kind { Dropped, Answered, Refused } kind = Kind::Dropped;
        std::optional<PairKey> evicted;  ///< an older pair gave way
    };
    using Reply = std::function<void(std::span<const std::uint8_t>)>;

    explicit IceLite(Credentials credentials) : credentials_(std::move(credentials)) {}

    const std::string& local_ufrag() const { return credentials_.local_ufrag; }
    /// RFC 8445 §9: new credentials; pairs serve on until new ones are nominated or time out.
    void restart(Credentials credentials);

    /// A binding request whose USERNAME begins with our ufrag. Wrong passwords get no answer: an
    /// answer would only help a scanner. Reply is called at most once, before any state changes.
    Outcome on_check(const StunView& check, const sockaddr_storage& from, const PairKey& key,
                     Instant now, const Reply& reply);

    /// Takes out pairs without a check for consent_for; returns their keys.
    std::vector<PairKey> expire(Instant now);

    /// Where to send: the pair last nominated; null before the first nomination.
    const IcePair* selected() const {
        return selected_ < pairs_.size() ? &pairs_[selected_] : nullptr;
    }
    const IcePair* find(const PairKey& key) const;
    const std::vector<IcePair>& pairs() const { return pairs_; }

private:
    static constexpr std::size_t remembered_max = 64;
    struct Seen {
        StunTransaction transaction{};
        PairKey key;
    };
    bool is_for_us(const StunView& check) const;
    bool is_replayed_from_elsewhere(const StunTransaction& transaction, const PairKey& key);
    std::size_t pair_for(const sockaddr_storage& from, const PairKey& key, Outcome& outcome);
    void choose_after_loss();

    Credentials credentials_;
    std::vector<IcePair> pairs_;
    std::size_t selected_ = pairs_max;
    std::vector<Seen> seen_;
    std::size_t seen_next_ = 0;
};

}  // namespace ys::media
