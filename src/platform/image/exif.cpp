// SPDX-License-Identifier: Apache-2.0
#include "platform/image/exif.h"

#include <algorithm>
#include <array>
#include <optional>

namespace ys::image {
namespace {

/// Numbers of a TIFF file in its own byte order; nothing beyond its end.
struct Tiff {
    std::span<const std::uint8_t> bytes;
    bool is_little = true;

    std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
        if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
        std::uint32_t out = 0;
        for (std::size_t i = 0; i < size; ++i)
            out = out << 8 | bytes[at + (is_little ? size - 1 - i : i)];
        return out;
    }
};

constexpr std::uint32_t orientation_tag = 0x0112;
constexpr std::size_t entry_bytes = 12;
constexpr std::uint32_t entries_max = 512;

}  // namespace

int exif_orientation(std::span<const std::uint8_t> app1) {
    static constexpr std::array<std::uint8_t, 6> name{'E', 'x', 'i', 'f', 0, 0};
    if (app1.size() < name.size() + 8 || !std::equal(name.begin(), name.end(), app1.begin()))
        return 1;
    Tiff tiff{app1.subspan(name.size())};
    if (tiff.bytes[0] != tiff.bytes[1]) return 1;
    tiff.is_little = tiff.bytes[0] == 'I';
    const auto first = tiff.number(4, 4);
    if (!first) return 1;
    const auto count = tiff.number(*first, 2);
    if (!count) return 1;
    for (std::uint32_t i = 0; i < std::min(*count, entries_max); ++i) {
        const std::size_t at = std::size_t{*first} + 2 + i * entry_bytes;
        const auto tag = tiff.number(at, 2);
        if (!tag) return 1;
        if (*tag != orientation_tag) continue;
        const auto value = tiff.number(at + 8, 2);
        return value && *value >= 1 && *value <= 8 ? static_cast<int>(*value) : 1;
    }
    return 1;
}

}  // namespace ys::image
