// SPDX-License-Identifier: Apache-2.0
#include "platform/image/child_program.h"

asm(".section .rodata\n"
    ".balign 16\n"
    "ys_image_child_begin:\n"
    ".incbin \"" YS_IMAGE_CHILD
    "\"\n"
    "ys_image_child_end:\n"
    ".previous\n");

extern "C" const std::uint8_t ys_image_child_begin[];
extern "C" const std::uint8_t ys_image_child_end[];

namespace ys::image {

std::span<const std::uint8_t> child_program() { return {ys_image_child_begin, ys_image_child_end}; }

}  // namespace ys::image
