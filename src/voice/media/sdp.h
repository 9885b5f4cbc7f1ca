// SPDX-License-Identifier: Apache-2.0
// A session description (RFC 4566) as far as a telephone needs it: bounded, hand-parsed, hostile
// input expected.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::media {

/// Seen from the one who wrote the SDP.
enum class Direction : std::uint8_t { SendRecv, SendOnly, RecvOnly, Inactive };

struct SdpFormat {
    int payload_type = 0;
    std::string name;  ///< lower case; of static types too
    std::uint32_t clock_rate = 0;
    std::string parameters;  ///< of a=fmtp
};

struct SdpMedia {
    std::string kind;      ///< "audio", "video", ..
    std::string protocol;  ///< "RTP/AVP", ..
    std::string formats_text;
    std::uint16_t port = 0;
    std::vector<SdpFormat> formats;  ///< of audio over RTP only
    std::string address;             ///< of its c= line, else the session's
    Direction direction = Direction::SendRecv;
    int ptime_ms = 0;  ///< 0: not said
    bool has_rtcp_mux = false;
    std::uint16_t rtcp_port = 0;  ///< of a=rtcp, 0: not said
    bool is_plain_audio() const { return kind == "audio" && protocol == "RTP/AVP"; }
};

struct Sdp {
    static constexpr std::size_t bytes_max = 16'384;
    static constexpr std::size_t media_max = 16;
    static constexpr std::size_t formats_max = 32;
    std::vector<SdpMedia> media;
};

/// errors: media::bad_sdp
Result<Sdp> parse_sdp(std::string_view text);

std::string_view text_of(Direction direction);
/// What the other side must say: sendonly is answered recvonly (RFC 3264 §6.1).
Direction mirrored(Direction direction);

}  // namespace ys::media
