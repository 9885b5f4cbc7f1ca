// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/sms_gateway.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/text.h"
#include "platform/json/described_json.h"
#include "platform/web_client/web_client.h"

namespace ys::outreach {
namespace {

struct GatewayAnswer {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(GatewayAnswer, (), (reason))

/// The gateway's own word for why; a gateway that says none is known by its status.
std::string reason_in(const web_client::WebAnswer& answer) {
    constexpr std::size_t reason_max = 80;
    const auto said = json::from_json<GatewayAnswer>(answer.body);
    if (said && !said->reason.empty()) return cleaned(said->reason, reason_max);
    return "http_" + std::to_string(answer.status);
}

bool may_go_later(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
}

}  // namespace

MessageCommand send_sms(const SmsSettings& settings, const OutgoingSms& sms, UtcTime now) {
    boost::json::object body{{"key", sms.key}, {"to", sms.to}, {"text", sms.text}};
    if (!settings.sender.empty()) body["sender"] = settings.sender;
    if (!settings.receipts_url.empty()) body["receipts"] = settings.receipts_url;
    web_client::WebRequest what{.url = settings.url, .body = boost::json::serialize(body)};
    const GatewaySignature signature = sign(settings.secret, now, what.body);
    what.headers = {{"Content-Type", "application/json; charset=utf-8"},
                    {"Idempotency-Key", sms.key},
                    {"X-Yingsheng-Timestamp", signature.timestamp},
                    {"X-Yingsheng-Signature", signature.signature}};
    // The address is the operator's own, out of the settings: it may well be inside the house.
    static const std::array<std::string, 2> anywhere{"0.0.0.0/0", "::/0"};
    const auto guard = web_client::AddressGuard::build(anywhere);
    YS_ASSERT(guard);
    const auto answer = web_client::send(what, *guard);
    if (!answer) return TryFailed{"unreachable"};
    if (answer->is_good()) return HandedOver{};
    if (may_go_later(answer->status)) return TryFailed{reason_in(*answer)};
    return RefusedBy{reason_in(*answer)};
}

bool takes_sms(std::string_view number) {
    constexpr std::size_t mobile_digits = 11;
    return number.size() == mobile_digits && number.front() == '1' &&
           std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace ys::outreach
