// SPDX-License-Identifier: Apache-2.0
// Columns are those of GTFS Schedule (gtfs.org/documentation/schedule/reference).
#include "backoffice/simulators/timetable.h"

#include <algorithm>
#include <chrono>

#include "backoffice/simulators/csv_table.h"
#include "base/calendar.h"
#include "base/text.h"

namespace ys::backoffice {
namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t day_s = 24 * 3600;
constexpr std::size_t name_max_bytes = 120;

std::int64_t zone_s() { return Calendar{}.zone_minutes * std::int64_t{60}; }

std::int32_t day_at(UtcTime t) {
    return static_cast<std::int32_t>((t.us / second_us + zone_s()) / day_s);
}

/// "20261123", a day that exists.
std::optional<std::int32_t> parse_date(std::string_view text) {
    const auto n = parse_number(text);
    if (text.size() != 8 || !n) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(*n / 10'000)),
                                          std::chrono::month(static_cast<unsigned>(*n / 100 % 100)),
                                          std::chrono::day(static_cast<unsigned>(*n % 100))};
    if (!day.ok()) return std::nullopt;
    return static_cast<std::int32_t>(std::chrono::sys_days(day).time_since_epoch().count());
}

/// "7:05:00" "25:10:00", up to two days.
std::optional<std::int32_t> parse_time(std::string_view text) {
    const auto parts = split(text, ':');
    if (parts.size() != 3) return std::nullopt;
    const auto h = parse_number(parts[0]), m = parse_number(parts[1]), s = parse_number(parts[2]);
    if (!h || !m || !s || *h > 47 || *m > 59 || *s > 59) return std::nullopt;
    return static_cast<std::int32_t>(*h * 3600 + *m * 60 + *s);
}

std::string_view without(std::string_view name, std::string_view suffix) {
    if (name.ends_with(suffix) && name.size() > suffix.size()) name.remove_suffix(suffix.size());
    return name;
}

/// People say 站 behind a stop's name and 路 behind a route's number, or leave them out.
std::string_view plain(std::string_view stop) { return without(stop, "站"); }
std::string_view plain_route(std::string_view route) { return without(route, "路"); }

/// A text of a file by name; the five that must be there are.
std::string_view text_of(const GtfsFiles& files, const char* name) {
    const auto found = files.texts.find(name);
    return found == files.texts.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace

bool Timetable::Service::runs(DayNumber day) const {
    if (added.contains(day)) return true;
    if (removed.contains(day) || day < first || day > last) return false;
    const auto weekday = (day + 3) % 7;  // 1970 began on a Thursday.
    return (weekdays >> weekday & 1) != 0;
}

Result<Timetable> Timetable::build(const GtfsFiles& files) {
    Timetable out;
    YS_TRY([[maybe_unused]] const Done a, out.read_services(files));
    YS_TRY([[maybe_unused]] const Done b, out.read_exceptions(files, out.service_ids_));
    YS_TRY([[maybe_unused]] const Done c, out.read_stops(files));
    YS_TRY([[maybe_unused]] const Done d, out.read_routes(files));
    YS_TRY([[maybe_unused]] const Done e, out.read_trips(files));
    YS_TRY([[maybe_unused]] const Done f, out.read_calls(files));
    return out;
}

Result<std::uint32_t> Timetable::number_in(const Numbers& numbers, const CsvTable& table,
                                           std::size_t column) {
    const auto found = numbers.find(table.at(column));
    if (found == numbers.end())
        return table.wrong("nothing is called " + cleaned(table.at(column), name_max_bytes));
    return found->second;
}

Result<Done> Timetable::read_services(const GtfsFiles& files) {
    YS_TRY(CsvTable table,
           CsvTable::open("calendar.txt", text_of(files, "calendar.txt"),
                          {"service_id", "start_date", "end_date", "monday", "tuesday", "wednesday",
                           "thursday", "friday", "saturday", "sunday"}));
    constexpr std::size_t monday = 3;
    while (true) {
        YS_TRY(const bool is_there, table.next());
        if (!is_there) return Done{};
        Service service;
        const auto first = parse_date(table.at(1)), last = parse_date(table.at(2));
        if (!first || !last) return table.wrong("a date");
        service.first = *first;
        service.last = *last;
        for (std::size_t day = 0; day < 7; ++day) {
            const std::string_view runs = table.at(monday + day);
            if (runs != "0" && runs != "1") return table.wrong("a weekday is 0 or 1");
            if (runs == "1") service.weekdays |= static_cast<std::uint8_t>(1U << day);
        }
        const auto number = static_cast<std::uint32_t>(services_.size());
        if (!service_ids_.emplace(table.at(0), number).second) return table.wrong("named twice");
        services_.push_back(std::move(service));
    }
}

Result<Done> Timetable::read_exceptions(const GtfsFiles& files, Numbers& services) {
    if (!files.texts.contains("calendar_dates.txt")) return Done{};
    YS_TRY(CsvTable table,
           CsvTable::open("calendar_dates.txt", text_of(files, "calendar_dates.txt"),
                          {"service_id", "date", "exception_type"}));
    while (true) {
        YS_TRY(const bool is_there, table.next());
        if (!is_there) return Done{};
        const auto day = parse_date(table.at(1));
        const std::string_view type = table.at(2);
        if (!day || (type != "1" && type != "2")) return table.wrong("a date or its type");
        auto found = services.find(table.at(0));
        if (found == services.end()) {  // A service may consist of such days alone.
            found = services.emplace(table.at(0), services_.size()).first;
            services_.emplace_back();
        }
        Service& service = services_[found->second];
        (type == "1" ? service.added : service.removed).insert(*day);
    }
}

Result<Done> Timetable::read_stops(const GtfsFiles& files) {
    YS_TRY(CsvTable table,
           CsvTable::open("stops.txt", text_of(files, "stops.txt"), {"stop_id", "stop_name"}));
    while (true) {
        YS_TRY(const bool is_there, table.next());
        if (!is_there) return Done{};
        const std::string name = cleaned(table.at(1), name_max_bytes);
        if (name.empty()) return table.wrong("a stop without a name");
        const auto number = static_cast<std::uint32_t>(stop_names_.size());
        if (!stop_ids_.emplace(table.at(0), number).second) return table.wrong("named twice");
        // The number on the pole is what a caller has keys for.
        by_name_[std::string(plain(name))].push_back(number);
        if (plain(name) != table.at(0)) by_name_[std::string(table.at(0))].push_back(number);
        stop_names_.push_back(name);
    }
}

Result<Done> Timetable::read_routes(const GtfsFiles& files) {
    YS_TRY(CsvTable table, CsvTable::open("routes.txt", text_of(files, "routes.txt"), {"route_id"},
                                          {"route_short_name", "route_long_name"}));
    while (true) {
        YS_TRY(const bool is_there, table.next());
        if (!is_there) return Done{};
        const std::string name =
            cleaned(table.at(1).empty() ? table.at(2) : table.at(1), name_max_bytes);
        if (name.empty()) return table.wrong("a route without a name");
        const bool is_number = name.back() >= '0' && name.back() <= '9';
        const auto number = static_cast<std::uint32_t>(route_names_.size());
        if (!route_ids_.emplace(table.at(0), number).second) return table.wrong("named twice");
        route_names_.push_back(is_number ? name + "路" : name);
    }
}

Result<Done> Timetable::read_trips(const GtfsFiles& files) {
    YS_TRY(CsvTable table,
           CsvTable::open("trips.txt", text_of(files, "trips.txt"),
                          {"trip_id", "route_id", "service_id"}, {"trip_headsign"}));
    while (true) {
        YS_TRY(const bool is_there, table.next());
        if (!is_there) return Done{};
        Trip trip;
        YS_TRY(trip.route, number_in(route_ids_, table, 1));
        YS_TRY(trip.service, number_in(service_ids_, table, 2));
        trip.heading = cleaned(table.at(3), name_max_bytes);
        const auto number = static_cast<std::uint32_t>(trips_.size());
        if (!trip_ids_.emplace(table.at(0), number).second) return table.wrong("named twice");
        trips_.push_back(std::move(trip));
    }
}

Result<Done> Timetable::read_calls(const GtfsFiles& files) {
    YS_TRY(CsvTable table, CsvTable::open("stop_times.txt", text_of(files, "stop_times.txt"),
                                          {"trip_id", "stop_id", "stop_sequence", "departure_time"},
                                          {"pickup_type"}));
    struct Row {
        std::uint32_t trip, stop, sequence;
        std::int32_t leaves_s;
    };
    std::vector<Row> rows;
    while (true) {
        YS_TRY(const bool is_there, table.next());
        if (!is_there) break;
        Row row{};
        YS_TRY(row.trip, number_in(trip_ids_, table, 0));
        YS_TRY(row.stop, number_in(stop_ids_, table, 1));
        const auto sequence = parse_number(table.at(2));
        if (!sequence || *sequence > UINT32_MAX) return table.wrong("a sequence");
        row.sequence = static_cast<std::uint32_t>(*sequence);
        Trip& trip = trips_[row.trip];
        if (row.sequence >= trip.last_sequence) {
            trip.last_sequence = row.sequence;
            trip.last_stop = row.stop;
        }
        // Without a time the vehicle passes some time in between; nobody can be told when.
        const bool takes_people = table.at(4).empty() || table.at(4) != "1";
        if (table.at(3).empty() || !takes_people) continue;
        const auto leaves = parse_time(table.at(3));
        if (!leaves) return table.wrong("a time");
        row.leaves_s = *leaves;
        rows.push_back(row);
    }
    calls_.resize(stop_names_.size());
    for (const Row& row : rows)
        if (row.sequence != trips_[row.trip].last_sequence)  // There everybody gets off.
            calls_[row.stop].push_back({row.leaves_s, row.trip});
    for (auto& calls : calls_) std::ranges::sort(calls, {}, &Call::leaves_s);
    for (Trip& trip : trips_)
        if (trip.heading.empty() && !stop_names_.empty())
            trip.heading = stop_names_[trip.last_stop];
    return Done{};
}

void Timetable::collect(std::uint32_t stop, std::string_view route, UtcTime now, DayNumber day,
                        std::size_t at_most, std::vector<Departure>& out) const {
    const std::int64_t midnight_s = day * day_s - zone_s();
    const std::int64_t from_s = (now.us + second_us - 1) / second_us - midnight_s;
    const auto& calls = calls_[stop];
    const auto first = std::ranges::lower_bound(calls, from_s, {}, &Call::leaves_s);
    std::size_t found = 0;
    for (auto call = first; call != calls.end() && found < at_most; ++call) {
        const Trip& trip = trips_[call->trip];
        if (!route.empty() && plain_route(route_names_[trip.route]) != plain_route(route)) continue;
        if (!services_[trip.service].runs(day)) continue;
        out.push_back({route_names_[trip.route],
                       {trip.heading, ""},
                       {(midnight_s + call->leaves_s) * second_us}});
        ++found;
    }
}

std::optional<StopFacts> Timetable::next(std::string_view stop, std::string_view route, UtcTime now,
                                         std::size_t at_most) const {
    constexpr DayNumber days_ahead = 7;
    const auto found = by_name_.find(plain(stop));
    if (found == by_name_.end()) return std::nullopt;
    StopFacts out{{stop_names_[found->second.front()], ""}, {}};
    const DayNumber today = day_at(now);
    // Two days back: what left its first stop before midnight may still come by.
    for (DayNumber day = today - 2; day <= today + days_ahead; ++day) {
        if (day > today + 1 && out.departures.size() >= at_most) break;
        for (const std::uint32_t number : found->second)
            collect(number, route, now, day, at_most, out.departures);
    }
    std::ranges::stable_sort(out.departures, {}, &Departure::leaves_at);
    if (out.departures.size() > at_most) out.departures.resize(at_most);
    return out;
}

bool Timetable::holds(UtcTime now) const {
    const DayNumber today = day_at(now);
    return std::ranges::any_of(services_, [&](const Service& service) {
        return service.last >= today ||
               (!service.added.empty() && *service.added.rbegin() >= today);
    });
}

}  // namespace ys::backoffice
