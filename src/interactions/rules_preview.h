// SPDX-License-Identifier: Apache-2.0
// What these rules would make of a week like the last ones, or of figures somebody types: the
// same callers are played through them several times, each with other chance.
#pragma once

#include <optional>
#include <vector>

#include "interactions/setup.h"
#include "routing/demand.h"

namespace ys::interactions {

/// 15 s rate that `people_needed` aims at, 0 to 1.
inline constexpr double level_wanted = 0.9;
inline constexpr std::size_t quarters_of_week = 7 * 96;

/// The last weeks as one: who called when, how long they talked and were ready to wait, and who
/// was at work.
struct PastWeeks {
    int weeks = 0;
    std::uint64_t calls = 0;                 ///< that asked for a person, in all those weeks
    std::vector<routing::Demand> demands{};  ///< a week of quarter hours each
    std::vector<routing::Shift> shifts{};    ///< of the last week, from Instant{} on
    Millis wrap_up{};
    Millis rings_for{};
};
/// What somebody expects of a queue's callers: steady for the busy hours of a day.
struct ExpectedCallers {
    QueueId queue;
    double calls_per_hour = 0;
    Millis handling{180'000};          ///< talk and what is written afterwards
    std::optional<Millis> patience{};  ///< none: everybody stays
};

/// Rates are 0 to 1; nothing when nobody would call.
struct QueuePreview {
    QueueId queue;            ///< none: of the whole centre
    std::size_t agents = 0;   ///< who serve it
    std::uint64_t calls = 0;  ///< expected: of a week, or of eight busy hours
    std::optional<double> level_low{}, level{}, level_high{};  ///< answered within 15 s
    std::optional<double> mean_wait_s{}, abandoned_rate{}, occupancy{};
    std::optional<std::size_t> people_needed{};  ///< in the busiest hour, by themselves
};
struct RulesPreview {
    QueuePreview total;
    std::vector<QueuePreview> queues;  ///< of the centre, in the order of the rules
};

/// A week of the whole hotline, for a centre's queues. Bounded: the more calls there are, the
/// fewer times a week is played; a very large hotline's busiest day instead.
RulesPreview preview_of(const Setup& rules, CentreId centre, const PastWeeks& past,
                        std::uint64_t seed);
/// All agents of the centre at work, no help from other centres.
RulesPreview preview_of(const Setup& rules, CentreId centre,
                        const std::vector<ExpectedCallers>& callers, std::uint64_t seed);

}  // namespace ys::interactions
