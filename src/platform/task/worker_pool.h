// SPDX-License-Identifier: Apache-2.0
// Threads for what would block the control loop: password hashes, SQL reads, files.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ys {

class WorkerPool {
public:
    explicit WorkerPool(std::size_t threads) : pool_(threads) {}
    ~WorkerPool() { stop(); }
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Runs `work()` on a pool thread and continues on the caller's executor with what it returned.
    /// `work` must not throw, and what it refers to must outlive it: it runs to its end even when
    /// the waiting coroutine is cancelled (which then is resumed only after it).
    template <class Work, class R = std::invoke_result_t<Work&>>
    boost::asio::awaitable<R> run(Work work) {
        namespace asio = boost::asio;
        return asio::async_initiate<const asio::use_awaitable_t<>&, void(R)>(
            [](auto handler, boost::asio::thread_pool* pool, Work w) {
                auto home = asio::get_associated_executor(handler);
                asio::post(*pool, [guard = asio::make_work_guard(home), h = std::move(handler),
                                   w = std::move(w)]() mutable {
                    auto to = guard.get_executor();
                    asio::post(to, [h = std::move(h), result = w()]() mutable {
                        std::move(h)(std::move(result));
                    });
                });
            },
            asio::use_awaitable, &pool_, std::move(work));
    }

    /// Runs `work()` on a pool thread; nobody waits for it.
    template <class Work>
    void post(Work work) {
        boost::asio::post(pool_, std::move(work));
    }

    /// Waits for what is running; what has not begun is dropped.
    void stop() {
        pool_.stop();
        pool_.join();
    }

private:
    boost::asio::thread_pool pool_;
};

}  // namespace ys
