// SPDX-License-Identifier: Apache-2.0
// Keys in files of their own, outside the data folder, readable by their owner only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "base/secret.h"

namespace ys::vault {

/// The key in `file`, as hexadecimal text; made of random bytes when there is no such file, its
/// folder (0700) too.
/// errors  permission_denied when others may read the file; invalid_argument when it holds no key
///         of this length; those of the disk
Result<Secret<std::string>> own_key(const std::filesystem::path& file, std::size_t bytes);

/// A file only its owner reads, in place at once or not at all; on disk when it returns.
Result<Done> write_private(const std::filesystem::path& file, std::string_view text);
/// errors  no_such_file_or_directory; permission_denied when others may read it
Result<Secret<std::string>> read_private(const std::filesystem::path& file);

/// Held by who uses a key, so that nobody changes it meanwhile; let go by its end.
class KeyLock {
public:
    enum class Kind { Shared, Alone };
    /// errors  device_or_resource_busy when somebody else holds it, and not both are Shared
    static Result<KeyLock> take(const std::filesystem::path& key_file, Kind kind);
    KeyLock(KeyLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    KeyLock& operator=(KeyLock&&) = delete;
    ~KeyLock();

private:
    explicit KeyLock(int file) : file_(file) {}
    int file_;
};

/// Nothing when it is not an even number of hexadecimal digits.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace ys::vault
