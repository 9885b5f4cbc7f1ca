// SPDX-License-Identifier: Apache-2.0
// The desks: what agents and supervisors press, turned into commands; what changed, sent to them.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "api/desk_port.h"
#include "api/desk_sockets.h"
#include "interactions/coordinator.h"
#include "voice/call/switchboard.h"

namespace ys::app {

/// On the control loop only. An agent is a user at work: AgentId and UserId carry one number.
class Desks : public api::DeskPort {
public:
    struct Ports {
        std::function<interactions::Coordinator&()> coordinator;  ///< made after the desks
        api::DeskSockets& sockets;
        std::function<call::Switchboard&()> switchboard;  ///< made after the desks
        std::function<UtcTime()> utc;
        /// Denied unless a rule of the agent's centre allows the number at this hour.
        std::function<bool(AgentId, const std::string& number)> may_dial;
        std::function<std::string()> shown_number;    ///< what the called see
        std::function<std::string()> home_area_code;  ///< for bare local numbers
        std::function<void(UserId, bool on)> watch_floor;
    };
    explicit Desks(Ports ports) : ports_(std::move(ports)) {}

    void connected(UserId user) override;
    void disconnected(UserId user) override;
    void media_page_closed(UserId user) override;
    boost::json::value desk(UserId user) override;
    Result<Done> command(UserId user, std::string_view name,
                         const boost::json::object& args) override;

    // What the switchboard asks to be shown (see call::Surroundings).
    void refresh(AgentId agent);
    void refused(AgentId agent, std::string code);
    bool is_open(AgentId agent) const { return ports_.sockets.is_open(UserId{agent.value}); }
    void want_offer(AgentId agent, InteractionId interaction);
    void send_answer(AgentId agent, InteractionId interaction, std::string sdp);
    void close_media(AgentId agent, InteractionId interaction);
    void show_quality(AgentId agent, const media::LegQuality& quality);

    /// Sends the desks that changed since the last call; once per turn of the loop.
    void flush();
    /// Who was at work before a restart: their page, when it comes back, takes its seat again.
    void restore(AgentId agent, const Seat& seat);
    /// A phone registered or went: the seat of the agent it belongs to.
    void phone_changed(const std::string& phone, bool is_there);

private:
    Result<Done> run(AgentId agent, const interactions::Command& command);
    Result<Done> dial(AgentId agent, const boost::json::object& args);
    Result<Done> offer(AgentId agent, std::string_view name, const boost::json::object& args);
    void send(AgentId agent, std::string_view type, boost::json::object body);

    Ports ports_;
    std::set<AgentId> changed_;
    std::unordered_map<AgentId, Seat> seats_;  ///< as given at the last sign_in
    std::unordered_set<AgentId> gone_;         ///< browser seats whose socket is closed
    std::optional<std::pair<AgentId, std::string>> refusal_;  ///< of the command being run
};

}  // namespace ys::app
