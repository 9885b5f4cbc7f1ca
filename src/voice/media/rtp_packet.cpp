// SPDX-License-Identifier: Apache-2.0
// Reading and writing RTP headers.
#include "voice/media/rtp_packet.h"

#include "base/panic.h"

namespace ys::media {

std::optional<RtpPacket> parse_rtp(std::span<std::uint8_t> datagram) {
    if (datagram.size() < rtp_header_size) return std::nullopt;
    const std::uint8_t first = datagram[0];
    if (first >> 6 != 2) return std::nullopt;
    std::size_t begin = rtp_header_size + 4U * (first & 0x0FU);
    std::size_t end = datagram.size();
    if (begin > end) return std::nullopt;
    if ((first & 0x10) != 0) {  // RFC 3550 §5.3.1: four bytes, then as many words as they say.
        if (end - begin < 4) return std::nullopt;
        const std::size_t words = read_u16(&datagram[begin + 2]);
        begin += 4;
        if ((end - begin) / 4 < words) return std::nullopt;
        begin += 4 * words;
    }
    if ((first & 0x20) != 0) {  // §5.1: the last byte counts the padding, itself included.
        if (end == begin) return std::nullopt;
        const std::size_t padding = datagram[end - 1];
        if (padding == 0 || padding > end - begin) return std::nullopt;
        end -= padding;
    }
    return RtpPacket{.payload_type = static_cast<std::uint8_t>(datagram[1] & 0x7F),
                     .marker = (datagram[1] & 0x80) != 0,
                     .sequence = read_u16(&datagram[2]),
                     .timestamp = read_u32(&datagram[4]),
                     .ssrc = read_u32(&datagram[8]),
                     .payload = datagram.subspan(begin, end - begin)};
}

bool looks_like_rtcp(std::span<const std::uint8_t> datagram) {
    return datagram.size() >= 8 && datagram[0] >> 6 == 2 && datagram[1] >= 192 &&
           datagram[1] <= 223;
}

void write_rtp_header(std::span<std::uint8_t> out, const RtpPacket& packet) {
    YS_ASSERT(out.size() >= rtp_header_size);
    out[0] = 0x80;
    out[1] = static_cast<std::uint8_t>((packet.marker ? 0x80 : 0) | packet.payload_type);
    write_u16(&out[2], packet.sequence);
    write_u32(&out[4], packet.timestamp);
    write_u32(&out[8], packet.ssrc);
}

}  // namespace ys::media
