// SPDX-License-Identifier: Apache-2.0
// A simulator behind real HTTP, and the faults of a real system on demand.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "backoffice/simulators/simulator.h"

namespace ys::backoffice {

struct Faults {
    bool is_slow = false;          ///< answers a second later than anybody waits
    bool is_wrong = false;         ///< answers something else each time, never what was asked for
    std::uint32_t down_every = 0;  ///< every n-th answer is 503; 0 for none
};

/// Runs on a thread of its own from start() to its end.
class SimulatorServer {
public:
    /// port    0 for one that is free
    /// errors  those of the socket
    static Result<std::unique_ptr<SimulatorServer>> start(
        std::unique_ptr<const Simulator> simulator, const std::string& host, std::uint16_t port);
    ~SimulatorServer();

    std::uint16_t port() const;
    /// May be called while it runs; a question on its way keeps the faults it began with.
    void set(Faults faults);

private:
    struct Inside;
    explicit SimulatorServer(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace ys::backoffice
