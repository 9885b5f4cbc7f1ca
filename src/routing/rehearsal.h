// SPDX-License-Identifier: Apache-2.0
// A day played through the dispatcher in virtual time: what callers and agents would have met
// under these rules. The web's preview, `yingsheng replay` and the oracle are built on it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "routing/commands.h"

namespace ys::routing {

/// Answered within this counts for the 15 s rate; the same figure as in the reports.
inline constexpr Millis answered_soon{15'000};

/// At work from `from` until `to`; who talks at `to` finishes that call. An agent may have several.
struct Shift {
    AgentId agent;
    Instant from{};
    Instant to{};
};

/// One caller who asks for a person.
struct Arrival {
    Instant at{};
    QueueId queue;
    int priority = 0;
    SkillSet needs{};
    Preferred preferred{};
    Millis handling{};                 ///< talk, without wrap-up
    std::optional<Millis> patience{};  ///< hangs up when nobody answered by then; none: stays
};

struct Day {
    std::vector<QueueRule> queues;
    std::vector<AgentRule> agents;
    std::vector<Shift> shifts;
    std::vector<Arrival> arrivals;  ///< by `at`, ascending (asserted)
    Millis rings_for{};             ///< until an agent answers; at most the queue's answer_within
    Millis wrap_up{};
    Instant count_from{};  ///< who comes earlier fills the centre and is not counted
};

/// Of one queue, or of all. Counts and sums, so that days can be added up.
struct Tally {
    QueueId queue;  ///< none: of all
    std::uint64_t offered = 0;
    std::uint64_t answered = 0;
    std::uint64_t abandoned = 0;
    std::uint64_t turned_away = 0;   ///< the queue was full
    std::uint64_t left_waiting = 0;  ///< when the last agent had gone home
    std::uint64_t waited = 0;        ///< found nobody free at once
    std::uint64_t within_15s = 0;    ///< answered so
    Millis wait{};                   ///< of the answered and the abandoned, ringing included
    Millis worked{};                 ///< talk and wrap-up of the queue's agents, for any queue
    Millis at_work{};                ///< of the queue's agents

    Tally& operator+=(const Tally& more);
    // Empty when there is nothing to divide by.
    std::optional<double> waiting_probability() const;  ///< of the offered, 0 to 1
    std::optional<double> mean_wait_s() const;      ///< as wait_mean_ms of the reports, in seconds
    std::optional<double> within_15s_rate() const;  ///< as the reports': within_15s over offered
    std::optional<double> abandoned_rate() const;   ///< of the offered
    std::optional<double> occupancy() const;        ///< worked over at_work
    friend bool operator==(const Tally&, const Tally&) = default;
};

struct Outcome {
    std::vector<Tally> queues;  ///< in the order of Day::queues
    Tally total;

    Outcome& operator+=(const Outcome& more);  ///< of the same queues
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// The same day gives the same outcome. Every agent named by a shift, every queue named by an
/// arrival or a rule must be there (asserted). O(arrivals × log), about a second for 400,000.
Outcome rehearse(const Day& day);

}  // namespace ys::routing
