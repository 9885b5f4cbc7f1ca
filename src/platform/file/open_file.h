// SPDX-License-Identifier: Apache-2.0
// Files that must be on disk before anybody is told. Everything here blocks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace ys::file {

/// The last error of the system, as it was met while `doing`.
Error of_disk(std::string_view doing);

/// Closes itself; a link in place of the file is not followed. For its owner alone when new.
class OpenFile {
public:
    OpenFile(const std::filesystem::path& path, int flags);
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    explicit operator bool() const { return fd_ >= 0; }
    int fd() const { return fd_; }

private:
    int fd_;
};

/// A name is only on disk once its folder is.
Result<Done> sync_folder(const std::filesystem::path& folder);
/// The folder and every name on the way to it, on disk.
Result<Done> make_folder(const std::filesystem::path& folder);
/// All of it, however often the system stops on the way; not yet on disk.
Result<Done> write_at(int fd, std::int64_t offset, std::string_view bytes);

}  // namespace ys::file
