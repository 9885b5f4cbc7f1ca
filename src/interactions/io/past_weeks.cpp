// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/past_weeks.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "platform/journal/fact_json.h"
#include "platform/sql/where.h"

namespace ys::interactions {
namespace {

constexpr std::int64_t week_us = 7 * std::int64_t{86'400'000'000};
constexpr std::int64_t quarter_us = 900'000'000;
/// Moves of agents looked at for ringing and writing up: a day of a large centre.
constexpr std::int64_t moves_max = 20'000;

/// Sums of one queue; talks in seconds, so that squares fit.
struct Sums {
    std::vector<double> per_quarter = std::vector<double>(quarters_of_week);
    std::int64_t calls = 0, talks = 0, talked_s = 0, talked_s2 = 0, left = 0, waited_ms = 0;
};

routing::Demand demand_of(QueueId queue, Sums& s, int weeks) {
    routing::Demand d;
    d.queue = queue;
    for (double& callers : s.per_quarter) callers /= weeks;
    d.per_quarter = std::move(s.per_quarter);
    if (s.talks > 0 && s.talked_s > 0) {
        const auto n = static_cast<double>(s.talks);
        const double mean = static_cast<double>(s.talked_s) / n;
        const double variance = static_cast<double>(s.talked_s2) / n - mean * mean;
        d.handling_mean = Millis{std::llround(mean * 1000)};
        // Of a lognormal: variance / mean² = exp(sigma²) - 1.
        d.handling_sigma = std::sqrt(std::log1p(std::max(0.0, variance) / (mean * mean)));
    }
    // Who was answered would have waited longer: the time all of them waited, over those who left.
    if (s.left > 0) d.patience_mean = Millis{std::max<std::int64_t>(1000, s.waited_ms / s.left)};
    return d;
}

Result<std::map<QueueId, Sums>> sums_of(sql::Database& db, const Scope& scope, UtcTime from,
                                        UtcTime to) {
    std::map<QueueId, Sums> out;
    sql::Where where(scope, "centre_id");
    where.also("queued_at >= ? AND queued_at < ?", from, to);
    where.also("direction <> 'out' AND direction <> 'callback'");
    const std::string quarter = "((queued_at - " + std::to_string(from.us) + ") / " +
                                std::to_string(quarter_us) + ") % " +
                                std::to_string(quarters_of_week);
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with("SELECT queue_id, " + quarter +
                           ", COUNT(*), COUNT(connected_at),"
                           " CAST(SUM(talked_ms / 1000) AS BIGINT),"
                           " CAST(SUM((talked_ms / 1000) * (talked_ms / 1000)) AS BIGINT),"
                           " CAST(SUM(waited_ms) AS BIGINT),"
                           " CAST(SUM(CASE WHEN connected_at IS NULL AND cause = 'abandoned'"
                           " THEN 1 ELSE 0 END) AS BIGINT) FROM calls" +
                           where.text() + " GROUP BY 1, 2",
                       where.values(), [&](const sql::Row& row) {
                           QueueId queue;
                           std::int64_t at = 0, calls = 0, talks = 0, s1 = 0, s2 = 0, waited = 0,
                                        left = 0;
                           row.get(0, queue);
                           row.get(1, at);
                           row.get(2, calls);
                           row.get(3, talks);
                           row.get(4, s1);
                           row.get(5, s2);
                           row.get(6, waited);
                           row.get(7, left);
                           Sums& s = out[queue];
                           s.per_quarter[static_cast<std::size_t>(at)] +=
                               static_cast<double>(calls);
                           s.calls += calls;
                           s.talks += talks;
                           s.talked_s += s1;
                           s.talked_s2 += s2;
                           s.waited_ms += waited;
                           s.left += left;
                       }));
    return out;
}

using OnMove = std::function<void(UtcTime, AgentId, const facts::AgentMoved&)>;

Result<Done> each_move(sql::Database& db, const sql::Where& where, std::string_view order,
                       const OnMove& on_move) {
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with("SELECT at_us, agent, body FROM facts" + where.text() + std::string(order),
                       where.values(), [&](const sql::Row& row) {
                           UtcTime at;
                           AgentId agent;
                           row.get(0, at);
                           row.get(1, agent);
                           const auto body = journal::body_from("AgentMoved", row.text(2));
                           if (body) on_move(at, agent, std::get<facts::AgentMoved>(*body));
                       }));
    return Done{};
}

bool is_at_work(const std::string& state) { return state != "LoggedOut" && state != "Break"; }

Result<Done> add_shifts(sql::Database& db, const Scope& scope, UtcTime from, UtcTime to,
                        PastWeeks& out) {
    sql::Where where(scope, "centre");
    where.also("kind = 'AgentMoved' AND at_us >= ? AND at_us < ?", from, to);
    where.also("body LIKE '%LoggedOut%' OR body LIKE '%\"Break\"%'");
    std::map<AgentId, std::optional<UtcTime>> since;
    const auto add = [&](AgentId agent, UtcTime begin, UtcTime end) {
        const auto moment = [&](UtcTime t) {
            return Instant{} + std::chrono::microseconds{t.us - from.us};
        };
        if (begin < end) out.shifts.push_back({agent, moment(begin), moment(end)});
    };
    YS_TRY([[maybe_unused]] const auto done,
           each_move(db, where, " ORDER BY seq",
                     [&](UtcTime at, AgentId agent, const facts::AgentMoved& f) {
                         const bool is_first = !since.contains(agent);
                         auto& began = since[agent];
                         if (is_first && is_at_work(f.from)) began = from;
                         if (is_at_work(f.to)) {
                             if (!began) began = at;
                             return;
                         }
                         if (began) add(agent, *began, at);
                         began.reset();
                     }));
    for (const auto& [agent, began] : since)
        if (began) add(agent, *began, to);
    return Done{};
}

Result<Done> add_means(sql::Database& db, const Scope& scope, UtcTime from, UtcTime to,
                       PastWeeks& out) {
    sql::Where where(scope, "centre");
    where.also("kind = 'AgentMoved' AND at_us >= ? AND at_us < ?", from, to);
    where.value(moves_max);
    std::map<AgentId, UtcTime> later;  // When each left the state: read backwards.
    std::map<AgentId, std::string> left_to;
    std::int64_t wrap_us = 0, wraps = 0, ring_us = 0, rings = 0;
    YS_TRY([[maybe_unused]] const auto done,
           each_move(db, where, " ORDER BY seq DESC LIMIT ?",
                     [&](UtcTime at, AgentId agent, const facts::AgentMoved& f) {
                         const auto end = later.find(agent);
                         if (end != later.end() && f.to == "WrapUp") {
                             wrap_us += end->second.us - at.us;
                             ++wraps;
                         }
                         if (end != later.end() && f.to == "Alerted" && left_to[agent] == "Busy") {
                             ring_us += end->second.us - at.us;
                             ++rings;
                         }
                         later[agent] = at;
                         left_to[agent] = f.to;
                     }));
    out.wrap_up = Millis{wraps > 0 ? wrap_us / wraps / 1000 : 0};
    out.rings_for = Millis{rings > 0 ? ring_us / rings / 1000 : 0};
    return Done{};
}

}  // namespace

