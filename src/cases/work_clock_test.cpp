// SPDX-License-Identifier: Apache-2.0
// Deadlines over nights, lunches, holidays, 调休 days, pauses and extensions.
#include "cases/work_clock.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "cases/clock_preset.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

/// "10-08 08:30" of 2026 in China, with seconds when they are given.
UtcTime at(const std::string& text) {
    const std::string seconds = text.size() > 11 ? text.substr(11) : ":00";
    return *parse_rfc3339("2026-" + text.substr(0, 5) + "T" + text.substr(6, 5) + seconds +
                          "+08:00");
}

Calendar heating_office() {
    Calendar c;
    const std::uint8_t weekdays = *parse_weekdays("mon-fri");
    c.hours["office"] = {Span{weekdays, 510, 720}, Span{weekdays, 780, 1050}};
    c.hours["night"] = {Span{0x7f, 22 * 60, 6 * 60}};
    c.hours["always"] = {Span{0x7f, 0, 1440}};
    c.hours["never"] = {};
    for (unsigned day = 1; day <= 7; ++day) c.holidays[{2026, 10, day}] = "国庆节";
    for (unsigned day = 15; day <= 23; ++day) c.holidays[{2026, 2, day}] = "春节";
    c.workdays = {{2026, 9, 20}, {2026, 10, 10}, {2026, 2, 14}, {2026, 2, 28}};
    return c;
}

const Calendar office = heating_office();

WorkClock begun(const std::string& start, const std::string& promise,
                const std::string& hours = "office") {
    return *start_clock(office, at(start), *parse_promise(promise), hours);
}

std::string local(std::optional<UtcTime> t) {
    if (!t) return "never";
    const std::string text = to_rfc3339(UtcTime{t->us + 8LL * 3600 * 1'000'000});
    return text.substr(5, 5) + " " + text.substr(11, 5);
}

struct Row {
    const char* start;
    const char* promise;
    const char* due;
    const char* paused_from = "";
    const char* paused_until = "";
    const char* extended_by = "";
};

