// SPDX-License-Identifier: Apache-2.0
#include "api/write_signal.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ys::api {
namespace asio = boost::asio;

void WriteSignal::raise() {
    ++count_;
    for (asio::steady_timer* timer : waiting_) timer->cancel();
}

asio::awaitable<void> WriteSignal::after(std::uint64_t seen, Instant until) {
    if (count_ != seen) co_return;
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_at(asio::steady_timer::time_point(
        std::chrono::duration_cast<asio::steady_timer::duration>(until.time_since_epoch())));
    // Out of the list also when the coroutine is destroyed while it waits.
    struct Place {
        std::list<asio::steady_timer*>& all;
        std::list<asio::steady_timer*>::iterator at;
        ~Place() { all.erase(at); }
    };
    const Place place{waiting_, waiting_.insert(waiting_.end(), &timer)};
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace ys::api
