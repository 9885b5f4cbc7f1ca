// SPDX-License-Identifier: Apache-2.0
// The estimate against simulated days: what callers were told, and what it became.
#include "routing/wait_estimate.h"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <vector>

#include "base/dice.h"

namespace ys::routing {
namespace {

constexpr Instant t0{};

Instant second(double s) {
    return t0 + std::chrono::duration_cast<Millis>(std::chrono::duration<double>(s));
}

TEST(WaitEstimate, says_nothing_before_anybody_was_served) {
    WaitEstimate estimate;
    estimate.watch(t0, 3, 2);
    EXPECT_FALSE(estimate.at(1));
    estimate.watch(t0 + 60s, 3, 2);
    EXPECT_FALSE(estimate.at(1));
}

TEST(WaitEstimate, grows_with_the_place_and_shrinks_with_agents) {
    WaitEstimate estimate;
    estimate.watch(t0, 5, 2);
    for (int i = 1; i <= 20; ++i) estimate.served(t0 + i * 30s);
    const WaitRange first = estimate.at(1).value(), fifth = estimate.at(5).value();
    EXPECT_LT(first.low, fifth.low);
    EXPECT_LT(first.high, fifth.high);
    EXPECT_LT(first.low, 30s);
    EXPECT_GT(first.high, 30s);
    estimate.watch(t0 + 20 * 30s, 5, 4);
    EXPECT_EQ(estimate.at(5)->high.count(), (fifth.high.count() + 1) / 2);
    estimate.watch(t0 + 20 * 30s, 5, 0);
    EXPECT_FALSE(estimate.at(5)) << "nobody is at work";
    EXPECT_FALSE(estimate.at(0));
}

TEST(WaitEstimate, an_empty_queue_is_no_slow_queue) {
    WaitEstimate estimate;
    estimate.watch(t0, 5, 2);
    for (int i = 1; i <= 20; ++i) estimate.served(t0 + i * 30s);
    const WaitRange before = estimate.at(2).value();
    estimate.watch(t0 + 600s, 0, 2);
    estimate.watch(t0 + 8h, 2, 2);
    EXPECT_EQ(estimate.at(2), before);
}

struct Load {
    const char* name;
    std::size_t agents;
    double handling_s;
    /// Arrivals a second, and how much slower than usual work goes, at this second of the day.
    std::function<double(double)> arrivals;
    std::function<double(double)> slowness = [](double) { return 1.0; };
    double patience_s = 0;  ///< mean; 0: nobody leaves
    /// Agents at work.
    std::function<std::size_t(double)> staff = {};
};

struct Told {
    std::size_t told = 0, hits = 0, below = 0;
    double rate() const { return static_cast<double>(hits) / static_cast<double>(told); }
};

/// A day of eight hours of one queue with several agents, first come first served; every caller is
/// told once, when they arrive to wait.
class Day {
public:
    Day(const Load& load, std::uint64_t seed) : load_(load), dice_(seed), at_work_(load.agents) {}

