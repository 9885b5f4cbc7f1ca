// SPDX-License-Identifier: Apache-2.0
// Browsers' media on one media thread: ICE-lite, DTLS and SRTP for many legs over shared sockets.
#include "voice/media/webrtc/webrtc_port.h"

#include <openssl/crypto.h>

#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "voice/media/webrtc/dtls_session.h"
#include "voice/media/webrtc/ice_lite.h"
#include "voice/media/webrtc/srtp_session.h"
#include "voice/media/webrtc/stun.h"

namespace ys::media {
namespace {

constexpr Seconds first_check_within{30};
constexpr Seconds handshake_within{30};  ///< from the first validated pair

enum class Kind { Stun, Dtls, Rtp, Rtcp, Other };

/// RFC 7983 §7 by the first byte; RFC 5761 §4 tells RTCP from RTP by the second.
Kind kind_of(std::span<const std::uint8_t> datagram) {
    if (datagram.size() < 2) return Kind::Other;
    const unsigned first = datagram[0];
    if (first <= 3) return Kind::Stun;
    if (first >= 20 && first <= 63) return Kind::Dtls;
    if (first < 128 || first > 191) return Kind::Other;
    return datagram[1] >= 192 && datagram[1] <= 223 ? Kind::Rtcp : Kind::Rtp;
}

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

IceLite::Credentials ice_part(WebRtcPeer& peer) {
    return {std::move(peer.local_ufrag), std::move(peer.local_pwd), std::move(peer.remote_ufrag)};
}

struct Leg {
    Leg(LegId leg, WebRtcPeer peer, Instant now)
        : id(leg),
          ice(ice_part(peer)),
          fingerprint(std::move(peer.remote_fingerprint)),
          added_at(now) {}
    LegId id;
    IceLite ice;
    std::string fingerprint;
    Instant added_at;
    Instant reached_at{};  ///< first authenticated check
    bool is_reached = false;
    bool is_nominated = false;  ///< since add(), an ICE restart included
    bool is_announced = false;
    bool is_here = true;  ///< false once out of the port; callbacks may do that under our feet
    PairKey dtls_from;    ///< answers go here while nothing is nominated
    std::unique_ptr<DtlsSession> dtls;
    std::unique_ptr<SrtpSession> srtp;
};
using LegPtr = std::shared_ptr<Leg>;

}  // namespace

struct WebRtcPort::Inside {
    Inside(std::shared_ptr<const DtlsIdentity> ours, Out callbacks)
        : identity(std::move(ours)), out(std::move(callbacks)) {}

    std::shared_ptr<const DtlsIdentity> identity;
    Out out;
    Counters counted;
    std::unordered_map<LegId, LegPtr> legs;
    std::unordered_map<std::string, LegPtr, TextHash, std::equal_to<>> by_ufrag;
    std::unordered_map<PairKey, LegPtr, PairKeyHash> by_source;
    std::vector<LegPtr> ticking;  ///< kept for its capacity

    void send(const IcePair& pair, std::span<const std::uint8_t> datagram) const {
        if (out.send_from) return out.send_from(datagram, pair.address, pair.key.socket);
        if (out.send) out.send(datagram, pair.address);
    }
    void send(const sockaddr_storage& to, unsigned socket, std::span<const std::uint8_t> d) const {
        if (out.send_from) return out.send_from(d, to, socket);
        if (out.send) out.send(d, to);
    }
    void forget_source(const PairKey& key, const Leg& leg) {
        const auto it = by_source.find(key);
        if (it != by_source.end() && it->second.get() == &leg) by_source.erase(it);
    }
    void forget_ufrag(const Leg& leg) {
        const auto it = by_ufrag.find(leg.ice.local_ufrag());
        if (it != by_ufrag.end() && it->second.get() == &leg) by_ufrag.erase(it);
    }
    void take_out(LegPtr leg) {  // By value: the maps hold the caller's reference.
        leg->is_here = false;
        forget_ufrag(*leg);
        for (const IcePair& pair : leg->ice.pairs()) forget_source(pair.key, *leg);
        legs.erase(leg->id);
    }
    void down(const LegPtr& leg, const char* why) {
        if (!leg->is_here) return;
        const LegPtr held = leg;
        take_out(held);
        if (out.down) out.down(held->id, why);
    }
    void announce(const LegPtr& leg) {
        if (!leg->is_here || leg->is_announced || !leg->is_nominated || !leg->srtp) return;
        leg->is_announced = true;
        if (out.up) out.up(leg->id);
    }
    LegPtr leg_at(const PairKey& key) {
        const auto it = by_source.find(key);
        return it == by_source.end() ? nullptr : it->second;
    }

