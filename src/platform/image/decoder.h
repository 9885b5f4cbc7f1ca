// SPDX-License-Identifier: Apache-2.0
// A photo from outside becomes a JPEG of our own, made in a child process that can open nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace ys::image {

enum class errc {
    not_a_picture = 1,  ///< Neither JPEG nor PNG.
    damaged,            ///< It begins like a picture and cannot be read to its end.
    too_large,          ///< More pixels than are taken, or more memory than the child has.
    failed,             ///< The child could not be run; nothing is known of the file.
};
const std::error_category& category();
inline std::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

struct Picture {
    std::uint32_t width = 0, height = 0;
    std::string jpeg;       ///< at most 2560 px a side, upright, without any metadata
    std::string thumbnail;  ///< JPEG, at most 320 px a side
};

/// Blocks for up to some seconds: for a pool thread, never the control loop.
/// errors  errc
Result<Picture> decode(const std::filesystem::path& file);

}  // namespace ys::image

template <>
struct std::is_error_code_enum<ys::image::errc> : std::true_type {};
