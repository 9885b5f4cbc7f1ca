// SPDX-License-Identifier: Apache-2.0
#include "cases/io/crew_overview.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "cases/io/crew_call.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

/// What the choice is made from, for one centre.
struct Centre {
    Crew crew;
    std::vector<CrewLoad> loads;
};

int rank(const CrewJobRow& job) {
    if (job.state != "offered") return 2;
    return job.is_foreman ? 0 : 1;
}

/// First somebody who has not had it; when there is none, anybody on duty.
std::optional<CrewChoice> proposal(const Centre& centre, const Calendar& calendar,
                                   const CrewJobRow& job, UtcTime now) {
    CrewCall call = call_of(job);
    if (!job.is_foreman) call.tried.push_back(job.user_id);
    const auto choose = [&](const std::vector<UserId>& tried) {
        return choose_repairer(centre.crew.roster, calendar, now, call.job, centre.loads, tried);
    };
    auto found = choose(call.tried);
    if (found && found->is_foreman && job.is_foreman) {
        const auto again = choose({});
        if (again) found = again;
    }
    if (!found) return std::nullopt;
    // Who has it now may still take it: that is no reason yet.
    if (!job.is_foreman) std::erase_if(found->reasons, [](auto& r) { return r.code == "tried"; });
    return *found;
}

CrewMate mate(const Centre& centre, const Calendar& calendar, const Repairer& each, UtcTime now) {
    const auto load = std::ranges::find(centre.loads, each.id, &CrewLoad::id);
    return {each.id, each.name, each.unit, is_on_duty(each, calendar, now),
            load == centre.loads.end() ? 0 : load->open_jobs};
}

}  // namespace

Result<CrewOverview> crew_overview(sql::Database& db, const Scope& scope, const Calendar& calendar,
                                   UserId foreman, UtcTime now) {
    CrewOverview out;
    sql::Where where(scope, "centre_id");
    where.also("user_id = ?", foreman);
    YS_TRY(const auto led,
           sql::select_with<ForemanRow>(db, "FROM crew_foremen" + where.text(), where.values()));
    out.is_foreman = !led.empty();
    std::map<CentreId, Centre> centres;
    for (const ForemanRow& unit : led) {
        Centre& centre = centres[unit.centre_id];
        YS_TRY(centre.crew, CrewStore::crew(db, unit.centre_id));
        YS_TRY(centre.loads, CrewStore::loads(db, unit.centre_id));
        for (const Repairer& each : centre.crew.roster.repairers)
            if (each.unit == unit.unit_id) out.crew.push_back(mate(centre, calendar, each, now));
    }
    YS_TRY(const auto rows, CrewStore::jobs_led_by(db, scope, foreman));
    for (const CrewJobRow& row : rows) {
        const Centre& centre = centres[row.centre_id];
        CrewLedJob& job = out.jobs.emplace_back(CrewLedJob{row, {}, {}});
        for (const Repairer& each : centre.crew.roster.repairers)
            if (each.id == row.user_id && !row.is_foreman) job.holder = each.name;
        if (row.state == "offered") job.proposed = proposal(centre, calendar, row, now);
    }
    std::ranges::stable_sort(out.jobs, {}, [](const CrewLedJob& job) { return rank(job.row); });
    std::ranges::stable_sort(out.crew, {}, [](const CrewMate& each) {
        return std::tuple(!each.is_on_duty, each.open_jobs);
    });
    return out;
}

}  // namespace ys::cases
