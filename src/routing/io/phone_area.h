// SPDX-License-Identifier: Apache-2.0
// Where a number was given out, as the public numbering plan has it.
#pragma once

#include <string>
#include <string_view>

namespace ys::routing {

/// "甘肃省张掖市" of a Chinese number down to its city, "" when the plan does not know the city.
/// About 40 us; from any thread.
/// number  normalised (base/phone_number.h)
std::string phone_area(std::string_view number);

}  // namespace ys::routing
