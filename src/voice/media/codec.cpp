// SPDX-License-Identifier: Apache-2.0
// spandsp and libopus behind values.
#include "voice/media/codec.h"

// libopus first: spandsp declares names of its own in C linkage.
#include <opus.h>
#include <spandsp.h>

#include <algorithm>
#include <array>

#include "base/panic.h"

namespace ys::media {
namespace {

constexpr std::array codecs{
    CodecFacts{Codec::Pcma, "PCMA", 8000, 160, 8, true},
    CodecFacts{Codec::Pcmu, "PCMU", 8000, 160, 0, true},
    // RFC 3551 §4.5.2: the clock of G.722 is 8000 for historical reasons.
    CodecFacts{Codec::G722, "G722", 8000, 160, 9, true},
    CodecFacts{Codec::Opus, "opus", 48000, 960, 111, false},
};

plc_state_t* plc(void* p) { return static_cast<plc_state_t*>(p); }

}  // namespace

std::span<const CodecFacts> known_codecs() { return codecs; }

const CodecFacts& facts_of(Codec codec) {
    for (const CodecFacts& facts : codecs)
        if (facts.codec == codec) return facts;
    YS_ASSERT(!"a codec without facts");
    return codecs[0];
}

std::unique_ptr<Decoder> Decoder::make(Codec codec) {
    if (is_g711(codec)) return nullptr;
    std::unique_ptr<Decoder> out(new Decoder(codec));
    if (codec == Codec::G722) {
        out->g722_ = g722_decode_init(nullptr, 64000, G722_SAMPLE_RATE_8000);
        out->concealer_ = std::make_unique<Concealer>();
        return out->g722_ != nullptr ? std::move(out) : nullptr;
    }
    int error = 0;
    out->opus_ = opus_decoder_create(8000, 1, &error);
    return error == OPUS_OK ? std::move(out) : nullptr;
}

Decoder::~Decoder() {
    if (g722_ != nullptr) g722_decode_free(static_cast<g722_decode_state_t*>(g722_));
    if (opus_ != nullptr) opus_decoder_destroy(opus_);
}

void Decoder::decode(std::span<const std::uint8_t> payload, Frame& out) {
    if (g722_ != nullptr) {
        out.fill(0);
        const int size = static_cast<int>(std::min(payload.size(), frame_samples));
        g722_decode(static_cast<g722_decode_state_t*>(g722_), out.data(), payload.data(), size);
        if (concealer_->is_in_gap()) concealer_->smooth(out);
        AlawFrame kept;
        encode_alaw(out, kept);
        concealer_->heard(kept);
        return;
    }
    const int samples = opus_decode(opus_, payload.data(), static_cast<int>(payload.size()),
                                    rest_.data(), rest_max, 0);
    if (samples <= 0) return conceal(out);
    rest_at_ = 0;
    rest_end_ = static_cast<std::size_t>(samples);
    take_rest(out);
}

void Decoder::take_rest(Frame& out) {
    const std::size_t count = std::min(frame_samples, rest_end_ - rest_at_);
    std::copy_n(rest_.begin() + static_cast<std::ptrdiff_t>(rest_at_), count, out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), std::int16_t{0});
    rest_at_ += count;
}

void Decoder::conceal(Frame& out) {
    if (g722_ != nullptr) {
        concealer_->fill(out);
        return;
    }
    if (rest_end_ - rest_at_ >= frame_samples) return take_rest(out);
    if (opus_decode(opus_, nullptr, 0, out.data(), frame_samples, 0) < 0) out.fill(0);
}

std::unique_ptr<Encoder> Encoder::make(Codec codec) {
    if (is_g711(codec)) return nullptr;
    std::unique_ptr<Encoder> out(new Encoder());
    if (codec == Codec::G722) {
        out->g722_ = g722_encode_init(nullptr, 64000, G722_SAMPLE_RATE_8000);
        return out->g722_ != nullptr ? std::move(out) : nullptr;
    }
    int error = 0;
    out->opus_ = opus_encoder_create(8000, 1, OPUS_APPLICATION_VOIP, &error);
    if (error != OPUS_OK) return nullptr;
    opus_encoder_ctl(out->opus_, OPUS_SET_COMPLEXITY(1));
    opus_encoder_ctl(out->opus_, OPUS_SET_BITRATE(16000));
    opus_encoder_ctl(out->opus_, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    return out;
}

Encoder::~Encoder() {
    if (g722_ != nullptr) g722_encode_free(static_cast<g722_encode_state_t*>(g722_));
    if (opus_ != nullptr) opus_encoder_destroy(opus_);
}

std::size_t Encoder::encode(const Frame& in, std::span<std::uint8_t> out) {
    YS_ASSERT(out.size() >= bytes_max);
    int size = 0;
    if (g722_ != nullptr) {
        size = g722_encode(static_cast<g722_encode_state_t*>(g722_), out.data(), in.data(),
                           static_cast<int>(frame_samples));
    } else {
        size = opus_encode(opus_, in.data(), static_cast<int>(frame_samples), out.data(),
                           static_cast<int>(bytes_max));
    }
    return size > 0 ? static_cast<std::size_t>(size) : 0;
}

Concealer::Concealer() : plc_(plc_init(nullptr)) {
    YS_ASSERT(plc_ != nullptr);
    for (AlawFrame& frame : last_) frame.fill(alaw_silence);
}
Concealer::~Concealer() { plc_free(plc(plc_)); }

void Concealer::heard(const AlawFrame& frame) {
    last_[0] = last_[1];
    last_[1] = frame;
}

void Concealer::fill(Frame& out) {
    if (!in_gap_) {
        // Only now does spandsp learn what was heard, all of it at once: its history must be filled
        // in one go, or it is turned by a memcpy onto itself.
        std::array<std::int16_t, 2 * frame_samples> past;
        static_assert(past.size() >= PLC_HISTORY_LEN);
        decode_alaw(last_[0], std::span(past).first(frame_samples));
        decode_alaw(last_[1], std::span(past).last(frame_samples));
        plc_rx(plc(plc_), past.data(), static_cast<int>(past.size()));
        in_gap_ = true;
    }
    plc_fillin(plc(plc_), out.data(), frame_samples);
}

void Concealer::smooth(Frame& frame) {
    plc_rx(plc(plc_), frame.data(), frame_samples);
    in_gap_ = false;
}

}  // namespace ys::media
