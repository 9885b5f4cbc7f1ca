// SPDX-License-Identifier: Apache-2.0
#include "platform/image/testing/pictures.h"

#include <cstdio>
#include <cstdlib>
#include <vector>

#include <jpeglib.h>
#include <png.h>

namespace ys::image::testing {
namespace {

/// The two rows that all of them are made of.
class Rows {
public:
    Rows(std::uint32_t width, std::uint32_t height)
        : top_max_(height / 4), top_(std::size_t{3} * width), below_(std::size_t{3} * width) {
        for (std::uint32_t x = 0; x < width; ++x) {
            top_[3 * x + 1] = 255;
            below_[3 * x + (x < width / 2 ? 0 : 2)] = 255;
        }
    }
    std::uint8_t* at(std::uint32_t y) { return y < top_max_ ? top_.data() : below_.data(); }

private:
    std::uint32_t top_max_;
    std::vector<std::uint8_t> top_, below_;
};

/// Little-endian TIFF: orientation, and an ASCII tag that must not survive.
std::string exif(int orientation) {
    std::string out("Exif\0\0II*\0\x08\0\0\0\x02\0", 16);
    out += std::string("\x12\x01\x03\0\x01\0\0\0", 8);
    out += static_cast<char>(orientation);
    out += std::string("\0\0\0", 3);
    out += std::string("\x10\x01\x02\0\x0C\0\0\0\x26\0\0\0\0\0\0\0", 16);
    return out + "SECRET-PLACE";
}

}  // namespace

std::string make_jpeg(const JpegForm& form) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = form.width;
    jpeg.image_height = form.height;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 90, TRUE);
    if (form.is_progressive) jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    const std::string said = exif(form.orientation);
    jpeg_write_marker(&jpeg, JPEG_APP0 + 1, reinterpret_cast<const std::uint8_t*>(said.data()),
                      static_cast<unsigned>(said.size()));
    Rows rows(form.width, form.height);
    for (std::uint32_t y = 0; y < form.height; ++y) {
        std::uint8_t* at = rows.at(y);
        jpeg_write_scanlines(&jpeg, &at, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::string out(reinterpret_cast<char*>(bytes), size);
    std::free(bytes);
    return out;
}

std::string make_png(std::uint32_t width, std::uint32_t height, bool is_interlaced) {
    std::string out;
    png_struct* png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_info* info = png_create_info_struct(png);
    png_set_user_limits(png, 100'000, 100'000);
    png_set_write_fn(
        png, &out,
        [](png_struct* p, png_byte* data, std::size_t n) {
            static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<char*>(data), n);
        },
        nullptr);
    png_set_compression_level(png, 1);
    png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_RGB,
                 is_interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    const int passes = png_set_interlace_handling(png);
    Rows rows(width, height);
    for (int pass = 0; pass < passes; ++pass)
        for (std::uint32_t y = 0; y < height; ++y) png_write_row(png, rows.at(y));
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return out;
}

std::string png_that_claims(std::uint32_t width, std::uint32_t height) {
    std::string out = make_png(4, 4);
    for (int i = 0; i < 4; ++i) {
        out[static_cast<std::size_t>(16 + i)] = static_cast<char>(width >> (24 - 8 * i));
        out[static_cast<std::size_t>(20 + i)] = static_cast<char>(height >> (24 - 8 * i));
    }
    return out;
}

Colour colour_at(const std::string& text, std::uint32_t x, std::uint32_t y) {
    jpeg_decompress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    jpeg_read_header(&jpeg, TRUE);
    jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&jpeg);
    std::vector<std::uint8_t> row(std::size_t{3} * jpeg.output_width);
    std::uint8_t* at = row.data();
    while (jpeg.output_scanline <= y) jpeg_read_scanlines(&jpeg, &at, 1);
    jpeg_destroy_decompress(&jpeg);
    return {row.at(3 * x), row.at(3 * x + 1), row.at(3 * x + 2)};
}

}  // namespace ys::image::testing
