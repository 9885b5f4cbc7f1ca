// SPDX-License-Identifier: Apache-2.0
// The registry and its text form (OpenMetrics 1.0.0).
#include "platform/metrics/metrics.h"

#include <algorithm>
#include <charconv>

#include "base/panic.h"

namespace ys::metrics {
namespace {

void append_number(std::string& out, double v) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, v).ptr;
    out.append(text, end);
}

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '\n') {
            out.append("\\n");
            continue;
        }
        if (c == '\\' || c == '"') out.push_back('\\');
        out.push_back(c);
    }
}

/// more  a further label in text form, such as le="0.5", or ""
void append_labels(std::string& out, const Labels& labels, std::string_view more = {}) {
    if (labels.empty() && more.empty()) return;
    out.push_back('{');
    bool is_first = true;
    for (const auto& [key, value] : labels) {
        if (!is_first) out.push_back(',');
        is_first = false;
        out.append(key).append("=\"");
        append_escaped(out, value);
        out.push_back('"');
    }
    if (!more.empty()) {
        if (!is_first) out.push_back(',');
        out.append(more);
    }
    out.push_back('}');
}

void append_sample(std::string& out, std::string_view name, std::string_view suffix,
                   const Labels& labels, double value, std::string_view more = {}) {
    out.append(name).append(suffix);
    append_labels(out, labels, more);
    out.push_back(' ');
    append_number(out, value);
    out.push_back('\n');
}

void append_histogram(std::string& out, std::string_view name, const Labels& labels,
                      const Histogram& histogram) {
    const auto counts = histogram.counts();
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        so_far += counts[i];
        std::string bound = "le=\"";
        if (i < histogram.bounds().size())
            append_number(bound, histogram.bounds()[i]);
        else
            bound.append("+Inf");
        bound.push_back('"');
        append_sample(out, name, "_bucket", labels, static_cast<double>(so_far), bound);
    }
    append_sample(out, name, "_sum", labels, histogram.sum());
    append_sample(out, name, "_count", labels, static_cast<double>(so_far));
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), counts_(new std::atomic<std::uint64_t>[bounds_.size() + 1]) {
    YS_ASSERT(std::ranges::is_sorted(bounds_));
    for (std::size_t i = 0; i <= bounds_.size(); ++i) counts_[i] = 0;
}

void Histogram::observe(double v) {
    const auto place = std::ranges::lower_bound(bounds_, v) - bounds_.begin();
    counts_[static_cast<std::size_t>(place)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(v, std::memory_order_relaxed);
}

std::vector<std::uint64_t> Histogram::counts() const {
    std::vector<std::uint64_t> out(bounds_.size() + 1);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = counts_[i].load(std::memory_order_relaxed);
    return out;
}

std::vector<double> latency_bounds() {
    return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

Registry::Metric& Registry::metric(std::string_view name, std::string_view help, Kind kind,
                                   Labels labels) {
    const std::lock_guard hold(lock_);
    auto family = std::ranges::find_if(families_, [&](const auto& f) { return f->name == name; });
    if (family == families_.end()) {
        families_.push_back(std::make_unique<Family>());
        family = std::prev(families_.end());
        (*family)->name = name;
        (*family)->help = help;
        (*family)->kind = kind;
    }
    YS_ASSERT((*family)->kind == kind);
    auto& metrics = (*family)->metrics;
    const auto same =
        std::ranges::find_if(metrics, [&](const auto& m) { return m->labels == labels; });
    if (same != metrics.end()) return **same;
    metrics.push_back(std::make_unique<Metric>());
    metrics.back()->labels = std::move(labels);
    return *metrics.back();
}

Counter& Registry::counter(std::string_view name, std::string_view help, Labels labels) {
    return metric(name, help, Kind::Counter, std::move(labels)).counter;
}

Gauge& Registry::gauge(std::string_view name, std::string_view help, Labels labels) {
    return metric(name, help, Kind::Gauge, std::move(labels)).gauge;
}

Histogram& Registry::histogram(std::string_view name, std::string_view help,
                               std::vector<double> bounds, Labels labels) {
    Metric& found = metric(name, help, Kind::Histogram, std::move(labels));
    const std::lock_guard hold(lock_);
    if (!found.histogram) found.histogram = std::make_unique<Histogram>(std::move(bounds));
    return *found.histogram;
}

void Registry::asked(std::string_view name, std::string_view help, std::function<double()> ask) {
    metric(name, help, Kind::Asked, {}).ask = std::move(ask);
}

void Registry::print(const Family& family, std::string& out) {
    constexpr std::string_view kinds[] = {"counter", "gauge", "histogram", "gauge"};
    out.append("# TYPE ").append(family.name).append(" ");
    out.append(kinds[static_cast<std::size_t>(family.kind)]).append("\n# HELP ");
    out.append(family.name).append(" ");
    append_escaped(out, family.help);
    out.push_back('\n');
    for (const auto& each : family.metrics) {
        const Labels& labels = each->labels;
        if (family.kind == Kind::Counter)
            append_sample(out, family.name, "_total", labels,
                          static_cast<double>(each->counter.value()));
        else if (family.kind == Kind::Gauge)
            append_sample(out, family.name, "", labels, static_cast<double>(each->gauge.value()));
        else if (family.kind == Kind::Asked)
            append_sample(out, family.name, "", labels, each->ask ? each->ask() : 0.0);
        else
            append_histogram(out, family.name, labels, *each->histogram);
    }
}

std::string Registry::text() const {
    const std::lock_guard hold(lock_);
    std::string out;
    for (const auto& family : families_) print(*family, out);
    out.append("# EOF\n");
    return out;
}

}  // namespace ys::metrics
