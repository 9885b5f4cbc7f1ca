// SPDX-License-Identifier: Apache-2.0
// Argon2id by libargon2, salts and tokens by OpenSSL's generator.
#include "platform/password/password.h"

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <vector>

#include "base/text.h"
#include "platform/password/token.h"

namespace ys::password {
namespace {

/// The cost a stored hash asks for is bounded: a forged row must not be able to stop the server.
bool is_bounded_cost(std::string_view encoded) {
    constexpr std::string_view start = "$argon2id$v=19$m=";
    if (!encoded.starts_with(start) || encoded.size() > 256) return false;
    const auto fields = split(encoded.substr(start.size() - 2), '$');
    if (fields.size() != 3) return false;
    const auto costs = split(fields[0], ',');
    if (costs.size() != 3) return false;
    constexpr std::array<unsigned long long, 3> limits{256 * 1024, 10, 4};
    for (std::size_t i = 0; i < costs.size(); ++i) {
        if (costs[i].size() < 3) return false;
        const auto n = parse_number(costs[i].substr(2));
        if (!n || *n > limits[i]) return false;
    }
    return true;
}

std::string random_bytes(std::size_t count) {
    std::string out(count, '\0');
    // Without randomness no token is safe; going on would be worse than stopping.
    YS_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) ==
              1);
    return out;
}

}  // namespace

Result<std::string> hash(const Secret<std::string>& password) {
    const std::string& text = password.reveal();
    if (text.empty() || text.size() > password_max_bytes)
        return Error{std::errc::invalid_argument, "a password of 1 to 256 bytes"};
    const std::string salt = random_bytes(salt_bytes);
    std::vector<char> encoded(
        argon2_encodedlen(passes, memory_kib, lanes, salt_bytes, hash_bytes, Argon2_id));
    const int rc =
        argon2id_hash_encoded(passes, memory_kib, lanes, text.data(), text.size(), salt.data(),
                              salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (rc != ARGON2_OK) return Error{std::errc::not_enough_memory, argon2_error_message(rc)};
    return std::string(encoded.data());
}

bool verify(const Secret<std::string>& password, std::string_view encoded) {
    const std::string& text = password.reveal();
    if (text.size() > password_max_bytes || !is_bounded_cost(encoded)) return false;
    return argon2id_verify(std::string(encoded).c_str(), text.data(), text.size()) == ARGON2_OK;
}

std::string_view nobodys_hash() {
    // The digest part is 32 zero bytes, which no password of anybody is known to give.
    return "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

std::string random_token(std::size_t bytes) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const std::string raw = random_bytes(bytes);
    std::string out;
    std::uint32_t pending = 0;
    int bits = 0;
    for (const char c : raw) {
        pending = (pending << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6) out.push_back(letters[(pending >> (bits - 6)) & 63]);
    }
    if (bits > 0) out.push_back(letters[(pending << (6 - bits)) & 63]);
    return out;
}

std::string sha256(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    YS_ASSERT(EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) ==
              1);
    return {reinterpret_cast<const char*>(digest.data()), length};
}

std::string sha256_hex(std::string_view text) { return hex(sha256(text)); }

bool equals_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ys::password
