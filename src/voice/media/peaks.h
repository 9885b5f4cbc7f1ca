// SPDX-License-Identifier: Apache-2.0
// The shape of a two-channel recording, as its player draws it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace ys::media {

/// One value 0..127 for each 100 ms and channel: the loudest sample.
struct Peaks {
    static constexpr int per_second = 10;
    std::vector<std::int8_t> left;
    std::vector<std::int8_t> right;
};

/// Eats interleaved A-law as it is written.
class PeakMeter {
public:
    void eat(std::span<const std::uint8_t> interleaved);
    /// The last, perhaps unfinished, 100 ms included.
    Peaks finish();

private:
    static constexpr int window = 800;
    void close_window();
    Peaks peaks_;
    int seen_ = 0;
    int loudest_left_ = 0;
    int loudest_right_ = 0;
};

/// Of a recording in WAV. errors: media::file_failed, media::bad_audio_file
Result<Peaks> waveform_peaks(const std::string& wav_path);

/// The sidecar: "YSPK1\n", then left and right values by turns, one byte each.
std::vector<std::uint8_t> bytes_of_peaks(const Peaks& peaks);
Result<Peaks> read_peaks(const std::string& peaks_path);

}  // namespace ys::media
