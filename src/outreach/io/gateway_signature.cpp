// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/gateway_signature.h"

#include <array>
#include <cstdlib>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/text.h"
#include "platform/password/token.h"

namespace ys::outreach {
namespace {

std::string mac_of(const GatewaySecret& secret, std::string_view timestamp, std::string_view body) {
    std::string text(timestamp);
    text += '.';
    text += body;
    const std::string& key = secret.reveal();
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned int size = 0;
    ::HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &size);
    return "v1=" + hex({reinterpret_cast<const char*>(mac.data()), size});
}

}  // namespace

GatewaySignature sign(const GatewaySecret& secret, UtcTime now, std::string_view body) {
    GatewaySignature out{std::to_string(now.us / 1'000'000), {}};
    out.signature = mac_of(secret, out.timestamp, body);
    return out;
}

bool is_signed(const GatewaySecret& secret, const GatewaySignature& given, UtcTime now,
               std::string_view body) {
    if (secret.reveal().empty()) return false;
    const auto at = parse_number(given.timestamp);
    constexpr unsigned long long far_future = 1ULL << 40U;
    if (!at || *at > far_future) return false;
    const std::int64_t apart = now.us / 1'000'000 - static_cast<std::int64_t>(*at);
    if (std::llabs(apart) > signature_age_max.count()) return false;
    return password::equals_in_constant_time(mac_of(secret, given.timestamp, body),
                                             given.signature);
}

}  // namespace ys::outreach
