// SPDX-License-Identifier: Apache-2.0
// What changing rules asks of the running centre. On the control loop.
#pragma once

#include <string>
#include <vector>

#include "interactions/setup.h"
#include "interactions/supervisor_commands.h"

namespace ys::api {

struct RulesPort {
    virtual ~RulesPort() = default;
    /// errors  invalid_argument: why these cannot be the rules now, in words
    virtual Result<Done> may_become(const interactions::Setup& rules) = 0;
    /// In force when this returns; the fact is on its way to the disk.
    virtual void change(interactions::ChangeRules change) = 0;
    /// From now on screens call it so; it is on disk already.
    virtual void rename(CentreId centre, const std::string& name) = 0;
    /// Special days of a year as the flows' own calendars have them.
    virtual std::vector<interactions::DaySetup> days_of_flows(int year) = 0;
};

}  // namespace ys::api