// Counted by hand. 2026-10-01 is a Thursday; 09-20 (Sun) and 10-10 (Sat) are worked; 02-15 to 02-23
// is Spring Festival with 02-14 and 02-28 (Saturdays) worked. Office 08:30-12:00, 13:00-17:30.
const Row rows[] = {
    // Every second counts.
    {"11-20 23:50", "15m", "11-21 00:05"},
    {"11-20 16:00", "2h", "11-20 18:00"},
    {"09-30 17:00", "24h", "10-01 17:00"},
    {"09-30 17:00", "7d", "10-07 17:00"},
    {"02-10 09:00", "15d", "02-25 09:00"},
    {"02-28 12:30", "24h", "03-01 12:30"},
    // Hours of the office: within a day, over lunch, over night.
    {"11-23 09:00", "30wm", "11-23 09:30"},
    {"11-23 11:30", "1wh", "11-23 13:30"},
    {"11-23 11:30", "30wm", "11-23 12:00"},
    {"11-23 12:10", "30wm", "11-23 13:30"},
    {"11-23 12:59", "1wm", "11-23 13:01"},
    {"11-23 17:00", "30wm", "11-23 17:30"},
    {"11-23 17:00", "1wh", "11-24 09:00"},
    {"11-23 17:30", "15wm", "11-24 08:45"},
    {"11-23 22:00", "8wh", "11-24 17:30"},
    {"11-23 06:00", "8wh", "11-23 17:30"},
    {"11-23 08:30", "16wh", "11-24 17:30"},
    {"11-23 10:00", "8wh", "11-24 10:00"},
    // Weekend.
    {"11-20 17:00", "1wh", "11-23 09:00"},
    {"11-21 10:00", "15wm", "11-23 08:45"},
    {"11-22 23:59", "4wh", "11-23 13:30"},
    // Holidays and the days worked for them.
    {"09-30 17:00", "1wh", "10-08 09:00"},
    {"10-03 12:00", "30wm", "10-08 09:00"},
    {"10-09 17:00", "1wh", "10-10 09:00"},
    {"10-10 17:00", "1wh", "10-12 09:00"},
    {"09-18 17:00", "1wh", "09-20 09:00"},
    {"02-13 17:00", "1wh", "02-14 09:00"},
    {"02-14 17:00", "1wh", "02-24 09:00"},
    // Working days: the day itself is not counted, the last ends with the office hours.
    {"11-23 09:00", "1wd", "11-24 17:30"},
    {"11-23 17:29", "1wd", "11-24 17:30"},
    {"11-20 16:00", "1wd", "11-23 17:30"},
    {"11-21 10:00", "1wd", "11-23 17:30"},
    {"09-30 10:00", "1wd", "10-08 17:30"},
    {"09-30 10:00", "3wd", "10-10 17:30"},
    {"09-30 10:00", "4wd", "10-12 17:30"},
    {"02-12 10:00", "3wd", "02-24 17:30"},
    {"02-13 10:00", "7wd", "03-02 17:30"},
    // Pauses: in the office, over the night, over the holiday, outside what counts.
    {"11-23 09:00", "2wh", "11-23 14:00", "11-23 10:00", "11-23 13:00"},
    {"11-23 09:00", "2wh", "11-24 09:30", "11-23 10:00", "11-24 08:30"},
    {"09-30 16:00", "2wh", "10-08 10:00", "09-30 17:00", "10-08 09:00"},
    {"09-30 16:00", "2wh", "10-08 09:00", "10-02 00:00", "10-05 00:00"},
    {"11-20 16:00", "2h", "11-20 20:00", "11-20 17:00", "11-20 19:00"},
    {"11-23 09:00", "1wd", "11-25 10:30", "11-23 14:00", "11-23 16:00"},
    // 延期, and both.
    {"11-20 16:00", "24h", "11-22 16:00", "", "", "24h"},
    {"11-23 09:00", "1wd", "11-26 17:30", "", "", "2wd"},
    {"09-29 09:00", "1wd", "10-08 17:30", "", "", "1wd"},
    {"11-23 16:00", "2wh", "11-24 10:00", "", "", "1wh"},
    {"11-23 09:00", "2wh", "11-24 09:00", "11-23 10:00", "11-23 15:00", "2wh"},
};
static_assert(std::size(rows) >= 40);

TEST(work_clock, deadlines_are_those_counted_by_hand) {
    for (const Row& row : rows) {
        WorkClock clock = begun(row.start, row.promise);
        if (*row.paused_from) {
            ASSERT_TRUE(pause(clock, {at(row.paused_from), at(row.paused_until), "x", UserId{9}}));
        }
        if (*row.extended_by) {
            ASSERT_TRUE(extend(clock, office,
                               {at(row.start), *parse_promise(row.extended_by), "y", UserId{9}}));
        }
        EXPECT_EQ(local(deadline(clock, office)), row.due) << row.start << " " << row.promise;
    }
}

TEST(work_clock, every_line_of_the_national_day_is_explained) {
    WorkClock clock = begun("09-30 11:00", "1wd");
    ASSERT_TRUE(pause(clock, {at("10-08 09:00"), at("10-08 10:00"), "等市民补材料", UserId{9}}));
    const std::vector<Stretch> expected{
        {at("09-30 11:00"), at("09-30 12:00"), true, Because::Office, ""},
        {at("09-30 12:00"), at("09-30 13:00"), false, Because::Lunch, ""},
        {at("09-30 13:00"), at("09-30 17:30"), true, Because::Office, ""},
        {at("09-30 17:30"), at("10-01 00:00"), false, Because::Night, ""},
        {at("10-01 00:00"), at("10-08 00:00"), false, Because::Holiday, "国庆节"},
        {at("10-08 00:00"), at("10-08 08:30"), false, Because::Night, ""},
        {at("10-08 08:30"), at("10-08 09:00"), true, Because::Office, ""},
        {at("10-08 09:00"), at("10-08 10:00"), false, Because::Paused, "等市民补材料"},
        {at("10-08 10:00"), at("10-08 11:00"), true, Because::Office, ""},
    };
    EXPECT_EQ(explain(clock, office, at("10-08 11:00")), expected);
    EXPECT_EQ(used(clock, office, at("10-08 11:00")), Micros(7h));
    EXPECT_EQ(word(Because::Holiday), "holiday");
}

