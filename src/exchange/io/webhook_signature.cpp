// SPDX-License-Identifier: Apache-2.0
#include "exchange/io/webhook_signature.h"

#include <array>
#include <cstdlib>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/text.h"
#include "platform/password/token.h"

namespace ys::exchange {

std::string webhook_signature(const Secret<std::string>& secret, std::string_view id,
                              std::int64_t timestamp_s, std::string_view body) {
    std::string said(id);
    said += '.' + std::to_string(timestamp_s) + '.';
    said += body;
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    const std::string& key = secret.reveal();
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(said.data()), said.size(), digest.data(), &size);
    std::array<unsigned char, 48> text{};  // 44 characters and a zero
    const int chars = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return "v1," + std::string(text.begin(), text.begin() + chars);
}

bool is_signed(const Secret<std::string>& secret, const WebhookHeaders& given, UtcTime now,
               std::string_view body) {
    constexpr unsigned long long far_future = 1ULL << 40U;
    constexpr std::size_t signatures_max = 8;
    const auto at_s = parse_number(given.timestamp);
    if (secret.reveal().empty() || given.id.empty() || !at_s || *at_s > far_future) return false;
    const auto sent_s = static_cast<std::int64_t>(*at_s);
    if (std::llabs(now.us / 1'000'000 - sent_s) > webhook_age_max.count()) return false;
    const std::string right = webhook_signature(secret, given.id, sent_s, body);
    bool is_right = false;
    std::size_t seen = 0;
    for (const std::string_view each : split(given.signature, ' '))
        if (++seen <= signatures_max && password::equals_in_constant_time(each, right))
            is_right = true;
    return is_right;
}

}  // namespace ys::exchange
