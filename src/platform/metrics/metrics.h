// SPDX-License-Identifier: Apache-2.0
// Counters, gauges and histograms, read out as OpenMetrics text. Counting is one atomic addition
// and may be done on any thread; making a metric takes a lock and is done while starting.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ys::metrics {

class Counter {
public:
    void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

class Gauge {
public:
    void set(std::int64_t v) { value_.store(v, std::memory_order_relaxed); }
    void add(std::int64_t n) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_{0};
};

/// Observations by upper bound, in the unit the name says.
class Histogram {
public:
    explicit Histogram(std::vector<double> bounds);
    void observe(double v);
    const std::vector<double>& bounds() const { return bounds_; }
    /// Not cumulative; one more than bounds, the last for everything above.
    std::vector<std::uint64_t> counts() const;
    double sum() const { return sum_.load(std::memory_order_relaxed); }

private:
    std::vector<double> bounds_;
    std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
    std::atomic<double> sum_{0};
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// 1 ms to 10 s, for durations in seconds.
std::vector<double> latency_bounds();

/// Owns every metric; references given out live as long as the registry.
class Registry {
public:
    /// The same name and labels give the same metric. A name has one kind and one help (asserted).
    /// name  without the suffix _total, which counters get in the text
    Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
    Histogram& histogram(std::string_view name, std::string_view help,
                         std::vector<double> bounds = latency_bounds(), Labels labels = {});
    /// A gauge whose value is asked for at each reading, on the reader's thread.
    void asked(std::string_view name, std::string_view help, std::function<double()> ask);

    /// application/openmetrics-text; version=1.0.0
    std::string text() const;

private:
    enum class Kind { Counter, Gauge, Histogram, Asked };
    struct Metric {
        Labels labels;
        Counter counter;
        Gauge gauge;
        std::unique_ptr<Histogram> histogram;
        std::function<double()> ask;
    };
    struct Family {
        std::string name, help;
        Kind kind = Kind::Counter;
        std::vector<std::unique_ptr<Metric>> metrics;
    };
    Metric& metric(std::string_view name, std::string_view help, Kind kind, Labels labels);
    static void print(const Family& family, std::string& out);

    mutable std::mutex lock_;
    std::vector<std::unique_ptr<Family>> families_;
};

}  // namespace ys::metrics
