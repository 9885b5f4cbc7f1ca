// SPDX-License-Identifier: Apache-2.0
// From frames to datagrams.
#include "voice/media/leg_sender.h"

#include <algorithm>

#include "voice/media/rtp_packet.h"

namespace ys::media {

void LegSender::on_plan(const AudioPlan& plan, std::unique_ptr<Encoder> encoder,
                        std::unique_ptr<KeyTones> tones) {
    plan_ = plan;
    units_ = facts_of(plan.codec).units_per_frame;
    encoder_ = std::move(encoder);
    tones_ = std::move(tones);
}

bool LegSender::push_key(char key) {
    return plan_.send_event_type >= 0 ? keys_.push(key) : tones_ != nullptr && tones_->push(key);
}

void LegSender::skip() {
    timestamp_ += units_;
    is_first_ = true;
}

std::size_t LegSender::next(const Mix& mix, std::span<std::uint8_t> out) {
    const std::uint32_t timestamp = timestamp_;
    timestamp_ += units_;
    if (plan_.send_event_type >= 0 && keys_.is_busy()) {
        if (const auto key = keys_.next(timestamp, units_)) {
            std::copy(key->bytes.begin(), key->bytes.end(), out.begin() + rtp_header_size);
            is_first_ = true;  // Audio begins anew after the key.
            return finish(out, static_cast<std::uint8_t>(plan_.send_event_type), key->timestamp,
                          key->marker, key->bytes.size());
        }
    }
    const std::size_t size = write_voice(mix, out.subspan(rtp_header_size));
    if (size == 0) return 0;
    const bool marker = is_first_;
    is_first_ = false;
    return finish(out, plan_.send_payload_type, timestamp, marker, size);
}

std::size_t LegSender::write_voice(const Mix& mix, std::span<std::uint8_t> payload) {
    Frame linear;
    const bool is_tone = tones_ != nullptr && tones_->next(linear);
    if (encoder_ != nullptr) {
        if (!is_tone) mix.render(linear);
        return encoder_->encode(linear, payload);
    }
    const std::span<std::uint8_t> law = payload.first(frame_samples);
    if (is_tone) {
        encode_alaw(linear, law);
    } else if (const AlawFrame* voice = mix.untouched(); voice != nullptr) {
        std::copy(voice->begin(), voice->end(), law.begin());
    } else if (mix.is_empty()) {
        std::fill(law.begin(), law.end(), alaw_silence);
    } else {
        mix.render(linear);
        encode_alaw(linear, law);
    }
    if (plan_.codec == Codec::Pcmu) alaw_to_ulaw(law);
    return frame_samples;
}

std::size_t LegSender::finish(std::span<std::uint8_t> out, std::uint8_t type,
                              std::uint32_t timestamp, bool marker, std::size_t payload_size) {
    write_rtp_header(out, RtpPacket{.payload_type = type,
                                    .marker = marker,
                                    .sequence = sequence_++,
                                    .timestamp = timestamp,
                                    .ssrc = ssrc_,
                                    .payload = {}});
    ++packets_;
    bytes_ += payload_size;
    return rtp_header_size + payload_size;
}

}  // namespace ys::media
