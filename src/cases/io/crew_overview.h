// SPDX-License-Identifier: Apache-2.0
// What a foreman sees: every open job of the units they lead, and who of the crew could have it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "cases/io/crew_store.h"

namespace ys::cases {

struct CrewLedJob {
    CrewJobRow row;
    std::string holder;                  ///< name of the repairer who has it; "" for the foreman
    std::optional<CrewChoice> proposed;  ///< while nobody has taken it; is_foreman when nobody fits
};
struct CrewMate {
    UserId id;
    std::string name;
    UnitId unit;
    bool is_on_duty = false;
    int open_jobs = 0;
};
struct CrewOverview {
    std::vector<CrewLedJob>
        jobs;                    ///< those nobody accepted first, then offered ones, then the rest
    std::vector<CrewMate> crew;  ///< on duty first, then by open jobs
    bool is_foreman = false;
};

Result<CrewOverview> crew_overview(sql::Database& db, const Scope& scope, const Calendar& calendar,
                                   UserId foreman, UtcTime now);

/// "area:听松里,skill:no_heat,load:0": what crew_duty.h says, as it is kept and sent.
std::string reasons_text(const std::vector<DutyReason>& reasons);

}  // namespace ys::cases
