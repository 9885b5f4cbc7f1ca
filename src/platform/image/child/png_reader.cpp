// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <png.h>

#include "platform/image/child/picture_reader.h"
#include "platform/image/child/row_scaler.h"

namespace ys::image {
namespace {

constexpr std::size_t chunk_max = 4 * 1024 * 1024;
/// An interlaced picture is whole only at its end and has to be held until then.
constexpr std::uint64_t interlaced_pixels_max = 8'000'000;

void read_bytes(png_struct* png, png_byte* to, std::size_t count) {
    Input& input = *static_cast<Input*>(png_get_io_ptr(png));
    while (count > 0) {
        if (input.size() == 0 && !input.fill()) end_with(ChildExit::Damaged);
        const std::size_t n = std::min(count, input.size());
        to = std::copy_n(input.data(), n, to);
        input.take(n);
        count -= n;
    }
}

[[noreturn]] void fail(png_struct*, const char*) { end_with(ChildExit::Damaged); }

std::uint32_t big_endian(const std::uint8_t* at) {
    return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 |
           at[3];
}

/// Before the library sees any of it. RFC 2083 §4.1.1: IHDR comes first, width and height in it.
void look_at_header(const Input& input) {
    constexpr std::size_t width_at = 16, height_at = 20, end = 29;
    if (input.size() < end) end_with(ChildExit::Damaged);
    if (is_too_large(big_endian(input.data() + width_at), big_endian(input.data() + height_at)))
        end_with(ChildExit::TooLarge);
}

void turn_into_rgb(png_struct* png, png_info* info) {
    png_set_expand(png);
    png_set_strip_16(png);
    png_set_gray_to_rgb(png);
    png_color_16 white{};
    white.red = white.green = white.blue = 255;
    png_set_background(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
    png_read_update_info(png, info);
    if (png_get_channels(png, info) == 4) end_with(ChildExit::Damaged);
}

}  // namespace

Canvas read_png(Input& input) {
    look_at_header(input);
    png_struct* png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, fail,
                                             [](png_struct*, const char*) {});
    png_info* info = png ? png_create_info_struct(png) : nullptr;
    if (!info) end_with(ChildExit::TooLarge);
    png_set_user_limits(png, source_side_max, source_side_max);
    png_set_chunk_malloc_max(png, chunk_max);
    png_set_read_fn(png, &input, read_bytes);
    png_read_info(png, info);
    const Size from{png_get_image_width(png, info), png_get_image_height(png, info)};
    const bool is_interlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
    if (is_interlaced && std::uint64_t{from.width} * from.height > interlaced_pixels_max)
        end_with(ChildExit::TooLarge);
    if (is_interlaced) png_set_interlace_handling(png);
    turn_into_rgb(png, info);
    const std::size_t row_bytes = png_get_rowbytes(png, info);
    if (row_bytes != std::size_t{3} * from.width) end_with(ChildExit::Damaged);
    const Size to = within(from, side_max);
    Canvas canvas(to.width, to.height, 1);
    RowScaler scaler(from, to, [&](std::uint32_t y, const auto* rgb) { canvas.put_row(y, rgb); });
    std::vector<std::uint8_t> held(is_interlaced ? row_bytes * from.height : row_bytes);
    std::vector<std::uint8_t*> rows(from.height);
    for (std::size_t y = 0; y < rows.size(); ++y)
        rows[y] = held.data() + (is_interlaced ? y * row_bytes : 0);
    if (is_interlaced) png_read_image(png, rows.data());
    for (std::uint8_t* row : rows) {
        if (!is_interlaced) png_read_row(png, row, nullptr);
        scaler.row(row);
    }
    png_destroy_read_struct(&png, &info, nullptr);
    return canvas;
}

}  // namespace ys::image
