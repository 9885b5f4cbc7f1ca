// SPDX-License-Identifier: Apache-2.0
// Sound made here, as a file that prompts are played from.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"

namespace ys::app {

/// A-law, 8 kHz, one channel. Whole or not at all: a file that was there stays until then.
/// errors  io_error
Result<Done> write_prompt(const std::string& path, std::span<const std::int16_t> samples);

}  // namespace ys::app
