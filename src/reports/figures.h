// SPDX-License-Identifier: Apache-2.0
// What is counted, as plain structs; formulas.h says in words how each figure comes about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/time.h"

namespace ys::reports {

/// Answered within this counts for the 15 s rate.
inline constexpr std::int64_t answered_soon_ms = 15'000;
/// Who leaves sooner is shown apart: misdialled rather than badly served.
inline constexpr std::int64_t short_abandon_ms = 5'000;

/// Calls of a centre, or of one queue, that arrived in the window. Rates and means are empty when
/// there is nothing to divide by.
struct CallFigures {
    std::uint64_t arrived = 0;
    std::uint64_t robot_only = 0;
    std::uint64_t offered = 0;
    std::uint64_t answered = 0;
    std::uint64_t within_15s = 0;
    std::uint64_t abandoned = 0;
    std::uint64_t abandoned_short = 0;
    std::uint64_t turned_away = 0;
    std::uint64_t lost = 0;
    std::uint64_t left_message = 0;
    std::uint64_t callbacks_promised = 0;
    std::uint64_t callbacks_connected = 0;
    std::uint64_t callbacks_given_up = 0;
    std::uint64_t called_back = 0;  ///< abandoned or turned away, reached later by a call of ours
    std::uint64_t waits_told = 0;
    std::uint64_t waits_hit = 0;
    std::uint64_t waiting = 0;
    std::uint64_t refused = 0;
    std::uint64_t transfers = 0;
    std::uint64_t dialled = 0;
    std::uint64_t dialled_connected = 0;
    std::uint64_t scored = 0;
    std::uint64_t wrap_ups = 0;
    std::int64_t talked_ms = 0;
    std::int64_t held_ms = 0;
    std::int64_t wrap_up_ms = 0;
    std::int64_t wait_max_ms = 0;
    std::int64_t wait_p50_ms = 0;
    std::int64_t wait_p90_ms = 0;
    std::optional<double> wait_mean_ms, talked_mean_ms, held_mean_ms, wrap_up_mean_ms;
    std::optional<double> score_mean;
    std::optional<double> connect_rate;      ///< 接通率, 0 to 1
    std::optional<double> within_15s_rate;   ///< 15 秒应答率, 0 to 1
    std::optional<double> called_back_rate;  ///< 呼损回拨率, 0 to 1
    std::optional<double> wait_hit_rate;     ///< of the waits told, 0 to 1; 0.6 is aimed at
    friend bool operator==(const CallFigures&, const CallFigures&) = default;
};

struct AgentFigures {
    AgentId agent;
    CentreId centre;
    std::uint64_t handled = 0;
    std::uint64_t missed = 0;
    std::uint64_t declined = 0;
    std::uint64_t dialled = 0;
    std::uint64_t dialled_connected = 0;
    std::int64_t ready_ms = 0;
    std::int64_t alerted_ms = 0;
    std::int64_t busy_ms = 0;
    std::int64_t held_ms = 0;
    std::int64_t wrap_up_ms = 0;
    std::int64_t break_ms = 0;
    std::int64_t signed_in_ms = 0;
    std::optional<double> occupancy;  ///< 0 to 1
    friend bool operator==(const AgentFigures&, const AgentFigures&) = default;
};

struct CentreRow {
    CentreId centre;
    CallFigures calls;
    friend bool operator==(const CentreRow&, const CentreRow&) = default;
};
struct QueueRow {
    QueueId queue;
    CentreId centre;
    CallFigures calls;
    friend bool operator==(const QueueRow&, const QueueRow&) = default;
};

/// Calls that arrived in [from, to), and the part of each agent's states that lies in it.
struct Window {
    UtcTime from;
    UtcTime to;
    bool has(UtcTime at) const { return from <= at && at < to; }
    friend bool operator==(const Window&, const Window&) = default;
};

struct Report {
    UtcTime from, to;
    UtcTime counted_until;  ///< agents' running states are counted up to here
    std::vector<CentreRow> centres;
    std::vector<QueueRow> queues;
    std::vector<AgentFigures> agents;
    friend bool operator==(const Report&, const Report&) = default;
};

BOOST_DESCRIBE_STRUCT(CallFigures, (),
                      (arrived, robot_only, offered, answered, within_15s, abandoned,
                       abandoned_short, turned_away, lost, left_message, callbacks_promised,
                       callbacks_connected, callbacks_given_up, called_back, waits_told, waits_hit,
                       waiting, refused, transfers, dialled, dialled_connected, scored, wrap_ups,
                       talked_ms, held_ms, wrap_up_ms, wait_max_ms, wait_p50_ms, wait_p90_ms,
                       wait_mean_ms, talked_mean_ms, held_mean_ms, wrap_up_mean_ms, score_mean,
                       connect_rate, within_15s_rate, called_back_rate, wait_hit_rate))
BOOST_DESCRIBE_STRUCT(AgentFigures, (),
                      (agent, centre, handled, missed, declined, dialled, dialled_connected,
                       ready_ms, alerted_ms, busy_ms, held_ms, wrap_up_ms, break_ms, signed_in_ms,
                       occupancy))
BOOST_DESCRIBE_STRUCT(CentreRow, (), (centre, calls))
BOOST_DESCRIBE_STRUCT(QueueRow, (), (queue, centre, calls))
BOOST_DESCRIBE_STRUCT(Report, (), (from, to, counted_until, centres, queues, agents))

}  // namespace ys::reports
