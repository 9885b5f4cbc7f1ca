// SPDX-License-Identifier: Apache-2.0
// What the decoding child writes and with what it ends; for both sides of the pipe.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ys::image {

inline constexpr std::uint32_t side_max = 2560;          ///< px, of what is kept
inline constexpr std::uint32_t thumbnail_max = 320;      ///< px
inline constexpr std::uint64_t pixels_max = 64'000'000;  ///< of what is taken
inline constexpr std::uint32_t source_side_max = 16'384;
inline constexpr std::size_t answer_max = 24 * 1024 * 1024;
inline constexpr std::size_t memory_max = 64 * 1024 * 1024;  ///< address space of the child
inline constexpr unsigned cpu_max_s = 5;

/// Then jpeg_bytes of the picture and thumbnail_bytes of the small one.
struct ChildAnswer {
    std::uint32_t width = 0, height = 0;
    std::uint32_t jpeg_bytes = 0, thumbnail_bytes = 0;
};

enum class ChildExit : int { Done = 0, NotAPicture = 10, Damaged, TooLarge, NoSandbox };

}  // namespace ys::image
