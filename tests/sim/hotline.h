// SPDX-License-Identifier: Apache-2.0
// The hotline that is simulated.
#pragma once

#include "interactions/setup.h"
#include "sim/centre.h"

namespace ys::sim {

inline constexpr CentreId centre{1};

/// Everything routing can be told, all at once: circles that widen to a neighbour, levels, weights,
/// needs, each strategy, who is known waits for who knows them, a full queue leans on another.
interactions::Setup setup_of(const Plan& plan);

}  // namespace ys::sim
