// SPDX-License-Identifier: Apache-2.0
// Whether somebody has entered the holidays the hotline's flows go by.
#pragma once

#include <string>
#include <vector>

#include "app/scenario.h"
#include "base/time.h"
#include "interactions/setup.h"

namespace ys::app {

/// One line for each flow with opening hours whose calendar lacks this year or, from December on,
/// the next one; such a flow takes every holiday for a working day.
std::vector<std::string> missing_holidays(const Scenario& scenario, UtcTime now);

/// Of one year, as all flows together have them.
std::vector<interactions::DaySetup> special_days(const Scenario& scenario, int year);

/// By what cases go: the holidays and moved working days of all flows together.
Calendar calendar_of(const Scenario& scenario);

}  // namespace ys::app
