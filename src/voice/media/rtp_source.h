// SPDX-License-Identifier: Apache-2.0
// Whose RTP a leg believes: learned once in a short window, then pinned (rule T8 of the threat
// table; the answer to RTP bleed and injection).
#pragma once

#include <cstdint>

#include "base/time.h"
#include "voice/media/socket_address.h"

namespace ys::media {

/// Learning -> Locked; a new SDP leads back to Learning.
class RtpSource {
public:
    static constexpr Millis learn_for{2'000};  ///< from the first packet of an allowed address
    static constexpr int lock_after = 5;       ///< packets in order of one source and SSRC

    enum class Verdict { Accept, AcceptNewStream, Drop };

    /// described: the far end's RTP address and port of the SDP.
    /// The same description again changes nothing: a re-INVITE must not open the window.
    void on_sdp(const SocketAddress& described, bool learns_neighbours);
    Verdict on_packet(const SocketAddress& from, std::uint32_t ssrc, std::uint16_t sequence,
                      Instant now);
    /// RTCP may come from the address in use, at any port of it.
    bool allows_rtcp(const SocketAddress& from) const;
    /// Where to send: what was learned, else what the SDP said.
    const SocketAddress& destination() const { return locked_ ? chosen_ : described_; }
    bool is_locked() const { return locked_; }

private:
    bool is_allowed(const SocketAddress& from, Instant now) const;
    void choose(const SocketAddress& from, std::uint32_t ssrc, std::uint16_t sequence);
    Verdict while_locked(const SocketAddress& from, std::uint32_t ssrc, std::uint16_t sequence,
                         Instant now);

    SocketAddress described_;
    SocketAddress chosen_;
    bool learns_neighbours_ = false;
    bool locked_ = false;
    bool has_candidate_ = false;
    bool window_open_ = false;  ///< the first packet has come; its end is known
    Instant window_end_{};
    std::uint32_t ssrc_ = 0;
    std::uint16_t sequence_ = 0;
    int in_order_ = 0;
    Instant last_good_{};
    std::uint32_t next_ssrc_ = 0;  ///< a new stream of the locked source, on probation
    std::uint16_t next_sequence_ = 0;
    int next_in_order_ = 0;
};

}  // namespace ys::media
