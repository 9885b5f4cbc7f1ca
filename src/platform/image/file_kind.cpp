// SPDX-License-Identifier: Apache-2.0
#include "platform/image/file_kind.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace ys::image {
namespace {

bool begins_with(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> with) {
    return bytes.size() >= with.size() && std::equal(with.begin(), with.end(), bytes.begin());
}

bool has_at(std::span<const std::uint8_t> bytes, std::size_t at, std::string_view text) {
    if (bytes.size() < at + text.size()) return false;
    return std::equal(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

FileKind kind_of(std::span<const std::uint8_t> beginning) {
    static constexpr std::array<std::uint8_t, 3> jpeg{0xFF, 0xD8, 0xFF};
    static constexpr std::array<std::uint8_t, 8> png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    if (begins_with(beginning, jpeg)) return FileKind::Jpeg;
    if (begins_with(beginning, png)) return FileKind::Png;
    if (!has_at(beginning, 4, "ftyp")) return FileKind::Other;
    if (has_at(beginning, 8, "qt  ")) return FileKind::QuickTime;
    // HEIC and AVIF pictures are boxes of the same kind; they are no video.
    for (const std::string_view brand : {"isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42",
                                         "avc1", "M4V ", "3gp4", "3gp5", "MSNV"})
        if (has_at(beginning, 8, brand)) return FileKind::Mp4;
    return FileKind::Other;
}

}  // namespace ys::image
