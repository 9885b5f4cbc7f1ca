// SPDX-License-Identifier: Apache-2.0
#include "platform/image/child/row_scaler.h"

#include <algorithm>

namespace ys::image {
namespace {

std::uint32_t scaled(std::uint32_t n, std::uint32_t to, std::uint32_t from) {
    return static_cast<std::uint32_t>(std::uint64_t{n} * to / from);
}

}  // namespace

Size within(Size size, std::uint32_t longest) {
    const std::uint32_t side = std::max(size.width, size.height);
    if (side <= longest) return size;
    return {std::max(1U, scaled(size.width, longest, side)),
            std::max(1U, scaled(size.height, longest, side))};
}

RowScaler::RowScaler(Size from, Size to, Sink sink)
    : from_(from),
      to_(to),
      sink_(std::move(sink)),
      column_of_(from.width),
      columns_(to.width),
      sums_(std::size_t{3} * to.width),
      out_(std::size_t{3} * to.width) {
    for (std::uint32_t x = 0; x < from.width; ++x) {
        column_of_[x] = scaled(x, to.width, from.width);
        ++columns_[column_of_[x]];
    }
}

void RowScaler::row(const std::uint8_t* rgb) {
    for (std::uint32_t x = 0; x < from_.width; ++x)
        for (std::uint32_t colour = 0; colour < 3; ++colour)
            sums_[3 * column_of_[x] + colour] += *rgb++;
    ++rows_;
    ++y_;
    const bool is_last = y_ == from_.height;
    if (is_last || scaled(y_, to_.height, from_.height) != scaled(y_ - 1, to_.height, from_.height))
        flush();
}

void RowScaler::flush() {
    for (std::uint32_t x = 0; x < to_.width; ++x)
        for (std::uint32_t colour = 0; colour < 3; ++colour)
            out_[3 * x + colour] =
                static_cast<std::uint8_t>(sums_[3 * x + colour] / (columns_[x] * rows_));
    sink_(scaled(y_ - 1, to_.height, from_.height), out_.data());
    std::ranges::fill(sums_, 0U);
    rows_ = 0;
}

}  // namespace ys::image
