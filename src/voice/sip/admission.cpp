// SPDX-License-Identifier: Apache-2.0
// Admission of new calls by rate, count and queueing delay.
#include "voice/sip/admission.h"

#include <algorithm>

namespace ys::sip {
namespace {

constexpr double burst_s = 1.0;  // A second's worth may come at once.

}  // namespace

double TokenBucket::filled(Instant now) const {
    const double passed = std::chrono::duration<double>(now - last_).count();
    return std::min(burst_, level_ + std::max(0.0, passed) * rate_);
}

bool TokenBucket::take(Instant now, double reserve) {
    level_ = filled(now);
    last_ = now;
    if (level_ < reserve + 1) return false;
    level_ -= 1;
    return true;
}

bool TokenBucket::full(Instant now) const { return filled(now) >= burst_; }

Admission::Admission(Limits limits)
    : limits_(limits),
      all_(limits.invites_per_s_max, std::max(4.0, limits.invites_per_s_max * burst_s)) {}

Admission::SourceState& Admission::state_of(Instant now, const std::string& source) {
    const auto found = sources_.find(source);
    if (found != sources_.end()) return found->second;
    if (sources_.size() >= sources_max)
        std::erase_if(sources_, [&](const auto& s) {
            return s.second.calls == 0 && s.second.bucket.full(now);
        });
    const double rate = limits_.source_invites_per_s_max;
    return sources_[source] = SourceState{TokenBucket{rate, std::max(2.0, rate * burst_s)}, 0};
}

Admission::Door Admission::decide(Instant now, const std::string& source, bool trunk,
                                  const Backlog& backlog) {
    if (draining_ || backlog.calls >= limits_.calls_max) return Door::Overload;
    // Late work is judged by what it makes callers wait; trunks are refused last.
    const double patience = trunk ? trunk_patience : 1;
    if (backlog.network > limits_.network_delay_max * patience) return Door::Overload;
    if (backlog.unheeded > limits_.unheeded_max * patience) return Door::Overload;

    if (!sources_.contains(source) && sources_.size() >= 2 * sources_max) return Door::SourceLimit;
    SourceState& state = state_of(now, source);
    if (state.calls >= limits_.source_calls_max) return Door::SourceLimit;
    if (!trunk && limits_.source_invites_per_s_max > 0 && !state.bucket.take(now))
        return Door::SourceLimit;
    if (limits_.invites_per_s_max > 0) {
        const double reserve = trunk ? 0 : limits_.invites_per_s_max * burst_s * trunk_share;
        if (!all_.take(now, reserve)) return Door::Overload;
    }
    return Door::Open;
}

void Admission::call_began(const std::string& source) { ++sources_[source].calls; }

void Admission::call_ended(const std::string& source) {
    const auto found = sources_.find(source);
    if (found != sources_.end() && found->second.calls > 0) --found->second.calls;
}

int Admission::retry_after_s() {
    // A fixed multiplier spreads consecutive refusals over the range.  (Knuth's 2^32 / phi.)
    refusals_ += 2654435769u;
    return 5 + static_cast<int>((refusals_ >> 8) % 26);
}

}  // namespace ys::sip
