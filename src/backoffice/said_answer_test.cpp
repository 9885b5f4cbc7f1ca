// SPDX-License-Identifier: Apache-2.0
#include "backoffice/said_answer.h"

#include <gtest/gtest.h>

namespace ys::backoffice {
namespace {

constexpr std::int64_t minute = 60'000'000;
constexpr std::int64_t day = 24 * 60 * minute;
const UtcTime now{1'795'399'500'000'000};  // 2026-11-23 10:05 on China's clock

UtcTime in(std::int64_t us) { return {now.us + us}; }

LiveAnswer about(SubjectKind kind, std::string number) {
    return {.format = std::string(answer_format),
            .subject = {kind, std::move(number)},
            .source = {"业务系统", ""},
            .as_of = now,
            .basis = Basis::Live,
            .is_known = true};
}

LiveAnswer application() {
    LiveAnswer answer = about(SubjectKind::Application, "QT20260217");
    answer.application = ApplicationFacts{.title = {"小客车指标申请", "car quota application"},
                                          .status = Status::InProgress,
                                          .stages = {{{"材料初审", "document check"}, in(-day)},
                                                     {{"复审", "second review"}, {}},
                                                     {{"公示", "publication"}, {}}}};
    return answer;
}

LiveAnswer granted(UtcTime until) {
    LiveAnswer answer = application();
    for (Stage& stage : answer.application->stages) stage.done_at = in(-day);
    answer.application->status = Status::Granted;
    answer.application->result = {"已配置小客车指标", "a car quota was given"};
    answer.application->expires_at = until;
    return answer;
}

LiveAnswer stop() {
    LiveAnswer answer = about(SubjectKind::Stop, "文化路口");
    answer.basis = Basis::Timetable;
    answer.as_of = in(-3 * day);
    const Words station{"火车站", "Railway Station"};
    answer.stop = StopFacts{{"文化路口", "Wenhua Road"},
                            {{"12路", station, in(-2 * minute)},
                             {"12路", station, in(7 * minute)},
                             {"35路", {"高新区", "High-tech Zone"}, in(10 * minute)},
                             {"12路", station, in(19 * minute)}}};
    return answer;
}

std::string zh(const Looked& looked, UtcTime at = now) {
    return said_answer(looked, at, Language::Chinese).text;
}
std::string en(const Looked& looked, UtcTime at = now) {
    return said_answer(looked, at, Language::English).text;
}

TEST(said_answer, an_application_says_its_stage_and_its_time) {
    EXPECT_EQ(zh(application()), "您尾号0217的小客车指标申请现在到第2步复审，共3步，截至10:05。");
    EXPECT_EQ(en(application()),
              "Your car quota application ending 0217 is at step 2 of 3, second review, as of "
              "10:05.");
    EXPECT_FALSE(said_answer(application(), now, Language::Chinese).is_person_offered);
}

TEST(said_answer, old_data_is_never_said_to_be_of_now) {
    EXPECT_EQ(zh(application(), in(5 * minute - 1)),
              "您尾号0217的小客车指标申请现在到第2步复审，共3步，截至10:05。");
    EXPECT_EQ(zh(application(), in(12 * minute)),
              "您尾号0217的小客车指标申请到第2步复审，共3步，这是12分钟前的数据，截至10:05。");
    EXPECT_EQ(en(application(), in(12 * minute)),
              "Your car quota application ending 0217 was at step 2 of 3, second review, data 12 "
              "minutes old, as of 10:05.");
    EXPECT_NE(zh(application(), in(60 * minute)).find("这是1小时前的数据，截至10:05。"),
              std::string::npos);
    EXPECT_NE(zh(application(), in(day)).find("这是24小时前的数据，截至11月23日10:05。"),
              std::string::npos);
    EXPECT_EQ(zh(application(), in(day + 1)), "现在查不到，可以请人工帮您。");
}

TEST(said_answer, trouble_of_any_kind_is_one_sentence_and_a_person) {
    for (const Trouble trouble :
         {Trouble::Slow, Trouble::Down, Trouble::Wrong, Trouble::Stale, Trouble::Resting}) {
        const SaidAnswer said = said_answer(trouble, now, Language::Chinese);
        EXPECT_EQ(said, (SaidAnswer{"现在查不到，可以请人工帮您。", true}));
        EXPECT_EQ(en(trouble), "We cannot see it right now; a person can help you.");
    }
}

TEST(said_answer, a_refusal_says_its_reason_within_one_sentence) {
    LiveAnswer answer = application();
    answer.application->status = Status::Refused;
    answer.application->refusal_reason = {"驾驶证过期。请更新后再申请。",
                                          "Licence expired. Renew it."};
    EXPECT_EQ(
        zh(answer),
        "您尾号0217的小客车指标申请没有通过复审，原因是驾驶证过期；请更新后再申请，截至10:05。");
    EXPECT_EQ(en(answer),
              "Your car quota application ending 0217 was refused at second review, the reason "
              "being: Licence expired; Renew it, as of 10:05.");
}

TEST(said_answer, a_result_says_until_when_it_may_be_used) {
    const std::string head = "您尾号0217的小客车指标申请已经通过，结果是已配置小客车指标，有效期到";
    EXPECT_EQ(zh(granted(in(200 * day))), head + "2027年6月11日，截至10:05。");
    EXPECT_EQ(zh(granted(in(12 * day + minute))), head + "12月5日，还有12天，截至10:05。");
    EXPECT_EQ(zh(granted(in(minute))), head + "11月23日，不到一天就要过期，截至10:05。");
    EXPECT_EQ(zh(granted(in(-day))), head + "11月22日，已经过期，截至10:05。");
    EXPECT_EQ(en(granted(in(12 * day + minute))),
              "Your car quota application ending 0217 has been granted, the result being: a car "
              "quota was given, valid until 5 December, another 12 days, as of 10:05.");
}

TEST(said_answer, a_timetable_is_said_to_be_one_and_what_has_left_is_not_named) {
    EXPECT_EQ(zh(stop()),
              "文化路口接下来的班次是12路往火车站10:12、10:24，35路往高新区10:15，"
              "以上是时刻表时间，不是实时到站，时刻表更新于11月20日。");
    EXPECT_EQ(en(stop()),
              "Wenhua Road next departures: 12路 to Railway Station 10:12 and 10:24, 35路 to "
              "High-tech Zone 10:15, by timetable, not live, timetable of 20 November.");
    EXPECT_EQ(zh(stop(), in(60 * minute)),
              "文化路口没有查到后续班次，以上是时刻表时间，不是实时到站，时刻表更新于11月20日。");
    LiveAnswer tomorrow = stop();
    tomorrow.stop->departures = {{"12路", {"火车站", ""}, in(day)}};
    EXPECT_NE(zh(tomorrow).find("12路往火车站明天10:05"), std::string::npos) << zh(tomorrow);
}

TEST(said_answer, halls_bookings_and_documents) {
    LiveAnswer hall = about(SubjectKind::Hall, "政务大厅");
    hall.hall = HallFacts{{"政务大厅", "Service Hall"}, 23, 3};
    EXPECT_EQ(zh(hall), "政务大厅现在有23人排队，开放3个窗口，截至10:05。");
    EXPECT_EQ(en(hall), "Service Hall has 3 counters open, with 23 waiting now, as of 10:05.");
    EXPECT_EQ(zh(hall, in(5 * minute + 1)), "现在查不到，可以请人工帮您。");
    hall.hall->people_waiting = hall.hall->counters_open = 0;
    EXPECT_EQ(zh(hall), "政务大厅现在没有人排队，没有窗口开放，截至10:05。");

    LiveAnswer booking = about(SubjectKind::Appointment, "13800138001");
    booking.appointment = AppointmentFacts{{"身份证换领", "renewal of the identity card"},
                                           in(day - 35 * minute),
                                           {{"政务大厅", "Service Hall"}, 4, 3}};
    EXPECT_EQ(
        zh(booking),
        "您尾号8001的预约是明天09:30在政务大厅办理身份证换领，大厅现在有4人排队，截至10:05。");
    EXPECT_EQ(en(booking),
              "Your booking ending 8001 is for renewal of the identity card at Service Hall, 09:30 "
              "tomorrow, with 4 waiting now, as of 10:05.");

    LiveAnswer document = about(SubjectKind::Document, "ZJ20260031");
    document.document = DocumentFacts{{"居民身份证", "identity card"}, false, {}};
    EXPECT_EQ(zh(document), "您尾号0031的居民身份证还没有办好，截至10:05。");
    document.document->is_ready = true;
    document.document->where = {"政务大厅5号窗口", "Service Hall, counter 5"};
    EXPECT_EQ(zh(document), "您尾号0031的居民身份证已经办好，请到政务大厅5号窗口领取，截至10:05。");
}

TEST(said_answer, what_is_not_known_is_said_and_a_person_offered) {
    LiveAnswer answer = about(SubjectKind::Application, "QT20260217");
    answer.is_known = false;
    EXPECT_EQ(said_answer(answer, now, Language::Chinese),
              (SaidAnswer{"没有查到尾号0217的信息，截至10:05，可以请人工帮您。", true}));
    LiveAnswer place = about(SubjectKind::Stop, "月亮湾");
    place.is_known = false;
    EXPECT_EQ(zh(place), "没有查到月亮湾，截至10:05，可以请人工帮您。");
}

TEST(said_answer, every_check_that_fails_offers_a_person) {
    EXPECT_EQ(said_check(CheckOutcome::Passed, Language::Chinese), SaidAnswer{});
    for (const CheckOutcome outcome :
         {CheckOutcome::WrongDigits, CheckOutcome::NoMoreTries, CheckOutcome::CannotCheck}) {
        const SaidAnswer said = said_check(outcome, Language::Chinese);
        EXPECT_TRUE(said.is_person_offered);
        EXPECT_TRUE(said.text.ends_with("可以请人工帮您。")) << said.text;
        EXPECT_NE(said_check(outcome, Language::English).text.find("a person can help you"),
                  std::string::npos);
    }
}

}  // namespace
}  // namespace ys::backoffice
