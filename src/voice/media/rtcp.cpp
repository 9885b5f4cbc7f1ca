// SPDX-License-Identifier: Apache-2.0
// Reading and writing compound RTCP.
#include "voice/media/rtcp.h"

#include <algorithm>
#include <cstring>

#include "base/panic.h"
#include "voice/media/rtp_packet.h"

namespace ys::media {
namespace {

constexpr std::uint8_t sender_report = 200;
constexpr std::uint8_t receiver_report = 201;
constexpr std::uint8_t description = 202;
constexpr std::uint8_t goodbye = 203;

void read_blocks(std::span<const std::uint8_t> blocks, std::size_t count, std::uint32_t of_ssrc,
                 RtcpReport& out) {
    for (std::size_t i = 0; i < count && blocks.size() >= 24; ++i, blocks = blocks.subspan(24)) {
        if (read_u32(&blocks[0]) != of_ssrc) continue;
        out.has_block = true;
        out.about_ssrc = of_ssrc;
        out.fraction_lost = blocks[4];
        out.jitter = read_u32(&blocks[12]);
        out.last_sr = read_u32(&blocks[16]);
        out.delay_since_sr = read_u32(&blocks[20]);
    }
}

void read_one(std::span<const std::uint8_t> packet, std::uint32_t of_ssrc, RtcpReport& out) {
    const std::size_t count = packet[0] & 0x1F;
    if (packet[1] == sender_report && packet.size() >= 28) {
        out.has_sender = true;
        out.sender_ssrc = read_u32(&packet[4]);
        out.ntp = std::uint64_t{read_u32(&packet[8])} << 32 | read_u32(&packet[12]);
        read_blocks(packet.subspan(28), count, of_ssrc, out);
    } else if (packet[1] == receiver_report && packet.size() >= 8) {
        out.sender_ssrc = read_u32(&packet[4]);
        read_blocks(packet.subspan(8), count, of_ssrc, out);
    } else if (packet[1] == goodbye) {
        out.has_bye = true;
    }
}

}  // namespace

std::optional<RtcpReport> parse_rtcp(std::span<const std::uint8_t> datagram,
                                     std::uint32_t of_ssrc) {
    if (!looks_like_rtcp(datagram)) return std::nullopt;
    // RFC 3550 §6.1: the first packet of a compound MUST be a report.
    if (datagram[1] != sender_report && datagram[1] != receiver_report) return std::nullopt;
    RtcpReport out;
    while (datagram.size() >= 4) {
        if (datagram[0] >> 6 != 2) return std::nullopt;
        const std::size_t size = 4U * (std::size_t{read_u16(&datagram[2])} + 1);
        if (size > datagram.size()) return std::nullopt;
        read_one(datagram.first(size), of_ssrc, out);
        datagram = datagram.subspan(size);
    }
    return out;
}

std::size_t write_rtcp(std::span<std::uint8_t> out, const RtcpToSend& r, std::string_view cname) {
    YS_ASSERT(out.size() >= rtcp_room);
    const bool sends = r.packets_sent > 0;
    std::size_t at = 8;
    out[0] = static_cast<std::uint8_t>(0x80 | (r.has_block ? 1 : 0));
    out[1] = sends ? sender_report : receiver_report;
    write_u32(&out[4], r.ssrc);
    if (sends) {
        write_u32(&out[8], static_cast<std::uint32_t>(r.ntp >> 32));
        write_u32(&out[12], static_cast<std::uint32_t>(r.ntp));
        write_u32(&out[16], r.rtp_timestamp);
        write_u32(&out[20], r.packets_sent);
        write_u32(&out[24], r.bytes_sent);
        at = 28;
    }
    if (r.has_block) {
        write_u32(&out[at], r.about_ssrc);
        write_u32(&out[at + 4], std::min<std::uint32_t>(r.total_lost, 0x7FFFFF));
        out[at + 4] = r.fraction_lost;
        write_u32(&out[at + 8], r.highest_sequence);
        write_u32(&out[at + 12], r.jitter);
        write_u32(&out[at + 16], r.last_sr);
        write_u32(&out[at + 20], r.delay_since_sr);
        at += 24;
    }
    write_u16(&out[2], static_cast<std::uint32_t>(at / 4 - 1));

    cname = cname.substr(0, 32);
    const std::size_t begin = at;
    out[at] = 0x81;
    out[at + 1] = description;
    write_u32(&out[at + 4], r.ssrc);
    out[at + 8] = 1;  // CNAME
    out[at + 9] = static_cast<std::uint8_t>(cname.size());
    std::memcpy(&out[at + 10], cname.data(), cname.size());
    at += 10 + cname.size();
    do {  // §6.5: at least one null ends the chunk, on a word boundary.
        out[at++] = 0;
    } while ((at - begin) % 4 != 0);
    write_u16(&out[begin + 2], static_cast<std::uint32_t>((at - begin) / 4 - 1));

    if (!r.bye) return at;
    out[at] = 0x81;
    out[at + 1] = goodbye;
    write_u16(&out[at + 2], 1);
    write_u32(&out[at + 4], r.ssrc);
    return at + 8;
}

}  // namespace ys::media
