// SPDX-License-Identifier: Apache-2.0
// Fuzz target: what is read of an uploaded file before its decoder, and the Exif of a photo.
// links: image_text base
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/panic.h"
#include "platform/image/exif.h"
#include "platform/image/file_kind.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<std::uint8_t> exact(data, data + size);
    const int turn = ys::image::exif_orientation(exact);
    YS_ASSERT(turn >= 1 && turn <= 8);
    const auto kind = ys::image::kind_of(exact);
    YS_ASSERT(!(ys::image::is_picture(kind) && ys::image::is_video(kind)));
    return 0;
}
