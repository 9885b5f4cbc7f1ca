// SPDX-License-Identifier: Apache-2.0
// `yingsheng simulate quota|bus|appointments`: a made-up business system behind real HTTP.
#pragma once

#include <cstdint>
#include <string>

namespace ys::app {

struct SimulateFlags {
    std::string system;  ///< "quota" "bus" "appointments"
    std::string listen = "127.0.0.1:0";
    std::string gtfs;  ///< of bus: folder or ZIP archive
    std::uint32_t behind_minutes = 0;
    bool is_slow = false;
    bool is_wrong = false;
    std::uint32_t down_every = 0;
};

/// Prints its address on one line and answers until it is told to end (SIGINT, SIGTERM).
int run_simulate(const SimulateFlags& flags);

}  // namespace ys::app
