// SPDX-License-Identifier: Apache-2.0
#include "platform/image/child/canvas.h"

#include <algorithm>

namespace ys::image {

Canvas::Canvas(std::uint32_t width, std::uint32_t height, int orientation)
    : in_width_(width),
      in_height_(height),
      orientation_(orientation),
      is_turned_(orientation >= 5),
      rgb_(std::size_t{3} * width * height) {}

void Canvas::put_row(std::uint32_t y, const std::uint8_t* rgb) {
    const std::uint32_t right = in_width_ - 1, bottom = in_height_ - 1;
    for (std::uint32_t x = 0; x < in_width_; ++x, rgb += 3) {
        std::uint32_t to_x = x, to_y = y;
        // Exif 2.32 §4.6.4: where row 0 and column 0 of what is stored belong.
        switch (orientation_) {
            case 2:
                to_x = right - x;
                break;
            case 3:
                to_x = right - x;
                to_y = bottom - y;
                break;
            case 4:
                to_y = bottom - y;
                break;
            case 5:
                to_x = y;
                to_y = x;
                break;
            case 6:
                to_x = bottom - y;
                to_y = x;
                break;
            case 7:
                to_x = bottom - y;
                to_y = right - x;
                break;
            case 8:
                to_x = y;
                to_y = right - x;
                break;
            default:
                break;
        }
        std::copy_n(rgb, 3, rgb_.data() + std::size_t{3} * (std::size_t{width()} * to_y + to_x));
    }
}

}  // namespace ys::image
