// SPDX-License-Identifier: Apache-2.0
#include "platform/words/file_in_memory.h"

#include <fstream>

#include <sys/mman.h>
#include <unistd.h>

namespace ys::words {

FileInMemory::FileInMemory(std::string_view bytes) : file_(::memfd_create("words", MFD_CLOEXEC)) {
    while (file_ >= 0 && !bytes.empty()) {
        const ssize_t n = ::write(file_, bytes.data(), bytes.size());
        if (n <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    // Without /proc there is no such name, and the libraries end the process then.
    is_whole_ = file_ >= 0 && std::ifstream(name()).is_open();
}

FileInMemory::~FileInMemory() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace ys::words
