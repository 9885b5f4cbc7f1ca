// SPDX-License-Identifier: Apache-2.0
// The session description of one recognition (RFC 6787 §4.2): a control channel over TCP, and
// telephone sound that goes one way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ys::speech {

struct MrcpOffer {
    std::string address;  ///< numeric
    std::uint16_t rtp_port = 0;
    std::uint32_t session = 0;
};
std::string write_mrcp_offer(const MrcpOffer& offer);

/// What a server answers to it.
struct MrcpAnswer {
    std::string channel;          ///< "32AECB23433802@speechrecog"
    std::string control_address;  ///< numeric
    std::uint16_t control_port = 0;
    std::string rtp_address;  ///< numeric
    std::uint16_t rtp_port = 0;
    bool is_ulaw = true;  ///< PCMU, else PCMA
};
/// errors  Errc::failed: no such answer, or one that takes no sound
Result<MrcpAnswer> read_mrcp_answer(std::string_view sdp);

}  // namespace ys::speech
