// SPDX-License-Identifier: Apache-2.0
// What two sides agreed about one audio stream, and the SDP that says so (RFC 3264).
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "voice/media/codec.h"
#include "voice/media/sdp.h"
#include "voice/media/socket_address.h"

namespace ys::media {

struct AudioPlan {
    SocketAddress rtp;   ///< of the far end; unknown: do not send
    SocketAddress rtcp;  ///< equal to rtp when multiplexed
    bool has_rtcp_mux = false;
    bool we_send = true;
    bool they_send = true;
    Codec codec = Codec::Pcma;
    std::uint8_t send_payload_type = 8;
    std::uint8_t receive_payload_type = 8;
    int send_event_type = -1;  ///< -1: no telephone events agreed
    int receive_event_type = -1;
    std::size_t line = 0;  ///< which m-line carries it
};

/// Chooses from the far end's offer: the first codec of known_codecs() that it has.
/// errors: media::no_common_codec, media::bad_sdp (no usable address)
Result<AudioPlan> plan_of_offer(const Sdp& offer);
/// Reads the far end's answer to write_offer().
Result<AudioPlan> plan_of_answer(const Sdp& answer);

struct LocalEnd {
    std::string address;
    std::uint16_t port = 0;
    std::uint64_t session = 0;  ///< numbers of the o= line
    std::uint64_t version = 0;
};

/// Every codec we speak, telephone events at both clock rates.
std::string write_offer(const LocalEnd& local);
/// Line by line what was offered, with port 0 for what we do not take.
std::string write_answer(const LocalEnd& local, const Sdp& offer, const AudioPlan& plan);

}  // namespace ys::media
