// SPDX-License-Identifier: Apache-2.0
// The rehearsal against queueing theory: what the engine does with Poisson callers and exponential
// talks must be what the formulas say, and what a preview promises must then be seen.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "routing/preview.h"

namespace {

using namespace ys;
using namespace ys::routing;

constexpr QueueId queue{1};
constexpr Millis talk{180'000};

struct Case {
    std::size_t agents;
    double load;            ///< offered load per agent
    std::size_t stretches;  ///< of 250,000 calls; the slower a centre forgets, the more
    double patience_s = 0;
};

struct Expected {
    double waiting_probability, mean_wait_s, abandoned_rate;
};

/// M/M/N, everybody stays. Erlang's C by the recursion of Erlang's B and the mean wait of all
/// callers. Source: A. K. Erlang 1917; Gross, Shortle, Thompson, Harris, "Fundamentals of Queueing
/// Theory", 4th ed., sections 2.3 and 2.5.
Expected erlang_c(const Case& c) {
    const double n = static_cast<double>(c.agents), a = c.load * n;
    double b = 1;
    for (std::size_t k = 1; k <= c.agents; ++k) b = a * b / (static_cast<double>(k) + a * b);
    const double wait = b / (1 - c.load * (1 - b));
    const double talk_s = static_cast<double>(talk.count()) / 1000;
    return {wait, wait * talk_s / (n - a), 0};
}

/// M/M/N+M, exponential patience. The chain's stationary probabilities term by term; waiting by
/// PASTA, the mean wait by Little's law from the mean queue. Source: C. Palm 1957; Garnett,
/// Mandelbaum, Reiman, "Designing a Call Center with Impatient Customers", MSOM 4 (2002),
/// section 2.
Expected erlang_a(const Case& c) {
    const double talk_s = static_cast<double>(talk.count()) / 1000;
    const double n = static_cast<double>(c.agents);
    const double arrivals = c.load * n / talk_s, leaves = 1 / c.patience_s;
    double term = 1, sum = 1, waiting = 0, queued = 0;
    for (double k = 1; k < n || term > sum * 1e-15; ++k) {
        const double ends = std::min(k, n) / talk_s + std::max(0.0, k - n) * leaves;
        term *= arrivals / ends;
        sum += term;
        if (k >= n) waiting += term;
        if (k > n) queued += (k - n) * term;
    }
    const double mean_queue = queued / sum;
    return {waiting / sum, mean_queue / arrivals, leaves * mean_queue / arrivals};
}

/// Several long stretches of the same centre, a twentieth of each not counted.
Tally played(const Case& c, std::uint64_t seed) {
    const double talk_s = static_cast<double>(talk.count()) / 1000;
    const double per_s = c.load * static_cast<double>(c.agents) / talk_s;
    const double lasts_s = 250'000 / per_s;
    const auto quarters = static_cast<std::size_t>(lasts_s / 900) + 1;
    Day day;
    day.queues = {{.id = queue, .waiting_max = 1'000'000}};
    for (std::uint64_t i = 1; i <= c.agents; ++i) {
        day.agents.push_back({AgentId{i}, {{queue}}, {}});
        day.shifts.push_back({AgentId{i}, Instant{}, Instant{} + Seconds{900} * 2 * quarters});
    }
    day.count_from = Instant{} + Seconds{900} * (quarters / 20);
    Demand d;
    d.queue = queue;
    d.handling_mean = talk;
    d.per_quarter = std::vector<double>(quarters, per_s * 900);
    if (c.patience_s > 0) d.patience_mean = Millis{static_cast<int>(c.patience_s * 1000)};
    return preview(day, {d}, static_cast<int>(c.stretches), seed).sum.total;
}

void expect_within(double part, double expected, double is, const char* what, const Case& c) {
    EXPECT_NEAR(is, expected, part * expected)
        << what << " with " << c.agents << " agents, load " << c.load << ", patience "
        << c.patience_s << " s: off by " << 100 * (is / expected - 1) << " %";
}

void check(const Case& c, const Expected& expected, double part, std::uint64_t seed) {
    const Tally t = played(c, seed);
    EXPECT_EQ(t.offered, t.answered + t.abandoned);
    expect_within(part, expected.waiting_probability, *t.waiting_probability(), "waiting", c);
    expect_within(part, expected.mean_wait_s, *t.mean_wait_s(), "mean wait", c);
    std::printf(
        "%3zu agents, load %.2f, patience %3.0f s: waiting %.4f (%+.1f %%), "
        "mean wait %.2f s (%+.1f %%)\n",
        c.agents, c.load, c.patience_s, *t.waiting_probability(),
        100 * (*t.waiting_probability() / expected.waiting_probability - 1), *t.mean_wait_s(),
        100 * (*t.mean_wait_s() / expected.mean_wait_s - 1));
}

TEST(Formulas, are_those_of_the_books) {
    // Tables of Erlang C: 10 agents, 8 erlangs; and M/M/1, where waiting is the load itself.
    EXPECT_NEAR(erlang_c({10, 0.8, 1}).waiting_probability, 0.4092, 1e-4);
    EXPECT_NEAR(erlang_c({1, 0.6, 1}).waiting_probability, 0.6, 1e-12);
    // Patience without end is Erlang C; patience as long as a talk is the M/M/infinity queue,
    // whose states are Poisson.
    const Expected endless = erlang_a({10, 0.8, 1, 1e9});
    EXPECT_NEAR(endless.waiting_probability, erlang_c({10, 0.8, 1}).waiting_probability, 1e-6);
    EXPECT_NEAR(endless.mean_wait_s, erlang_c({10, 0.8, 1}).mean_wait_s, 1e-4);
    EXPECT_NEAR(erlang_a({1, 1.0, 1, 180}).waiting_probability, 1 - std::exp(-1.0), 1e-12);
}

TEST(Oracle, erlang_c_within_4_percent) {
    std::uint64_t seed = 0;
    for (const Case& c : {Case{1, 0.5, 2}, Case{1, 0.7, 3}, Case{2, 0.7, 2}, Case{3, 0.75, 2},
                          Case{5, 0.7, 2}, Case{5, 0.8, 3}, Case{8, 0.8, 4}, Case{12, 0.8, 4},
                          Case{20, 0.8, 4}, Case{30, 0.85, 6}, Case{40, 0.85, 6}})
        check(c, erlang_c(c), 0.04, ++seed);
}

TEST(Oracle, erlang_a_within_5_percent) {
    std::uint64_t seed = 100;
    for (const Case& c :
         {Case{1, 0.8, 1, 60}, Case{2, 1.0, 1, 120}, Case{5, 0.8, 1, 60}, Case{5, 1.2, 1, 180},
          Case{10, 0.9, 1, 30}, Case{10, 1.0, 1, 120}, Case{20, 0.9, 2, 120}, Case{20, 1.1, 1, 60},
          Case{50, 0.95, 3, 120}, Case{100, 1.0, 2, 60}, Case{200, 1.0, 3, 90}})
        check(c, erlang_a(c), 0.05, ++seed);
}

/// The hours of a hotline: a morning and an afternoon peak, shut at night; less at the weekend.
std::vector<double> week(double busiest_quarter) {
    std::vector<double> rates;
    for (int quarter = 0; quarter < 7 * 96; ++quarter) {
        const double hour = (quarter % 96) / 4.0;
        const double day = quarter / 96 < 5 ? 1 : 0.5;
        const double shape = std::exp(-std::pow((hour - 10) / 2, 2)) +
                             0.8 * std::exp(-std::pow((hour - 15.5) / 2.5, 2));
        rates.push_back(hour < 8 || hour >= 18 ? 0 : busiest_quarter * day * shape);
    }
    return rates;
}

TEST(Preview, is_within_5_points_of_the_week_that_then_comes) {
    int cases = 0;
    double worst = 0;
    for (const std::uint64_t agents : {6, 9, 12, 20})
        for (const double busy : {0.6, 0.75, 0.9, 1.0, 1.1}) {
            Day plan;
            plan.queues = {{.id = queue}, {.id = QueueId{2}, .priority = 3}};
            plan.rings_for = 3s;
            plan.wrap_up = 20s;
            for (std::uint64_t i = 1; i <= agents; ++i) {
                std::vector<Service> serves{{queue}};
                if (i % 3 == 0) serves.push_back({QueueId{2}, 1});
                plan.agents.push_back({AgentId{i}, serves, {}});
                for (int d = 0; d < 7; ++d) {
                    const Instant midnight = Instant{} + Seconds{86'400} * d;
                    // Every second one is at lunch for an hour.
                    plan.shifts.push_back({AgentId{i}, midnight + 8h, midnight + 12h});
                    const auto back = i % 2 == 0 ? 12h : 13h;
                    plan.shifts.push_back({AgentId{i}, midnight + back, midnight + 18h});
                }
            }
            const double per_quarter = busy * static_cast<double>(agents) * 900 / 200;
            Demand most{.queue = queue, .per_quarter = week(0.85 * per_quarter)};
            most.handling_sigma = 0.7;
            most.patience_mean = 120s;
            Demand few{.queue = QueueId{2}, .per_quarter = week(0.15 * per_quarter)};
            few.patience_mean = 240s;
            const Preview promised = preview(plan, {most, few}, 6, 100 + agents);
            const Preview seen = preview(plan, {most, few}, 1, 9'000 + agents);
            const double expected = *promised.sum.total.within_15s_rate();
            const double is = *seen.sum.total.within_15s_rate();
            EXPECT_NEAR(expected, is, 0.05) << agents << " agents, load " << busy;
            worst = std::max(worst, std::abs(expected - is));
            ++cases;
        }
    EXPECT_EQ(cases, 20);
    std::printf("20 weeks: the preview was off by at most %.1f points\n", 100 * worst);
}

}  // namespace
