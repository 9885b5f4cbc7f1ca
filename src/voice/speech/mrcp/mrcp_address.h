// SPDX-License-Identifier: Apache-2.0
// Where a recogniser of MRCP is, as the settings say it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ys::speech {

struct MrcpAddress {
    static constexpr unsigned pace_max = 20;
    std::string target;   ///< the SIP URI it is called by
    std::string address;  ///< numeric
    std::uint16_t port = 5060;
    unsigned pace = 1;  ///< sound is sent so many times faster than it was spoken
};

/// "sip:10.20.0.9:8060" "sip:mrcp@10.20.0.9;transport=tcp;pace=4" "sip:[fd00::9]"; pace is ours and
/// is not sent.
/// errors  invalid_argument, in words an operator can act on
Result<MrcpAddress> parse_mrcp_address(std::string_view url);

}  // namespace ys::speech
