// SPDX-License-Identifier: Apache-2.0
// A browser's SDP offer in, our answer and what the media port must know out.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "voice/media/media_engine.h"
#include "voice/media/webrtc/dtls_identity.h"
#include "voice/media/webrtc/webrtc_peer.h"

namespace ys::media {

struct BrowserAnswer {
    enum class Codec { Pcma, Pcmu, Opus };
    std::string sdp;
    WebRtcPeer peer;
    int payload_type = 8;
    Codec codec = Codec::Pcma;
    int telephone_event_pt = -1;  ///< -1: the browser offered none at the codec's clock rate
    int telephone_event_rate = 8000;
};

/// Answers with one audio line: PCMA before PCMU before Opus (no transcoding on a LAN), ICE-lite,
/// DTLS passive; every other m-line is rejected with port 0 (RFC 3264 §6).
///
/// candidates  the media thread's sockets, numeric addresses; at least one
/// entropy     at least 24 unpredictable bytes, used once: ICE user name (64 bit), password (128)
/// errors      std::errc::bad_message (not an offer we can read), std::errc::not_supported
///             (no audio, codec, rtcp-mux, sha-256 or setup in common),
///             std::errc::invalid_argument (candidates or entropy)
Result<BrowserAnswer> answer_browser_offer(std::string_view offer, const DtlsIdentity& identity,
                                           std::span<const Endpoint> candidates,
                                           std::string_view entropy);

}  // namespace ys::media
