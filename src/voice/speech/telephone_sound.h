// SPDX-License-Identifier: Apache-2.0
// Speech of a synthesiser made to fit beside recorded prompts: their rate, their loudness.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "voice/speech/tts_engine.h"

namespace ys::speech {

/// Little-endian bytes as samples; an odd byte at the end is left out.
std::vector<std::int16_t> samples_of(std::span<const std::uint8_t> bytes);

/// At 8 kHz, silence cut off both ends, 20 dB below full scale on the average and peaks rounded
/// off: as tools/prompts/make_prompts finishes prompts, so that both can stand in one sentence.
/// errors  Errc::failed for a rate no synthesiser has, Errc::nothing_to_say for silence
Result<Sound> telephone_sound(std::vector<std::int16_t> samples, std::uint32_t sample_rate_hz);

}  // namespace ys::speech