    void on_stun(std::span<const std::uint8_t> datagram, const sockaddr_storage& from,
                 const PairKey& key, Instant now);
    void on_dtls(std::span<const std::uint8_t> datagram, const PairKey& key);
    void on_media(std::span<std::uint8_t> datagram, Kind kind, const PairKey& key, Instant now);
    bool make_dtls(Leg& leg);
    void after_dtls(const LegPtr& leg);
    void take_keys(const LegPtr& leg);
    void tick(const LegPtr& leg, Instant now);
};

void WebRtcPort::Inside::on_stun(std::span<const std::uint8_t> datagram,
                                 const sockaddr_storage& from, const PairKey& key, Instant now) {
    const auto check = StunView::parse(datagram);
    const std::string_view name = check ? check->username() : std::string_view{};
    const auto found = by_ufrag.find(name.substr(0, name.find(':')));
    if (found == by_ufrag.end()) {
        ++counted.stun_dropped;
        return;
    }
    const LegPtr leg = found->second;
    const auto outcome = leg->ice.on_check(
        *check, from, key, now,
        [&](std::span<const std::uint8_t> answer) { send(from, key.socket, answer); });
    if (outcome.evicted) forget_source(*outcome.evicted, *leg);
    if (outcome.kind == IceLite::Outcome::Kind::Dropped) {
        ++counted.stun_dropped;
        return;
    }
    ++counted.stun_answered;
    if (outcome.kind != IceLite::Outcome::Kind::Answered || !leg->is_here) return;
    by_source[key] = leg;
    if (!leg->is_reached) {
        leg->is_reached = true;
        leg->reached_at = now;
    }
    const IcePair* selected = leg->ice.selected();
    if (check->has(stun::attr_use_candidate) && selected != nullptr) leg->is_nominated = true;
    announce(leg);
}

bool WebRtcPort::Inside::make_dtls(Leg& leg) {
    // The session belongs to the leg, so the leg outlives every call of this.
    leg.dtls = DtlsSession::make(*identity, [this, &leg](std::span<const std::uint8_t> flight) {
        const IcePair* pair = leg.ice.selected();
        if (pair == nullptr) pair = leg.ice.find(leg.dtls_from);
        if (pair != nullptr) send(*pair, flight);
    });
    return leg.dtls != nullptr;
}

void WebRtcPort::Inside::on_dtls(std::span<const std::uint8_t> datagram, const PairKey& key) {
    // Only from a pair whose ICE check was right: a hello from elsewhere is the ClientHello race
    // of CVE-2023-49786, CVE-2023-51443 and CVE-2023-51275.
    const LegPtr leg = leg_at(key);
    if (!leg) {
        ++counted.unknown_source;
        return;
    }
    leg->dtls_from = key;
    if ((!leg->dtls && (leg->srtp || !make_dtls(*leg))) || !leg->dtls->on_datagram(datagram)) {
        ++counted.dtls_dropped;
    }
    after_dtls(leg);
}

void WebRtcPort::Inside::after_dtls(const LegPtr& leg) {
    if (!leg->is_here || !leg->dtls) return;
    switch (leg->dtls->state()) {
        case DtlsSession::State::Handshaking:
            return;
        case DtlsSession::State::Failed:
            // Before the keys, a new hello may begin again until the time is over.
            if (!leg->srtp) leg->dtls.reset();
            return;
        case DtlsSession::State::Up:
            if (!leg->srtp) take_keys(leg);
            return;
        case DtlsSession::State::Closed:
            return down(leg, "dtls_closed");
    }
}

void WebRtcPort::Inside::take_keys(const LegPtr& leg) {
    // RFC 5763 §5, ASVS 17.2.8: the certificate is the one the signalling named, or no media.
    if (!equals_ignoring_case(leg->dtls->peer_fingerprint(), leg->fingerprint)) {
        leg->dtls->close();
        return down(leg, "fingerprint_mismatch");
    }
    const auto keys = leg->dtls->keys();
    if (keys) leg->srtp = SrtpSession::make(*keys);
    if (!leg->srtp) {
        leg->dtls->close();
        return down(leg, "srtp_failed");
    }
    announce(leg);
}

void WebRtcPort::Inside::on_media(std::span<std::uint8_t> datagram, Kind kind, const PairKey& key,
                                  Instant now) {
    const LegPtr leg = leg_at(key);
    if (!leg) {
        ++counted.unknown_source;
        return;
    }
    std::optional<std::size_t> size;
    if (leg->srtp) {
        size = kind == Kind::Rtp ? leg->srtp->unprotect_rtp(datagram)
                                 : leg->srtp->unprotect_rtcp(datagram);
    }
    if (!size) {
        ++counted.srtp_dropped;  // CVE-2021-41105: never a hang-up, however many.
        return;
    }
    const auto& callback = kind == Kind::Rtp ? out.rtp : out.rtcp;
    if (callback) callback(leg->id, datagram.first(*size), now);
}

void WebRtcPort::Inside::tick(const LegPtr& leg, Instant now) {
    if (!leg->is_here) return;
    if (leg->dtls && !leg->srtp) {
        leg->dtls->on_tick();
        after_dtls(leg);
    }
    for (const PairKey& key : leg->ice.expire(now)) forget_source(key, *leg);
    if (!leg->is_reached) {
        if (now - leg->added_at >= first_check_within) down(leg, "ice_timeout");
    } else if (leg->ice.pairs().empty()) {
        down(leg, "consent_lost");
    } else if (!leg->srtp && now - leg->reached_at >= handshake_within) {
        down(leg, "dtls_timeout");
    }
}

WebRtcPort::WebRtcPort(std::shared_ptr<const DtlsIdentity> identity, Out out)
    : in_(std::make_unique<Inside>(std::move(identity), std::move(out))) {}

WebRtcPort::~WebRtcPort() = default;

void WebRtcPort::add(LegId id, WebRtcPeer peer, Instant now) {
    const auto found = in_->legs.find(id);
    if (found != in_->legs.end()) {
        const LegPtr leg = found->second;
        if (equals_ignoring_case(leg->fingerprint, peer.remote_fingerprint)) {
            in_->forget_ufrag(*leg);
            leg->ice.restart(ice_part(peer));
            leg->is_nominated = leg->is_announced = false;
            in_->by_ufrag[leg->ice.local_ufrag()] = leg;
            return;
        }
        in_->take_out(leg);
    }
    const LegPtr leg = std::make_shared<Leg>(id, std::move(peer), now);
    in_->legs[id] = leg;
    in_->by_ufrag[leg->ice.local_ufrag()] = leg;
}

void WebRtcPort::remove(LegId id) {
    const auto found = in_->legs.find(id);
    if (found == in_->legs.end()) return;
    const LegPtr leg = found->second;
    if (leg->dtls) leg->dtls->close();
    in_->take_out(leg);
}

void WebRtcPort::on_datagram(std::span<std::uint8_t> datagram, const sockaddr_storage& from,
                             Instant now, unsigned socket) {
    const PairKey key = PairKey::of(from, socket);
    const Kind kind = kind_of(datagram);
    switch (kind) {
        case Kind::Stun:
            return in_->on_stun(datagram, from, key, now);
        case Kind::Dtls:
            return in_->on_dtls(datagram, key);
        case Kind::Rtp:
        case Kind::Rtcp:
            return in_->on_media(datagram, kind, key, now);
        case Kind::Other:
            ++in_->counted.other_dropped;
            return;
    }
}

void WebRtcPort::on_tick(Instant now) {
    // A copy, because a callback may add or remove legs.
    in_->ticking.clear();
    for (const auto& [id, leg] : in_->legs) in_->ticking.push_back(leg);
    for (const LegPtr& leg : in_->ticking) in_->tick(leg, now);
    in_->ticking.clear();
}

bool WebRtcPort::send_rtp(LegId id, std::span<std::uint8_t> buffer, std::size_t rtp_size) {
    const auto found = in_->legs.find(id);
    if (found == in_->legs.end() || !found->second->srtp) return false;
    const IcePair* pair = found->second->ice.selected();
    if (pair == nullptr) return false;
    const auto size = found->second->srtp->protect_rtp(buffer, rtp_size);
    if (!size) return false;
    in_->send(*pair, buffer.first(*size));
    return true;
}

bool WebRtcPort::send_rtcp(LegId id, std::span<std::uint8_t> buffer, std::size_t size) {
    const auto found = in_->legs.find(id);
    if (found == in_->legs.end() || !found->second->srtp) return false;
    const IcePair* pair = found->second->ice.selected();
    if (pair == nullptr) return false;
    const auto encrypted = found->second->srtp->protect_rtcp(buffer, size);
    if (!encrypted) return false;
    in_->send(*pair, buffer.first(*encrypted));
    return true;
}

WebRtcPort::Counters WebRtcPort::counters() const {
    Counters counters = in_->counted;
    counters.legs = in_->legs.size();
    return counters;
}

}  // namespace ys::media
