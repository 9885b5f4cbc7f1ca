// SPDX-License-Identifier: Apache-2.0
// The one thread of the control plane: an io_context that counts the handlers that held it up.
#pragma once

#include <functional>

#include <boost/asio/io_context.hpp>

#include "base/time.h"
#include "platform/metrics/metrics.h"
#include "platform/task/task.h"

namespace ys {

class ControlLoop {
public:
    /// Every beat the loop looks at how late it is; later than this is a stall, counted and logged.
    static constexpr Millis stall_after{50};
    static constexpr Millis beat{50};

    explicit ControlLoop(metrics::Registry& registry);

    /// Runs on the calling thread until `stop` was called and every task has ended.
    void run();
    /// May be called on any thread and from a signal handler's task: posts `work` to the loop.
    void post(std::function<void()> work);
    /// Calls `drain` on the loop when SIGINT or SIGTERM arrives; a second signal ends the process
    /// as the system does it.
    void on_end_signal(std::function<void()> drain);
    /// Ends the loop's own tasks; run() returns when nothing else is left to do.
    void finish();

    boost::asio::io_context& context() { return context_; }
    TaskGroup& tasks() { return tasks_; }
    std::uint64_t stalls() const { return stalls_.value(); }

private:
    asio::awaitable<void> watch();
    asio::awaitable<void> wait_for_signal(std::function<void()> drain);

    boost::asio::io_context context_;
    metrics::Counter& stalls_;
    metrics::Histogram& lateness_;
    TaskGroup tasks_;
};

}  // namespace ys
