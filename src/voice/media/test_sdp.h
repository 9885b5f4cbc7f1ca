// SPDX-License-Identifier: Apache-2.0
// For tests: the description of a telephone that speaks one codec.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "voice/media/codec.h"

namespace ys::media {

inline std::string test_sdp(const CodecFacts& facts, const std::string& address, int port,
                            bool has_events, std::string_view way) {
    std::string out = fmt::format(
        "v=0\r\no=- 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\n"
        "m=audio {1} RTP/AVP {2}{3}\r\na=rtpmap:{2} {4}/{5}{6}\r\n",
        address, port, facts.payload_type, has_events ? " 101" : "", facts.name, facts.rtp_clock,
        facts.codec == Codec::Opus ? "/2" : "");
    if (has_events) out += fmt::format("a=rtpmap:101 telephone-event/{}\r\n", facts.rtp_clock);
    return out + fmt::format("a=rtcp-mux\r\na={}\r\n", way);
}

}  // namespace ys::media
