// SPDX-License-Identifier: Apache-2.0
// The units of a scenario that handle cases, and which does what where.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/scenario_crew.h"
#include "base/described.h"

namespace ys::app {

/// A unit that handles cases (承办单位).
struct ScenarioUnit {
    std::string name;
    std::string title;
    std::string centre;
    std::string superior;              ///< name of the unit above, "" at the top
    std::uint32_t fallback = 0;        ///< from 1: owns what nobody takes; a centre needs two
    std::vector<std::string> members;  ///< "login:unit" or "login:unit+superior"
};
/// Who does what where (职责目录).
struct ScenarioDuty {
    std::string title;
    std::string unit;
    std::string category;  ///< "repair/no_heat"; "" is everything
    std::string area;      ///< "云汀市/北桥区"; "" is everywhere
};
/// What a business system is asked about here, and which questions mean that.
struct ScenarioLive {
    std::string kind;                  ///< "Application" ..., as of [[business_system]]
    std::vector<std::string> matters;  ///< codes of matters.tsv: who asks these is offered a look
};
/// When many cases are one event; see cases::IncidentRule.
struct ScenarioIncidentRule {
    std::string title;
    std::string category;           ///< "repair/no_heat"
    std::uint32_t place_depth = 2;  ///< so many steps of a duty's area are one place
    std::uint32_t window_min = 10;
    std::uint32_t people_min = 10;
    std::uint32_t lapse_h = 12;
    std::string says;  ///< a prompt of interactions/prompt_names.h, "" for nothing
};
BOOST_DESCRIBE_STRUCT(ScenarioLive, (), (kind, matters))
BOOST_DESCRIBE_STRUCT(ScenarioIncidentRule, (),
                      (title, category, place_depth, window_min, people_min, lapse_h, says))
BOOST_DESCRIBE_STRUCT(ScenarioUnit, (), (name, title, centre, superior, fallback, members))
BOOST_DESCRIBE_STRUCT(ScenarioDuty, (), (title, unit, category, area))

}  // namespace ys::app
