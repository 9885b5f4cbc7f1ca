// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/timetable.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dice.h"

namespace ys::backoffice {
namespace {

constexpr std::int64_t minute = 60'000'000;
constexpr std::int64_t day = 24 * 60 * minute;
const UtcTime monday{1'795'399'500'000'000};  // 2026-11-23 10:05 on China's clock

GtfsFiles small() {
    return {{{"stops.txt", "stop_id,stop_name\nA,火车站\nB,文化路口\nB2,文化路口站\nC,高新区\n"},
             {"routes.txt", "route_id,route_short_name,route_long_name\nR,12,\nN,,夜班线\n"},
             {"calendar.txt",
              "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,"
              "end_date\nW,1,1,1,1,1,0,0,20260101,20261231\nS,0,0,0,0,0,1,1,20260101,20261231\n"},
             {"trips.txt",
              "trip_id,route_id,service_id,trip_headsign\nt1,R,W,高新区\nt2,R,W,\nt3,R,S,高新区\n"
              "n1,N,W,火车站\n"},
             {"stop_times.txt",
              "trip_id,stop_id,stop_sequence,departure_time\n"
              "t1,A,1,10:00:00\nt1,B,2,10:12:00\nt1,C,3,10:30:00\n"
              "t2,A,1,11:00:00\nt2,B,2,\nt2,C,3,11:30:00\n"
              "t3,A,1,7:00:00\nt3,B,2,7:12:00\nt3,C,9,7:30:00\n"
              "n1,B2,1,24:20:00\nn1,A,2,25:00:00\n"}},
            monday};
}

std::vector<std::string> told(const Timetable& timetable, std::string_view stop, UtcTime now,
                              std::string_view route = {}, std::size_t at_most = 3) {
    const auto next = timetable.next(stop, route, now, at_most);
    if (!next) return {"no such stop"};
    std::vector<std::string> out;
    for (const Departure& each : next->departures)
        out.push_back(each.route + " " + each.towards.zh + " " +
                      to_rfc3339(each.leaves_at).substr(0, 16));
    return out;
}

using Lines = std::vector<std::string>;

TEST(timetable, the_next_departures_by_plan) {
    const auto timetable = Timetable::build(small());
    ASSERT_TRUE(timetable) << timetable.error().note;
    // Both platforms of a name, past midnight, the next working day.
    const Lines next{"12路 高新区 2026-11-23T02:12", "夜班线 火车站 2026-11-23T16:20",
                     "12路 高新区 2026-11-24T02:12"};
    EXPECT_EQ(told(*timetable, "文化路口", monday), next);
    EXPECT_EQ(told(*timetable, "文化路口站", monday), next);
    EXPECT_EQ(told(*timetable, "火车站", monday, "12", 1), Lines{"12路 高新区 2026-11-23T03:00"})
        << "no heading: the last stop";
    EXPECT_EQ(told(*timetable, "火车站", monday, "99路"), Lines{});
    EXPECT_EQ(told(*timetable, "高新区", monday), Lines{}) << "there everybody gets off";
    EXPECT_EQ(told(*timetable, "月亮湾", monday), Lines{"no such stop"});
}

TEST(timetable, a_service_runs_on_its_days_and_past_midnight) {
    const auto timetable = Timetable::build(small());
    ASSERT_TRUE(timetable);
    const UtcTime friday_night{monday.us + 5 * day - 600 * minute};  // Saturday 00:05
    EXPECT_EQ(told(*timetable, "文化路口", friday_night),
              (Lines{"夜班线 火车站 2026-11-27T16:20", "12路 高新区 2026-11-27T23:12",
                     "12路 高新区 2026-11-28T23:12"}));
    EXPECT_TRUE(timetable->holds({monday.us + 38 * day}));
    EXPECT_FALSE(timetable->holds({monday.us + 39 * day}));
    EXPECT_EQ(told(*timetable, "文化路口", {monday.us + 40 * day}), Lines{});
}

TEST(timetable, exceptions_add_and_remove_days) {
    GtfsFiles files = small();
    files.texts["calendar_dates.txt"] =
        "service_id,date,exception_type\nW,20261123,2\nS,20261124,1\nX,20261201,1\n";
    const auto timetable = Timetable::build(files);
    ASSERT_TRUE(timetable) << timetable.error().note;
    EXPECT_EQ(told(*timetable, "火车站", monday, "", 1), Lines{"12路 高新区 2026-11-23T23:00"});
}

TEST(timetable, a_fault_is_named_by_file_and_row) {
    const std::vector<std::array<const char*, 3>> faults{
        {"stop_times.txt", "trip_id,stop_id,stop_sequence,departure_time\nt9,A,1,10:00:00\n",
         "stop_times.txt, row 2"},
        {"stop_times.txt", "trip_id,stop_id,stop_sequence,departure_time\nt1,A,1,99:00:00\n",
         "stop_times.txt, row 2: a time"},
        {"stop_times.txt", "trip_id,stop_id,stop_sequence\n", "no column departure_time"},
        {"trips.txt", "trip_id,route_id,service_id\nt1,Q,W\n", "trips.txt, row 2"},
        {"calendar.txt", "service_id\nW\n", "calendar.txt"},
        {"calendar.txt",
         "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
         "W,1,1,1,1,1,0,0,20260230,20261231\n",
         "row 2: a date"},
        {"stops.txt", "stop_id,stop_name\nA,火车站\nA,文化路口\n", "row 3: named twice"}};
    for (const auto& [file, text, note] : faults) {
        GtfsFiles files = small();
        files.texts[file] = text;
        const auto timetable = Timetable::build(files);
        ASSERT_FALSE(timetable) << note;
        EXPECT_NE(timetable.error().note.find(note), std::string::npos) << timetable.error().note;
    }
}

TEST(timetable, whatever_bytes_change_nothing_breaks) {
    constexpr std::string_view bytes = "0129,\"\n\r\t:-\xff";
    Dice dice(1);
    int built = 0;
    for (int i = 0; i < 5'000; ++i) {
        GtfsFiles files = small();
        auto file = std::next(files.texts.begin(),
                              static_cast<std::ptrdiff_t>(dice.below(files.texts.size())));
        for (int n = 0; n < 3; ++n)
            file->second[dice.below(file->second.size())] = bytes[dice.below(bytes.size())];
        const auto timetable = Timetable::build(files);
        if (!timetable) continue;
        ++built;
        (void)timetable->next("文化路口", {}, monday, 6);
    }
    EXPECT_GT(built, 100) << "else the names alone were tried";
}

TEST(timetable, the_one_that_ships_is_in_order) {
    const auto folder =
        std::filesystem::path(__FILE__).parent_path() / "../../../scenarios/bus/gtfs";
    const auto files = read_gtfs(folder);
    ASSERT_TRUE(files) << files.error().note;
    const auto timetable = Timetable::build(*files);
    ASSERT_TRUE(timetable) << timetable.error().note;
    EXPECT_EQ(told(*timetable, "文化路口站", monday, "12路"),
              (Lines{"12路 火车站 2026-11-23T02:31", "12路 高新区 2026-11-23T02:34",
                     "12路 火车站 2026-11-23T03:01"}));
}

TEST(gtfs_files, links_pipes_and_missing_files_are_refused) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("ys_gtfs_test_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    EXPECT_FALSE(read_gtfs(folder));
    EXPECT_FALSE(read_gtfs(folder / "nothing.zip"));
    for (const auto& [name, text] : small().texts) std::ofstream(folder / name) << text;
    EXPECT_TRUE(read_gtfs(folder));
    std::filesystem::remove(folder / "stops.txt");
    std::filesystem::create_symlink("/etc/passwd", folder / "stops.txt");
    EXPECT_FALSE(read_gtfs(folder));
    std::filesystem::remove(folder / "stops.txt");
    ASSERT_EQ(::mkfifo((folder / "stops.txt").c_str(), 0600), 0);
    EXPECT_FALSE(read_gtfs(folder));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ys::backoffice
