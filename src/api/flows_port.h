// SPDX-License-Identifier: Apache-2.0
// What flows ask of the running house. On the control loop.
#pragma once

#include <map>
#include <string>

#include "platform/task/task.h"

namespace ys::api {

class FlowsPort {
public:
    virtual ~FlowsPort() = default;
    /// Every prompt there is, and what it says; "" where nobody wrote that down.
    virtual const std::map<std::string, std::string>& prompts() const = 0;
    /// Whether a recogniser is set up: flows may ask callers to speak.
    virtual bool hears() const = 0;
    /// Looks for versions whose minute has come; when it returns they are in force for the next
    /// caller, or refused.
    virtual Task<Done> switch_due() = 0;
};

}  // namespace ys::api
