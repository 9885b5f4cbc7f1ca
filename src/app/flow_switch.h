// SPDX-License-Identifier: Apache-2.0
// A flow's version comes into force at its minute, in the running house, or not at all when it does
// not fit the house any more. What came due while the program was down does so at its start.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "api/flows_port.h"
#include "api/stores.h"
#include "app/life_line.h"
#include "interactions/io/flow_store.h"
#include "interactions/setup.h"
#include "interactions/supervisor_commands.h"

namespace ys::app {

/// Used on the control loop only.
class FlowSwitch final : public api::FlowsPort {
public:
    struct Ports {
        boost::asio::io_context& loop;
        sql::Readers& readers;
        sql::Writer& writer;
        /// As the coordinator says.
        std::function<Result<Done>(const interactions::Setup&)> may_become;
        std::function<void(interactions::ChangeRules)> change;
        std::function<UtcTime()> now;
        std::map<std::string, std::string> prompts;
        bool hears = false;  ///< a recogniser is set up
    };
    explicit FlowSwitch(Ports ports);

    const std::map<std::string, std::string>& prompts() const override { return ports_.prompts; }
    bool hears() const override { return ports_.hears; }
    Task<Done> switch_due() override;
    void look();  ///< as switch_due, for who does not wait for it
    /// Life events by telephone, in this flow: `put` is its own.
    void speak_life(const std::string& flow, LifeLine::Ports ports);
    void stop();

private:
    Task<Done> force(std::string flow, std::string text);
    Task<Done> take(interactions::FlowVersionRow version);
    void change(const interactions::FlowVersionRow& version);
    Task<Done> refuse(interactions::FlowVersionRow version, std::string because);
    Task<Done> wait_for_next();

    Ports ports_;
    api::Stores stores_;
    boost::asio::steady_timer timer_;
    std::unique_ptr<LifeLine> life_line_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ys::app
