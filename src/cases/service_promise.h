// SPDX-License-Identifier: Apache-2.0
// Until when a citizen is promised to be served, by what they ask for.
#pragma once

#include <optional>

#include "base/time.h"
#include "cases/case_form.h"

namespace ys::cases {

/// What the citizen is told will happen until then.
enum class Service { Visit, CallBack, Answer, Handle };

/// A visit when somebody must go there, else a call back when wished; who left no number cannot be
/// answered, but what they say is handled.
Service service_of(const CaseForm& form);

/// `now` and the hours of the kind, up to the next half hour: the citizen is told a round time.
/// Nothing when it was settled at once or the kind is unknown.
std::optional<UtcTime> served_by(const CaseForm& form, UtcTime now);

}  // namespace ys::cases
