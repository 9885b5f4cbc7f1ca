// SPDX-License-Identifier: Apache-2.0
#include "platform/vault/vault.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/panic.h"
#include "base/text.h"
#include "platform/vault/key_file.h"

namespace ys::vault {
namespace {

constexpr std::size_t key_bytes = 32;    // AES-256
constexpr std::size_t nonce_bytes = 12;  // NIST SP 800-38D §8.2
constexpr std::size_t tag_bytes = 16;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

struct FreeMac {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

/// Finding the algorithm by its name costs more than hashing a telephone number: once a thread.
std::string keyed_hash(std::string_view key, std::string_view text) {
    thread_local const std::unique_ptr<EVP_MAC_CTX, FreeMac> context = [] {
        EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
        std::unique_ptr<EVP_MAC_CTX, FreeMac> out(EVP_MAC_CTX_new(mac));
        EVP_MAC_free(mac);
        std::string digest = "SHA256";
        const std::array parameters{
            OSSL_PARAM_construct_utf8_string("digest", digest.data(), digest.size()),
            OSSL_PARAM_construct_end()};
        YS_ASSERT(out && EVP_MAC_CTX_set_params(out.get(), parameters.data()) == 1);
        return out;
    }();
    std::string out(32, '\0');
    std::size_t length = 0;
    YS_ASSERT(EVP_MAC_init(context.get(), bytes_of(key), key.size(), nullptr) == 1 &&
              EVP_MAC_update(context.get(), bytes_of(text), text.size()) == 1 &&
              EVP_MAC_final(context.get(), bytes_of(out), &length, out.size()) == 1 &&
              length == out.size());
    return out;
}

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

/// nonce, ciphertext, tag
std::string encrypted(std::string_view key, const std::string& nonce, std::string_view plain) {
    const Cipher cipher(EVP_CIPHER_CTX_new());
    std::string text(plain.size(), '\0'), tag(tag_bytes, '\0');
    int length = 0;
    YS_ASSERT(cipher &&
              EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key),
                                 bytes_of(nonce)) == 1 &&
              EVP_EncryptUpdate(cipher.get(), bytes_of(text), &length, bytes_of(plain),
                                static_cast<int>(plain.size())) == 1 &&
              EVP_EncryptFinal_ex(cipher.get(), bytes_of(text) + length, &length) == 1 &&
              EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag.data()) == 1);
    return nonce + text + tag;
}

/// Made ready once a thread and key: a case has a hundred words, and a fresh context costs more
/// than its block.
struct BlockCipher {
    Cipher cipher{};
    std::string key{};

    ~BlockCipher() { OPENSSL_cleanse(key.data(), key.size()); }
    void make_ready(std::string_view with) {
        if (cipher && key == with) return;
        OPENSSL_cleanse(key.data(), key.size());
        key = with;
        cipher.reset(EVP_CIPHER_CTX_new());
        YS_ASSERT(cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_ecb(), nullptr,
                                               bytes_of(with), nullptr) == 1);
    }
};

std::string one_block(std::string_view key, const std::string& block) {
    thread_local BlockCipher ready;
    ready.make_ready(key);
    std::string out(2 * block.size(), '\0');
    int length = 0;
    YS_ASSERT(EVP_EncryptUpdate(ready.cipher.get(), bytes_of(out), &length, bytes_of(block),
                                static_cast<int>(block.size())) == 1);
    return out.substr(0, block.size());
}

std::optional<std::string> decrypted(std::string_view key, std::string_view sealed) {
    if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
    const std::string_view nonce = sealed.substr(0, nonce_bytes);
    const std::string_view text =
        sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
    std::string tag(sealed.substr(sealed.size() - tag_bytes));
    const Cipher cipher(EVP_CIPHER_CTX_new());
    std::string plain(text.size(), '\0');
    int length = 0;
    const bool is_whole =
        cipher &&
        EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key),
                           bytes_of(nonce)) == 1 &&
        EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &length, bytes_of(text),
                          static_cast<int>(text.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), bytes_of(plain) + length, &length) == 1;
    if (!is_whole) return std::nullopt;
    return plain;
}

}  // namespace

struct Vault::Key {
    std::uint32_t id;
    std::string sealing, finding, words;  ///< derived, so that none tells another
};

