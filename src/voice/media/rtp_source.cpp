// SPDX-License-Identifier: Apache-2.0
// Learning and pinning of the RTP source.
#include "voice/media/rtp_source.h"

namespace ys::media {

void RtpSource::on_sdp(const SocketAddress& described, bool learns_neighbours) {
    if (described_ == described && described_.is_known()) return;
    *this = RtpSource{};
    described_ = described;
    learns_neighbours_ = learns_neighbours;
}

bool RtpSource::is_allowed(const SocketAddress& from, Instant now) const {
    if (!described_.is_known()) return false;
    if (from == described_) return true;
    if (window_open_ && now > window_end_) return false;
    return from.same_address(described_) ||
           (learns_neighbours_ && from.same_neighbourhood(described_));
}

void RtpSource::choose(const SocketAddress& from, std::uint32_t ssrc, std::uint16_t sequence) {
    has_candidate_ = true;
    chosen_ = from;
    ssrc_ = ssrc;
    sequence_ = sequence;
    in_order_ = 1;
}

RtpSource::Verdict RtpSource::on_packet(const SocketAddress& from, std::uint32_t ssrc,
                                        std::uint16_t sequence, Instant now) {
    if (locked_) return while_locked(from, ssrc, sequence, now);
    if (!is_allowed(from, now)) return Verdict::Drop;
    if (!window_open_) {
        window_open_ = true;
        window_end_ = now + learn_for;
    }
    if (!has_candidate_) {
        choose(from, ssrc, sequence);
        last_good_ = now;
        return Verdict::AcceptNewStream;
    }
    if (!(from == chosen_) || ssrc != ssrc_) {
        // The described source outranks a learned one; among equals the first stays unless it
        // falls silent.
        const bool outranks = from == described_ && !(chosen_ == described_);
        if (!outranks && now - last_good_ < 200ms) return Verdict::Drop;
        choose(from, ssrc, sequence);
        last_good_ = now;
        return Verdict::AcceptNewStream;
    }
    const auto step = static_cast<std::int16_t>(sequence - sequence_);
    if (step > 0 && step < 50) ++in_order_;
    if (step > 0) sequence_ = sequence;
    last_good_ = now;
    locked_ = in_order_ >= lock_after;
    return Verdict::Accept;
}

/// A far end that begins a new stream (a new SSRC) from the very address and port that are locked
/// is believed when the old stream has been silent and the new one has proved itself: phones and
/// switches do that without a new SDP. No other source ever gets in.
RtpSource::Verdict RtpSource::while_locked(const SocketAddress& from, std::uint32_t ssrc,
                                           std::uint16_t sequence, Instant now) {
    if (!(from == chosen_)) return Verdict::Drop;
    if (ssrc == ssrc_) {
        last_good_ = now;
        sequence_ = sequence;
        next_in_order_ = 0;
        return Verdict::Accept;
    }
    if (now - last_good_ < 200ms) return Verdict::Drop;
    const auto step = static_cast<std::int16_t>(sequence - next_sequence_);
    const bool goes_on = ssrc == next_ssrc_ && next_in_order_ > 0 && step > 0 && step < 50;
    next_in_order_ = goes_on ? next_in_order_ + 1 : 1;
    next_ssrc_ = ssrc;
    next_sequence_ = sequence;
    if (next_in_order_ < lock_after) return Verdict::Drop;
    ssrc_ = ssrc;
    sequence_ = sequence;
    last_good_ = now;
    next_in_order_ = 0;
    return Verdict::AcceptNewStream;
}

bool RtpSource::allows_rtcp(const SocketAddress& from) const {
    return described_.is_known() &&
           (from.same_address(described_) || (locked_ && from.same_address(chosen_)));
}

}  // namespace ys::media
