// SPDX-License-Identifier: Apache-2.0
// The decoding child: a picture from descriptor 0, its JPEG and a small one to descriptor 1.
#include <cstring>
#include <new>

#include "platform/image/child/picture_reader.h"
#include "platform/image/child/row_scaler.h"
#include "platform/image/child/sandbox.h"
#include "platform/image/file_kind.h"

namespace ys::image {
namespace {

void write_all(const void* data, std::size_t size) {
    const auto* at = static_cast<const std::uint8_t*>(data);
    while (size > 0) {
        const ssize_t n = write(STDOUT_FILENO, at, size);
        if (n <= 0) end_with(ChildExit::Damaged);
        at += n;
        size -= static_cast<std::size_t>(n);
    }
}

Canvas thumbnail_of(const Canvas& canvas) {
    const Size from{canvas.width(), canvas.height()};
    const Size to = within(from, thumbnail_max);
    Canvas small(to.width, to.height, 1);
    RowScaler scaler(from, to, [&](std::uint32_t y, const auto* rgb) { small.put_row(y, rgb); });
    for (std::uint32_t y = 0; y < from.height; ++y) scaler.row(canvas.row(y));
    return small;
}

Canvas read_picture(Input& input) {
    switch (kind_of({input.data(), input.size()})) {
        case FileKind::Jpeg:
            return read_jpeg(input);
        case FileKind::Png:
            return read_png(input);
        default:
            end_with(ChildExit::NotAPicture);
    }
}

}  // namespace

bool Input::fill() {
    at_ = size_ = 0;
    while (size_ < block_.size()) {
        const ssize_t n = read(STDIN_FILENO, block_.data() + size_, block_.size() - size_);
        if (n < 0) end_with(ChildExit::Damaged);
        if (n == 0) break;
        size_ += static_cast<std::size_t>(n);
    }
    return size_ > 0;
}

}  // namespace ys::image

int main() {
    using namespace ys::image;
    std::set_new_handler([] { end_with(ChildExit::TooLarge); });
    if (!enter_sandbox()) end_with(ChildExit::NoSandbox);
    Input input;
    const Canvas canvas = read_picture(input);
    const auto jpeg = jpeg_of(canvas);
    const auto thumbnail = jpeg_of(thumbnail_of(canvas));
    const ChildAnswer answer{canvas.width(), canvas.height(),
                             static_cast<std::uint32_t>(jpeg.size()),
                             static_cast<std::uint32_t>(thumbnail.size())};
    write_all(&answer, sizeof answer);
    write_all(jpeg.data(), jpeg.size());
    write_all(thumbnail.data(), thumbnail.size());
    end_with(ChildExit::Done);
}
