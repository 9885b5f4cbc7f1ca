// SPDX-License-Identifier: Apache-2.0
// A coroutine that may fail, the group that owns coroutines, and waiting with a limit.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/result.h"
#include "base/time.h"

namespace ys {

namespace asio = boost::asio;

template <class T>
using Task = asio::awaitable<Result<T>>;

/// Owns every coroutine spawned into it. All use is on the group's executor (one thread).
///
/// The owner calls `co_await stop()` before its members die; the destructor asserts emptiness.
class TaskGroup {
public:
    explicit TaskGroup(asio::any_io_executor executor);
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// Starts `work` under a name. Parameters of the coroutine are by value or outlive the group.
    /// An exception out of it is logged under the name: it ends that task, not the program.
    void spawn(std::string name, asio::awaitable<void> work);
    /// The same for work that may fail: the error is logged under the name, cancellation is not.
    template <class T>
    void spawn(std::string name, Task<T> work) {
        spawn(name, consumed(name, std::move(work)));
    }

    /// Cancels every task and waits until the last has ended.
    asio::awaitable<void> stop();
    /// Begins nothing more and waits for what runs, without cancelling it.
    asio::awaitable<void> join();
    /// Cancels without waiting; for an owner that runs the io_context until it is empty.
    void cancel();

    std::size_t size() const { return running_.size(); }
    bool is_stopping() const { return is_stopping_; }
    const asio::any_io_executor& executor() const { return executor_; }

private:
    struct Running {
        std::string name;
        asio::cancellation_signal cancel;
    };
    template <class T>
    static asio::awaitable<void> consumed(std::string name, Task<T> work) {
        const auto result = co_await std::move(work);
        if (!result) log_failure(name, result.error());
    }
    static void log_failure(const std::string& name, const Error& error);
    void ended(std::list<Running>::iterator task, std::exception_ptr thrown);

    asio::any_io_executor executor_;
    std::list<Running> running_;
    asio::steady_timer emptied_;  ///< never expires; cancelled when the last task ends
    bool is_stopping_ = false;
};

/// Waits until `deadline`; ends early, without an error, when the task is cancelled.
asio::awaitable<void> sleep_until(Instant deadline);

}  // namespace ys
