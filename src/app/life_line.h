// SPDX-License-Identifier: Apache-2.0
// Life events by telephone: the flow with a node `life-menu` has behind it what the events ask and
// what the articles say now. When an article changes, its words are spoken anew and the flow gets a
// version of its own.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "knowledge/io/life_event_book.h"
#include "knowledge/life_flow.h"
#include "platform/task/control_loop.h"
#include "platform/task/worker_pool.h"

namespace ys::app {

inline constexpr const char* life_node = "life-menu";

bool has_life_node(const std::string& flow_text);

/// The flow with the events behind it, and what they say.
struct LifeText {
    std::string text;
    std::vector<knowledge::FlowPrompt> prompts;
};
/// text    of a flow that has `life_node` last: everything from there on is written anew
/// events  at most so many as a menu has; the first ones
/// errors  no such node; text that does not read; more than a flow holds
Result<LifeText> life_text(const std::string& text, const std::vector<knowledge::LifeEvent>& events,
                           const knowledge::ArticlePins& pins);

/// Those of `prompts` that `folder` has not are spoken into it. Blocks, some twenty a second.
/// is_over  set by another thread: no more of it
/// errors   no voice installed, a sentence it cannot say, a folder that cannot be written;
///          operation_canceled
Result<Done> speak_prompts(const std::vector<knowledge::FlowPrompt>& prompts,
                           const std::string& folder, const std::atomic<bool>& is_over);

/// Used on the control loop only.
class LifeLine {
public:
    static constexpr Seconds every{5};

    struct Ports {
        ControlLoop& loop;
        const knowledge::LifeEventBook& book;
        CentreId centre;     ///< whose articles are said
        std::string folder;  ///< where prompts of one's own are
        std::function<UtcTime()> now;
        std::function<std::string()> text;  ///< of the flow, as it is in force
        /// Brings it into force, unless it is; the prompts are there by then.
        std::function<void(LifeText)> put;
    };
    explicit LifeLine(Ports ports);

    void look_in(Seconds wait);
    void stop();

private:
    void look();
    void make(LifeText wanted);

    Ports ports_;
    boost::asio::steady_timer timer_;
    knowledge::ArticlePins said_;  ///< what the last look stood on
    std::string text_;             ///< as it was then
    bool is_making_ = false;
    std::atomic<bool> is_over_{false};  ///< read by the pool
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
    WorkerPool pool_{1};
};

}  // namespace ys::app
