// SPDX-License-Identifier: Apache-2.0
// Pictures made for tests: red on the left, blue on the right, green along the top.
#pragma once

#include <cstdint>
#include <string>

namespace ys::image::testing {

struct JpegForm {
    std::uint32_t width = 64, height = 48;
    int orientation = 1;  ///< in an Exif segment that also says where it was taken
    bool is_progressive = false;
};
std::string make_jpeg(const JpegForm& form);
std::string make_png(std::uint32_t width, std::uint32_t height, bool is_interlaced = false);
/// The header of a PNG that says it is so large, and a few bytes.
std::string png_that_claims(std::uint32_t width, std::uint32_t height);

struct Colour {
    int red = 0, green = 0, blue = 0;
};
/// Of one pixel of a JPEG of ours.
Colour colour_at(const std::string& jpeg, std::uint32_t x, std::uint32_t y);

}  // namespace ys::image::testing
