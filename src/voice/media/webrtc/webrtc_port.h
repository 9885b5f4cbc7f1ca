// SPDX-License-Identifier: Apache-2.0
// Browsers' media on one media thread: ICE-lite, DTLS and SRTP for many legs over shared sockets.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/id.h"
#include "base/time.h"
#include "voice/media/webrtc/dtls_identity.h"
#include "voice/media/webrtc/webrtc_peer.h"

namespace ys::media {

/// Lives on ONE media thread; owns no socket: the owner reads datagrams and sends them.
///
/// A callback may call remove(), add() or send_*() of this port; it must not destroy the port.
class WebRtcPort {
public:
    struct Out {
        /// Sends one datagram now; the span dies with the call.
        std::function<void(std::span<const std::uint8_t> datagram, const sockaddr_storage& to)>
            send;
        /// Keys are agreed and a pair is nominated: send_rtp works. Again after an ICE restart.
        std::function<void(LegId)> up;
        /// The leg is gone from the port already; remove() is not needed. why: "ice_timeout",
        /// "consent_lost", "dtls_timeout", "dtls_closed", "fingerprint_mismatch", "srtp_failed".
        std::function<void(LegId, std::string why)> down;
        /// Decrypted, authenticated, not replayed; from the first RTP byte on.
        std::function<void(LegId, std::span<std::uint8_t> rtp, Instant now)> rtp;
        std::function<void(LegId, std::span<std::uint8_t> rtcp, Instant now)> rtcp;
        /// Optional, used instead of `send` by an owner of several sockets: `socket` is the number
        /// it gave to on_datagram for the pair the datagram belongs to.
        std::function<void(std::span<const std::uint8_t>, const sockaddr_storage& to,
                           unsigned socket)>
            send_from;
    };
    struct Counters {
        std::uint64_t legs = 0;            ///< now
        std::uint64_t stun_answered = 0;   ///< checks with a right password
        std::uint64_t stun_dropped = 0;    ///< malformed, unknown user name or wrong password
        std::uint64_t unknown_source = 0;  ///< DTLS or RTP from no validated pair
        std::uint64_t dtls_dropped = 0;    ///< DTLS that could not be used; never ends a live leg
        std::uint64_t srtp_dropped = 0;    ///< garbage, forged, replayed or before the keys
        std::uint64_t other_dropped = 0;   ///< neither STUN, DTLS, RTP nor RTCP (RFC 7983)
    };

    explicit WebRtcPort(std::shared_ptr<const DtlsIdentity> identity, Out out);
    ~WebRtcPort();
    WebRtcPort(const WebRtcPort&) = delete;
    WebRtcPort& operator=(const WebRtcPort&) = delete;

    /// Waits for the browser's first check. A leg that is already here is an ICE restart: with the
    /// same fingerprint its keys stay (RFC 8842 §5.5) and the old pair serves until the new one is
    /// nominated; with another fingerprint everything begins again.
    void add(LegId leg, WebRtcPeer peer, Instant now);
    void remove(LegId leg);

    /// Any datagram of the shared sockets; hostile ones are counted and dropped. Decrypts in place.
    void on_datagram(std::span<std::uint8_t> datagram, const sockaddr_storage& from, Instant now,
                     unsigned socket = 0);
    /// DTLS retransmissions and ICE consent (RFC 7675 §5.1: 30 s); every 20 ms, cheap.
    void on_tick(Instant now);

    /// Encrypts in place and sends to the nominated pair. The buffer has >= 32 spare bytes after
    /// `rtp_size`. False when the leg is not up (nothing is sent).
    bool send_rtp(LegId leg, std::span<std::uint8_t> buffer, std::size_t rtp_size);
    bool send_rtcp(LegId leg, std::span<std::uint8_t> buffer, std::size_t size);

    Counters counters() const;

private:
    struct Inside;
    std::unique_ptr<Inside> in_;
};

}  // namespace ys::media
