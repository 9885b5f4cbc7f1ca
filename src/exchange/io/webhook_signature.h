// SPDX-License-Identifier: Apache-2.0
// Signatures of webhooks as the Standard Webhooks specification 1.0 has them, so that receivers can
// use a ready library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "base/time.h"

namespace ys::exchange {

/// The header webhook-signature: "v1," and base64 of HMAC-SHA-256 over "id.timestamp.body".
std::string webhook_signature(const Secret<std::string>& secret, std::string_view id,
                              std::int64_t timestamp_s, std::string_view body);

/// The three headers of a webhook that came in, as they were sent.
struct WebhookHeaders {
    std::string_view id, timestamp, signature;
};
/// Further from now than this it is an old one sent again; the ids within are remembered.
inline constexpr Seconds webhook_age_max{300};

/// Signed with this secret, lately. One of several signatures is enough, as while a secret changes.
/// Nothing is signed with an empty secret.
bool is_signed(const Secret<std::string>& secret, const WebhookHeaders& given, UtcTime now,
               std::string_view body);

}  // namespace ys::exchange
