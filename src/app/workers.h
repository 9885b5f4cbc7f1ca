// SPDX-License-Identifier: Apache-2.0
// Who works behind the API: told at once that something was written, so that nobody has to ask the
// store again and again.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace ys::app {

class Workers {
public:
    explicit Workers(boost::asio::io_context& loop) : loop_(loop) {}

    /// look  run on the loop; it may find nothing to do
    void add(std::function<void()> look) { looks_.push_back(std::move(look)); }
    /// From any thread. However often it is called before the loop comes to it, each looks once.
    void poke() {
        if (is_poked_->exchange(true)) return;
        boost::asio::post(loop_, [this, is_poked = is_poked_, alive = is_alive_] {
            is_poked->store(false);
            if (!*alive) return;
            for (const auto& look : looks_) look();
        });
    }
    /// On the loop, before anything a look uses goes away.
    void stop() { *is_alive_ = false; }

private:
    boost::asio::io_context& loop_;
    std::vector<std::function<void()>> looks_;
    std::shared_ptr<std::atomic<bool>> is_poked_ = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ys::app
