// SPDX-License-Identifier: Apache-2.0
// Whose telephone shall say it: the narrowest areas that hold the places of an incident's cases.
#pragma once

#include <string>
#include <vector>

#include "cases/duty_catalogue.h"

namespace ys::cases {

/// More lines than this nobody reads before a click; the areas are then taken one step wider.
inline constexpr std::size_t affected_areas_max = 12;

/// The last steps of the places, each once, sorted: parts of an address, as an announcement takes
/// them. A place that only says in which wider area it lies adds nothing beside a narrower one of
/// that area. Empty for no places: never everybody.
std::vector<std::string> affected_areas(std::vector<DutyPath> places);

}  // namespace ys::cases
