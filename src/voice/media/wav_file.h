// SPDX-License-Identifier: Apache-2.0
// WAV files as far as we use them: 8 kHz mono prompts in, two-channel A-law recordings out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace ys::media {

struct WavView {
    std::uint16_t format = 0;  ///< 1 PCM, 6 A-law, 7 mu-law
    std::uint16_t channels = 0;
    std::uint32_t sample_rate = 0;
    std::uint16_t bits = 0;
    std::span<const std::uint8_t> data;
};

/// errors: media::bad_audio_file. A data chunk longer than the file is cut to the file: that is
/// how a recording looks whose process was killed.
Result<WavView> parse_wav(std::span<const std::uint8_t> file);

/// 8 kHz mono, PCM16, A-law or mu-law, as A-law. errors: media::bad_audio_file
Result<std::vector<std::uint8_t>> alaw_of_wav(std::span<const std::uint8_t> file);

inline constexpr std::size_t recording_header_size = 58;
/// RIFF header of an A-law file at 8 kHz (with the fact chunk that non-PCM wants).
std::array<std::uint8_t, recording_header_size> recording_header(std::uint32_t data_bytes,
                                                                 std::uint16_t channels = 2);

/// Whole file, at most `limit_bytes`. errors: media::file_failed
Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t limit_bytes);

/// Makes the header of a recording that was cut off agree with the file's size.
/// returns  the length of what is there
/// errors   media::file_failed, media::bad_audio_file
Result<Millis> repair_wav(const std::string& path);

}  // namespace ys::media