Vault::Vault(const KeyRing& ring) {
    YS_ASSERT(!ring.keys.empty());
    for (const KeyRing::Key& key : ring.keys)
        keys_.push_back({key.id, keyed_hash(key.bytes.reveal(), "seal"),
                         keyed_hash(key.bytes.reveal(), "find"),
                         keyed_hash(key.bytes.reveal(), "word")});
}

Vault::~Vault() {
    for (Key& key : keys_) {
        OPENSSL_cleanse(key.sealing.data(), key.sealing.size());
        OPENSSL_cleanse(key.finding.data(), key.finding.size());
        OPENSSL_cleanse(key.words.data(), key.words.size());
    }
}

std::string Vault::prefix() const {
    return std::string(sealed_mark) + std::to_string(keys_.back().id) + ':';
}

std::string Vault::seal(std::string_view plain) const {
    if (plain.empty()) return {};
    const Key& key = keys_.back();
    const std::string nonce = keyed_hash(key.finding, plain).substr(0, nonce_bytes);
    return prefix() + hex(encrypted(key.sealing, nonce, plain));
}

std::string Vault::hashed(std::string_view word) const {
    const Key& key = keys_.back();
    // One block: a keyed permutation of short words, and of hashes of long ones.
    std::string block(16, '\0');
    const std::string text =
        word.size() < block.size() ? std::string(word) : keyed_hash(key.finding, word);
    block.replace(0, block.size() - 1, text.substr(0, block.size() - 1));
    block.resize(16);
    block.back() = static_cast<char>(std::min<std::size_t>(word.size(), 16));
    const std::string out = one_block(key.words, block);
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
    std::string eight;
    for (const char c : out.substr(0, 8)) eight += letters[static_cast<unsigned char>(c) % 32];
    return eight;
}

std::string Vault::open(std::string_view stored) const {
    if (!stored.starts_with(sealed_mark)) return std::string(stored);
    return opened(stored).value_or(std::string(stored));
}

std::optional<std::string> Vault::opened(std::string_view stored) const {
    const std::string_view rest = stored.substr(sealed_mark.size());
    const auto colon = rest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto id = parse_number(rest.substr(0, colon));
    const auto key = std::ranges::find_if(keys_, [&](const Key& k) { return id && k.id == *id; });
    const auto sealed = from_hex(rest.substr(colon + 1));
    if (key == keys_.end() || !sealed) return std::nullopt;
    return decrypted(key->sealing, *sealed);
}

Result<KeyRing> key_ring(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error) && !error) {
        KeyRing ring;
        add_key(ring);
        YS_TRY([[maybe_unused]] const Done written, write_key_ring(file, ring));
        return ring;
    }
    YS_TRY(const Secret<std::string> text, read_private(file));
    KeyRing ring;
    for (const std::string_view line : split(text.reveal(), '\n')) {
        if (trimmed(line).empty()) continue;
        const auto words = split(trimmed(line), ' ');
        const auto id = parse_number(words.front());
        auto key = words.size() == 2 ? from_hex(words.back()) : std::nullopt;
        const bool is_next =
            id && *id <= UINT32_MAX && (ring.keys.empty() || *id > ring.keys.back().id);
        if (!is_next || !key || key->size() != key_bytes)
            return Error{std::errc::invalid_argument, file.string() + " holds no keys"};
        ring.keys.push_back(
            {static_cast<std::uint32_t>(*id), Secret<std::string>(*std::move(key))});
    }
    if (ring.keys.empty()) return Error{std::errc::invalid_argument, file.string() + " is empty"};
    return ring;
}

Result<Done> write_key_ring(const std::filesystem::path& file, const KeyRing& ring) {
    std::string text;
    for (const KeyRing::Key& key : ring.keys)
        text += std::to_string(key.id) + ' ' + hex(key.bytes.reveal()) + '\n';
    return write_private(file, text);
}

void add_key(KeyRing& ring) {
    std::string key(key_bytes, '\0');
    YS_ASSERT(RAND_bytes(bytes_of(key), static_cast<int>(key.size())) == 1);
    ring.keys.push_back(
        {ring.keys.empty() ? 1 : ring.keys.back().id + 1, Secret<std::string>(std::move(key))});
}

}  // namespace ys::vault
