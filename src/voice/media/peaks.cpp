// SPDX-License-Identifier: Apache-2.0
// Measuring loudness by windows of 100 ms.
#include "voice/media/peaks.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "voice/media/errc.h"
#include "voice/media/g711.h"
#include "voice/media/wav_file.h"

namespace ys::media {
namespace {
constexpr std::string_view magic = "YSPK1\n";
constexpr std::size_t recording_bytes_max = 1U << 30;
}  // namespace

void PeakMeter::eat(std::span<const std::uint8_t> interleaved) {
    for (std::size_t i = 0; i + 1 < interleaved.size(); i += 2) {
        loudest_left_ = std::max(loudest_left_, std::abs(int{from_alaw(interleaved[i])}));
        loudest_right_ = std::max(loudest_right_, std::abs(int{from_alaw(interleaved[i + 1])}));
        if (++seen_ == window) close_window();
    }
}

void PeakMeter::close_window() {
    // Silence of A-law is 8, which must be drawn as nothing.
    peaks_.left.push_back(static_cast<std::int8_t>(std::min(127, loudest_left_ / 256)));
    peaks_.right.push_back(static_cast<std::int8_t>(std::min(127, loudest_right_ / 256)));
    seen_ = loudest_left_ = loudest_right_ = 0;
}

Peaks PeakMeter::finish() {
    if (seen_ > 0) close_window();
    return std::move(peaks_);
}

Result<Peaks> waveform_peaks(const std::string& wav_path) {
    YS_TRY(const std::vector<std::uint8_t> file, read_file(wav_path, recording_bytes_max));
    YS_TRY(const WavView wav, parse_wav(file));
    if (wav.format != 6 || wav.channels != 2)
        return Error{make_error_code(Errc::bad_audio_file), "no recording of ours"};
    PeakMeter meter;
    meter.eat(wav.data);
    return meter.finish();
}

std::vector<std::uint8_t> bytes_of_peaks(const Peaks& peaks) {
    std::vector<std::uint8_t> out(magic.begin(), magic.end());
    for (std::size_t i = 0; i < peaks.left.size(); ++i) {
        out.push_back(static_cast<std::uint8_t>(peaks.left[i]));
        out.push_back(static_cast<std::uint8_t>(peaks.right[i]));
    }
    return out;
}

Result<Peaks> read_peaks(const std::string& peaks_path) {
    YS_TRY(const std::vector<std::uint8_t> file, read_file(peaks_path, recording_bytes_max));
    if (file.size() < magic.size() || !std::equal(magic.begin(), magic.end(), file.begin()))
        return Error{make_error_code(Errc::bad_audio_file), "no peaks file"};
    Peaks out;
    for (std::size_t i = magic.size(); i + 1 < file.size(); i += 2) {
        out.left.push_back(static_cast<std::int8_t>(file[i] & 0x7F));
        out.right.push_back(static_cast<std::int8_t>(file[i + 1] & 0x7F));
    }
    return out;
}

}  // namespace ys::media
