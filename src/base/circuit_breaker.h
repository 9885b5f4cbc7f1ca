// SPDX-License-Identifier: Apache-2.0
// Stops asking a service that fails, and lets one question through now and then to see whether it
// works again: nobody waits two seconds to hear what the last ten already heard.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"

namespace ys {

class CircuitBreaker {
public:
    struct Rules {
        int failures_max = 3;  ///< in a row
        Seconds opens_for{30};
    };
    enum class State : std::uint8_t { Closed, Open, HalfOpen };
    /// Of one question that may be asked; given back with what came of it.
    struct Ticket {
        std::uint64_t turn = 0;
        bool is_probe = false;
    };

    CircuitBreaker() = default;
    explicit CircuitBreaker(Rules rules) : rules_(rules) {}

    /// Nothing while it is open, or while another probe is on its way. A probe that never comes
    /// back counts as failed after `opens_for`.
    std::optional<Ticket> may_ask(Instant now);
    /// What came of a question that was begun before the breaker last opened or closed says
    /// nothing about now and is ignored.
    void settle(const Ticket& ticket, bool has_worked, Instant now);

    State state(Instant now) const;

private:
    void open(Instant now);

    Rules rules_;
    std::uint64_t turn_ = 0;  ///< counts openings, closings and probes
    int failures_ = 0;
    std::optional<Instant> open_until_;
    bool is_probing_ = false;
};

}  // namespace ys
