// SPDX-License-Identifier: Apache-2.0
// The supervisor's live page: seats, queues and callers of a centre and all below it, sent at most
// twice a second while watched.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>

#include "api/desk_sockets.h"
#include "centres/io/user_store.h"
#include "interactions/coordinator.h"
#include "interactions/io/setup_store.h"

namespace ys::app {

/// On the control loop only.
class Floor {
public:
    static constexpr Millis at_most_every{500};
    static constexpr Millis at_least_every{1000};  ///< so that a frozen page shows its age

    struct Ports {
        boost::asio::io_context& loop;
        api::DeskSockets& sockets;
        std::function<const interactions::Coordinator&()> coordinator;
        std::function<UtcTime()> utc;
        /// Today's figures of a centre, and of one of its queues, as the desk protocol has them.
        std::function<boost::json::object(CentreId)> today;
        std::function<boost::json::object(QueueId)> queue_today;
        /// A centre and every one below it: the head's page shows all its branches.
        std::function<std::vector<CentreId>(CentreId)> below;
        /// Voice lines of the trunks: taken, there are, and calls that found all of them busy.
        std::function<boost::json::object()> lines;
    };
    explicit Floor(Ports ports);

    void name_centres(const std::vector<centres::CentreRow>& centres);
    void name_centre(CentreId centre, const std::string& name) { centres_[centre] = name; }
    void name_people(const std::vector<centres::UserRow>& users);
    void name_queues(const std::vector<interactions::QueueRow>& queues);
    void name_agents(const std::vector<interactions::AgentSetup>& agents);
    /// Of calls from these queues no long talk is shown as too long.
    void name_unhurried(const std::vector<interactions::QueueSetup>& queues);
    /// Which queues others help, and after how long.
    void note_helpers(const std::vector<interactions::QueueSetup>& queues);
    void note_slide(QueueId queue, Millis after) { helped_[queue] = after; }
    void watch(UserId user, bool on);
    void changed() { is_changed_ = true; }
    void stop();
    boost::json::object picture(CentreId centre) const;
    std::map<QueueId, std::size_t> ready_by_queue(CentreId centre) const;

private:
    struct Person {
        std::string name, work_number;
        CentreId centre;
    };
    void tick();
    void add_waiting(CentreId centre, boost::json::array& out) const;
    void add_seats(CentreId centre, boost::json::array& out) const;
    void add_queues(CentreId centre, boost::json::array& out) const;
    boost::json::array emergencies(CentreId centre) const;

    Ports ports_;
    boost::asio::steady_timer timer_;
    std::unordered_map<CentreId, std::string> centres_;
    std::unordered_map<AgentId, Person> people_;
    std::vector<interactions::QueueRow> queues_;
    std::unordered_map<AgentId, std::vector<QueueId>> served_;
    std::set<QueueId> unhurried_;
    /// Queues with helpers: how long a caller waits until others help; below zero never, none when
    /// only a full queue has help.
    std::map<QueueId, std::optional<Millis>> helped_;
    std::map<UserId, CentreId> watchers_;
    bool is_changed_ = false;
    bool is_stopped_ = false;
    int quiet_ticks_ = 0;
};

}  // namespace ys::app