TEST(work_clock, two_nights_and_a_weekend_are_one_line_each) {
    const auto lines = explain(begun("11-20 17:00", "1wd"), office, at("11-23 09:00"));
    ASSERT_EQ(lines.size(), 5u);
    EXPECT_EQ(lines[1].because, Because::Night);
    EXPECT_EQ(lines[2],
              (Stretch{at("11-21 00:00"), at("11-23 00:00"), false, Because::Weekend, ""}));
    const auto night = explain(begun("11-23 17:00", "2wd"), office, at("11-24 09:00"));
    ASSERT_EQ(night.size(), 3u);
    EXPECT_EQ(night[1].until, at("11-24 08:30"));
}

TEST(work_clock, a_night_shift_belongs_to_the_day_it_began_on) {
    const WorkClock clock = begun("11-23 20:00", "8wh", "night");
    EXPECT_EQ(local(deadline(clock, office)), "11-24 06:00");
    // 10-01 to 10-07 are holidays: the shift begun on 09-30 ends on the morning of 10-01.
    EXPECT_EQ(local(deadline(begun("09-30 23:00", "8wh", "night"), office)), "10-08 23:00");
    EXPECT_EQ(local(deadline(begun("11-23 20:00", "30wm", "always"), office)), "11-23 20:30");
}

TEST(work_clock, office_hours_that_never_come_are_refused) {
    for (const char* promise : {"1wh", "1wd"})
        for (const char* hours : {"never", "no such row"}) {
            const auto clock =
                start_clock(office, at("11-23 09:00"), *parse_promise(promise), hours);
            ASSERT_FALSE(clock);
            EXPECT_EQ(clock.error().code, Errc::NeverOpen);
        }
    EXPECT_TRUE(start_clock(office, at("11-23 09:00"), *parse_promise("15m"), "never"));
}

TEST(work_clock, done_at_the_deadline_is_in_time_and_a_microsecond_later_is_late) {
    WorkClock clock = begun("11-23 17:00", "30wm");
    EXPECT_FALSE(is_broken(clock, office, at("11-23 17:30")));
    EXPECT_TRUE(is_broken(clock, office, UtcTime{at("11-23 17:30").us + 1}));
    WorkClock in_time = clock;
    ASSERT_TRUE(stop(in_time, at("11-23 17:30")));
    EXPECT_FALSE(is_broken(in_time, office, at("12-01 00:00")));
    EXPECT_EQ(used(in_time, office, at("12-01 00:00")), Micros(30min));
    EXPECT_EQ(stop(in_time, at("11-24 08:00")).error().code, Errc::ClockStopped);
}

TEST(work_clock, a_pause_without_end_has_no_deadline_until_it_ends) {
    WorkClock clock = begun("11-23 09:00", "2wh");
    ASSERT_TRUE(pause(clock, {at("11-23 10:00"), {}, "等市民", UserId{9}}));
    EXPECT_EQ(deadline(clock, office), std::nullopt);
    EXPECT_FALSE(is_broken(clock, office, at("12-23 10:00")));
    EXPECT_EQ(extend(clock, office, {at("11-23 11:00"), *parse_promise("1wh"), "x", UserId{9}})
                  .error()
                  .code,
              Errc::ClockRests);
    EXPECT_EQ(pause(clock, {at("11-23 11:00"), {}, "x", UserId{9}}).error().code,
              Errc::AlreadyPaused);
    ASSERT_TRUE(resume(clock, at("11-24 08:30")));
    EXPECT_EQ(local(deadline(clock, office)), "11-24 09:30");
    EXPECT_EQ(resume(clock, at("11-24 09:00")).error().code, Errc::NotPaused);
}

