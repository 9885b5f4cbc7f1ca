// SPDX-License-Identifier: Apache-2.0
// A bus company's system that knows its timetable and nothing of where its vehicles are.
#pragma once

#include "backoffice/simulators/simulator.h"
#include "backoffice/simulators/timetable.h"

namespace ys::backoffice {

class BusSimulator final : public Simulator {
public:
    /// changed_at  when the timetable was published
    BusSimulator(Timetable timetable, UtcTime changed_at)
        : timetable_(std::move(timetable)), changed_at_(changed_at) {}
    /// errors  no_message_available when the timetable has ended
    Result<LiveAnswer> look(const Subject& subject, std::string_view route,
                            UtcTime now) const override;

private:
    Timetable timetable_;
    UtcTime changed_at_;
};

}  // namespace ys::backoffice
