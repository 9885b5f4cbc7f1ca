// SPDX-License-Identifier: Apache-2.0
// Seeded chance: the same seed gives the same throws on every machine and library.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "base/panic.h"

namespace ys {

/// xoshiro256** seeded by splitmix64 (Blackman, Vigna). The standard distributions differ between
/// libraries, so the reductions to a range are our own.
class Dice {
public:
    explicit constexpr Dice(std::uint64_t seed) {
        for (auto& word : s_) {
            seed += 0x9E3779B97F4A7C15ULL;
            std::uint64_t z = seed;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
            word = z ^ (z >> 31);
        }
    }

    constexpr std::uint64_t next() {
        const std::uint64_t out = std::rotl(s_[1] * 5, 7) * 9;
        const std::uint64_t t = s_[1] << 17;
        s_[2] ^= s_[0];
        s_[3] ^= s_[1];
        s_[1] ^= s_[2];
        s_[0] ^= s_[3];
        s_[2] ^= t;
        s_[3] = std::rotl(s_[3], 45);
        return out;
    }

    /// 0 <= result < n; `n` at least 1. The bias is below 2^-32 for n < 2^32.
    constexpr std::uint64_t below(std::uint64_t n) {
        YS_ASSERT(n > 0);
        return next() % n;
    }

    /// low <= result <= high.
    constexpr std::int64_t between(std::int64_t low, std::int64_t high) {
        YS_ASSERT(low <= high);
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
    }

    /// 0 <= result < 1.
    constexpr double part() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    constexpr bool chance(double probability) { return part() < probability; }

    /// Exponentially distributed with this mean (Poisson arrivals).
    double exponential(double mean) { return -mean * std::log1p(-part()); }

private:
    std::uint64_t s_[4]{};
};

}  // namespace ys
