// SPDX-License-Identifier: Apache-2.0
#include "app/seed_crew.h"

#include "cases/io/crew_store.h"
#include "centres/io/user_store.h"

namespace ys::app {
namespace {

std::string joined(const std::vector<std::string>& words, char between) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += between;
        text += word;
    }
    return text;
}

Result<centres::UserRow> user_of(sql::Transaction& tx, const std::string& login) {
    YS_TRY(auto user, centres::UserStore::find_login(tx.db(), login));
    if (!user) return Error{sql::errc::not_found, "seeding the crew: " + login};
    return *std::move(user);
}

}  // namespace

Result<Done> seed_crew(sql::Transaction& tx, const Scenario& scenario, const SeededUnits& units) {
    for (const ScenarioForeman& each : scenario.foreman) {
        YS_TRY(const auto user, user_of(tx, each.login));
        const auto& [unit, centre] = units.at(each.unit);
        YS_TRY([[maybe_unused]] const Done put,
               cases::CrewStore::put_foreman(tx, {unit, centre, user.id, each.answer_within_s}));
    }
    for (const ScenarioRepairer& each : scenario.repairer) {
        YS_TRY(const auto user, user_of(tx, each.login));
        const auto& [unit, centre] = units.at(each.unit);
        YS_TRY([[maybe_unused]] const Done put,
               cases::CrewStore::put_repairer(tx, {.user_id = user.id,
                                                   .centre_id = centre,
                                                   .unit_id = unit,
                                                   .name = user.name,
                                                   .areas = joined(each.areas, ';'),
                                                   .skills = joined(each.skills, ','),
                                                   .shifts = joined(each.shifts, ';'),
                                                   .works_holidays = each.works_holidays,
                                                   .open_jobs_max = each.open_jobs_max}));
    }
    // What cannot work is told at the start, not at the first burst pipe.
    for (const auto& [name, unit] : units) {
        YS_TRY([[maybe_unused]] const auto read, cases::CrewStore::crew(tx.db(), unit.second));
    }
    return Done{};
}

}  // namespace ys::app
