// SPDX-License-Identifier: Apache-2.0
// From datagrams to frames.
#include "voice/media/leg_receiver.h"

#include <algorithm>

#include "voice/media/rtp_packet.h"

namespace ys::media {

void LegReceiver::on_plan(const AudioPlan& plan, std::unique_ptr<Decoder> decoder,
                          std::unique_ptr<KeyToneDetector> detector) {
    const bool is_new_codec = !has_plan_ || plan.codec != plan_.codec;
    plan_ = plan;
    has_plan_ = true;
    detector_ = std::move(detector);
    if (!is_new_codec) return;  // Hold and resume must not cost a word.
    decoder_ = std::move(decoder);
    const CodecFacts& facts = facts_of(plan.codec);
    jitter_.shape(facts.units_per_frame, facts.has_bytes_as_samples, alaw_silence);
    voice_ = Voice::None;
}

LegReceiver::Heard LegReceiver::on_rtp(std::span<std::uint8_t> datagram, const SocketAddress& from,
                                       Instant now) {
    auto packet = parse_rtp(datagram);
    if (!packet || !has_plan_) return {};
    const auto verdict = source_.on_packet(from, packet->ssrc, packet->sequence, now);
    if (verdict == RtpSource::Verdict::Drop) return {};
    return take_packet(*packet, verdict == RtpSource::Verdict::AcceptNewStream, now);
}

LegReceiver::Heard LegReceiver::on_trusted_rtp(std::span<std::uint8_t> datagram, Instant now) {
    auto packet = parse_rtp(datagram);
    if (!packet || !has_plan_) return {};
    return take_packet(*packet, !has_stream_ || packet->ssrc != ssrc_, now);
}

LegReceiver::Heard LegReceiver::take_packet(RtpPacket& packet, bool is_new_stream, Instant now) {
    const int type = packet.payload_type;
    const bool is_key = plan_.receive_event_type >= 0 && type == plan_.receive_event_type;
    // A far end may switch between the two laws of G.711 without asking (RFC 3264 §8.3.2 lets it
    // use any agreed format); both are cheap to take.
    const bool is_law = is_g711(plan_.codec) && (type == 0 || type == 8);
    if (!is_key && !is_law && type != plan_.receive_payload_type) return {};
    if (is_new_stream) {
        ssrc_ = packet.ssrc;
        has_stream_ = true;
        stats_.restart();
        jitter_.restart();
        keys_.restart();
    }
    last_packet_ = now;
    Heard out{.accepted = true, .key = std::nullopt};
    if (is_key) {
        // Its timestamp stands still during a press and would look like jitter.
        out.key = keys_.on_packet(packet.payload, packet.timestamp, now);
        return out;
    }
    stats_.on_packet(packet.sequence, packet.timestamp, facts_of(plan_.codec).rtp_clock, now);
    if (is_law && type == 0) ulaw_to_alaw(packet.payload);
    jitter_.put(packet.timestamp, packet.payload);
    return out;
}

std::optional<char> LegReceiver::tick(Instant now, bool listens_for_keys) {
    voice_ = Voice::None;
    if (!has_plan_) return std::nullopt;
    const auto got = jitter_.take(coded_, coded_size_, keys_.is_pressed(now));
    if (got == JitterBuffer::Got::Missing) voice_ = Voice::Missing;
    if (got == JitterBuffer::Got::Full && !is_g711(plan_.codec)) voice_ = Voice::Coded;
    if (got == JitterBuffer::Got::Full && is_g711(plan_.codec)) {
        std::copy_n(coded_.begin(), frame_samples, alaw_.begin());
        voice_ = concealer_.is_in_gap() ? Voice::Blend : Voice::Alaw;
        concealer_.heard(alaw_);
    }
    if (detector_ == nullptr || !listens_for_keys) return std::nullopt;
    if (voice_ != Voice::None && voice_ != Voice::Missing) {
        return detector_->on_frame(overhear());
    }
    detector_->on_gap();
    return std::nullopt;
}

const Frame& LegReceiver::overhear() {
    const Voice before = voice_;
    const Frame& out = linear();
    if (before == Voice::Alaw) voice_ = Voice::Alaw;  // The bytes are still good as they are.
    return out;
}

const Frame& LegReceiver::linear() {
    switch (voice_) {
        case Voice::None:
            linear_.fill(0);
            break;
        case Voice::Alaw:
            decode_alaw(alaw_, linear_);
            break;
        case Voice::Blend:
            decode_alaw(alaw_, linear_);
            concealer_.smooth(linear_);
            break;
        case Voice::Coded:
            decoder_->decode(std::span(coded_).first(coded_size_), linear_);
            break;
        case Voice::Missing:
            if (decoder_ != nullptr) {
                decoder_->conceal(linear_);
            } else {
                concealer_.fill(linear_);
            }
            break;
        case Voice::Linear:
            return linear_;
    }
    if (voice_ != Voice::None) voice_ = Voice::Linear;
    return linear_;
}

}  // namespace ys::media
