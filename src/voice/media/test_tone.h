// SPDX-License-Identifier: Apache-2.0
// For tests: how loud one frequency is.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace ys::media {

/// Amplitude of one frequency in the samples, by Goertzel's algorithm.
inline double amplitude_of(const std::vector<std::int16_t>& samples, double hertz,
                           double rate = 8000) {
    if (samples.empty()) return 0;
    const double w = 2 * std::numbers::pi * hertz / rate;
    double s1 = 0;
    double s2 = 0;
    for (const std::int16_t sample : samples) {
        const double s0 = sample + 2 * std::cos(w) * s1 - s2;
        s2 = s1;
        s1 = s0;
    }
    const double power = s1 * s1 + s2 * s2 - 2 * std::cos(w) * s1 * s2;
    return 2 * std::sqrt(std::max(0.0, power)) / static_cast<double>(samples.size());
}

}  // namespace ys::media
