// SPDX-License-Identifier: Apache-2.0
#include "app/holidays.h"

#include <algorithm>

#include "ivr/checker.h"

namespace ys::app {

std::vector<std::string> missing_holidays(const Scenario& scenario, UtcTime now) {
    std::vector<std::string> out;
    for (const auto& [name, text] : scenario.flows) {
        const auto flow = ivr::load_flow(text);
        if (!flow) continue;  // The start itself tells what is wrong with it.
        for (const int year : flow->calendar.missing_years(now))
            out.push_back(name + ".flow: no holiday of " + std::to_string(year) + " is entered");
    }
    return out;
}

std::vector<interactions::DaySetup> special_days(const Scenario& scenario, int year) {
    std::map<Day, interactions::DaySetup> days;
    for (const auto& [name, text] : scenario.flows) {
        const auto flow = ivr::load_flow(text);
        if (!flow) continue;
        for (const auto& [day, holiday] : flow->calendar.holidays)
            if (day.year == year) days[day] = {day, holiday, false};
        for (const Day& day : flow->calendar.workdays)
            if (day.year == year) days[day] = {day, "", true};
    }
    std::vector<interactions::DaySetup> out;
    for (const auto& [day, setup] : days) out.push_back(setup);
    return out;
}

Calendar calendar_of(const Scenario& scenario) {
    Calendar out;
    for (const auto& [name, text] : scenario.flows) {
        const auto flow = ivr::load_flow(text);
        if (!flow) continue;
        out.holidays.insert(flow->calendar.holidays.begin(), flow->calendar.holidays.end());
        for (const Day& day : flow->calendar.workdays)
            if (std::ranges::find(out.workdays, day) == out.workdays.end())
                out.workdays.push_back(day);
    }
    return out;
}

}  // namespace ys::app
