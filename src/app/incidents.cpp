// SPDX-License-Identifier: Apache-2.0
#include "app/incidents.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/post.hpp>

#include "base/text.h"
#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

/// For what time brings: proposals that lapse, cases that were withdrawn.
constexpr Millis look_every{30'000};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (const std::string_view line : split(text, '\n'))
        if (!line.empty()) out.emplace_back(line);
    return out;
}

}  // namespace

std::vector<cases::IncidentPlan> plans_of(const std::vector<ScenarioIncidentRule>& rules) {
    std::vector<cases::IncidentPlan> out;
    for (const ScenarioIncidentRule& rule : rules)
        out.push_back({{.title = rule.title,
                        .category = cases::path_of(rule.category),
                        .place_depth = rule.place_depth,
                        .window = std::chrono::minutes{rule.window_min},
                        .people_min = rule.people_min,
                        .lapse_after = std::chrono::hours{rule.lapse_h}},
                       rule.says});
    return out;
}

Incidents::Incidents(Ports ports, std::shared_ptr<cases::IncidentKeeper> keeper)
    : ports_(std::move(ports)), keeper_(std::move(keeper)), timer_(ports_.loop) {}

void Incidents::look() {
    was_poked_ = is_looking_;
    if (is_looking_) return;
    is_looking_ = true;
    auto found = std::make_shared<cases::IncidentLook>();
    ports_.writer.submit_soon(
        [found, keeper = keeper_](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(*found, keeper->look(tx, utc_now()));
            return Done{};
        },
        // On the writer's thread.
        [this, found, keeper = keeper_, alive = is_alive_](Result<Done> done) {
            if (!done) {
                log::error("cases", "incidents_not_watched", done.error());
                keeper->forget();
                *found = {};
            }
            boost::asio::post(ports_.loop, [this, found, alive] {
                if (*alive) looked(*found);
            });
        });
}

void Incidents::looked(const cases::IncidentLook& found) {
    for (const cases::IncidentRow& row : found.to_announce) announce(row);
    for (const cases::IncidentRow& row : found.to_end) end(row);
    is_looking_ = false;
    const bool is_more = std::exchange(was_poked_, false) || found.has_more;
    if (is_more) return look();
    again();
}

/// One person's click puts it in force: the rule and the cases are the second witness.
void Incidents::announce(const cases::IncidentRow& row) {
    if (!row.until_at || *row.until_at <= utc_now()) return keep(row.id, "ended", 0);
    const AgentId by{row.opened_by.value};
    const std::vector<std::string> areas = lines_of(row.areas);
    const auto said = [&]() -> std::optional<interactions::EmergencyView> {
        for (const auto& e : ports_.emergencies(row.centre_id))
            if (e.asked_by == by && e.kind == row.says && e.areas == areas &&
                e.until == *row.until_at)
                return e;
        return std::nullopt;
    };
    // It is there already when the last process said it and was killed before it wrote that down.
    auto there = said();
    if (!there) {
        const std::string reason = row.title + "，" + std::to_string(row.people) + " 人";
        ports_.command(
            interactions::AskEmergency{by, row.centre_id, row.says, areas, *row.until_at, reason});
        there = said();
    }
    if (!there) return keep(row.id, "refused", 0);
    if (!there->confirmed_by) ports_.command(interactions::ConfirmEmergency{{}, there->id});
    keep(row.id, "in_force", there->id);
}

void Incidents::end(const cases::IncidentRow& row) {
    for (const auto& e : ports_.emergencies(row.centre_id))
        if (e.id == row.emergency)
            ports_.command(
                interactions::EndEmergency{AgentId{row.ended_by.value}, e.id, row.words});
    keep(row.id, "ended", row.emergency);
}

void Incidents::keep(cases::IncidentId id, const std::string& what, std::uint64_t emergency) {
    ports_.writer.submit_soon(
        [=](sql::Transaction& tx) {
            return cases::IncidentStore::announced(tx, id, what, emergency);
        },
        [](Result<Done> kept) {
            if (!kept) log::error("cases", "announcement_not_kept", kept.error());
        });
}

void Incidents::again() {
    timer_.expires_after(look_every);
    timer_.async_wait([this, alive = is_alive_](const boost::system::error_code& error) {
        if (!error && *alive) look();
    });
}

void Incidents::stop() {
    *is_alive_ = false;
    timer_.cancel();
}

}  // namespace ys::app
