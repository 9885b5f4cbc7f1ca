// SPDX-License-Identifier: Apache-2.0
// The hearing half of a leg: packets in, one 20 ms frame and perhaps a key out at each tick.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/time.h"
#include "voice/media/audio_plan.h"
#include "voice/media/codec.h"
#include "voice/media/jitter_buffer.h"
#include "voice/media/key_tones.h"
#include "voice/media/rfc4733.h"
#include "voice/media/rtp_packet.h"
#include "voice/media/rtp_source.h"
#include "voice/media/rtp_stats.h"

namespace ys::media {

class LegReceiver {
public:
    struct Heard {
        bool accepted = false;
        std::optional<char> key;
    };

    /// decoder   null for G.711
    /// detector  null when telephone events were agreed
    void on_plan(const AudioPlan& plan, std::unique_ptr<Decoder> decoder,
                 std::unique_ptr<KeyToneDetector> detector);
    /// Plain RTP: from the wire, believed only as `source()` says.
    Heard on_rtp(std::span<std::uint8_t> datagram, const SocketAddress& from, Instant now);
    /// WebRTC: SRTP has already said who it is.
    Heard on_trusted_rtp(std::span<std::uint8_t> datagram, Instant now);
    RtpSource& source() { return source_; }
    const RtpSource& source() const { return source_; }

    /// Once every 20 ms: takes the frame of this tick. A key heard as a sound comes from here.
    /// listens_for_keys  false: sounds are not searched for keys, which costs a fifth of a bridged
    /// call
    std::optional<char> tick(Instant now, bool listens_for_keys = true);

    /// Decoding happens only when asked for, at most once a tick.
    bool has_voice() const { return voice_ != Voice::None; }
    /// The frame as A-law when nothing need be done to it; else null.
    const AlawFrame* untouched() const { return voice_ == Voice::Alaw ? &alaw_ : nullptr; }
    const Frame& linear();
    /// The same for somebody beside the call: what is untouched stays so.
    const Frame& overhear();

    const RtpStats& stats() const { return stats_; }
    RtpStats& stats() { return stats_; }
    std::uint32_t remote_ssrc() const { return ssrc_; }
    bool has_stream() const { return has_stream_; }
    Instant last_packet() const { return last_packet_; }
    int delay_ms() const { return jitter_.delay_ms(); }

private:
    enum class Voice : std::uint8_t {
        None,
        Alaw,     ///< alaw_ is what was said
        Blend,    ///< alaw_ is the first frame after a gap
        Coded,    ///< coded_ waits for the decoder
        Missing,  ///< to be concealed
        Linear    ///< linear_ is done
    };
    Heard take_packet(RtpPacket& packet, bool is_new_stream, Instant now);

    AudioPlan plan_;
    RtpSource source_;
    RtpStats stats_;
    JitterBuffer jitter_;
    KeyReceiver keys_;
    Concealer concealer_;
    std::unique_ptr<Decoder> decoder_;
    std::unique_ptr<KeyToneDetector> detector_;
    Voice voice_ = Voice::None;
    bool has_plan_ = false;
    bool has_stream_ = false;
    std::uint32_t ssrc_ = 0;
    Instant last_packet_{};
    AlawFrame alaw_{};
    Frame linear_{};
    std::array<std::uint8_t, JitterBuffer::slot_bytes> coded_{};
    std::size_t coded_size_ = 0;
};

}  // namespace ys::media
