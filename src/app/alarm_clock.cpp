// SPDX-License-Identifier: Apache-2.0
#include "app/alarm_clock.h"

#include <utility>

#include "platform/clock.h"

namespace ys::app {

AlarmClock::AlarmClock(boost::asio::io_context& loop, std::function<void(TimerId)> ring)
    : timer_(loop), ring_(std::move(ring)) {}

void AlarmClock::set(TimerId timer, Instant at) {
    cancel(timer);
    where_[timer] = due_.emplace(at, timer);
    arm();
}

void AlarmClock::cancel(TimerId timer) {
    const auto at = where_.find(timer);
    if (at == where_.end()) return;
    due_.erase(at->second);
    where_.erase(at);
}

void AlarmClock::stop() {
    is_stopped_ = true;
    timer_.cancel();
}

void AlarmClock::arm() {
    if (is_stopped_ || due_.empty() || due_.begin()->first >= armed_for_) return;
    armed_for_ = due_.begin()->first;
    const auto wait = std::max(armed_for_ - mono_now(), Instant::duration::zero());
    timer_.expires_after(std::chrono::duration_cast<boost::asio::steady_timer::duration>(wait));
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error && !is_stopped_) ring_due();
    });
}

void AlarmClock::ring_due() {
    armed_for_ = Instant::max();
    const Instant now = mono_now();
    while (!is_stopped_ && !due_.empty() && due_.begin()->first <= now) {
        const TimerId timer = due_.begin()->second;
        cancel(timer);
        ring_(timer);
    }
    arm();
}

}  // namespace ys::app
