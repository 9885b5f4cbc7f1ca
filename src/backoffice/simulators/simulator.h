// SPDX-License-Identifier: Apache-2.0
// A made-up business system: what it would answer, without any network.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "backoffice/business_system.h"

namespace ys::backoffice {

class Simulator {
public:
    virtual ~Simulator() = default;
    /// errors  when it can say nothing to anybody right now
    virtual Result<LiveAnswer> look(const Subject& subject, std::string_view route,
                                    UtcTime now) const = 0;
    virtual bool matches(const Subject&, std::string_view) const { return false; }
    /// Documents ready by `now` behind `seq`, in order.
    virtual std::vector<DocumentReady> ready_after(std::uint64_t, UtcTime) const { return {}; }
};

/// When a simulated record moves on, told from the moment the simulator was started; its data is as
/// of the last full minute, or `behind` before it, as of a system that is synchronised late.
struct SimulatedClock {
    UtcTime started_at;
    Seconds behind{0};

    UtcTime data_of(UtcTime now) const {
        constexpr std::int64_t minute_us = 60'000'000;
        const std::int64_t at = now.us - std::chrono::microseconds(behind).count();
        return {at - at % minute_us};
    }
    UtcTime after_start(std::chrono::minutes by) const {
        return {started_at.us + std::chrono::microseconds(by).count()};
    }
};

/// An answer without facts: nothing is known yet.
inline LiveAnswer answer_of(const Subject& subject, Words source, UtcTime as_of) {
    return {.format = std::string(answer_format),
            .subject = subject,
            .source = std::move(source),
            .as_of = as_of,
            .basis = Basis::Live};
}

}  // namespace ys::backoffice
