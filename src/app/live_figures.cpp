// SPDX-License-Identifier: Apache-2.0
#include "app/live_figures.h"

#include <utility>

#include "platform/journal/journal.h"
#include "platform/json/described_json.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

constexpr std::int64_t day_us = 24LL * 3600 * 1'000'000;
constexpr std::int64_t offset_us = 8LL * 3600 * 1'000'000;

}  // namespace

reports::Window day_of(UtcTime at) {
    const std::int64_t local = at.us + offset_us;
    const std::int64_t midnight = local - ((local % day_us) + day_us) % day_us;
    return {UtcTime{midnight - offset_us}, UtcTime{midnight - offset_us + day_us}};
}

void LiveFigures::begin(UtcTime now) {
    kpi_.begin(day_of(now));
    is_counting_ = true;
}

reports::Kpi LiveFigures::counted(sql::Database& db, const Scope& scope, UtcTime now,
                                  std::uint64_t last_seq) {
    const reports::Window today = day_of(now);
    reports::Kpi kpi{today};
    // A day before, for the states agents were in.
    const UtcTime from{today.from.us - day_us};
    const auto read =
        journal::Journal::read(db, scope, from, today.to, [&](const journal::Entry& entry) {
            if (entry.seq <= last_seq) kpi.on(entry.fact);
        });
    if (!read) log::error("figures", "today_not_counted", read.error());
    return kpi;
}

void LiveFigures::take(reports::Kpi counted) {
    kpi_ = std::move(counted);
    is_counting_ = false;
    for (const facts::Fact& fact : std::exchange(kept_back_, {})) on(fact);
}

void LiveFigures::on(const facts::Fact& fact) {
    if (is_counting_) {
        kept_back_.push_back(fact);
        return;
    }
    if (fact.at >= kpi_.window().to) kpi_.begin(day_of(fact.at));
    kpi_.on(fact);
}

boost::json::object LiveFigures::today(CentreId centre) const {
    return json::to_value(kpi_.centre(centre)).as_object();
}

boost::json::object LiveFigures::queue_today(QueueId queue) const {
    return json::to_value(kpi_.queue(queue)).as_object();
}

}  // namespace ys::app
