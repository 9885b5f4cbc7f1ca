// SPDX-License-Identifier: Apache-2.0
// One leg's ICE-lite agent (RFC 8445 §2.5): it answers checks, never sends its own.
#include "voice/media/webrtc/ice_lite.h"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace ys::media {

PairKey PairKey::of(const sockaddr_storage& from, unsigned socket) {
    PairKey key;
    key.socket = socket;
    if (from.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
        key.address[10] = key.address[11] = 0xFF;
        std::memcpy(&key.address[12], &v4.sin_addr, 4);
        key.port = ntohs(v4.sin_port);
    } else if (from.ss_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
        std::memcpy(key.address.data(), &v6.sin6_addr, 16);
        key.port = ntohs(v6.sin6_port);
        key.scope = v6.sin6_scope_id;
    }
    return key;
}

std::size_t PairKeyHash::operator()(const PairKey& key) const noexcept {
    std::uint64_t parts[2];
    std::memcpy(parts, key.address.data(), sizeof parts);
    std::uint64_t h = parts[0] * 0x9E3779B97F4A7C15U ^ parts[1];
    h = (h ^ (h >> 29)) * 0xBF58476D1CE4E5B9U;
    h ^= (std::uint64_t{key.port} << 32 | key.socket) + key.scope;
    h = (h ^ (h >> 32)) * 0x94D049BB133111EBU;
    return static_cast<std::size_t>(h ^ (h >> 31));
}

void IceLite::restart(Credentials credentials) {
    credentials_ = std::move(credentials);
    seen_.clear();
    seen_next_ = 0;
}

const IcePair* IceLite::find(const PairKey& key) const {
    const auto it = std::find_if(pairs_.begin(), pairs_.end(),
                                 [&](const IcePair& pair) { return pair.key == key; });
    return it == pairs_.end() ? nullptr : &*it;
}

bool IceLite::is_for_us(const StunView& check) const {
    // RFC 8445 §7.2.2: the request's USERNAME is "<our ufrag>:<their ufrag>".
    const std::string_view name = check.username();
    const auto colon = name.find(':');
    return check.type() == stun::binding_request && colon != std::string_view::npos &&
           name.substr(0, colon) == credentials_.local_ufrag &&
           name.substr(colon + 1) == credentials_.remote_ufrag && check.has_fingerprint() &&
           check.is_signed_with(credentials_.local_pwd);
}

bool IceLite::is_replayed_from_elsewhere(const StunTransaction& transaction, const PairKey& key) {
    // STUN has no replay protection of its own: a captured check sent again from another address
    // would pull the stream there.
    for (const Seen& seen : seen_) {
        if (seen.transaction == transaction) return seen.key != key;
    }
    if (seen_.size() < remembered_max) {
        seen_.push_back({transaction, key});
    } else {
        seen_[seen_next_] = {transaction, key};
        seen_next_ = (seen_next_ + 1) % remembered_max;
    }
    return false;
}

std::size_t IceLite::pair_for(const sockaddr_storage& from, const PairKey& key, Outcome& outcome) {
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
        if (pairs_[i].key == key) return i;
    }
    if (pairs_.size() < pairs_max) {
        pairs_.push_back({key, from, {}, false});
        return pairs_.size() - 1;
    }
    std::size_t oldest = selected_ == 0 ? 1 : 0;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
        if (i != selected_ && pairs_[i].checked_at < pairs_[oldest].checked_at) oldest = i;
    }
    outcome.evicted = pairs_[oldest].key;
    pairs_[oldest] = {key, from, {}, false};
    return oldest;
}

IceLite::Outcome IceLite::on_check(const StunView& check, const sockaddr_storage& from,
                                   const PairKey& key, Instant now, const Reply& reply) {
    Outcome outcome;
    if (!is_for_us(check) || is_replayed_from_elsewhere(check.transaction(), key)) return outcome;
    if (const auto unknown = check.unknown_required()) {
        // RFC 8489 §6.3.1: 420 and the list of what was not understood.
        const std::array<std::uint8_t, 2> list{static_cast<std::uint8_t>(*unknown >> 8),
                                               static_cast<std::uint8_t>(*unknown)};
        StunWriter refusal(stun::binding_error, check.transaction());
        refusal.add_error(420, "Unknown Attribute").add(stun::attr_unknown_attributes, list);
        reply(refusal.finish(credentials_.local_pwd));
        outcome.kind = Outcome::Kind::Refused;
        return outcome;
    }
    if (check.has(stun::attr_ice_controlled)) {
        // RFC 8445 §7.3.1.1: a lite agent stays controlled, so the far end must change its role.
        StunWriter refusal(stun::binding_error, check.transaction());
        refusal.add_error(487, "Role Conflict");
        reply(refusal.finish(credentials_.local_pwd));
        outcome.kind = Outcome::Kind::Refused;
        return outcome;
    }
    StunWriter success(stun::binding_success, check.transaction());
    success.add_mapped_address(from);
    reply(success.finish(credentials_.local_pwd));

    const std::size_t at = pair_for(from, key, outcome);
    pairs_[at].checked_at = now;
    if (check.has(stun::attr_use_candidate)) {
        pairs_[at].nominated = true;
        selected_ = at;
    }
    outcome.kind = Outcome::Kind::Answered;
    return outcome;
}

std::vector<PairKey> IceLite::expire(Instant now) {
    std::vector<PairKey> gone;
    const PairKey selected_key = selected() != nullptr ? selected()->key : PairKey{};
    const bool had_selected = selected() != nullptr;
    std::erase_if(pairs_, [&](const IcePair& pair) {
        if (now - pair.checked_at < consent_for) return false;
        gone.push_back(pair.key);
        return true;
    });
    if (gone.empty() || !had_selected) return gone;
    selected_ = pairs_max;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
        if (pairs_[i].key == selected_key) selected_ = i;
    }
    if (selected() == nullptr) choose_after_loss();
    return gone;
}

void IceLite::choose_after_loss() {
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
        const bool is_better =
            selected() == nullptr || pairs_[i].checked_at > pairs_[selected_].checked_at;
        if (pairs_[i].nominated && is_better) selected_ = i;
    }
}

}  // namespace ys::media