    Told run() {
        constexpr double lasts_s = 8 * 3600;
        double next_arrival = 0;
        for (;;) {
            const double arrives = next_arrival;
            const double ends = talks_.empty() ? 1e9 : talks_.top();
            const double now = std::min(arrives, ends);
            if (now > lasts_s) return told_;
            leave_who_lost_patience(now);
            if (load_.staff) at_work_ = load_.staff(now);
            if (now == ends)
                talks_.pop();
            else
                next_arrival = arrive(now);
            serve(now);
        }
    }

private:
    struct Waiting {
        double since, leaves;
        std::optional<WaitRange> range;
    };
    void watch(double now) { estimate_.watch(second(now), waiting_.size(), at_work_); }
    double arrive(double now) {
        const double leaves =
            load_.patience_s > 0 ? now + dice_.exponential(load_.patience_s) : 1e9;
        waiting_.push_back({now, leaves, {}});
        watch(now);
        if (talks_.size() >= at_work_) waiting_.back().range = estimate_.at(waiting_.size());
        return now + dice_.exponential(1 / load_.arrivals(now));
    }
    void leave_who_lost_patience(double now) {
        std::erase_if(waiting_, [&](const Waiting& w) { return w.leaves <= now; });
    }
    void serve(double now) {
        while (talks_.size() < at_work_ && !waiting_.empty()) {
            const Waiting w = waiting_.front();
            // As in the house: only who had to wait says anything about waiting.
            if (w.range || now > w.since) estimate_.served(second(now));
            waiting_.pop_front();
            if (w.range) {
                const auto wait = std::chrono::duration_cast<Millis>(second(now) - second(w.since));
                estimate_.became(*w.range, wait);
                ++told_.told;
                if (w.range->low <= wait && wait <= w.range->high) ++told_.hits;
                if (wait < w.range->low) ++told_.below;
            }
            talks_.push(now + dice_.exponential(load_.handling_s * load_.slowness(now)));
        }
        watch(now);
    }

    const Load& load_;
    Dice dice_;
    std::size_t at_work_;
    WaitEstimate estimate_;
    std::deque<Waiting> waiting_;
    std::priority_queue<double, std::vector<double>, std::greater<>> talks_;
    Told told_;
};

/// The share of agents that this load keeps busy on average.
std::function<double(double)> load_of(double share, std::size_t agents, double handling_s) {
    const double rate = share * static_cast<double>(agents) / handling_s;
    return [rate](double) { return rate; };
}

std::vector<Load> loads() {
    std::vector<Load> all;
    all.push_back({"ten agents, busy", 10, 180, load_of(0.95, 10, 180)});
    all.push_back({"ten agents, less busy", 10, 180, load_of(0.85, 10, 180)});
    all.push_back({"two agents", 2, 120, load_of(0.9, 2, 120)});
    all.push_back({"forty agents, overrun", 40, 200, load_of(1.05, 40, 200),
                   [](double) { return 1.0; }, 900});
    all.push_back({"overrun, callers leave", 20, 200, load_of(1.2, 20, 200),
                   [](double) { return 1.0; }, 240});
    all.push_back({"work twice as slow from noon on", 12, 150,
                   [](double s) { return s < 4 * 3600 ? 0.95 * 12 / 150 : 0.95 * 6 / 150; },
                   [](double s) { return s < 4 * 3600 ? 1.0 : 2.0; }});
    all.push_back({"two peaks", 15, 180, [](double s) {
                       const double hour = s / 3600;
                       const bool is_peak = (hour > 1 && hour < 2) || (hour > 5 && hour < 6);
                       return (is_peak ? 1.3 : 0.7) * 15 / 180;
                   }});
    all.push_back(
        {"half the agents at lunch", 16, 180, load_of(0.75, 16, 180), [](double) { return 1.0; }, 0,
         [](double s) -> std::size_t { return s > 3 * 3600 && s < 4.5 * 3600 ? 10 : 16; }});
    return all;
}

TEST(WaitEstimate, between_half_and_seven_tenths_of_waits_are_inside_what_was_told) {
    Told all;
    for (const Load& load : loads()) {
        Told day;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const Told one = Day{load, seed}.run();
            day.told += one.told;
            day.hits += one.hits;
            day.below += one.below;
        }
        RecordProperty(load.name, std::to_string(day.rate()));
        std::printf("%-34s %5zu told, %.3f inside, %.3f below\n", load.name, day.told, day.rate(),
                    static_cast<double>(day.below) / static_cast<double>(day.told));
        EXPECT_GT(day.told, 100u) << load.name;
        EXPECT_GE(day.rate(), 0.50) << load.name;
        EXPECT_LE(day.rate(), 0.70) << load.name;
        all.told += day.told;
        all.hits += day.hits;
    }
    std::printf("%-34s %5zu told, %.3f inside\n", "all", all.told, all.rate());
}

}  // namespace
}  // namespace ys::routing
