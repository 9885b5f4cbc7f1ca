// SPDX-License-Identifier: Apache-2.0
// RTCP sender and receiver reports (RFC 3550 §6), read without trust and written in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace ys::media {

struct RtcpReport {
    bool has_sender = false;  ///< a sender report was in the compound
    std::uint32_t sender_ssrc = 0;
    std::uint64_t ntp = 0;  ///< of the sender report
    bool has_block = false;
    std::uint32_t about_ssrc = 0;  ///< the stream the block speaks of
    std::uint8_t fraction_lost = 0;
    std::uint32_t jitter = 0;
    std::uint32_t last_sr = 0;         ///< middle 32 bits of our NTP time, 0 when none was seen
    std::uint32_t delay_since_sr = 0;  ///< in 1/65536 s
    bool has_bye = false;
};

/// Reads a compound packet. of_ssrc: which block to report (ours). Nothing when the first packet is
/// no SR or RR or a length runs past the end.
std::optional<RtcpReport> parse_rtcp(std::span<const std::uint8_t> datagram, std::uint32_t of_ssrc);

struct RtcpToSend {
    std::uint32_t ssrc = 0;
    std::uint64_t ntp = 0;
    std::uint32_t rtp_timestamp = 0;
    std::uint32_t packets_sent = 0;
    std::uint32_t bytes_sent = 0;
    bool has_block = false;
    std::uint32_t about_ssrc = 0;
    std::uint8_t fraction_lost = 0;
    std::uint32_t total_lost = 0;
    std::uint32_t highest_sequence = 0;
    std::uint32_t jitter = 0;
    std::uint32_t last_sr = 0;
    std::uint32_t delay_since_sr = 0;
    bool bye = false;
};

inline constexpr std::size_t rtcp_room = 160;

/// SR (or RR when nothing was sent), SDES with `cname` (at most 32 bytes are used) and perhaps BYE.
/// out: at least rtcp_room bytes. returns the size
std::size_t write_rtcp(std::span<std::uint8_t> out, const RtcpToSend& report,
                       std::string_view cname);

}  // namespace ys::media
