// SPDX-License-Identifier: Apache-2.0
// Service halls with the queue of this minute, bookings, and documents that become ready. All of it
// is made up.
#pragma once

#include "backoffice/simulators/simulator.h"

namespace ys::backoffice {

class AppointmentsSimulator final : public Simulator {
public:
    explicit AppointmentsSimulator(SimulatedClock clock) : clock_(clock) {}
    /// Halls by name; bookings YY20260001 to YY20260003 or by the telephone that booked; documents
    /// ZJ20260001 to ZJ20260003.
    Result<LiveAnswer> look(const Subject& subject, std::string_view route,
                            UtcTime now) const override;
    bool matches(const Subject& subject, std::string_view digits) const override;
    std::vector<DocumentReady> ready_after(std::uint64_t seq, UtcTime now) const override;

private:
    SimulatedClock clock_;
};

}  // namespace ys::backoffice
