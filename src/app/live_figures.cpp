// SPDX-License-Identifier: Apache-2.0
#include "app/live_figures.h"

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

void LiveFigures::load_today(sql::Database& db, const Scope& scope, UtcTime now) {
    const reports::Window today = day_of(now);
    kpi_.begin(today);
    const UtcTime from{today.from.us - day_us};
    const auto read = journal::Journal::read(
        db, scope, from, today.to, [this](const journal::Entry& entry) { kpi_.on(entry.fact); });
    if (!read) log::error("figures", "today_not_counted", read.error());
}

void LiveFigures::on(const facts::Fact& fact) {
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
