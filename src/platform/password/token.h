// SPDX-License-Identifier: Apache-2.0
// Unguessable tokens and the digest under which they are stored.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ys::password {

/// `bytes` random bytes as base64url without padding; 32 bytes give 43 characters.
std::string random_token(std::size_t bytes = 32);
/// SHA-256 as 64 lower-case hexadecimal digits. What is stored in place of a token.
std::string sha256_hex(std::string_view text);
/// SHA-256 as 32 bytes.
std::string sha256(std::string_view text);
/// True when equal; takes the same time wherever the first difference is.
bool equals_in_constant_time(std::string_view a, std::string_view b);

}  // namespace ys::password
