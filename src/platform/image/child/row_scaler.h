// SPDX-License-Identifier: Apache-2.0
// Makes a picture smaller row by row: each pixel is the mean of those it stands for.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace ys::image {

struct Size {
    std::uint32_t width = 0, height = 0;
};
/// The same shape with no side longer than `longest`; never larger.
Size within(Size size, std::uint32_t longest);

class RowScaler {
public:
    using Sink = std::function<void(std::uint32_t y, const std::uint8_t* rgb)>;
    /// `to` is no larger than `from`.
    RowScaler(Size from, Size to, Sink sink);
    /// The next row from the top, RGB.
    void row(const std::uint8_t* rgb);

private:
    void flush();

    Size from_, to_;
    Sink sink_;
    std::vector<std::uint32_t> column_of_, columns_, sums_;
    std::vector<std::uint8_t> out_;
    std::uint32_t y_ = 0, rows_ = 0;
};

}  // namespace ys::image
