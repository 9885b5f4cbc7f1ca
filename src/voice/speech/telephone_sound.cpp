// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/telephone_sound.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <speex/speex_resampler.h>

#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

constexpr std::int16_t silent_below = 164;                     ///< half a per cent of full scale
constexpr std::ptrdiff_t margin = Sound::sample_rate_hz / 25;  ///< 40 ms stay at both ends
constexpr double full_scale = 32767, wanted_rms = full_scale / 10;  ///< -20 dB
constexpr double rounded_above = 0.7 * full_scale;

Result<std::vector<std::int16_t>> resampled(const std::vector<std::int16_t>& samples,
                                            std::uint32_t rate) {
    int failed = 0;
    const std::unique_ptr<SpeexResamplerState, decltype(&speex_resampler_destroy)> state(
        speex_resampler_init(1, rate, Sound::sample_rate_hz, SPEEX_RESAMPLER_QUALITY_DESKTOP,
                             &failed),
        &speex_resampler_destroy);
    if (!state) return Error{Errc::failed, "making a resampler"};
    speex_resampler_skip_zeros(state.get());
    std::vector<std::int16_t> out(samples.size() * Sound::sample_rate_hz / rate + 1);
    auto taken = static_cast<spx_uint32_t>(samples.size());
    auto given = static_cast<spx_uint32_t>(out.size());
    speex_resampler_process_int(state.get(), 0, samples.data(), &taken, out.data(), &given);
    out.resize(given);
    return out;
}

/// Straight up to the knee, then ever flatter: nothing is cut.
double rounded(double sample) {
    const double size = std::abs(sample);
    if (size <= rounded_above) return sample;
    const double room = full_scale - rounded_above;
    const double over = room * std::tanh((size - rounded_above) / room);
    return std::copysign(rounded_above + over, sample);
}

}  // namespace

std::vector<std::int16_t> samples_of(std::span<const std::uint8_t> bytes) {
    std::vector<std::int16_t> out(bytes.size() / 2);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::int16_t>(bytes[2 * i] | bytes[2 * i + 1] << 8);
    return out;
}

Result<Sound> telephone_sound(std::vector<std::int16_t> samples, std::uint32_t sample_rate_hz) {
    if (sample_rate_hz < 8000 || sample_rate_hz > 48'000)
        return Error{Errc::failed, "sound of " + std::to_string(sample_rate_hz) + " Hz"};
    YS_TRY(std::vector<std::int16_t> out, resampled(samples, sample_rate_hz));
    const auto is_heard = [](std::int16_t s) { return s >= silent_below || s <= -silent_below; };
    const auto first = std::ranges::find_if(out, is_heard);
    if (first == out.end()) return Error{Errc::nothing_to_say, "the voice was silent"};
    const auto last = std::find_if(out.rbegin(), out.rend(), is_heard).base();
    const auto begin = out.begin() + std::max<std::ptrdiff_t>(0, first - out.begin() - margin);
    const auto end = out.end() - last > margin ? last + margin : out.end();
    Sound sound{{begin, end}};
    double power = 0;
    for (const double s : sound.samples) power += s * s;
    const double rms = std::sqrt(power / static_cast<double>(sound.samples.size()));
    for (std::int16_t& s : sound.samples)
        s = static_cast<std::int16_t>(std::lround(rounded(s * wanted_rms / rms)));
    return sound;
}

}  // namespace ys::speech
