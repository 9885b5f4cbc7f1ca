// SPDX-License-Identifier: Apache-2.0
// One RTP packet, read in place and written in place (RFC 3550 §5.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace ys::media {

struct RtpPacket {
    std::uint8_t payload_type = 0;
    bool marker = false;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;
    std::span<std::uint8_t> payload;  ///< without CSRCs, header extension and padding
};

inline constexpr std::size_t rtp_header_size = 12;

/// Nothing when it is not RTP version 2 or its lengths do not add up.
std::optional<RtpPacket> parse_rtp(std::span<std::uint8_t> datagram);
/// RTCP shares the port with RTP and is told apart by its second byte (RFC 5761 §4).
bool looks_like_rtcp(std::span<const std::uint8_t> datagram);
/// Writes the 12 byte header; `out` must have room for it.
void write_rtp_header(std::span<std::uint8_t> out, const RtpPacket& packet);

/// Big-endian words of the wire.
inline std::uint16_t read_u16(const std::uint8_t* p) {
    return static_cast<std::uint16_t>(p[0] << 8 | p[1]);
}
inline std::uint32_t read_u32(const std::uint8_t* p) {
    return std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 | p[3];
}
inline void write_u16(std::uint8_t* p, std::uint32_t value) {
    p[0] = static_cast<std::uint8_t>(value >> 8);
    p[1] = static_cast<std::uint8_t>(value);
}
inline void write_u32(std::uint8_t* p, std::uint32_t value) {
    write_u16(p, value >> 16);
    write_u16(p + 2, value);
}

}  // namespace ys::media
