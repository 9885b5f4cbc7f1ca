// SPDX-License-Identifier: Apache-2.0
// A GTFS timetable in memory: which vehicles leave a stop next, by plan. Times are China's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backoffice/live_answer.h"
#include "backoffice/simulators/gtfs_files.h"

namespace ys::backoffice {

class CsvTable;

class Timetable {
public:
    /// errors  invalid_argument, naming file, row and fault
    static Result<Timetable> build(const GtfsFiles& files);

    /// "文化路口" and "文化路口站" are one, and its stop_id; nothing when there is no such stop.
    /// route  "" for all
    std::optional<StopFacts> next(std::string_view stop, std::string_view route, UtcTime now,
                                  std::size_t at_most) const;
    /// Whether any vehicle is planned on that day or later: a timetable that has ended knows
    /// nothing.
    bool holds(UtcTime now) const;

private:
    using DayNumber = std::int32_t;  ///< days since 1970
    struct Service {
        std::uint8_t weekdays = 0;  ///< bit 0 Monday .. bit 6 Sunday
        DayNumber first = 0, last = -1;
        std::set<DayNumber> added, removed;
        bool runs(DayNumber day) const;
    };
    struct Trip {
        std::uint32_t route = 0, service = 0;
        std::string heading;
        std::uint32_t last_sequence = 0, last_stop = 0;
    };
    struct Call {
        std::int32_t leaves_s = 0;  ///< after midnight of the service's day; may be past 24 hours
        std::uint32_t trip = 0;
    };
    using Numbers = std::map<std::string, std::uint32_t, std::less<>>;

    Result<Done> read_services(const GtfsFiles& files);
    Result<Done> read_exceptions(const GtfsFiles& files, Numbers& services);
    Result<Done> read_stops(const GtfsFiles& files);
    Result<Done> read_routes(const GtfsFiles& files);
    Result<Done> read_trips(const GtfsFiles& files);
    Result<Done> read_calls(const GtfsFiles& files);
    static Result<std::uint32_t> number_in(const Numbers& numbers, const CsvTable& table,
                                           std::size_t column);
    void collect(std::uint32_t stop, std::string_view route, UtcTime now, DayNumber day,
                 std::size_t at_most, std::vector<Departure>& out) const;

    std::vector<std::string> stop_names_, route_names_;
    std::vector<Service> services_;
    std::vector<Trip> trips_;
    std::vector<std::vector<Call>> calls_;  ///< by stop, by time
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_name_;
    Numbers stop_ids_, route_ids_, service_ids_, trip_ids_;
};

}  // namespace ys::backoffice
