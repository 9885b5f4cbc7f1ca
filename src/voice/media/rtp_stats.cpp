// SPDX-License-Identifier: Apache-2.0
// Counting of RFC 3550 appendix A and the E-model of ITU-T G.107.
#include "voice/media/rtp_stats.h"

#include <algorithm>
#include <cmath>

namespace ys::media {

void RtpStats::on_packet(std::uint16_t sequence, std::uint32_t timestamp, std::uint32_t clock_rate,
                         Instant now) {
    clock_rate_ = clock_rate;
    const double arrival = static_cast<double>(now.time_since_epoch().count()) * 1e-9 * clock_rate;
    const double transit = std::fmod(arrival, 4294967296.0) - timestamp;
    if (received_++ == 0) {
        first_ = highest_ = sequence;
        last_transit_ = transit;
        return;
    }
    const auto ahead = static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(highest_));
    if (ahead > 0) highest_ += static_cast<std::uint16_t>(ahead);
    double d = std::fabs(transit - last_transit_);
    last_transit_ = transit;
    if (d > clock_rate) return;       // The timestamp jumped; that is no jitter.
    jitter_ += (d - jitter_) / 16.0;  // RFC 3550 §6.4.1.
}

std::uint64_t RtpStats::expected() const {
    return received_ == 0 ? 0 : std::uint64_t{highest_ - first_} + 1;
}

std::uint64_t RtpStats::lost() const { return expected() > received_ ? expected() - received_ : 0; }

double RtpStats::loss() const {
    return expected() == 0 ? 0 : static_cast<double>(lost()) / static_cast<double>(expected());
}

std::uint8_t RtpStats::take_fraction_lost() {
    const std::uint64_t expected_now = expected();
    const std::uint64_t expected_here = expected_now - std::min(expected_now, expected_before_);
    const std::uint64_t received_here = received_ - std::min(received_, received_before_);
    expected_before_ = expected_now;
    received_before_ = received_;
    if (expected_here == 0 || received_here >= expected_here) return 0;
    return static_cast<std::uint8_t>(
        std::min<std::uint64_t>(255, (expected_here - received_here) * 256 / expected_here));
}

double mean_opinion(double loss, double delay_ms) {
    const double late = std::max(0.0, delay_ms - 177.3);
    const double delay_harm = 0.024 * delay_ms + 0.11 * late;
    constexpr double robustness = 25.1;  // Bpl of G.711 with concealment (ITU-T G.113).
    const double percent = loss * 100;
    const double loss_harm = 95.0 * percent / (percent + robustness);
    const double r = 93.2 - delay_harm - loss_harm;
    if (r <= 0) return 1;
    if (r >= 100) return 4.5;
    return std::max(1.0, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}

}  // namespace ys::media
