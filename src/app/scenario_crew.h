// SPDX-License-Identifier: Apache-2.0
// The repairers of a scenario, and who leads them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/described.h"

namespace ys::app {

struct ScenarioRepairer {
    std::string login;
    std::string unit;
    std::vector<std::string> areas;   ///< "云汀市/北桥区"
    std::vector<std::string> skills;  ///< kinds of repair: "no_heat" "leak"
    std::vector<std::string> shifts;  ///< "daily 08:00-20:00"
    bool works_holidays = true;       ///< pipes break on holidays, too
    std::int32_t open_jobs_max = 10;
};
/// A unit has a crew when somebody leads it.
struct ScenarioForeman {
    std::string login;
    std::string unit;
    std::uint32_t answer_within_s = 300;  ///< then the next repairer has it
};
BOOST_DESCRIBE_STRUCT(ScenarioRepairer, (),
                      (login, unit, areas, skills, shifts, works_holidays, open_jobs_max))
BOOST_DESCRIBE_STRUCT(ScenarioForeman, (), (login, unit, answer_within_s))

}  // namespace ys::app
