// SPDX-License-Identifier: Apache-2.0
// Watches the cases of the hotline for incidents, and says to their callers what was decided.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "app/scenario_unit.h"
#include "cases/io/incident_keeper.h"
#include "interactions/commands.h"
#include "interactions/coordinator.h"
#include "platform/sql/writer.h"

namespace ys::app {

/// Rules of a scenario as the engine has them.
std::vector<cases::IncidentPlan> plans_of(const std::vector<ScenarioIncidentRule>& rules);

/// Used on the control loop only.
class Incidents {
public:
    struct Ports {
        boost::asio::io_context& loop;
        sql::Writer& writer;
        std::function<std::vector<interactions::EmergencyView>(CentreId)> emergencies;
        std::function<void(interactions::Command)> command;
    };
    Incidents(Ports ports, std::shared_ptr<cases::IncidentKeeper> keeper);
    /// Something was written: now, and again while there is more to do.
    void look();
    void stop();

private:
    void looked(const cases::IncidentLook& found);
    void announce(const cases::IncidentRow& row);
    void end(const cases::IncidentRow& row);
    void keep(cases::IncidentId id, const std::string& what, std::uint64_t emergency);
    void again();

    Ports ports_;
    std::shared_ptr<cases::IncidentKeeper> keeper_;
    boost::asio::steady_timer timer_;
    bool is_looking_ = false;
    bool was_poked_ = false;  ///< while looking
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ys::app
