// SPDX-License-Identifier: Apache-2.0
// TaskGroup: spawn under a name, cancel, join.
#include "platform/task/task.h"

#include <exception>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "platform/log/log.h"

namespace ys {

TaskGroup::TaskGroup(asio::any_io_executor executor)
    : executor_(std::move(executor)), emptied_(executor_, asio::steady_timer::time_point::max()) {}

TaskGroup::~TaskGroup() {
    // A start that failed: the loop was never run, nothing has begun. Run from here, each task sees
    // at its first wait that it is cancelled, and ends.
    const auto* loop = executor_.target<asio::io_context::executor_type>();
    if (!running_.empty() && loop && !loop->running_in_this_thread()) {
        cancel();
        loop->context().restart();
        while (!running_.empty() && loop->context().poll_one() > 0) {
        }
    }
    YS_ASSERT(running_.empty());
}

void TaskGroup::spawn(std::string name, asio::awaitable<void> work) {
    // A task begun while stopping would outlive its owner.
    if (is_stopping_) return;
    running_.emplace_front();
    const auto task = running_.begin();
    task->name = std::move(name);
    asio::co_spawn(
        executor_, std::move(work),
        asio::bind_cancellation_slot(
            task->cancel.slot(), [this, task](std::exception_ptr thrown) { ended(task, thrown); }));
}

void TaskGroup::ended(std::list<Running>::iterator task, std::exception_ptr thrown) {
    if (thrown) {
        try {
            std::rethrow_exception(thrown);
        } catch (const boost::system::system_error& e) {
            if (e.code() != asio::error::operation_aborted)
                log::error("task", "threw", {{"task", task->name}, {"what", e.what()}});
        } catch (const std::exception& e) {
            log::error("task", "threw", {{"task", task->name}, {"what", e.what()}});
        }
    }
    running_.erase(task);
    if (running_.empty()) emptied_.cancel();
}

void TaskGroup::log_failure(const std::string& name, const Error& error) {
    if (error.code == std::errc::operation_canceled) return;
    log::error("task", name, error);
}

void TaskGroup::cancel() {
    is_stopping_ = true;
    // A task may end, and leave the list, while it is being told.
    for (auto task = running_.begin(); task != running_.end();) {
        const auto next = std::next(task);
        task->cancel.emit(asio::cancellation_type::terminal);
        task = next;
    }
}

asio::awaitable<void> TaskGroup::stop() {
    cancel();
    co_await join();
}

asio::awaitable<void> TaskGroup::join() {
    is_stopping_ = true;
    while (!running_.empty()) {
        boost::system::error_code ec;
        co_await emptied_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
}

asio::awaitable<void> sleep_until(Instant deadline) {
    const auto since_epoch = deadline.time_since_epoch();
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_at(asio::steady_timer::time_point(
        std::chrono::duration_cast<asio::steady_timer::duration>(since_epoch)));
    boost::system::error_code ec;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

}  // namespace ys
