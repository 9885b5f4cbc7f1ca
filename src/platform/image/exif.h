// SPDX-License-Identifier: Apache-2.0
// Which way up a photo is: the one thing of its Exif that a picture without Exif still needs.
#pragma once

#include <cstdint>
#include <span>

namespace ys::image {

/// app1     body of a JPEG's APP1 segment, from "Exif\0\0" on; may be anything
/// returns  1 to 8 (Exif 2.32 §4.6.4, tag 0x0112); 1, as it is, when it does not say
int exif_orientation(std::span<const std::uint8_t> app1);

}  // namespace ys::image
