// SPDX-License-Identifier: Apache-2.0
// Passwords as Argon2id hashes. Both functions take about 25 ms of a core and 19 MB: call them on
// the worker pool (platform/task/worker_pool.h), never on the control loop.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace ys::password {

/// OWASP Password Storage Cheat Sheet, Argon2id: m = 19 MiB, t = 2, p = 1. Kept inside each hash,
/// so raising them later does not invalidate the hashes already stored.
inline constexpr std::uint32_t memory_kib = 19 * 1024;
inline constexpr std::uint32_t passes = 2;
inline constexpr std::uint32_t lanes = 1;
inline constexpr std::size_t salt_bytes = 16;
inline constexpr std::size_t hash_bytes = 32;
inline constexpr std::size_t password_max_bytes = 256;
inline constexpr std::size_t password_min_characters = 8;

/// "$argon2id$v=19$m=19456,t=2,p=1$…"
/// errors  invalid_argument when longer than password_max_bytes
Result<std::string> hash(const Secret<std::string>& password);

/// False for a wrong password and for anything that is not an Argon2id hash of bounded cost.
bool verify(const Secret<std::string>& password, std::string_view encoded);

/// A hash nobody's password has. Verifying against it when the login is unknown takes as long as a
/// wrong password, so the time of an answer does not tell which logins exist.
std::string_view nobodys_hash();

}  // namespace ys::password
