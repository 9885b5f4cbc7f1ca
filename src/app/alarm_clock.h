// SPDX-License-Identifier: Apache-2.0
// All timers of the coordinator on one timer of the loop: no timer per waiting call.
#pragma once

#include <functional>
#include <map>
#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/id.h"
#include "base/time.h"

namespace ys::app {

/// On the control loop only. Due timers ring in the order of their instants, then of being set.
class AlarmClock {
public:
    AlarmClock(boost::asio::io_context& loop, std::function<void(TimerId)> ring);

    void set(TimerId timer, Instant at);  ///< replaces an earlier setting of the same timer
    void cancel(TimerId timer);
    void stop();  ///< rings nothing more
    std::size_t waiting() const { return due_.size(); }

private:
    using Due = std::multimap<Instant, TimerId>;
    void arm();
    void ring_due();

    boost::asio::steady_timer timer_;
    std::function<void(TimerId)> ring_;
    Due due_;
    std::unordered_map<TimerId, Due::iterator> where_;
    Instant armed_for_{Instant::max()};
    bool is_stopped_ = false;
};

}  // namespace ys::app
