// SPDX-License-Identifier: Apache-2.0
#include "interactions/rules_preview.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "interactions/books.h"
#include "routing/rehearsal.h"

namespace ys::interactions {
namespace {

using routing::Demand;

/// Callers played in all runs together: about a third of a second.
constexpr double callers_max = 60'000;
constexpr double runs_max = 10;
constexpr int runs_min = 2;
constexpr std::size_t quarters_of_day = 96;
constexpr std::size_t busy_quarters = 8 * 4;
constexpr Seconds an_hour{3600};

struct Trial {
    routing::Day plan;
    std::vector<Demand> demands;
    int runs = runs_min;
};

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

double callers_of(const std::vector<Demand>& demands) {
    double all = 0;
    for (const Demand& d : demands) all += sum(d.per_quarter);
    return all;
}

/// Of the whole: answered within 15 s in the run that went worst and in the one that went best.
struct Range {
    std::optional<double> low, high;
    void add(std::optional<double> level) {
        if (!level) return;
        low = std::min(low.value_or(*level), *level);
        high = std::max(high.value_or(*level), *level);
    }
};

routing::Tally of_centre(const routing::Outcome& out, const std::vector<bool>& is_own) {
    routing::Tally all;
    for (std::size_t i = 0; i < out.queues.size(); ++i)
        if (is_own[i]) all += out.queues[i];
    return all;
}

/// The fewest agents who answer `level_wanted` of this queue's busiest hour in time; alone, as if
/// they did nothing else.
std::optional<std::size_t> people_for(const routing::QueueRule& rule, const Demand& demand,
                                      const routing::Day& plan) {
    double busiest = 0;
    const auto& rates = demand.per_quarter;
    for (std::size_t i = 0; i + 3 < rates.size(); ++i)
        busiest = std::max(busiest, rates[i] + rates[i + 1] + rates[i + 2] + rates[i + 3]);
    if (busiest <= 0) return std::nullopt;
    constexpr double callers = 1'500;
    const auto quarters = static_cast<std::size_t>(std::ceil(callers / busiest * 4));
    Demand steady = demand;
    steady.needs = {};
    steady.per_quarter.assign(std::max<std::size_t>(quarters, 8), busiest / 4);
    routing::Day day;
    day.queues = {{.id = rule.id, .answer_within = rule.answer_within}};
    day.rings_for = plan.rings_for;
    day.wrap_up = plan.wrap_up;
    Dice dice{7};
    day.arrivals = routing::arrivals_of({steady}, dice);
    const auto is_enough = [&](std::size_t people) {
        day.agents.clear();
        day.shifts.clear();
        for (std::uint64_t i = 1; i <= people; ++i) {
            day.agents.push_back({AgentId{i}, {{rule.id}}, {}});
            day.shifts.push_back(
                {AgentId{i}, Instant{},
                 Instant{} + routing::quarter_hour * (steady.per_quarter.size() + 8)});
        }
        return rehearse(day).total.within_15s_rate().value_or(1) >= level_wanted;
    };
    const double each_s =
        std::chrono::duration<double>(demand.handling_mean + plan.wrap_up + plan.rings_for).count();
    auto low = static_cast<std::size_t>(busiest * each_s / 3600);  // So many are not enough.
    std::size_t high = low + 1;
    while (!is_enough(high) && high < 4 * (low + 10)) high += 1 + high / 4;
    while (high - low > 1) {
        const std::size_t middle = low + (high - low) / 2;
        (is_enough(middle) ? high : low) = middle;
    }
    return high;
}

QueuePreview row_of(QueueId queue, const routing::Tally& sum, const Range& range, int runs) {
    QueuePreview row;
    row.queue = queue;
    row.calls =
        (sum.offered + static_cast<std::uint64_t>(runs) / 2) / static_cast<std::uint64_t>(runs);
    row.level = sum.within_15s_rate();
    row.level_low = range.low;
    row.level_high = range.high;
    row.mean_wait_s = sum.mean_wait_s();
    row.abandoned_rate = sum.abandoned_rate();
    row.occupancy = sum.occupancy();
    return row;
}

RulesPreview played(const Setup& rules, CentreId centre, Trial play, std::uint64_t seed) {
    std::vector<bool> is_own;
    for (const routing::QueueRule& rule : play.plan.queues) {
        const auto q = std::ranges::find(rules.queues, rule.id, &QueueSetup::id);
        is_own.push_back(q->centre == centre);
    }
    Dice dice{seed};
    routing::Outcome all;
    Range range;
    std::vector<Range> ranges(play.plan.queues.size());
    for (int run = 0; run < play.runs; ++run) {
        play.plan.arrivals = routing::arrivals_of(play.demands, dice);
        const routing::Outcome one = rehearse(play.plan);
        range.add(of_centre(one, is_own).within_15s_rate());
        for (std::size_t i = 0; i < ranges.size(); ++i)
            ranges[i].add(one.queues[i].within_15s_rate());
        if (run == 0)
            all = one;
        else
            all += one;
    }
    RulesPreview out;
    out.total = row_of({}, of_centre(all, is_own), range, play.runs);
    for (const AgentSetup& a : rules.agents)
        out.total.agents += a.centre == centre && !a.queues.empty() ? 1 : 0;
    for (std::size_t i = 0; i < play.plan.queues.size(); ++i) {
        if (!is_own[i]) continue;
        const QueueId id = play.plan.queues[i].id;
        QueuePreview& row =
            out.queues.emplace_back(row_of(id, all.queues[i], ranges[i], play.runs));
        for (const AgentSetup& a : rules.agents)
            row.agents += std::ranges::count(a.queues, id, &routing::Service::queue) > 0 ? 1 : 0;
        const auto demand = std::ranges::find(play.demands, id, &Demand::queue);
        if (demand != play.demands.end())
            row.people_needed = people_for(play.plan.queues[i], *demand, play.plan);
    }
    return out;
}

/// Who has not been at work in those weeks works as the colleague does who was there longest.
std::vector<routing::Shift> shifts_for(const Setup& rules, const PastWeeks& past) {
    std::map<AgentId, Instant::duration> worked;
    for (const routing::Shift& s : past.shifts) worked[s.agent] += s.to - s.from;
    std::vector<routing::Shift> out;
    for (const AgentSetup& a : rules.agents) {
        if (a.queues.empty()) continue;
        AgentId like = worked.contains(a.id) ? a.id : AgentId{};
        if (!like)
            for (const AgentSetup& other : rules.agents)
                if (other.centre == a.centre && worked.contains(other.id) &&
                    (!like || worked.at(like) < worked.at(other.id)))
                    like = other.id;
        for (const routing::Shift& s : past.shifts)
            if (s.agent == like) out.push_back({a.id, s.from, s.to});
        if (!like)
            out.push_back({a.id, Instant{}, Instant{} + routing::quarter_hour * quarters_of_week});
    }
    return out;
}

/// Only the day with most callers; everybody's shifts of that day.
void keep_busiest_day(Trial& play) {
    std::size_t busiest = 0;
    double most = -1;
    for (std::size_t day = 0; day < 7; ++day) {
        double callers = 0;
        for (const Demand& d : play.demands)
            for (std::size_t q = 0; q < quarters_of_day; ++q)
                callers += d.per_quarter[day * quarters_of_day + q];
        if (callers > most) busiest = day;
        most = std::max(most, callers);
    }
    for (Demand& d : play.demands) {
        const auto begin =
            d.per_quarter.begin() + static_cast<std::ptrdiff_t>(busiest * quarters_of_day);
        d.per_quarter = {begin, begin + static_cast<std::ptrdiff_t>(quarters_of_day)};
    }
    const Instant from = Instant{} + routing::quarter_hour * (busiest * quarters_of_day);
    const Instant to = from + routing::quarter_hour * quarters_of_day;
    std::vector<routing::Shift> shifts;
    for (const routing::Shift& s : play.plan.shifts)
        if (s.from < to && s.to > from)
            shifts.push_back({s.agent, Instant{} + (std::max(s.from, from) - from),
                              Instant{} + (std::min(s.to, to) - from)});
    play.plan.shifts = std::move(shifts);
}

}  // namespace

RulesPreview preview_of(const Setup& rules, CentreId centre, const PastWeeks& past,
                        std::uint64_t seed) {
    Trial play;
    Millis rings_for = past.rings_for;
    for (const QueueSetup& q : rules.queues) {
        play.plan.queues.push_back(rule_of(q));
        rings_for = std::min(rings_for, q.answer_within);
    }
    Millis wrap_up = past.wrap_up;
    for (const AgentSetup& a : rules.agents) {
        play.plan.agents.push_back(rule_of(a));
        if (a.centre == centre) wrap_up = std::min(wrap_up, a.wrap_up_max);
    }
    play.plan.rings_for = rings_for;
    play.plan.wrap_up = wrap_up;
    play.plan.shifts = shifts_for(rules, past);
    for (const Demand& d : past.demands)
        if (std::ranges::count(rules.queues, d.queue, &QueueSetup::id) > 0)
            play.demands.push_back(d);
    if (callers_of(play.demands) * runs_min > callers_max) keep_busiest_day(play);
    const double callers = std::max(1.0, callers_of(play.demands));
    play.runs = static_cast<int>(
        std::clamp(callers_max / callers, static_cast<double>(runs_min), runs_max));
    return played(rules, centre, std::move(play), seed);
}

RulesPreview preview_of(const Setup& rules, CentreId centre,
                        const std::vector<ExpectedCallers>& callers, std::uint64_t seed) {
    Trial play;
    const auto is_own = [&](QueueId id) {
        return std::ranges::any_of(
            rules.queues, [&](const QueueSetup& q) { return q.id == id && q.centre == centre; });
    };
    for (const QueueSetup& q : rules.queues) {
        if (q.centre != centre) continue;
        routing::QueueRule rule = rule_of(q);
        std::erase_if(rule.rings,
                      [&](const routing::Ring& r) { return r.also && !is_own(r.also); });
        play.plan.queues.push_back(std::move(rule));
    }
    // One hour fills the centre, eight are counted.
    constexpr std::size_t quarters = 4 + busy_quarters;
    const Instant end = Instant{} + routing::quarter_hour * quarters;
    for (const AgentSetup& a : rules.agents) {
        if (a.centre != centre || a.queues.empty()) continue;
        play.plan.agents.push_back(rule_of(a));
        play.plan.shifts.push_back({a.id, Instant{}, end});
    }
    play.plan.count_from = Instant{} + an_hour;
    for (const ExpectedCallers& c : callers) {
        if (!is_own(c.queue) || c.calls_per_hour <= 0) continue;
        Demand d;
        d.queue = c.queue;
        d.per_quarter.assign(quarters, c.calls_per_hour / 4);
        d.handling_mean = c.handling;
        d.patience_mean = c.patience;
        play.demands.push_back(std::move(d));
    }
    const double all = std::max(1.0, callers_of(play.demands));
    play.runs = static_cast<int>(
        std::clamp(callers_max / all, static_cast<double>(runs_min), 2 * runs_max));
    return played(rules, centre, std::move(play), seed);
}

}  // namespace ys::interactions
