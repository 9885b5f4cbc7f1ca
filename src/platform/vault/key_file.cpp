// SPDX-License-Identifier: Apache-2.0
#include "platform/vault/key_file.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "base/panic.h"
#include "base/text.h"

namespace ys::vault {
namespace {

namespace fs = std::filesystem;

Error os_error(std::string doing) {
    return Error{std::error_code(errno, std::generic_category()), std::move(doing)};
}

/// A name that is new in its folder is on disk when the folder is.
Result<Done> sync_folder(const fs::path& folder) {
    const int open_folder = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (open_folder < 0) return os_error("opening " + folder.string());
    const bool is_synced = ::fsync(open_folder) == 0;
    const Error why = os_error("writing " + folder.string());
    ::close(open_folder);
    if (!is_synced) return why;
    return Done{};
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Result<Done> write_private(const fs::path& file, std::string_view text) {
    const fs::path folder = file.parent_path();
    std::error_code error;
    if (!folder.empty() && fs::create_directories(folder, error) && !error)
        fs::permissions(folder, fs::perms::owner_all, error);
    if (error) return Error{error, "making the folder " + folder.string()};
    const fs::path part = file.string() + ".part";
    const int open_file =
        ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (open_file < 0) return os_error("writing " + part.string());
    const bool is_written =
        ::fchmod(open_file, 0600) == 0 &&
        ::write(open_file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(open_file) == 0;
    const Error why = os_error("writing " + part.string());
    ::close(open_file);
    if (!is_written) return why;
    fs::rename(part, file, error);
    if (error) return Error{error, "writing " + file.string()};
    return sync_folder(folder.empty() ? fs::path(".") : folder);
}

Result<Secret<std::string>> read_private(const fs::path& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) return os_error("reading " + file.string());
    if ((about.st_mode & 077) != 0)
        return Error{std::errc::permission_denied,
                     file.string() + " may be read by others: chmod 600 it"};
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) return Error{std::errc::io_error, "reading " + file.string()};
    return Secret<std::string>(std::move(text));
}

Result<Secret<std::string>> own_key(const fs::path& file, std::size_t bytes) {
    std::error_code error;
    if (!fs::exists(file, error) && !error) {
        std::string key(bytes, '\0');
        YS_ASSERT(
            RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(bytes)) == 1);
        YS_TRY([[maybe_unused]] const Done written, write_private(file, hex(key) + "\n"));
        return Secret<std::string>(std::move(key));
    }
    YS_TRY(const Secret<std::string> text, read_private(file));
    auto key = from_hex(trimmed(text.reveal()));
    if (!key || key->size() != bytes)
        return Error{std::errc::invalid_argument,
                     file.string() + " holds no key of " + std::to_string(bytes) + " bytes"};
    return Secret<std::string>(*std::move(key));
}

Result<KeyLock> KeyLock::take(const fs::path& key_file, Kind kind) {
    const fs::path path = key_file.string() + ".lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return os_error("locking " + path.string());
    if (::flock(file, (kind == Kind::Alone ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
        ::close(file);
        return Error{std::errc::device_or_resource_busy,
                     "a running program uses the key: stop it before"};
    }
    return KeyLock(file);
}

KeyLock::~KeyLock() {
    if (file_ >= 0) ::close(file_);
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit_of(text[i]), low = digit_of(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return out;
}

}  // namespace ys::vault
