// SPDX-License-Identifier: Apache-2.0
// The tables of ITU-T G.711, computed by the compiler.
#include "voice/media/g711.h"

#include <algorithm>

namespace ys::media {
namespace {

constexpr std::uint8_t alaw_of(int sample) {
    const int sign = sample >= 0 ? 0x80 : 0;
    const int magnitude = sample >= 0 ? sample : ~sample;
    const int steps = magnitude >> 4;  // 11 bits: a step of segment 0 is 16 in 16-bit samples.
    int segment = 0;
    while (segment < 7 && (steps >> (segment + 4)) > 0) ++segment;
    const int mantissa = segment == 0 ? steps & 15 : (steps >> (segment - 1)) & 15;
    return static_cast<std::uint8_t>((sign | (segment << 4) | mantissa) ^ 0x55);
}

constexpr std::int16_t linear_of_alaw(int byte) {
    const int code = byte ^ 0x55;
    const int segment = (code >> 4) & 7;
    const int mantissa = code & 15;
    int magnitude = (mantissa << 4) + 8;
    if (segment > 0) magnitude = (magnitude + 256) << (segment - 1);
    return static_cast<std::int16_t>((code & 0x80) != 0 ? magnitude : -magnitude);
}

constexpr std::uint8_t ulaw_of(int sample) {
    constexpr int bias = 132;
    const int sign = sample >= 0 ? 0xFF : 0x7F;
    const int magnitude = std::min(sample >= 0 ? sample : ~sample, 32635) + bias;
    int segment = 0;
    while (segment < 7 && (magnitude >> (segment + 8)) > 0) ++segment;
    const int mantissa = (magnitude >> (segment + 3)) & 15;
    return static_cast<std::uint8_t>(((segment << 4) | mantissa) ^ sign);
}

constexpr std::int16_t linear_of_ulaw(int byte) {
    const int code = ~byte & 0xFF;
    const int segment = (code >> 4) & 7;
    const int magnitude = ((((code & 15) << 3) + 132) << segment) - 132;
    return static_cast<std::int16_t>((code & 0x80) != 0 ? -magnitude : magnitude);
}

constexpr G711Tables make_tables() {
    G711Tables t{};
    for (int i = 0; i < 256; ++i) t.alaw_linear[static_cast<std::size_t>(i)] = linear_of_alaw(i);
    for (int i = 0; i < 256; ++i) t.ulaw_linear[static_cast<std::size_t>(i)] = linear_of_ulaw(i);
    for (int i = 0; i < 4096; ++i)
        t.linear_alaw[static_cast<std::size_t>(i)] = alaw_of((i - 2048) * 16 + 8);
    for (int i = 0; i < 16384; ++i)
        t.linear_ulaw[static_cast<std::size_t>(i)] = ulaw_of((i - 8192) * 4 + 2);
    for (int i = 0; i < 256; ++i) {
        t.ulaw_alaw[static_cast<std::size_t>(i)] = alaw_of(linear_of_ulaw(i));
        t.alaw_ulaw[static_cast<std::size_t>(i)] = ulaw_of(linear_of_alaw(i));
    }
    return t;
}

}  // namespace

constexpr G711Tables g711_made = make_tables();
const G711Tables g711 = g711_made;

void decode_alaw(std::span<const std::uint8_t> in, std::span<std::int16_t> out) {
    const std::size_t count = std::min(in.size(), out.size());
    for (std::size_t i = 0; i < count; ++i) out[i] = from_alaw(in[i]);
}

void encode_alaw(std::span<const std::int16_t> in, std::span<std::uint8_t> out) {
    const std::size_t count = std::min(in.size(), out.size());
    for (std::size_t i = 0; i < count; ++i) out[i] = to_alaw(in[i]);
}

void ulaw_to_alaw(std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = g711.ulaw_alaw[byte];
}

void alaw_to_ulaw(std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = g711.alaw_ulaw[byte];
}

}  // namespace ys::media
