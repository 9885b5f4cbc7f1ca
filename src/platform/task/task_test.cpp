// SPDX-License-Identifier: Apache-2.0
#include "platform/task/task.h"

#include <gtest/gtest.h>

#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/clock.h"
#include "platform/task/control_loop.h"
#include "platform/task/worker_pool.h"

namespace ys {
namespace {

asio::awaitable<void> wait_long(int* ended) {
    co_await sleep_until(mono_now() + 1h);
    ++*ended;
}

Task<Done> fail(int* ended) {
    ++*ended;
    co_return Error{std::errc::timed_out, "waiting for nothing"};
}

asio::awaitable<void> throw_out(int* ended) {
    ++*ended;
    throw std::runtime_error("out of a coroutine");
    co_return;
}

asio::awaitable<void> stop_then_note(TaskGroup* group, bool* stopped) {
    co_await group->stop();
    *stopped = true;
}

TEST(TaskGroup, stop_cancels_and_waits_for_every_task) {
    asio::io_context context;
    TaskGroup group(context.get_executor());
    int ended = 0;
    bool stopped = false;
    for (int i = 0; i < 5; ++i) group.spawn("long", wait_long(&ended));
    context.poll();
    EXPECT_EQ(group.size(), 5U);
    asio::co_spawn(context, stop_then_note(&group, &stopped), asio::detached);
    context.run();
    EXPECT_EQ(ended, 5);
    EXPECT_TRUE(stopped);
    EXPECT_EQ(group.size(), 0U);
}

TEST(TaskGroup, a_task_that_fails_or_throws_ends_alone) {
    asio::io_context context;
    TaskGroup group(context.get_executor());
    int ended = 0;
    group.spawn("fails", fail(&ended));
    group.spawn("throws", throw_out(&ended));
    context.run();
    EXPECT_EQ(ended, 2);
    EXPECT_EQ(group.size(), 0U);
}

TEST(TaskGroup, nothing_is_begun_while_stopping) {
    asio::io_context context;
    TaskGroup group(context.get_executor());
    int ended = 0;
    group.cancel();
    group.spawn("late", fail(&ended));
    context.run();
    EXPECT_EQ(ended, 0);
}

TEST(TaskGroup, a_group_of_a_loop_that_never_ran_ends_its_tasks_by_itself) {
    asio::io_context context;
    int ended = 0;
    {
        TaskGroup group(context.get_executor());
        group.spawn("long", wait_long(&ended));
        group.spawn("short", fail(&ended));
    }
    EXPECT_EQ(ended, 2) << "the long wait is cut off, not waited for";
}

asio::awaitable<void> use_pool(WorkerPool* pool, std::thread::id* ran_on, std::thread::id* back_on,
                               std::string* got) {
    *got = co_await pool->run([ran_on] {
        *ran_on = std::this_thread::get_id();
        return std::string("done");
    });
    *back_on = std::this_thread::get_id();
}

TEST(WorkerPool, work_runs_elsewhere_and_continues_here) {
    asio::io_context context;
    WorkerPool pool(1);
    std::thread::id ran_on, back_on;
    std::string got;
    asio::co_spawn(context, use_pool(&pool, &ran_on, &back_on, &got), asio::detached);
    context.run();
    EXPECT_EQ(got, "done");
    EXPECT_EQ(back_on, std::this_thread::get_id());
    EXPECT_NE(ran_on, back_on);
}

TEST(ControlLoop, a_handler_that_holds_the_loop_is_counted) {
    metrics::Registry registry;
    ControlLoop loop(registry);
    loop.post([&] {
        // The beat is armed first; then this handler holds the loop past it.
        loop.post([&] {
            const Instant until = mono_now() + ControlLoop::beat + 2 * ControlLoop::stall_after;
            while (mono_now() < until) {
            }
            asio::co_spawn(loop.context(), sleep_until(mono_now() + 2 * ControlLoop::beat),
                           [&](std::exception_ptr) { loop.finish(); });
        });
    });
    loop.run();
    EXPECT_GE(loop.stalls(), 1U);
    EXPECT_NE(registry.text().find("ys_loop_stalls_total"), std::string::npos);
}

}  // namespace
}  // namespace ys
