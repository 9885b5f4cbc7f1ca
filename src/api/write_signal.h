// SPDX-License-Identifier: Apache-2.0
// Waiting until somebody has written, in place of asking the store again and again.
#pragma once

#include <cstdint>
#include <list>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/time.h"

namespace ys::api {

/// One for each loop, found by asio::use_service; used on that loop only.
class WriteSignal final : public boost::asio::execution_context::service {
public:
    using key_type = WriteSignal;
    inline static boost::asio::execution_context::id id;
    explicit WriteSignal(boost::asio::execution_context& loop) : service(loop) {}

    /// After writes that are on disk: everybody who waits looks again.
    void raise();

    /// Taken before one looks, so that no write between looking and waiting is missed.
    std::uint64_t count() const { return count_; }
    /// Until it is raised after `seen`, or `until`; at once when it was.
    boost::asio::awaitable<void> after(std::uint64_t seen, Instant until);

private:
    void shutdown() noexcept override {}

    std::uint64_t count_ = 0;
    std::list<boost::asio::steady_timer*> waiting_;
};

}  // namespace ys::api
