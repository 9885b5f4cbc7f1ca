// SPDX-License-Identifier: Apache-2.0
#include "app/simulate_command.h"

#include <csignal>
#include <iostream>

#include "app/commands.h"
#include "backoffice/simulators/appointments_simulator.h"
#include "backoffice/simulators/bus_simulator.h"
#include "backoffice/simulators/quota_simulator.h"
#include "backoffice/simulators/simulator_server.h"
#include "platform/clock.h"

namespace ys::app {
namespace {

using backoffice::Simulator;

Result<std::unique_ptr<const Simulator>> simulator_of(const SimulateFlags& flags) {
    const backoffice::SimulatedClock clock{utc_now(), Seconds{flags.behind_minutes * 60U}};
    std::unique_ptr<const Simulator> out;
    if (flags.system == "quota") out = std::make_unique<backoffice::QuotaSimulator>(clock);
    if (flags.system == "appointments")
        out = std::make_unique<backoffice::AppointmentsSimulator>(clock);
    if (out) return out;
    if (flags.gtfs.empty())
        return Error{std::errc::invalid_argument, "bus needs --gtfs: a folder or ZIP archive"};
    YS_TRY(const backoffice::GtfsFiles files, backoffice::read_gtfs(flags.gtfs));
    YS_TRY(auto timetable, backoffice::Timetable::build(files));
    out = std::make_unique<backoffice::BusSimulator>(std::move(timetable), files.changed_at);
    return out;
}

}  // namespace

int run_simulate(const SimulateFlags& flags) {
    // Before any thread begins, so that none of them takes the signal.
    sigset_t ends{};
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    const auto endpoint = config::parse_endpoint(flags.listen);
    if (!endpoint) {
        print_error(endpoint.error(), false);
        return exit_wrong_use;
    }
    auto simulator = simulator_of(flags);
    if (!simulator) {
        print_error(simulator.error(), false);
        return exit_failed;
    }
    auto server =
        backoffice::SimulatorServer::start(*std::move(simulator), endpoint->host, endpoint->port);
    if (!server) {
        print_error(server.error(), false);
        return exit_failed;
    }
    (*server)->set({flags.is_slow, flags.is_wrong, flags.down_every});
    std::cout << "http://" << endpoint->host << ":" << (*server)->port() << std::endl;
    int ended_by = 0;
    sigwait(&ends, &ended_by);
    return exit_done;
}

}  // namespace ys::app
