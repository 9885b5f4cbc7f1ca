// SPDX-License-Identifier: Apache-2.0
// What a leg's RTP stream went through: loss and jitter as RFC 3550 counts them, and what a
// listener would say of it (ITU-T G.107).
#pragma once

#include <cstdint>

#include "base/time.h"

namespace ys::media {

class RtpStats {
public:
    void on_packet(std::uint16_t sequence, std::uint32_t timestamp, std::uint32_t clock_rate,
                   Instant now);
    void restart() { *this = RtpStats{}; }

    std::uint64_t received() const { return received_; }
    std::uint64_t expected() const;
    std::uint64_t lost() const;
    double loss() const;  ///< 0..1 since the start
    double jitter_ms() const { return jitter_ * 1000.0 / clock_rate_; }
    std::uint32_t jitter_units() const { return static_cast<std::uint32_t>(jitter_); }
    std::uint32_t highest_sequence() const { return highest_; }
    /// Loss since the last call as a fraction of 256 (RFC 3550 §A.3).
    std::uint8_t take_fraction_lost();

private:
    std::uint64_t received_ = 0;
    std::uint32_t first_ = 0;
    std::uint32_t highest_ = 0;  ///< with the wraps in the upper half
    std::uint64_t expected_before_ = 0;
    std::uint64_t received_before_ = 0;
    std::uint32_t clock_rate_ = 8000;
    double jitter_ = 0;
    double last_transit_ = 0;
};

/// Mean opinion score 1..4.5 from the E-model for G.711 with concealment.
/// delay_ms   mouth to ear, jitter buffer included
double mean_opinion(double loss, double delay_ms);

}  // namespace ys::media
