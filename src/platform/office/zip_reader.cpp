// SPDX-License-Identifier: Apache-2.0
// The format is PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
#include "platform/office/zip_reader.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>

#include <zlib.h>

namespace ys::office {
namespace {

constexpr std::size_t end_size = 22, entry_size = 46, local_size = 30;
constexpr std::size_t comment_max = 65'535;
constexpr std::size_t entries_max = 4'096;
constexpr std::string_view end_mark = "PK\x05\x06", entry_mark = "PK\x01\x02",
                           local_mark = "PK\x03\x04";

Error wrong(const char* what) {
    return {std::errc::invalid_argument, std::string("a ZIP archive: ") + what};
}

/// Little-endian, of bytes that are known to be there.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t n = 0;
    for (std::size_t i = 0; i < size; ++i)
        n |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return n;
}

struct Entry {
    std::string_view name;
    std::uint32_t flags = 0, method = 0, crc = 0, packed = 0, size = 0, local_at = 0;
};

/// Where the central directory begins and how many entries it has.
struct Directory {
    std::size_t at = 0;
    std::size_t entries = 0;
};

Result<Directory> directory_of(std::string_view archive) {
    if (archive.size() < end_size) return wrong("too short");
    const std::size_t first = archive.size() - std::min(archive.size(), end_size + comment_max);
    const std::size_t end = archive.rfind(end_mark);
    if (end == std::string_view::npos || end < first || archive.size() - end < end_size)
        return wrong("no end record");
    const Directory out{number(archive, end + 16, 4), number(archive, end + 10, 2)};
    if (out.at == UINT32_MAX || out.entries == 0xffff) return wrong("a 64-bit one");
    if (out.at > end || out.entries > entries_max) return wrong("its directory");
    return out;
}

/// The entry at `at`, which moves behind it.
Result<Entry> entry_at(std::string_view archive, std::size_t& at) {
    if (archive.size() < entry_size || at > archive.size() - entry_size ||
        archive.substr(at, 4) != entry_mark)
        return wrong("an entry");
    const std::size_t name = number(archive, at + 28, 2);
    const std::size_t more = number(archive, at + 30, 2) + std::size_t{number(archive, at + 32, 2)};
    if (archive.size() - at - entry_size < name + more) return wrong("an entry's name");
    const Entry out{archive.substr(at + entry_size, name),
                    number(archive, at + 8, 2),
                    number(archive, at + 10, 2),
                    number(archive, at + 16, 4),
                    number(archive, at + 20, 4),
                    number(archive, at + 24, 4),
                    number(archive, at + 42, 4)};
    at += entry_size + name + more;
    return out;
}

Result<std::string> unpacked(std::string_view packed, std::size_t size) {
    std::string out(size, '\0');
    z_stream z{};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return wrong("no room to unpack");
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    z.avail_in = static_cast<uInt>(packed.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    // One call into a room of the size it says: what is longer ends in an error, not in memory.
    const int ended = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    if (ended != Z_STREAM_END || z.avail_out != 0) return wrong("a file's bytes");
    return out;
}

Result<std::string> contents(std::string_view archive, const Entry& entry) {
    constexpr std::uint32_t encrypted = 1;
    if ((entry.flags & encrypted) != 0) return wrong("an encrypted one");
    const std::size_t at = entry.local_at;
    if (archive.size() < local_size || at > archive.size() - local_size ||
        archive.substr(at, 4) != local_mark)
        return wrong("a file's head");
    const std::size_t skip = local_size + number(archive, at + 26, 2) + number(archive, at + 28, 2);
    if (archive.size() - at < skip || archive.size() - at - skip < entry.packed)
        return wrong("a file's place");
    const std::string_view packed = archive.substr(at + skip, entry.packed);
    constexpr std::uint32_t stored = 0, deflated = 8;
    std::optional<std::string> out;
    if (entry.method == stored && entry.packed == entry.size) out = std::string(packed);
    if (entry.method == deflated) {
        YS_TRY(out, unpacked(packed, entry.size));
    }
    if (!out) return wrong("a method of packing");
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(out->data()), static_cast<uInt>(out->size()));
    if (crc != entry.crc) return wrong("a file's check sum");
    return *std::move(out);
}

/// The name without its one folder; "" for deeper ones.
std::string_view plain_name(std::string_view path) {
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return path;
    const std::string_view name = path.substr(slash + 1);
    return name.find('/') == std::string_view::npos ? name : std::string_view{};
}

/// Under which name a path is wanted, or "".
using NameOf = std::function<std::string_view(std::string_view path)>;
using Files = std::map<std::string, std::string>;

Result<Files> read(std::string_view archive, const NameOf& name_of, std::size_t max) {
    YS_TRY(const Directory directory, directory_of(archive));
    Files out;
    std::size_t at = directory.at;
    std::size_t left = max;
    for (std::size_t i = 0; i < directory.entries; ++i) {
        YS_TRY(const Entry entry, entry_at(archive, at));
        const std::string_view name = name_of(entry.name);
        if (name.empty()) continue;
        if (entry.size > left)
            return Error{std::errc::file_too_large, "a ZIP archive: " + std::string(name)};
        left -= entry.size;
        YS_TRY(std::string text, contents(archive, entry));
        if (!out.emplace(name, std::move(text)).second) return wrong("a file is there twice");
    }
    return out;
}

bool fits(std::string_view path, std::string_view wanted) {
    return wanted.ends_with('*') ? path.starts_with(wanted.substr(0, wanted.size() - 1))
                                 : path == wanted;
}

}  // namespace

Result<Files> read_zip(std::string_view archive, std::span<const std::string_view> wanted,
                       std::size_t max) {
    auto name_of = [wanted](std::string_view path) {
        const std::string_view name = plain_name(path);
        return std::ranges::find(wanted, name) == wanted.end() ? std::string_view{} : name;
    };
    return read(archive, name_of, max);
}

Result<Files> read_zip_paths(std::string_view archive, std::span<const std::string_view> wanted,
                             std::size_t max) {
    auto name_of = [wanted](std::string_view path) {
        const auto is_meant = [path](std::string_view each) { return fits(path, each); };
        return std::ranges::any_of(wanted, is_meant) ? path : std::string_view{};
    };
    return read(archive, name_of, max);
}

}  // namespace ys::office
