// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include <jpeglib.h>
// after jpeglib.h
#include <jerror.h>

#include "platform/image/child/picture_reader.h"
#include "platform/image/child/row_scaler.h"
#include "platform/image/exif.h"

namespace ys::image {
namespace {

constexpr int scans_max = 200;

struct Source {
    jpeg_source_mgr base{};
    Input* input = nullptr;
    std::size_t held = 0;
};

void give(jpeg_decompress_struct* jpeg, Source& source) {
    source.held = source.input->size();
    jpeg->src->next_input_byte = source.input->data();
    jpeg->src->bytes_in_buffer = source.held;
}

boolean fill(jpeg_decompress_struct* jpeg) {
    Source& source = *reinterpret_cast<Source*>(jpeg->src);
    source.input->take(source.held);
    // Half a photo is evidence of nothing.
    if (!source.input->fill()) end_with(ChildExit::Damaged);
    give(jpeg, source);
    return TRUE;
}

void skip(jpeg_decompress_struct* jpeg, long count) {
    while (count > static_cast<long>(jpeg->src->bytes_in_buffer)) {
        count -= static_cast<long>(jpeg->src->bytes_in_buffer);
        fill(jpeg);
    }
    if (count <= 0) return;
    jpeg->src->next_input_byte += count;
    jpeg->src->bytes_in_buffer -= static_cast<std::size_t>(count);
}

[[noreturn]] void fail(jpeg_common_struct* jpeg) {
    const bool is_memory = jpeg->err->msg_code == JERR_OUT_OF_MEMORY;
    end_with(is_memory ? ChildExit::TooLarge : ChildExit::Damaged);
}

int orientation_of(const jpeg_decompress_struct& jpeg) {
    for (const auto* marker = jpeg.marker_list; marker; marker = marker->next) {
        const int found = exif_orientation({marker->data, marker->data_length});
        if (found != 1) return found;
    }
    return 1;
}

/// libjpeg makes it smaller by 2, 4 or 8 for nothing.
unsigned shrink_by(std::uint32_t side) {
    unsigned by = 1;
    while (by < 8 && side / (by * 2) >= side_max) by *= 2;
    return by;
}

void watch_scans(jpeg_common_struct* jpeg) {
    if (reinterpret_cast<jpeg_decompress_struct*>(jpeg)->input_scan_number > scans_max)
        end_with(ChildExit::Damaged);
}

}  // namespace

Canvas read_jpeg(Input& input) {
    jpeg_decompress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    errors.error_exit = fail;
    errors.output_message = [](jpeg_common_struct*) {};
    jpeg_create_decompress(&jpeg);
    Source source;
    source.input = &input;
    source.base.init_source = [](jpeg_decompress_struct*) {};
    source.base.fill_input_buffer = fill;
    source.base.skip_input_data = skip;
    source.base.resync_to_restart = jpeg_resync_to_restart;
    source.base.term_source = [](jpeg_decompress_struct*) {};
    jpeg.src = &source.base;
    give(&jpeg, source);
    jpeg_progress_mgr progress{};
    progress.progress_monitor = watch_scans;
    jpeg.progress = &progress;
    jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&jpeg, TRUE);
    if (is_too_large(jpeg.image_width, jpeg.image_height)) end_with(ChildExit::TooLarge);
    jpeg.out_color_space = JCS_RGB;
    jpeg.scale_denom = shrink_by(std::max(jpeg.image_width, jpeg.image_height));
    const int orientation = orientation_of(jpeg);
    jpeg_start_decompress(&jpeg);
    const Size from{jpeg.output_width, jpeg.output_height};
    const Size to = within(from, side_max);
    Canvas canvas(to.width, to.height, orientation);
    RowScaler scaler(from, to, [&](std::uint32_t y, const auto* rgb) { canvas.put_row(y, rgb); });
    std::vector<std::uint8_t> row(std::size_t{3} * from.width);
    while (jpeg.output_scanline < jpeg.output_height) {
        std::uint8_t* at = row.data();
        if (jpeg_read_scanlines(&jpeg, &at, 1) == 1) scaler.row(row.data());
    }
    jpeg_destroy_decompress(&jpeg);
    return canvas;
}

}  // namespace ys::image
