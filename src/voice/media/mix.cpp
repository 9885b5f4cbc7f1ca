// SPDX-License-Identifier: Apache-2.0
// Adding voices, with saturation.
#include "voice/media/mix.h"

#include <algorithm>
#include <cmath>

namespace ys::media {
namespace {
constexpr std::int32_t unity = 4096;
}

void Mix::add(Voice voice, float gain) {
    if (count_ == voices_max || !(gain > 0)) return;
    voice.gain = static_cast<std::int32_t>(std::lround(std::min(gain, 8.0F) * unity));
    if (voice.gain > 0) voices_[count_++] = voice;
}

void Mix::add(const AlawFrame& voice, float gain) { add(Voice{&voice, nullptr, 0}, gain); }
void Mix::add(const Frame& voice, float gain) { add(Voice{nullptr, &voice, 0}, gain); }

const AlawFrame* Mix::untouched() const {
    return count_ == 1 && voices_[0].gain == unity ? voices_[0].alaw : nullptr;
}

void Mix::render(Frame& out) const {
    std::array<std::int32_t, frame_samples> sum{};
    for (std::size_t v = 0; v < count_; ++v) {
        const Voice& voice = voices_[v];
        for (std::size_t i = 0; i < frame_samples; ++i) {
            const std::int32_t sample =
                voice.linear != nullptr ? (*voice.linear)[i] : from_alaw((*voice.alaw)[i]);
            sum[i] += voice.gain == unity ? sample : (sample * voice.gain) / unity;
        }
    }
    for (std::size_t i = 0; i < frame_samples; ++i)
        out[i] = static_cast<std::int16_t>(std::clamp(sum[i], -32768, 32767));
}

}  // namespace ys::media
