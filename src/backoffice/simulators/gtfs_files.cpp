// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/gtfs_files.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/office/zip_reader.h"

namespace ys::backoffice {
namespace {

constexpr std::size_t file_max_bytes = 64U << 20U;
constexpr std::size_t all_max_bytes = 160U << 20U;
constexpr std::array<std::string_view, 6> names{
    "stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt", "calendar_dates.txt"};
/// The last one only adds exceptions.
constexpr std::size_t required = 5;

struct File {
    std::string text;
    UtcTime changed_at;
};

Error failed(const std::filesystem::path& path) {
    return {std::error_code(errno, std::generic_category()), "reading " + path.string()};
}

struct Descriptor {
    int fd;
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
};

Result<File> read_file(const std::filesystem::path& path) {
    // Not blocking: a named pipe in its place must not hold us up.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (file.fd < 0) return failed(path);
    struct stat about {};
    if (::fstat(file.fd, &about) != 0) return failed(path);
    if (!S_ISREG(about.st_mode))
        return Error{std::errc::invalid_argument, path.string() + " is no file"};
    const auto size = static_cast<std::size_t>(about.st_size);
    if (size > file_max_bytes)
        return Error{std::errc::file_too_large, path.string() + " is too large"};
    File out{std::string(size, '\0'), {about.st_mtim.tv_sec * std::int64_t{1'000'000}}};
    std::size_t got = 0;
    while (got < size) {
        const ssize_t n = ::read(file.fd, out.text.data() + got, size - got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return failed(path);
        if (n == 0) break;
        got += static_cast<std::size_t>(n);
    }
    out.text.resize(got);
    return out;
}

Result<GtfsFiles> from_folder(const std::filesystem::path& folder) {
    GtfsFiles out;
    std::size_t left = all_max_bytes;
    for (const std::string_view name : names) {
        auto file = read_file(folder / name);
        if (!file && file.error().code == std::errc::no_such_file_or_directory) continue;
        if (!file) return file.error();
        if (file->text.size() > left)
            return Error{std::errc::file_too_large, folder.string() + " is too large"};
        left -= file->text.size();
        out.changed_at = std::max(out.changed_at, file->changed_at);
        out.texts.emplace(name, std::move(file->text));
    }
    return out;
}

}  // namespace

Result<GtfsFiles> read_gtfs(const std::filesystem::path& folder_or_zip) {
    std::error_code ignored;
    GtfsFiles out;
    if (std::filesystem::is_directory(folder_or_zip, ignored)) {
        YS_TRY(out, from_folder(folder_or_zip));
    } else {
        YS_TRY(const File archive, read_file(folder_or_zip));
        YS_TRY(out.texts, office::read_zip(archive.text, names, all_max_bytes));
        out.changed_at = archive.changed_at;
    }
    for (const std::string_view name : std::span(names).first(required))
        if (!out.texts.contains(std::string(name)))
            return Error{std::errc::invalid_argument,
                         folder_or_zip.string() + " has no " + std::string(name)};
    return out;
}

}  // namespace ys::backoffice
