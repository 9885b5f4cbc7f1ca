// SPDX-License-Identifier: Apache-2.0
#include "app/chat_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/refusal.h"
#include "platform/image/file_kind.h"
#include "platform/password/token.h"
#include "platform/sql/valid_text.h"

namespace ys::app {
namespace {

namespace fs = std::filesystem;
using api::refused;
using api::RefusedAs;

Error of_disk(std::string_view doing) {
    return Error{std::error_code(errno, std::generic_category()), std::string(doing)};
}

class OpenFile {
public:
    OpenFile(const fs::path& path, int flags)
        : fd_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
    ~OpenFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    explicit operator bool() const { return fd_ >= 0; }
    int fd() const { return fd_; }

private:
    int fd_;
};

/// By what is in it, whatever it is called; "" for what nobody may send.
std::string_view kind_of(std::string_view beginning) {
    std::array<std::uint8_t, image::enough_to_tell> bytes{};
    const std::size_t n = std::min(beginning.size(), bytes.size());
    std::copy_n(beginning.begin(), n, bytes.begin());
    const auto kind = image::kind_of(std::span(bytes).first(n));
    if (kind == image::FileKind::Jpeg) return "jpg";
    if (kind == image::FileKind::Png) return "png";
    if (beginning.starts_with("%PDF-")) return "pdf";
    const bool is_text =
        sql::is_storable(beginning) && std::ranges::none_of(beginning, [](unsigned char c) {
            return c < 0x20 && c != '\n' && c != '\r' && c != '\t';
        });
    return is_text ? "txt" : "";
}

Result<Done> write_at(int fd, std::int64_t offset, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::pwrite(fd, bytes.data(), bytes.size(), offset);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return of_disk("writing a citizen's file");
        bytes.remove_prefix(static_cast<std::size_t>(n));
        offset += n;
    }
    if (::fsync(fd) != 0) return of_disk("syncing a citizen's file");
    return Done{};
}

/// The part of a text file that ends within a character is a text, too.
std::string_view whole_characters(std::string_view bytes) {
    std::size_t end = bytes.size();
    for (int back = 0; back < 4 && end > 0; ++back) {
        const auto c = static_cast<unsigned char>(bytes[end - 1]);
        if (c < 0x80) return bytes.substr(0, end);
        --end;
        if (c >= 0xC0) break;
    }
    return bytes.substr(0, end);
}

}  // namespace

fs::path ChatFiles::part_of(const Piece& piece) const {
    return folder_ / (std::to_string(piece.chat) + "-" +
                      password::sha256_hex(piece.key).substr(0, 32) + ".part");
}

fs::path ChatFiles::path(std::uint64_t chat, std::uint32_t number, std::string_view kind) const {
    return folder_ /
           (std::to_string(chat) + "-" + std::to_string(number) + "." + std::string(kind));
}

Result<ChatFiles::Taken> ChatFiles::take(const Piece& piece, std::string_view bytes) {
    const auto length = static_cast<std::int64_t>(bytes.size());
    if (piece.size <= 0 || bytes.empty()) return refused("file_empty", RefusedAs::Unfit);
    if (piece.size > bytes_max || bytes.size() > piece_max)
        return refused("file_too_large", RefusedAs::Unfit);
    if (piece.offset < 0 || piece.offset + length > piece.size)
        return refused("file_gap", RefusedAs::Conflict);
    std::error_code ec;
    fs::create_directories(folder_, ec);
    const std::string_view first = piece.offset == 0 ? kind_of(whole_characters(bytes)) : "?";
    if (first.empty()) return refused("file_kind", RefusedAs::Unfit);
    const OpenFile file(part_of(piece), O_RDWR | O_CREAT);
    if (!file) return of_disk("opening a citizen's file");
    struct stat about {};
    if (::fstat(file.fd(), &about) != 0) return of_disk("looking at a citizen's file");
    if (piece.offset > about.st_size) return refused("file_gap", RefusedAs::Conflict);
    YS_TRY([[maybe_unused]] const Done written, write_at(file.fd(), piece.offset, bytes));
    Taken taken{std::max<std::int64_t>(about.st_size, piece.offset + length)};
    if (taken.received < piece.size) return taken;
    std::string whole(static_cast<std::size_t>(piece.size), '\0');
    if (::pread(file.fd(), whole.data(), whole.size(), 0) != static_cast<ssize_t>(whole.size()))
        return of_disk("reading a citizen's file");
    taken.kind = kind_of(whole);
    if (taken.kind.empty()) {
        drop(piece);
        return refused("file_kind", RefusedAs::Unfit);
    }
    return taken;
}

Result<Done> ChatFiles::settle(const Piece& piece, std::uint32_t number, std::string_view kind) {
    const fs::path to = path(piece.chat, number, kind);
    if (::rename(part_of(piece).c_str(), to.c_str()) != 0)
        return of_disk("keeping a citizen's file");
    const OpenFile folder(folder_, O_RDONLY | O_DIRECTORY);
    if (!folder || ::fsync(folder.fd()) != 0) return of_disk("syncing a folder");
    return Done{};
}

void ChatFiles::drop(const Piece& piece) {
    std::error_code ec;
    fs::remove(part_of(piece), ec);
}

void ChatFiles::sweep() {
    std::error_code ec;
    for (const auto& each : fs::directory_iterator(folder_, ec))
        if (each.path().extension() == ".part") fs::remove(each.path(), ec);
}

}  // namespace ys::app
