// SPDX-License-Identifier: Apache-2.0
// Ed25519 (RFC 8032): what the house says to the world, signed so that anybody can check it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace ys::vault {

class SigningKey {
public:
    /// Made at first use, readable by its owner only.
    /// errors  those of own_key()
    static Result<SigningKey> open(const std::filesystem::path& file);
    /// Hexadecimal (RFC 8032 §5.1.5).
    const std::string& public_key() const { return public_key_; }
    /// Hexadecimal. errors  io_error when OpenSSL cannot
    Result<std::string> sign(std::string_view message) const;

private:
    SigningKey(Secret<std::string> key, std::string public_key)
        : key_(std::move(key)), public_key_(std::move(public_key)) {}
    Secret<std::string> key_;  ///< 32 bytes
    std::string public_key_;
};

/// Whether `signature` over `message` is of `public_key`, both hexadecimal; false for what is none.
bool is_signed(std::string_view message, std::string_view public_key, std::string_view signature);
/// The public key as other programs read it (RFC 8410 §4, PEM); "" for what is none.
std::string public_key_pem(std::string_view public_key);

}  // namespace ys::vault
