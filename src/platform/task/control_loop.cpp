// SPDX-License-Identifier: Apache-2.0
// The control loop, its stall watchdog and the end signals.
#include "platform/task/control_loop.h"

#include <csignal>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys {

ControlLoop::ControlLoop(metrics::Registry& registry)
    : context_(1),
      stalls_(registry.counter("ys_loop_stalls",
                               "Times a handler held the control loop for over 50 ms.")),
      lateness_(registry.histogram("ys_loop_late_seconds",
                                   "How late the control loop came to its beat.")),
      tasks_(context_.get_executor()) {}

void ControlLoop::run() {
    tasks_.spawn("watchdog", watch());
    context_.run();
}

void ControlLoop::post(std::function<void()> work) { boost::asio::post(context_, std::move(work)); }

void ControlLoop::on_end_signal(std::function<void()> drain) {
    tasks_.spawn("signals", wait_for_signal(std::move(drain)));
}

void ControlLoop::finish() { tasks_.cancel(); }

asio::awaitable<void> ControlLoop::watch() {
    while (!tasks_.is_stopping()) {
        const Instant due = mono_now() + beat;
        co_await sleep_until(due);
        const auto late = mono_now() - due;
        if (tasks_.is_stopping()) co_return;
        lateness_.observe(std::chrono::duration<double>(late).count());
        if (late <= stall_after) continue;
        stalls_.add();
        log::warn("task", "loop_stalled",
                  {{"ms", std::chrono::duration_cast<Millis>(late).count()}});
    }
}

asio::awaitable<void> ControlLoop::wait_for_signal(std::function<void()> drain) {
    asio::signal_set signals(context_, SIGINT, SIGTERM);
    boost::system::error_code ec;
    co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return;
    drain();
    // The set is destroyed here, which restores what the system does at a second signal.
}

}  // namespace ys