TEST(work_clock, a_planned_pause_may_end_early_or_never_have_been) {
    WorkClock clock = begun("11-23 09:00", "2wh");
    ASSERT_TRUE(pause(clock, {at("11-23 10:00"), at("11-23 16:00"), "等配件", UserId{9}}));
    EXPECT_EQ(local(deadline(clock, office)), "11-23 17:00");
    ASSERT_TRUE(resume(clock, at("11-23 11:00")));
    EXPECT_EQ(local(deadline(clock, office)), "11-23 12:00");
    ASSERT_TRUE(pause(clock, {at("11-23 11:00"), at("11-23 11:30"), "等配件", UserId{9}}));
    ASSERT_TRUE(resume(clock, at("11-23 11:00")));
    EXPECT_EQ(clock.pauses.size(), 1u);
    EXPECT_EQ(pause(clock, {at("11-23 10:30"), {}, "x", UserId{9}}).error().code,
              Errc::AlreadyPaused);
    EXPECT_EQ(pause(clock, {at("11-23 09:30"), {}, "x", UserId{9}}).error().code,
              Errc::TimeRunsBack);
    EXPECT_EQ(pause(clock, {at("11-23 12:00"), at("11-23 12:00"), "x", UserId{9}}).error().code,
              Errc::PauseNeedsEnd);
}

TEST(work_clock, an_extension_is_once_and_before_the_deadline) {
    WorkClock clock = begun("11-23 16:00", "1wh");
    const Extension more{at("11-23 16:30"), *parse_promise("1wd"), "管道要开挖", UserId{9}};
    Extension late = more;
    late.at = at("11-23 17:00");
    EXPECT_EQ(extend(clock, office, late).error().code, Errc::PastDeadline);
    ASSERT_TRUE(extend(clock, office, more));
    EXPECT_EQ(local(deadline(clock, office)), "11-24 17:30");
    EXPECT_EQ(extend(clock, office, more).error().code, Errc::ExtendedBefore);
}

TEST(work_clock, a_reopened_clock_keeps_what_was_used) {
    WorkClock clock = begun("11-23 09:00", "4wh");
    ASSERT_TRUE(pause(clock, {at("11-23 11:00"), at("11-23 16:00"), "等配件", UserId{9}}));
    ASSERT_TRUE(stop(clock, at("11-23 14:00")));
    EXPECT_EQ(go_on(clock, at("11-23 13:00"), "结案后").error().code, Errc::TimeRunsBack);
    ASSERT_TRUE(go_on(clock, at("11-25 09:00"), "结案后"));
    EXPECT_EQ(broken_invariant(clock), "");
    EXPECT_EQ(used(clock, office, at("11-25 09:00")), Micros(2h));
    EXPECT_EQ(local(deadline(clock, office)), "11-25 11:00");
    EXPECT_EQ(go_on(clock, at("11-25 13:00"), "x").error().code, Errc::ClockRests);
}

TEST(work_clock, warnings_are_parts_of_the_time_or_what_is_left) {
    const WorkClock clock = begun("11-23 08:30", "8wh");
    const std::vector<Warning> warnings{
        {80, Micros{0}}, {0, Micros(30min)}, {50, Micros{0}}, {0, Micros(100h)}};
    const auto marks = warning_marks(clock, warnings);
    ASSERT_EQ(marks.size(), 3u);  // 100 hours before the end of eight would be at once
    EXPECT_EQ(local(when_used(clock, office, marks[0])), "11-23 13:30");
    EXPECT_EQ(local(when_used(clock, office, marks[1])), "11-23 15:54");
    EXPECT_EQ(local(when_used(clock, office, marks[2])), "11-23 17:00");
}