Result<PastWeeks> past_weeks(sql::Database& db, const Scope& everywhere, UtcTime until) {
    PastWeeks out;
    std::optional<UtcTime> first;
    sql::Where where(everywhere, "centre_id");
    where.also("queued_at >= ? AND queued_at < ?", UtcTime{until.us - weeks_looked_back * week_us},
               until);
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with("SELECT MIN(queued_at) FROM calls" + where.text(), where.values(),
                       [&](const sql::Row& row) { row.get(0, first); }));
    if (!first) return out;
    // A hotline that began three days ago has had no week yet; one of ten days has had one.
    out.weeks = static_cast<int>((until.us - first->us + week_us / 7) / week_us);
    out.weeks = std::min(out.weeks, weeks_looked_back);
    if (out.weeks == 0) return out;
    YS_TRY(auto sums, sums_of(db, everywhere, UtcTime{until.us - out.weeks * week_us}, until));
    for (auto& [queue, s] : sums) {
        out.calls += static_cast<std::uint64_t>(s.calls);
        out.demands.push_back(demand_of(queue, s, out.weeks));
    }
    const UtcTime last_week{until.us - week_us};
    YS_TRY([[maybe_unused]] auto done, add_shifts(db, everywhere, last_week, until, out));
    YS_TRY(done, add_means(db, everywhere, last_week, until, out));
    return out;
}

}  // namespace ys::interactions
