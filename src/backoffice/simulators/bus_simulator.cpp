// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/bus_simulator.h"

namespace ys::backoffice {

Result<LiveAnswer> BusSimulator::look(const Subject& subject, std::string_view route,
                                      UtcTime now) const {
    constexpr std::size_t told = 6;
    if (!timetable_.holds(now))
        return Error{std::errc::no_message_available, "the timetable has ended"};
    LiveAnswer answer =
        answer_of(subject, {"公交时刻表（模拟）", "simulated bus timetable"}, changed_at_);
    answer.basis = Basis::Timetable;
    if (subject.kind != SubjectKind::Stop) {
        answer.basis = Basis::Live;
        return answer;
    }
    answer.stop = timetable_.next(subject.number, route, now, told);
    answer.is_known = answer.stop.has_value();
    return answer;
}

}  // namespace ys::backoffice
