// SPDX-License-Identifier: Apache-2.0
#include "exchange/io/webhook_signature.h"

#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

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

}  // namespace ys::exchange