TEST(clock_preset, the_presets_that_come_with_the_program_read) {
    const auto presets = parse_clock_presets(standard_clock_presets);
    ASSERT_TRUE(presets) << presets.error().note;
    EXPECT_EQ(presets->size(), 5u);
    const ClockPreset* p = find_preset(*presets, "emergency");
    ASSERT_NE(p, nullptr);
    EXPECT_EQ(to_text(*p->promise(ClockName::Accept)), "15m");
    EXPECT_EQ(to_text(*p->promise(ClockName::Close)), "2h");
    EXPECT_EQ(p->warnings.size(), 3u);
    EXPECT_EQ(title(*find_preset(*presets, "difficult")->promise(ClockName::Close)), "15天");
    EXPECT_EQ(title(*find_preset(*presets, "ordinary")->promise(ClockName::Accept)), "1个工作日");
    EXPECT_FALSE(find_preset(*presets, "inquiry")->promise(ClockName::FollowUp));
    EXPECT_EQ(find_preset(*presets, "x"), nullptr);
    for (const ClockName name : clock_names) EXPECT_EQ(clock_name_from(word(name)), name);
    EXPECT_EQ(clock_name_from("x"), std::nullopt);
}

TEST(clock_preset, a_wrong_table_is_refused_with_its_line) {
    const auto note = [](std::string_view text) {
        const auto got = parse_clock_presets(text);
        return got ? std::string("read") : got.error().note;
    };
    EXPECT_EQ(note("# only a remark\n"), "read");
    EXPECT_EQ(note("a 1h 1h 1h -"), "clock presets, line 1: seven words are expected");
    EXPECT_EQ(note("\na 1h 1h - - 50% office"), "clock presets, line 2: without a closing clock");
    EXPECT_EQ(note("a - - 1h - - o\na - - 1h - - o"),
              "clock presets, line 2: the name is given twice");
    EXPECT_EQ(note("a - - 1x - - o"), "clock presets, line 1: promise \"1x\"");
    for (const char* bad : {"0%", "101%", "%", "1wd", "-1h"})
        EXPECT_NE(note(std::string("a - - 1h - ") + bad + " o"), "read") << bad;
}

TEST(promise, lengths_read_back) {
    for (const char* text : {"15m", "90m", "2h", "24h", "36h", "7d", "30wm", "8wh", "1wd", "15wd"})
        EXPECT_EQ(to_text(*parse_promise(text)), text);
    for (const char* bad : {"", "m", "0m", "-1h", "1.5h", "h1", "1 h2", "99999999999999999999d",
                            "9999999999d", "2501wd", "7 天"}) {
        ASSERT_FALSE(parse_promise(bad)) << bad;
        EXPECT_EQ(parse_promise(bad).error().code, Errc::PromiseDoesNotRead);
    }
}

/// Any clock with any lawful pauses, within the year.
struct AnyClock {
    WorkClock clock;
    UtcTime end;
};

