// SPDX-License-Identifier: Apache-2.0
#include "app/chat_files.h"

#include <algorithm>
#include <array>
#include <span>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/refusal.h"
#include "platform/file/open_file.h"
#include "platform/image/file_kind.h"
#include "platform/password/token.h"
#include "platform/sql/valid_text.h"

namespace ys::app {
namespace {

namespace fs = std::filesystem;
using api::refused;
using api::RefusedAs;
using file::of_disk;
using file::OpenFile;

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
    YS_TRY([[maybe_unused]] const Done there, file::make_folder(folder_));
    const std::string_view first = piece.offset == 0 ? kind_of(whole_characters(bytes)) : "?";
    if (first.empty()) return refused("file_kind", RefusedAs::Unfit);
    const OpenFile part(part_of(piece), O_RDWR | O_CREAT);
    if (!part) return of_disk("opening a citizen's file");
    struct stat about {};
    if (::fstat(part.fd(), &about) != 0) return of_disk("looking at a citizen's file");
    if (piece.offset > about.st_size) return refused("file_gap", RefusedAs::Conflict);
    YS_TRY([[maybe_unused]] const Done written, file::write_at(part.fd(), piece.offset, bytes));
    if (::fsync(part.fd()) != 0) return of_disk("syncing a citizen's file");
    Taken taken{std::max<std::int64_t>(about.st_size, piece.offset + length)};
    if (taken.received < piece.size) return taken;
    std::string whole(static_cast<std::size_t>(piece.size), '\0');
    if (::pread(part.fd(), whole.data(), whole.size(), 0) != static_cast<ssize_t>(whole.size()))
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
    return file::sync_folder(folder_);
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
