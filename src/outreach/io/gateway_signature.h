// SPDX-License-Identifier: Apache-2.0
// What the gateway and we sign for each other: HMAC-SHA256 over time and body with one secret, so
// that neither can be spoken for and nothing old can be said again.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"
#include "base/time.h"

namespace ys::outreach {

using GatewaySecret = Secret<std::string>;

/// Sent as headers X-Yingsheng-Timestamp (seconds since 1970) and X-Yingsheng-Signature.
struct GatewaySignature {
    std::string timestamp;
    std::string signature;  ///< "v1=" and 64 hexadecimal digits
};
/// How far the clocks of both may be apart.
inline constexpr Seconds signature_age_max{300};

/// source  HMAC: RFC 2104, over `timestamp + "." + body`
GatewaySignature sign(const GatewaySecret& secret, UtcTime now, std::string_view body);

/// False without a secret, for a wrong signature and for one made too long ago or ahead.
bool is_signed(const GatewaySecret& secret, const GatewaySignature& given, UtcTime now,
               std::string_view body);

}  // namespace ys::outreach
