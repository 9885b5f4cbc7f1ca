// SPDX-License-Identifier: Apache-2.0
#include "api/write_signal.h"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "platform/clock.h"

namespace ys::api {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

TEST(WriteSignal, everybody_who_waits_wakes_when_it_is_raised) {
    asio::io_context loop;
    auto& signal = asio::use_service<WriteSignal>(loop);
    int woken = 0;
    const auto wait = [&]() -> asio::awaitable<void> {
        co_await signal.after(signal.count(), mono_now() + 1h);
        ++woken;
    };
    for (int i = 0; i < 3; ++i) asio::co_spawn(loop, wait(), asio::detached);
    loop.poll();
    EXPECT_EQ(woken, 0);
    signal.raise();
    loop.run();
    EXPECT_EQ(woken, 3);
}

TEST(WriteSignal, a_write_between_looking_and_waiting_is_not_missed) {
    asio::io_context loop;
    auto& signal = asio::use_service<WriteSignal>(loop);
    const std::uint64_t seen = signal.count();
    signal.raise();
    bool is_over = false;
    const auto wait = [&]() -> asio::awaitable<void> {
        co_await signal.after(seen, mono_now() + 1h);
        is_over = true;
    };
    asio::co_spawn(loop, wait(), asio::detached);
    loop.run();
    EXPECT_TRUE(is_over);
}

TEST(WriteSignal, waiting_ends_by_its_time_and_with_its_loop) {
    asio::io_context loop;
    auto& signal = asio::use_service<WriteSignal>(loop);
    bool is_over = false;
    const auto wait = [&](Instant until) -> asio::awaitable<void> {
        co_await signal.after(signal.count(), until);
        is_over = true;
    };
    asio::co_spawn(loop, wait(mono_now() + 1ms), asio::detached);
    loop.run();
    EXPECT_TRUE(is_over);
    loop.restart();
    asio::co_spawn(loop, wait(mono_now() + 1h), asio::detached);
    loop.poll();  // Still waiting when the loop goes away.
}

}  // namespace
}  // namespace ys::api
