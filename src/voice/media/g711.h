// SPDX-License-Identifier: Apache-2.0
// G.711 by tables. Inside the mixer every coded byte is A-law; mu-law exists only on the wire.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ys::media {

inline constexpr std::size_t frame_samples = 160;  ///< 20 ms at 8 kHz
inline constexpr std::uint8_t alaw_silence = 0xD5;

using Frame = std::array<std::int16_t, frame_samples>;
using AlawFrame = std::array<std::uint8_t, frame_samples>;

struct G711Tables {
    std::array<std::int16_t, 256> alaw_linear;
    std::array<std::int16_t, 256> ulaw_linear;
    std::array<std::uint8_t, 4096> linear_alaw;   ///< index (sample >> 4) + 2048
    std::array<std::uint8_t, 16384> linear_ulaw;  ///< index (sample >> 2) + 8192
    std::array<std::uint8_t, 256> ulaw_alaw;
    std::array<std::uint8_t, 256> alaw_ulaw;
};
extern const G711Tables g711;

inline std::int16_t from_alaw(std::uint8_t byte) { return g711.alaw_linear[byte]; }
inline std::uint8_t to_alaw(std::int16_t sample) {
    return g711.linear_alaw[static_cast<std::size_t>((sample >> 4) + 2048)];
}
inline std::int16_t from_ulaw(std::uint8_t byte) { return g711.ulaw_linear[byte]; }
inline std::uint8_t to_ulaw(std::int16_t sample) {
    return g711.linear_ulaw[static_cast<std::size_t>((sample >> 2) + 8192)];
}

/// Decodes or encodes min(in, out) samples.
void decode_alaw(std::span<const std::uint8_t> in, std::span<std::int16_t> out);
void encode_alaw(std::span<const std::int16_t> in, std::span<std::uint8_t> out);
void ulaw_to_alaw(std::span<std::uint8_t> bytes);
void alaw_to_ulaw(std::span<std::uint8_t> bytes);

}  // namespace ys::media
