// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include <jpeglib.h>

#include "platform/image/child/picture_reader.h"

namespace ys::image {

std::vector<std::uint8_t> jpeg_of(const Canvas& canvas) {
    constexpr int quality = 85;
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    errors.error_exit = [](jpeg_common_struct*) { end_with(ChildExit::TooLarge); };
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = canvas.width();
    jpeg.image_height = canvas.height();
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        // libjpeg wants a pointer it could write through; it does not.
        auto* row = const_cast<std::uint8_t*>(canvas.row(jpeg.next_scanline));
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::vector<std::uint8_t> out(bytes, bytes + size);
    std::free(bytes);
    return out;
}

}  // namespace ys::image
