// SPDX-License-Identifier: Apache-2.0
#include "platform/file/open_file.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ys::file {

namespace fs = std::filesystem;

Error of_disk(std::string_view doing) {
    return Error{std::error_code(errno, std::generic_category()), std::string(doing)};
}

OpenFile::OpenFile(const fs::path& path, int flags)
    : fd_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}

OpenFile::~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
}

Result<Done> sync_folder(const fs::path& folder) {
    const OpenFile dir(folder, O_RDONLY | O_DIRECTORY);
    if (!dir || ::fsync(dir.fd()) != 0) return of_disk("syncing a folder");
    return Done{};
}

Result<Done> make_folder(const fs::path& folder) {
    std::error_code ec;
    if (fs::is_directory(folder, ec)) return Done{};
    if (folder.has_parent_path()) {
        YS_TRY([[maybe_unused]] const Done above, make_folder(folder.parent_path()));
    }
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return of_disk("making a folder");
    return sync_folder(folder.parent_path().empty() ? "." : folder.parent_path());
}

Result<Done> write_at(int fd, std::int64_t offset, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::pwrite(fd, bytes.data(), bytes.size(), offset);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return of_disk("writing a file");
        bytes.remove_prefix(static_cast<std::size_t>(n));
        offset += n;
    }
    return Done{};
}

}  // namespace ys::file
