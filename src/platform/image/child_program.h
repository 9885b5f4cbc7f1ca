// SPDX-License-Identifier: Apache-2.0
// The decoding child's own program, carried within this one.
#pragma once

#include <cstdint>
#include <span>

namespace ys::image {

std::span<const std::uint8_t> child_program();

}  // namespace ys::image
