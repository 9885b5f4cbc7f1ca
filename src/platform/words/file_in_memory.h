// SPDX-License-Identifier: Apache-2.0
// For libraries that read files by name only: bytes of ours that have one and never touch a disk.
#pragma once

#include <string>
#include <string_view>

namespace ys::words {

class FileInMemory {
public:
    explicit FileInMemory(std::string_view bytes);
    ~FileInMemory();
    FileInMemory(const FileInMemory&) = delete;
    FileInMemory& operator=(const FileInMemory&) = delete;

    /// All bytes are in it, and whoever opens it by its name finds them.
    bool is_whole() const { return is_whole_; }
    std::string name() const { return "/proc/self/fd/" + std::to_string(file_); }

private:
    int file_;
    bool is_whole_ = false;
};

}  // namespace ys::words
