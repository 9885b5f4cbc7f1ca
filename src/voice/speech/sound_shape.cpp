// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/sound_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace ys::speech {
namespace {

constexpr std::size_t step = 160, length = 256;  ///< 20 ms, 32 ms
constexpr double rate = 8000, lowest = 200, highest = 3600;
constexpr std::size_t bins = 116;    ///< of 31.25 Hz: up to 3.6 kHz
constexpr float below_peak_db = 45;  ///< quieter is the line
constexpr float silent_below_peak_db = 35;
constexpr double endless = std::numeric_limits<double>::infinity();

using Bands = std::array<float, SoundShape::bands>;

struct Waves {
    std::array<float, length> window, cosine, sine;
};

const Waves& waves() {
    static const Waves made = [] {
        Waves w{};
        for (std::size_t i = 0; i < length; ++i) {
            const double turn = 2 * std::numbers::pi * static_cast<double>(i) / length;
            w.window[i] = static_cast<float>(0.5 - 0.5 * std::cos(turn));
            w.cosine[i] = static_cast<float>(std::cos(turn));
            w.sine[i] = static_cast<float>(std::sin(turn));
        }
        return w;
    }();
    return made;
}

/// Bands are even on the scale of the ear.
std::size_t band_of(double hertz) {
    const auto mel = [](double f) { return std::log1p(f / 700); };
    const double place = (mel(hertz) - mel(lowest)) / (mel(highest) - mel(lowest));
    return std::min(SoundShape::bands - 1,
                    static_cast<std::size_t>(std::max(0.0, place) * SoundShape::bands));
}

Bands bands_of(const std::int16_t* samples) {
    const Waves& w = waves();
    std::array<float, length> shaped{};
    for (std::size_t i = 0; i < length; ++i)
        shaped[i] = static_cast<float>(samples[i]) * w.window[i];
    Bands power{};
    for (std::size_t bin = static_cast<std::size_t>(lowest * length / rate); bin < bins; ++bin) {
        float re = 0, im = 0;
        for (std::size_t i = 0, turn = 0; i < length; ++i, turn = (turn + bin) % length) {
            re += shaped[i] * w.cosine[turn];
            im += shaped[i] * w.sine[turn];
        }
        power[band_of(static_cast<double>(bin) * rate / length)] += re * re + im * im;
    }
    for (float& p : power) p = 10 * std::log10(p + 1);
    return power;
}

float peak(const Bands& bands) { return *std::ranges::max_element(bands); }

}  // namespace

SoundShape shape_of(std::span<const std::int16_t> samples) {
    SoundShape shape;
    float loudest = 0;
    for (std::size_t at = 0; at + length <= samples.size(); at += step) {
        shape.frames.push_back(bands_of(samples.data() + at));
        loudest = std::max(loudest, peak(shape.frames.back()));
    }
    const auto is_heard = [&](const Bands& b) { return peak(b) > loudest - silent_below_peak_db; };
    const auto first = std::ranges::find_if(shape.frames, is_heard);
    if (loudest < below_peak_db || first == shape.frames.end()) return {};
    const auto last = std::find_if(shape.frames.rbegin(), shape.frames.rend(), is_heard).base();
    shape.frames = std::vector<Bands>(first, last);
    Bands mean{};
    for (Bands& frame : shape.frames)
        for (std::size_t i = 0; i < frame.size(); ++i) {
            frame[i] = std::max(frame[i], loudest - below_peak_db);
            mean[i] += frame[i] / static_cast<float>(shape.frames.size());
        }
    for (Bands& frame : shape.frames)
        for (std::size_t i = 0; i < frame.size(); ++i) frame[i] -= mean[i];
    return shape;
}

double difference(const SoundShape& a, const SoundShape& b) {
    const std::size_t n = a.frames.size(), m = b.frames.size();
    if (n == 0 || m == 0 || n > m + m / 2 || m > n + n / 2) return endless;
    // Dynamic time warping; only the row before is needed.
    std::vector<double> before(m + 1, endless), now(m + 1, endless);
    before[0] = 0;
    for (std::size_t i = 1; i <= n; ++i) {
        now[0] = endless;
        for (std::size_t j = 1; j <= m; ++j) {
            float sum = 0;
            for (std::size_t k = 0; k < SoundShape::bands; ++k)
                sum += std::abs(a.frames[i - 1][k] - b.frames[j - 1][k]);
            now[j] = static_cast<double>(sum) / SoundShape::bands +
                     std::min({before[j - 1], before[j], now[j - 1]});
        }
        std::swap(before, now);
    }
    return before[m] / static_cast<double>(std::max(n, m));
}

}  // namespace ys::speech
