// SPDX-License-Identifier: Apache-2.0
// Signatures of webhooks as the Standard Webhooks specification 1.0 has them, so that receivers can
// use a ready library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace ys::exchange {

/// The header webhook-signature: "v1," and base64 of HMAC-SHA-256 over "id.timestamp.body".
std::string webhook_signature(const Secret<std::string>& secret, std::string_view id,
                              std::int64_t timestamp_s, std::string_view body);

}  // namespace ys::exchange
