// SPDX-License-Identifier: Apache-2.0
// Citizens calling from a web page: sockets on one side, legs of the switchboard on the other.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "api/web_call_port.h"
#include "voice/call/switchboard.h"

namespace ys::app {

class WebCalls : public api::WebCallPort {
public:
    struct Ports {
        std::function<call::Switchboard&()> switchboard;  ///< made after this
        std::function<api::WebCallSockets&()> sockets;    ///< made after this
    };
    explicit WebCalls(Ports ports) : ports_(std::move(ports)) {}

    Result<Done> offer(api::WebCallId call, const std::string& number, const std::string& sdp,
                       const std::string& remote_address) override;
    void key(api::WebCallId call, char key) override;
    void hang_up(api::WebCallId call) override;
    void closed(api::WebCallId call) override;
    bool is_offered(const std::string& number) override { return numbers_.contains(number); }
    void offer_number(std::string number) { numbers_.insert(std::move(number)); }

    // From the switchboard.
    void send_answer(LegId leg, const std::string& sdp);
    void send_state(LegId leg, const std::string& state);

private:
    void send(LegId leg, const boost::json::object& message);

    Ports ports_;
    std::set<std::string> numbers_;
    std::unordered_map<api::WebCallId, LegId> legs_;
    std::unordered_map<LegId, api::WebCallId> calls_;
    /// The call being started: the switchboard may answer before it has told us the leg.
    api::WebCallId starting_;
};

}  // namespace ys::app
