// SPDX-License-Identifier: Apache-2.0
#include "ivr/spoken.h"

#include <map>

#include <gtest/gtest.h>

namespace ys::ivr {
namespace {

using namespace std::chrono_literals;

/// What the prompts say, so that the tests can be read.
std::string aloud(const Spoken& prompts) {
    static const std::map<std::string, std::string> text{
        {"digit-0", "零"},
        {"digit-1", "一"},
        {"digit-2", "二"},
        {"digit-3", "三"},
        {"digit-4", "四"},
        {"digit-5", "五"},
        {"digit-6", "六"},
        {"digit-7", "七"},
        {"digit-8", "八"},
        {"digit-9", "九"},
        {"digit-yao", "幺"},
        {"num-liang", "两"},
        {"num-shi", "十"},
        {"num-bai", "百"},
        {"num-qian", "千"},
        {"num-wan", "万"},
        {"unit-hour", "小时"},
        {"unit-minute", "分钟"},
        {"unit-second", "秒"},
        {"time-dian", "点"},
        {"time-fen", "分"},
        {"time-zheng", "整"},
        {"time-tomorrow", "明天"},
        {"time-month", "月"},
        {"time-day", "日"},
        {"queue-position-before", "您前面还有"},
        {"queue-position-after", "位市民，请稍候。"}};
    std::string out;
    for (const auto& p : prompts) out += text.at(p);
    return out;
}

TEST(spoken, work_and_telephone_numbers_are_read_digit_by_digit_with_yao) {
    EXPECT_EQ(spoken_digits("1027"), (Spoken{"digit-yao", "digit-0", "digit-2", "digit-7"}));
    EXPECT_EQ(aloud(spoken_digits("1124-0217")), "幺幺二四零二幺七");
    EXPECT_EQ(spoken_digits("工号"), Spoken{});
}

TEST(spoken, numbers_are_read_as_counted) {
    const std::map<unsigned long long, std::string> numbers{
        {0, "零"},
        {1, "一"},
        {2, "二"},
        {10, "十"},
        {11, "十一"},
        {20, "二十"},
        {23, "二十三"},
        {100, "一百"},
        {101, "一百零一"},
        {110, "一百一十"},
        {115, "一百一十五"},
        {1000, "一千"},
        {1001, "一千零一"},
        {1010, "一千零一十"},
        {1100, "一千一百"},
        {2026, "二千零二十六"},
        {9999, "九千九百九十九"},
        {10000, "一万"},
        {10001, "一万零一"},
        {10500, "一万零五百"},
        {12000, "一万二千"},
        {100000, "十万"},
        {120345, "十二万零三百四十五"},
        {99999999, "九千九百九十九万九千九百九十九"},
        {100000000, "幺零零零零零零零零"}};
    for (const auto& [n, words] : numbers) EXPECT_EQ(aloud(spoken_number(n)), words) << n;
}

TEST(spoken, places_in_the_queue_are_counted) {
    EXPECT_EQ(aloud(spoken_place(1)), "您前面还有一位市民，请稍候。");
    EXPECT_EQ(aloud(spoken_place(2)), "您前面还有两位市民，请稍候。");
    EXPECT_EQ(aloud(spoken_place(12)), "您前面还有十二位市民，请稍候。");
    EXPECT_EQ(spoken_place(0), Spoken{});
}

TEST(spoken, durations_and_clock_times) {
    EXPECT_EQ(aloud(spoken_duration(7500s)), "两小时五分钟");
    EXPECT_EQ(aloud(spoken_duration(120s)), "两分钟");
    EXPECT_EQ(aloud(spoken_duration(45s)), "四十五秒");
    EXPECT_EQ(aloud(spoken_duration(-5s)), "零秒");
    EXPECT_EQ(aloud(spoken_clock(15, 30)), "十五点三十分");
    EXPECT_EQ(aloud(spoken_clock(2, 5)), "两点零五分");
    EXPECT_EQ(aloud(spoken_clock(8, 0)), "八点整");
    EXPECT_EQ(aloud(spoken_clock(0, 10)), "零点十分");
    EXPECT_EQ(spoken_clock(24, 0), Spoken{});
    EXPECT_EQ(spoken_clock(8, 60), Spoken{});
}

TEST(Spoken, a_moment_to_come_is_said_with_its_day_unless_it_is_today) {
    const auto at = [](const char* text) { return *parse_rfc3339(text); };
    const UtcTime now = at("2026-11-22T15:00:00Z");  // 23:00 in China.
    EXPECT_EQ(aloud(spoken_moment(at("2026-11-22T15:30:00Z"), now)), "二十三点三十分");
    EXPECT_EQ(aloud(spoken_moment(at("2026-11-22T16:05:00Z"), now)), "明天零点零五分");
    EXPECT_EQ(aloud(spoken_moment(at("2026-12-01T00:00:00Z"), now)), "十二月一日八点整");
}

TEST(spoken, a_case_is_told_in_the_sentences_of_the_page) {
    const UtcTime now = *parse_rfc3339("2026-11-24T02:00:00Z");
    const UtcTime tomorrow = *parse_rfc3339("2026-11-25T00:00:00Z");
    const UtcTime before = *parse_rfc3339("2026-11-23T00:30:00Z");
    EXPECT_EQ(
        spoken_progress({.number = "1124-0217", .now = "being_handled", .until = tomorrow}, now),
        (Spoken{"progress-case", "digit-yao", "digit-yao", "digit-2", "digit-4", "digit-0",
                "digit-2", "digit-yao", "digit-7", "progress-being-handled", "time-tomorrow",
                "digit-8", "time-dian", "time-zheng", "progress-until"}));
    EXPECT_EQ(spoken_progress({.number = "5",
                               .now = "waits_for_unit",
                               .until = before,
                               .is_late = true,
                               .supervised = 2},
                              now),
              (Spoken{"progress-case",
                      "digit-5",
                      "progress-waits-for-unit",
                      "progress-planned",
                      "num-shi",
                      "digit-1",
                      "time-month",
                      "digit-2",
                      "num-shi",
                      "digit-3",
                      "time-day",
                      "digit-8",
                      "time-dian",
                      "digit-3",
                      "num-shi",
                      "time-fen",
                      "progress-until",
                      "progress-late",
                      "progress-supervised",
                      "num-liang",
                      "progress-level"}));
    EXPECT_EQ(spoken_progress({.number = "5", .now = "closed"}, now),
              (Spoken{"progress-case", "digit-5", "progress-closed"}));
    EXPECT_EQ(spoken_progress({.number = "5", .now = "unheard_of"}, now), Spoken{});
}

}  // namespace
}  // namespace ys::ivr
