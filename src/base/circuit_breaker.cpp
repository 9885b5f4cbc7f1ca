// SPDX-License-Identifier: Apache-2.0
#include "base/circuit_breaker.h"

namespace ys {

CircuitBreaker::State CircuitBreaker::state(Instant now) const {
    if (!open_until_) return State::Closed;
    if (is_probing_) return State::HalfOpen;
    return now < *open_until_ ? State::Open : State::HalfOpen;
}

std::optional<CircuitBreaker::Ticket> CircuitBreaker::may_ask(Instant now) {
    if (!open_until_) return Ticket{turn_, false};
    // While a probe is out, open_until_ is its own deadline.
    if (now < *open_until_) return std::nullopt;
    is_probing_ = true;
    open_until_ = now + rules_.opens_for;
    return Ticket{++turn_, true};
}

void CircuitBreaker::settle(const Ticket& ticket, bool has_worked, Instant now) {
    if (ticket.turn != turn_) return;
    if (!has_worked) {
        if (ticket.is_probe || ++failures_ >= rules_.failures_max) open(now);
        return;
    }
    failures_ = 0;
    if (!ticket.is_probe) return;
    is_probing_ = false;
    open_until_.reset();
    ++turn_;
}

void CircuitBreaker::open(Instant now) {
    failures_ = 0;
    is_probing_ = false;
    open_until_ = now + rules_.opens_for;
    ++turn_;
}

}  // namespace ys
