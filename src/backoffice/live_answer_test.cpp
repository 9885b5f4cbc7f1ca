// SPDX-License-Identifier: Apache-2.0
#include "backoffice/live_answer.h"

#include <functional>

#include <gtest/gtest.h>

namespace ys::backoffice {
namespace {

constexpr std::int64_t minute = 60'000'000;
const UtcTime now{1'795'399'500'000'000};  // 2026-11-23 10:05 on China's clock
const Subject quota{SubjectKind::Application, "QT20260217"};
const Subject stop{SubjectKind::Stop, "文化路口"};

LiveAnswer application() {
    LiveAnswer answer{.format = std::string(answer_format),
                      .subject = quota,
                      .source = {"指标办", "quota office"},
                      .as_of = now,
                      .basis = Basis::Live,
                      .is_known = true};
    answer.application = ApplicationFacts{
        .title = {"小客车指标申请", ""},
        .status = Status::InProgress,
        .stages = {{{"材料初审", ""}, UtcTime{now.us - 90 * minute}}, {{"复审", ""}, {}}}};
    return answer;
}

LiveAnswer departures() {
    LiveAnswer answer{.format = std::string(answer_format),
                      .subject = stop,
                      .source = {"公交", ""},
                      .as_of = now,
                      .basis = Basis::Timetable,
                      .is_known = true};
    answer.stop = StopFacts{{"文化路口", ""}, {{"12路", {"火车站", ""}, now}}};
    return answer;
}

TEST(live_answer, an_answer_in_order_is_kept_as_it_is) {
    const auto first = checked_answer(application(), quota, now);
    ASSERT_TRUE(first) << first.error().note;
    EXPECT_EQ(*first, application());
    const auto second = checked_answer(departures(), stop, now);
    ASSERT_TRUE(second) << second.error().note;
    EXPECT_TRUE(second->is_timetable());
}

TEST(live_answer, not_known_is_an_answer_and_carries_no_facts) {
    LiveAnswer answer = application();
    answer.is_known = false;
    EXPECT_FALSE(checked_answer(answer, quota, now));
    answer.application.reset();
    EXPECT_TRUE(checked_answer(answer, quota, now));
}

TEST(live_answer, another_shape_is_refused) {
    const std::vector<std::pair<const char*, std::function<void(LiveAnswer&)>>> spoilt{
        {"format", [](LiveAnswer& a) { a.format = "live-answer-2"; }},
        {"number", [](LiveAnswer& a) { a.subject.number = "QT20260218"; }},
        {"kind", [](LiveAnswer& a) { a.subject.kind = SubjectKind::Document; }},
        {"source", [](LiveAnswer& a) { a.source = {}; }},
        {"no time", [](LiveAnswer& a) { a.as_of = {}; }},
        {"the future", [](LiveAnswer& a) { a.as_of.us += 3 * minute; }},
        {"basis", [](LiveAnswer& a) { a.basis = Basis::Unsaid; }},
        {"timetable", [](LiveAnswer& a) { a.basis = Basis::Timetable; }},
        {"no facts", [](LiveAnswer& a) { a.application.reset(); }},
        {"more facts",
         [](LiveAnswer& a) {
             a.hall = HallFacts{{"大厅", ""}, 1, 1};
         }},
        {"title", [](LiveAnswer& a) { a.application->title.zh = "\n"; }},
        {"status", [](LiveAnswer& a) { a.application->status = Status::Unsaid; }},
        {"no stages", [](LiveAnswer& a) { a.application->stages.clear(); }},
        {"stages",
         [](LiveAnswer& a) {
             a.application->stages.resize(50, {{"复审", ""}, {}});
         }},
        {"order",
         [](LiveAnswer& a) {
             std::swap(a.application->stages[0].done_at, a.application->stages[1].done_at);
         }},
        {"all done", [](LiveAnswer& a) { a.application->stages[1].done_at = now; }},
        {"reason", [](LiveAnswer& a) { a.application->status = Status::Refused; }},
        {"result", [](LiveAnswer& a) { a.application->status = Status::Granted; }}};
    for (const auto& [what, spoil] : spoilt) {
        LiveAnswer answer = application();
        spoil(answer);
        EXPECT_FALSE(checked_answer(answer, quota, now)) << what;
    }
    LiveAnswer unsorted = departures();
    unsorted.stop->departures.push_back({"12路", {"火车站", ""}, UtcTime{now.us - minute}});
    EXPECT_FALSE(checked_answer(unsorted, stop, now));
}

TEST(live_answer, texts_are_cleaned_and_bounded) {
    LiveAnswer answer = application();
    answer.application->status = Status::Refused;
    answer.application->refusal_reason.zh = "a\x01\xff" + std::string(5000, 'b');
    const auto checked = checked_answer(answer, quota, now);
    ASSERT_TRUE(checked);
    const std::string& reason = checked->application->refusal_reason.zh;
    EXPECT_LE(reason.size(), 300U);
    EXPECT_EQ(reason.find('\x01'), std::string::npos);
}

TEST(live_answer, a_queue_is_stale_after_minutes_and_a_case_after_a_day) {
    LiveAnswer answer = application();
    EXPECT_FALSE(is_stale(answer, {now.us + 24 * 60 * minute}));
    EXPECT_TRUE(is_stale(answer, {now.us + 24 * 60 * minute + 1}));
    answer.subject.kind = SubjectKind::Hall;
    EXPECT_FALSE(is_stale(answer, {now.us + 5 * minute}));
    EXPECT_TRUE(is_stale(answer, {now.us + 5 * minute + 1}));
    EXPECT_FALSE(is_stale(departures(), {now.us + 90 * 24 * 60 * minute}));
}

TEST(live_answer, a_subject_is_a_plain_number_or_a_clean_name) {
    EXPECT_EQ(parse_subject(SubjectKind::Application, " QT-20260217 ")->number, "QT-20260217");
    EXPECT_EQ(parse_subject(SubjectKind::Stop, "文化路口")->number, "文化路口");
    for (const std::string& text : {std::string("123"), std::string("尾号一二三四"),
                                    std::string("12/34?"), std::string(33, '1'), std::string()})
        EXPECT_FALSE(parse_subject(SubjectKind::Application, text)) << text;
    EXPECT_FALSE(parse_subject(SubjectKind::Stop, std::string(300, 'a')));
    EXPECT_FALSE(parse_subject(SubjectKind::None, "1234"));
}

}  // namespace
}  // namespace ys::backoffice
