// SPDX-License-Identifier: Apache-2.0
// Sound of the telephone as a WAV file, and back.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::speech {

/// 16 bit PCM, 8 kHz, one channel.
std::string wav_of(std::span<const std::int16_t> samples);

/// Of a file at 8 kHz with one channel: PCM of 16 bits, A-law or mu-law.
/// errors  media::bad_audio_file
Result<std::vector<std::int16_t>> samples_of_wav(std::string_view file);

}  // namespace ys::speech
