// SPDX-License-Identifier: Apache-2.0
// What a browser's SDP offer says, as far as one audio line needs it; parsed within bounds.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::media {

/// Views the offer's text, which must outlive it.
struct BrowserOffer {
    static constexpr std::size_t size_max = 64 * 1024;
    static constexpr std::size_t lines_max = 2000;
    static constexpr std::size_t media_max = 16;
    static constexpr std::size_t formats_max = 64;

    struct Format {
        int payload_type = -1;
        std::string_view encoding;  ///< "" until an a=rtpmap names it
        int clock_rate = 0;
        int channels = 1;
    };
    enum class Direction { SendRecv, SendOnly, RecvOnly, Inactive };
    struct Security {
        std::string_view ufrag, pwd, fingerprint /* sha-256 only */, setup;
    };
    struct Media {
        std::string_view kind;          ///< "audio" "video" "application" ..
        std::string_view protocol;      ///< "UDP/TLS/RTP/SAVPF" ..
        std::string_view first_format;  ///< repeated when the line is rejected
        std::string_view mid;           ///< "" when absent
        bool is_disabled = false;       ///< port 0 and not bundle-only
        bool has_rtcp_mux = false;
        Direction direction = Direction::SendRecv;
        Security security;  ///< the session's where the media line says nothing
        std::vector<Format> formats;
    };

    /// errors: std::errc::bad_message
    static Result<BrowserOffer> parse(std::string_view text);

    unsigned long long version = 1;  ///< of the o= line; rises with every offer of a session
    bool has_bundle = false;
    std::vector<std::string_view> bundled;  ///< mids of the first a=group:BUNDLE
    std::vector<Media> media;
    Security session;
};

}  // namespace ys::media
