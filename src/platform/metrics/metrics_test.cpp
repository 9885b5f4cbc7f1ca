// SPDX-License-Identifier: Apache-2.0
#include "platform/metrics/metrics.h"

#include <gtest/gtest.h>

#include <thread>

namespace ys::metrics {
namespace {

TEST(Metrics, text_is_open_metrics) {
    Registry registry;
    registry.counter("ys_calls", "Calls that ended.", {{"cause", "busy \"now\"\\\n"}}).add(3);
    registry.gauge("ys_legs", "Legs alive.").set(-2);
    registry.asked("ys_asked", "Asked at reading.", [] { return 1.5; });
    EXPECT_EQ(registry.text(),
              "# TYPE ys_calls counter\n# HELP ys_calls Calls that ended.\n"
              "ys_calls_total{cause=\"busy \\\"now\\\"\\\\\\n\"} 3\n"
              "# TYPE ys_legs gauge\n# HELP ys_legs Legs alive.\nys_legs -2\n"
              "# TYPE ys_asked gauge\n# HELP ys_asked Asked at reading.\nys_asked 1.5\n# EOF\n");
}

TEST(Metrics, histogram_buckets_are_cumulative_and_a_bound_is_inclusive) {
    Registry registry;
    auto& histogram = registry.histogram("ys_wait_seconds", "Waiting.", {0.5, 1});
    histogram.observe(0.5);
    histogram.observe(0.75);
    histogram.observe(9);
    const std::string text = registry.text();
    EXPECT_NE(text.find("ys_wait_seconds_bucket{le=\"0.5\"} 1\n"), std::string::npos);
    EXPECT_NE(text.find("ys_wait_seconds_bucket{le=\"1\"} 2\n"), std::string::npos);
    EXPECT_NE(text.find("ys_wait_seconds_bucket{le=\"+Inf\"} 3\n"), std::string::npos);
    EXPECT_NE(text.find("ys_wait_seconds_sum 10.25\n"), std::string::npos);
}

TEST(Metrics, one_name_and_labels_are_one_metric) {
    Registry registry;
    EXPECT_EQ(&registry.counter("a", "A.", {{"x", "1"}}),
              &registry.counter("a", "A.", {{"x", "1"}}));
    EXPECT_NE(&registry.counter("a", "A.", {{"x", "1"}}),
              &registry.counter("a", "A.", {{"x", "2"}}));
}

TEST(Metrics, counting_on_two_threads_loses_nothing) {
    Registry registry;
    Counter& counter = registry.counter("a", "A.");
    auto work = [&] {
        for (int i = 0; i < 100'000; ++i) counter.add();
    };
    std::thread other(work);
    work();
    other.join();
    EXPECT_EQ(counter.value(), 200'000U);
}

}  // namespace
}  // namespace ys::metrics
