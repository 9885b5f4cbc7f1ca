// SPDX-License-Identifier: Apache-2.0
// A simulated centre: citizens, agents and supervisors who do anything at any moment, driving the
// real coordinator in virtual time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/dice.h"
#include "support/fake_edge.h"
#include "support/timeline.h"

namespace ys::sim {

struct Plan {
    std::uint64_t seed = 1;
    std::size_t calls = 1000;
    std::size_t agents = 12;
    double arrivals_per_s = 0.2;
    double desk_acts_per_s = 1.5;  ///< random desk and supervisor commands, all agents together
    bool clock_steps = false;      ///< the wall clock jumps, back and forth
    bool crashes = false;          ///< the process is killed and starts again, every ten minutes
    std::string flow;              ///< text of the flow behind the one number
};

struct Report {
    std::string complaint;  ///< empty: every invariant held after every step
    std::size_t facts = 0;
    std::uint64_t digest = 0;   ///< of all facts in order: the same seed gives the same
    std::size_t decisions = 0;  ///< proposals; all made again from the facts alone, all the same
    std::map<std::string, std::size_t> causes;  ///< CallEnded by cause
    std::map<std::string, std::size_t> kinds;   ///< facts by kind
    std::vector<std::string> all_facts;         ///< one line each
};

Report run(const Plan& plan);

}  // namespace ys::sim
