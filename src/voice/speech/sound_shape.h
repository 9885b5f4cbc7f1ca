// SPDX-License-Identifier: Apache-2.0
// How a sound's spectrum goes on in time, and how alike two such courses are.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace ys::speech {

/// Loudness of the bands of each 20 ms, in decibels about their own mean.
struct SoundShape {
    static constexpr std::size_t bands = 14;
    std::vector<std::array<float, bands>> frames;
};

/// Silence at both ends is left out; empty for nothing but silence.
/// samples  8 kHz
SoundShape shape_of(std::span<const std::int16_t> samples);

/// 0 for the same; mean difference in decibels along the best alignment in time. Endless when one
/// is empty or they differ in length by more than half.
double difference(const SoundShape& a, const SoundShape& b);

}  // namespace ys::speech
