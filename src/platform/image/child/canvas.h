// SPDX-License-Identifier: Apache-2.0
// The picture that is kept: RGB rows, turned upright as they come.
#pragma once

#include <cstdint>
#include <vector>

namespace ys::image {

class Canvas {
public:
    /// width, height  of the rows that come; orientation as Exif has it, 1 to 8
    Canvas(std::uint32_t width, std::uint32_t height, int orientation);
    void put_row(std::uint32_t y, const std::uint8_t* rgb);

    std::uint32_t width() const { return is_turned_ ? in_height_ : in_width_; }
    std::uint32_t height() const { return is_turned_ ? in_width_ : in_height_; }
    const std::uint8_t* row(std::uint32_t y) const {
        return rgb_.data() + std::size_t{3} * width() * y;
    }

private:
    std::uint32_t in_width_, in_height_;
    int orientation_;
    bool is_turned_;
    std::vector<std::uint8_t> rgb_;
};

}  // namespace ys::image
