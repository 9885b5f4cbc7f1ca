// SPDX-License-Identifier: Apache-2.0
// Seals what says who somebody is. AES-256-GCM with a nonce made of the text itself by a keyed hash
// (HMAC-SHA-256, as in SIV modes, RFC 5297 §1.3.2): equal texts are equal sealed, and that is all
// the disk tells (docs/decisions/0008-sealed-columns.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace ys::vault {

inline constexpr std::string_view sealed_mark = "sealed:";  ///< what is sealed begins so

/// The keys of one house; the last is the one in use, earlier ones only open what they sealed.
struct KeyRing {
    struct Key {
        std::uint32_t id = 0;
        Secret<std::string> bytes{};  ///< 32
    };
    std::vector<Key> keys;
};
/// Lines "id hexadecimal"; made with one key when there is no such file.
/// errors  as read_private; invalid_argument for a line that is no key
Result<KeyRing> key_ring(const std::filesystem::path& file);
Result<Done> write_key_ring(const std::filesystem::path& file, const KeyRing& ring);
/// A new key at the end, of random bytes.
void add_key(KeyRing& ring);

class Vault {
public:
    explicit Vault(const KeyRing& ring);
    ~Vault();
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    /// The same text gives the same sealed text; "" stays "".
    std::string seal(std::string_view plain) const;
    /// What was never sealed comes back as it is; what cannot be opened, too.
    std::string open(std::string_view stored) const;
    /// A word of an index: the same word gives the same eight letters, which tell nothing of it.
    std::string hashed(std::string_view word) const;
    /// What everything sealed with the key in use begins with: "sealed:2:".
    std::string prefix() const;

private:
    struct Key;
    std::optional<std::string> opened(std::string_view stored) const;
    std::vector<Key> keys_;
};

}  // namespace ys::vault
