// SPDX-License-Identifier: Apache-2.0
#include "routing/wait_estimate.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace ys::routing {
namespace {

constexpr double half_life_s = 300;
constexpr double half_life_before_s = 4 * 3600;
/// Told from three on, a little faded; fewer would be a guess.
constexpr double served_min = 2.5;
/// How many departures the longer past counts for beside the recent ones.
constexpr double prior_served = 10;
constexpr double learns_by = 0.08;
constexpr double shift_max = 1.5;
constexpr double aimed_outside = 0.17;         ///< on either side
constexpr double p20 = -0.8416, p80 = 0.8416;  ///< of the normal distribution

/// How much the estimate learns from one wait: many who wait at the same time tell the same story
/// many times over, so the more departures a wait was made of, the less. How many, the width of
/// the range tells (both ends are 0.84 standard deviations from the middle).
double lesson_of(const WaitRange& range) {
    const auto low = static_cast<double>(range.low.count());
    const auto high = static_cast<double>(range.high.count());
    const double spread = (high - low + 1) / (high + low + 1);
    const double departures = std::clamp(p80 * p80 / (spread * spread), 1.0, 1000.0);
    return learns_by / (1 + departures / 30);
}

/// Quantile of Gamma(n, 1): Wilson and Hilferty's cube of a normal, within 2 % here from n = 1 on.
double gamma_quantile(double n, double z) {
    const double root = 1 - 1 / (9 * n) + z / (3 * std::sqrt(n));
    return n * root * root * root;
}

double seconds(Instant::duration length) { return std::chrono::duration<double>(length).count(); }

Millis millis(double seconds) {
    // Nobody is told more than a day, whatever the figures say.
    return Millis{std::llround(std::clamp(seconds, 0.0, 86'400.0) * 1000)};
}

}  // namespace

void WaitEstimate::pass(Instant now) {
    const double dt = seconds(now - last_);
    last_ = now;
    if (waiting_ == 0 || agents_ == 0) return;  // No news in a time when nobody could be served.
    const double fades = std::exp2(-dt / half_life_s);
    const double fades_before = std::exp2(-dt / half_life_before_s);
    const double worked = dt * static_cast<double>(agents_);
    served_ *= fades;
    agent_seconds_ = agent_seconds_ * fades + worked;
    served_before_ *= fades_before;
    agent_seconds_before_ = agent_seconds_before_ * fades_before + worked;
}

void WaitEstimate::watch(Instant now, std::size_t waiting, std::size_t agents) {
    pass(now);
    waiting_ = waiting;
    agents_ = agents;
}

void WaitEstimate::served(Instant now) {
    pass(now);
    served_ += 1;
    served_before_ += 1;
}

void WaitEstimate::became(const WaitRange& range, Millis wait) {
    const auto moved = [](double shift, double by) {
        return std::clamp(shift + by, -shift_max, shift_max);
    };
    const double lesson = lesson_of(range);
    low_shift_ = moved(low_shift_, lesson * (aimed_outside - (wait < range.low ? 1 : 0)));
    high_shift_ = moved(high_shift_, lesson * ((wait > range.high ? 1 : 0) - aimed_outside));
}

std::optional<WaitRange> WaitEstimate::at(std::size_t position) const {
    if (position == 0 || agents_ == 0) return std::nullopt;
    if (served_before_ < served_min || agent_seconds_before_ <= 0) return std::nullopt;
    const double rate_before = served_before_ / agent_seconds_before_;
    const double rate = (served_ + prior_served) / (agent_seconds_ + prior_served / rate_before);
    const double all = rate * static_cast<double>(agents_);
    // The rate itself is known from so many departures only: that widens what is far ahead.
    const auto n = static_cast<double>(position);
    const double shape = 1 / (1 / n + 1 / (served_ + prior_served));
    const double scale = n / shape / all;
    const double low = gamma_quantile(shape, p20) * scale * std::exp(low_shift_);
    const double high = gamma_quantile(shape, p80) * scale * std::exp(high_shift_);
    return WaitRange{millis(std::min(low, high)), millis(std::max(low, high))};
}

}  // namespace ys::routing