AnyClock any_clock() {
    const auto s = [](std::int64_t below) { return *rc::gen::inRange<std::int64_t>(0, below); };
    const std::string promise =
        *rc::gen::element("15m", "2h", "24h", "7d", "15wm", "3wh", "40wh", "1wd", "5wd", "15wd");
    const UtcTime start{at("01-05 00:00").us + s(250LL * 86'400) * 1'000'000 + s(1'000'000)};
    const std::string hours = *rc::gen::element("office", "night", "always");
    AnyClock any{*start_clock(office, start, *parse_promise(promise), hours), start};
    const auto pauses = s(5);
    for (std::int64_t i = 0; i < pauses; ++i) {
        const UtcTime from{any.end.us + s(3 * 86'400) * 1'000'000};
        const UtcTime until{from.us + (1 + s(4 * 86'400)) * 1'000'000};
        RC_ASSERT(bool(pause(any.clock, {from, until, std::string(1, char('a' + i)), UserId{1}})));
        any.end = until;
    }
    any.end.us += s(20 * 86'400) * 1'000'000;
    return any;
}

RC_GTEST_PROP(work_clock_property, every_second_is_accounted_for_once, ()) {
    const AnyClock any = any_clock();
    const auto lines = explain(any.clock, office, any.end);
    UtcTime at = any.clock.started_at;
    Micros sum{0};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        RC_ASSERT(lines[i].from == at);
        RC_ASSERT(lines[i].until > at);
        if (i > 0)
            RC_ASSERT(lines[i].because != lines[i - 1].because ||
                      lines[i].note != lines[i - 1].note);
        if (lines[i].counts) sum += Micros(lines[i].length_us());
        at = lines[i].until;
    }
    RC_ASSERT(at == any.end || (lines.empty() && any.end == any.clock.started_at));
    RC_ASSERT(sum == used(any.clock, office, any.end));
}

RC_GTEST_PROP(work_clock_property, a_line_counts_exactly_when_the_calendar_is_open, ()) {
    const AnyClock any = any_clock();
    const auto lines = explain(any.clock, office, any.end);
    for (int i = 0; i < 20 && !lines.empty(); ++i) {
        const auto& line = *rc::gen::elementOf(lines);
        const UtcTime t{line.from.us + *rc::gen::inRange<std::int64_t>(0, line.length_us())};
        const bool open =
            any.clock.promise.counting == Counting::Natural || office.is_open(any.clock.hours, t);
        const bool rests = any.clock.pause_at(t) != nullptr;
        RC_ASSERT(line.counts == (open && !rests));
        RC_ASSERT((line.because == Because::Paused) == rests);
        if (line.because == Because::Holiday) RC_ASSERT(office.is_holiday(t));
    }
}

RC_GTEST_PROP(work_clock_property, at_the_deadline_all_is_used_and_not_before, ()) {
    const AnyClock any = any_clock();
    const auto due = deadline(any.clock, office);
    RC_ASSERT(due.has_value());
    RC_ASSERT(used(any.clock, office, *due) == any.clock.allowed);
    RC_ASSERT(used(any.clock, office, UtcTime{due->us - 1}) == any.clock.allowed - Micros{1});
    RC_ASSERT(!is_broken(any.clock, office, *due));
    RC_ASSERT(broken_invariant(any.clock) == "");
}

RC_GTEST_PROP(work_clock_property, a_pause_never_brings_a_deadline_nearer, ()) {
    AnyClock any = any_clock();
    const auto before = deadline(any.clock, office);
    const UtcTime from{any.end.us};
    RC_ASSERT(bool(pause(any.clock, {from, UtcTime{from.us + 3'600'000'000}, "z", UserId{1}})));
    RC_ASSERT(*deadline(any.clock, office) >= *before);
    WorkClock more = any.clock;
    if (extend(more, office,
               {any.clock.started_at, Promise{Counting::Natural, 60}, "x", UserId{1}}))
        RC_ASSERT(*deadline(more, office) > *deadline(any.clock, office));
}

RC_GTEST_PROP(work_clock_property, used_time_grows_no_faster_than_the_clock_on_the_wall, ()) {
    const AnyClock any = any_clock();
    const auto span = any.end.us - any.clock.started_at.us;
    const auto a = *rc::gen::inRange<std::int64_t>(0, span + 1);
    const auto b = *rc::gen::inRange<std::int64_t>(0, span + 1);
    const UtcTime first{any.clock.started_at.us + std::min(a, b)};
    const UtcTime second{any.clock.started_at.us + std::max(a, b)};
    const Micros more = used(any.clock, office, second) - used(any.clock, office, first);
    RC_ASSERT(more >= Micros{0});
    RC_ASSERT(more <= Micros{second.us - first.us});
}

}  // namespace
}  // namespace ys::cases
