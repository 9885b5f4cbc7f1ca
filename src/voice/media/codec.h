// SPDX-License-Identifier: Apache-2.0
// The codecs of the wire and, for those with memory, their decoder and encoder at 8 kHz.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "voice/media/g711.h"

struct OpusDecoder;
struct OpusEncoder;

namespace ys::media {

enum class Codec : std::uint8_t { Pcma, Pcmu, G722, Opus };

struct CodecFacts {
    Codec codec;
    std::string_view name;  ///< as in a=rtpmap
    std::uint32_t rtp_clock;
    std::uint32_t units_per_frame;  ///< RTP clock units in 20 ms
    int payload_type;               ///< static, or the one we offer
    bool has_bytes_as_samples;
};
/// In the order we like them.
std::span<const CodecFacts> known_codecs();
const CodecFacts& facts_of(Codec codec);

inline bool is_g711(Codec codec) { return codec == Codec::Pcma || codec == Codec::Pcmu; }

/// Hides lost frames of G.711 from what was heard before (ITU-T G.711 appendix I).
class Concealer {
public:
    Concealer();
    ~Concealer();
    Concealer(const Concealer&) = delete;
    Concealer& operator=(const Concealer&) = delete;

    /// A frame that came: only kept, so that a call without loss pays a copy.
    void heard(const AlawFrame& frame);
    /// True when the frame after a gap has to be blended by smooth().
    bool is_in_gap() const { return in_gap_; }
    void fill(Frame& out);
    /// Blends the first frame after a gap, in place.
    void smooth(Frame& frame);

private:
    void* plc_;
    std::array<AlawFrame, 2> last_{};
    bool in_gap_ = false;
};

/// Only G.722 and Opus need one.
class Decoder {
public:
    /// Null for G.711, or when there is no memory.
    static std::unique_ptr<Decoder> make(Codec codec);
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// One frame out. A packet longer than 20 ms leaves its rest for the next calls of conceal().
    void decode(std::span<const std::uint8_t> payload, Frame& out);
    /// The frame of a packet that did not come.
    void conceal(Frame& out);

private:
    explicit Decoder(Codec codec) : codec_(codec) {}
    void take_rest(Frame& out);
    static constexpr std::size_t rest_max = 960;  // 120 ms, the longest Opus packet.
    Codec codec_;
    void* g722_ = nullptr;
    std::unique_ptr<Concealer> concealer_;  ///< of G.722; Opus has its own
    OpusDecoder* opus_ = nullptr;
    std::array<std::int16_t, rest_max> rest_{};
    std::size_t rest_at_ = 0;
    std::size_t rest_end_ = 0;
};

class Encoder {
public:
    static constexpr std::size_t bytes_max = 320;
    static std::unique_ptr<Encoder> make(Codec codec);
    ~Encoder();
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;

    /// returns the bytes written, 0 when the library refuses
    std::size_t encode(const Frame& in, std::span<std::uint8_t> out);

private:
    Encoder() = default;
    void* g722_ = nullptr;
    OpusEncoder* opus_ = nullptr;
};

}  // namespace ys::media
