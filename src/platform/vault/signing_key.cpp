// SPDX-License-Identifier: Apache-2.0
#include "platform/vault/signing_key.h"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include "base/text.h"
#include "platform/vault/key_file.h"

namespace ys::vault {
namespace {

constexpr std::size_t key_bytes = 32;        // RFC 8032 §5.1.5
constexpr std::size_t signature_bytes = 64;  // RFC 8032 §5.1.6

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Digest = std::unique_ptr<EVP_MD_CTX, Free>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Key own(const Secret<std::string>& key) {
    const std::string& raw = key.reveal();
    return Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(raw), raw.size()));
}

Error failed() { return Error{std::errc::io_error, "signing"}; }

}  // namespace

Result<SigningKey> SigningKey::open(const std::filesystem::path& file) {
    YS_TRY(Secret<std::string> raw, own_key(file, key_bytes));
    const Key key = own(raw);
    std::string open_key(key_bytes, '\0');
    std::size_t size = open_key.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), bytes_of(open_key), &size) != 1)
        return failed();
    return SigningKey(std::move(raw), hex(open_key));
}

Result<std::string> SigningKey::sign(std::string_view message) const {
    const Key key = own(key_);
    const Digest context(EVP_MD_CTX_new());
    std::string signature(signature_bytes, '\0');
    std::size_t size = signature.size();
    const bool is_done =
        key && context &&
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
        EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(message),
                       message.size()) == 1;
    if (!is_done) return failed();
    return hex(signature);
}

bool is_signed(std::string_view message, std::string_view public_key, std::string_view signature) {
    const auto raw = from_hex(public_key), sign = from_hex(signature);
    if (!raw || raw->size() != key_bytes || !sign || sign->size() != signature_bytes) return false;
    const Key key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(*raw), raw->size()));
    const Digest context(EVP_MD_CTX_new());
    return key && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(*sign), sign->size(), bytes_of(message),
                            message.size()) == 1;
}

std::string public_key_pem(std::string_view public_key) {
    const auto raw = from_hex(public_key);
    if (!raw || raw->size() != key_bytes) return {};
    // RFC 8410 §10.1: the header of a SubjectPublicKeyInfo of id-Ed25519 never changes.
    std::string info = *from_hex("302a300506032b6570032100") + *raw;
    std::array<unsigned char, 64> base64{};
    const int size = EVP_EncodeBlock(base64.data(), bytes_of(info), static_cast<int>(info.size()));
    return "-----BEGIN PUBLIC KEY-----\n" +
           std::string(reinterpret_cast<const char*>(base64.data()),
                       static_cast<std::size_t>(size)) +
           "\n-----END PUBLIC KEY-----\n";
}

}  // namespace ys::vault
