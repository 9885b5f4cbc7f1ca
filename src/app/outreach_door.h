// SPDX-License-Identifier: Apache-2.0
// The door to citizens as the settings and the scenario make it.
#pragma once

#include <vector>

#include "app/scenario.h"
#include "centres/io/user_store.h"
#include "outreach/io/door.h"

namespace ys::app {

/// errors  in words an operator can act on: a secret that cannot be read, a template that does not
///         say what it must, quiet hours of a centre there is none of
Result<outreach::Door> make_door(const config::Serve& settings, const Scenario& scenario,
                                 const std::vector<centres::CentreRow>& centres);

}  // namespace ys::app
