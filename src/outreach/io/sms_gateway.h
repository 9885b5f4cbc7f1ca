// SPDX-License-Identifier: Apache-2.0
// Short messages through an HTTP gateway: one signed JSON POST each; what came of it is told later
// to our webhook.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/described.h"
#include "outreach/delivery.h"
#include "outreach/io/gateway_signature.h"

namespace ys::outreach {

struct SmsSettings {
    std::string url;  ///< "" when there is none
    GatewaySecret secret;
    std::string sender;        ///< the number or signature citizens see, "" for the gateway's own
    std::string receipts_url;  ///< where receipts and answers go, "" when the gateway knows
};

struct OutgoingSms {
    std::string key;  ///< the same for the same message: the gateway sends it once
    std::string to;
    std::string text;
};

/// Body {key, to, text, sender, receipts}, also as header Idempotency-Key. 2xx is taken; 408, 425,
/// 429 and 5xx may go another time; any other status is a refusal, its {reason} is kept.
/// Waits for the network: on a worker thread only.
MessageCommand send_sms(const SmsSettings& settings, const OutgoingSms& sms, UtcTime now);

/// What the gateway tells us: "{kind:receipt, key, state, reason}" of a message we gave it, or
/// "{kind:incoming, from, text}" of a citizen who wrote.
struct GatewayReport {
    std::string kind;
    std::string key;
    std::string state;  ///< "delivered" "refused" "unknown"
    std::string reason;
    std::string from;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(GatewayReport, (), (kind, key, state, reason, from, text))

/// Whether a telephone of that number (base/phone_number.h) can have short messages.
bool takes_sms(std::string_view number);

}  // namespace ys::outreach
