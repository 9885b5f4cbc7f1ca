// SPDX-License-Identifier: Apache-2.0
// What the made-up systems say, without a network; everything they say must pass the port's check.
#include <gtest/gtest.h>

#include "backoffice/said_answer.h"
#include "backoffice/simulators/appointments_simulator.h"
#include "backoffice/simulators/quota_simulator.h"

namespace ys::backoffice {
namespace {

constexpr std::int64_t minute = 60'000'000;
const UtcTime start{1'795'399'500'000'000};  // Monday 2026-11-23 10:05 on China's clock

std::string said(const Simulator& simulator, SubjectKind kind, const std::string& number,
                 UtcTime now = start) {
    const Subject subject{kind, number};
    auto answer = simulator.look(subject, {}, now);
    if (!answer) return answer.error().note;
    auto checked = checked_answer(*std::move(answer), subject, now);
    if (!checked) return checked.error().note;
    return said_answer(*checked, now, Language::Chinese).text;
}

std::string quota(const char* number, UtcTime now = start, Seconds behind = Seconds{0}) {
    return said(QuotaSimulator({start, behind}), SubjectKind::Application, number, now);
}

TEST(quota_simulator, every_kind_of_application_is_there) {
    const std::string head = "您尾号";
    EXPECT_EQ(quota("QT20260002"),
              head + "0002的小客车指标申请现在到第2步复审，共3步，截至10:05。");
    EXPECT_EQ(quota("QT20260003"),
              head + "0003的小客车指标申请现在到第3步公示，共3步，截至10:05。");
    EXPECT_EQ(quota("QT20260004"),
              head +
                  "0004的小客车指标申请已经通过，结果是获得小客车配置指标一个，有效期到2027年5月22"
                  "日，截至10:05。");
    EXPECT_NE(quota("QT20260005").find("有效期到12月5日，还有12天"), std::string::npos);
    EXPECT_EQ(quota("QT20260006"),
              head +
                  "0006的小客车指标申请没有通过复审，原因是驾驶证信息与公安交管部门登记的不一致，"
                  "截至10:05。");
    EXPECT_NE(quota("QT20260007").find("没有通过材料初审"), std::string::npos);
    EXPECT_NE(quota("QT20260008").find("已经过期"), std::string::npos);
    EXPECT_EQ(quota("QT20269999"), "没有查到尾号9999的信息，截至10:05，可以请人工帮您。");
}

TEST(quota_simulator, an_application_moves_on_and_late_data_lags_behind) {
    EXPECT_NE(quota("QT20260001").find("第1步材料初审"), std::string::npos);
    const UtcTime later{start.us + 12 * minute};
    EXPECT_EQ(quota("QT20260001", later),
              "您尾号0001的小客车指标申请现在到第2步复审，共3步，截至10:17。");
    EXPECT_EQ(quota("QT20260001", later, Seconds{12 * 60}),
              "您尾号0001的小客车指标申请到第1步材料初审，共3步，这是12分钟前的数据，截至10:05。");
    EXPECT_NE(quota("QT20260001", {start.us + 31 * minute}).find("已经通过"), std::string::npos);
}

TEST(quota_simulator, digits_match_their_own_application_only) {
    const QuotaSimulator simulator({start});
    EXPECT_TRUE(simulator.matches({SubjectKind::Application, "QT20260001"}, "100001"));
    EXPECT_FALSE(simulator.matches({SubjectKind::Application, "QT20260002"}, "100001"));
    EXPECT_FALSE(simulator.matches({SubjectKind::Document, "QT20260001"}, "100001"));
    EXPECT_FALSE(simulator.matches({SubjectKind::Application, "QT20269999"}, ""));
}

TEST(appointments_simulator, a_hall_has_the_queue_of_this_minute) {
    const AppointmentsSimulator simulator({start});
    const std::string now = said(simulator, SubjectKind::Hall, "云汀市政务服务大厅");
    EXPECT_TRUE(now.starts_with("云汀市政务服务大厅现在有") && now.ends_with("截至10:05。")) << now;
    EXPECT_NE(now.substr(0, now.find("截至")),
              said(simulator, SubjectKind::Hall, "云汀市政务服务大厅", {start.us + 4 * minute})
                  .substr(0, now.find("截至")));
    const UtcTime night{start.us + 10 * 60 * minute};
    EXPECT_EQ(said(simulator, SubjectKind::Hall, "云汀市政务服务大厅", night),
              "云汀市政务服务大厅现在没有人排队，没有窗口开放，截至20:05。");
    EXPECT_EQ(said(simulator, SubjectKind::Hall, "月亮大厅"),
              "没有查到月亮大厅，截至10:05，可以请人工帮您。");
}

TEST(appointments_simulator, a_booking_is_found_by_its_number_and_by_the_telephone_that_booked) {
    const AppointmentsSimulator simulator({start});
    const std::string by_phone = said(simulator, SubjectKind::Appointment, "13900001001");
    EXPECT_TRUE(by_phone.starts_with(
        "您尾号1001的预约是明天09:30在云汀市政务服务大厅办理居民身份证换领，大厅现在有"))
        << by_phone;
    EXPECT_NE(said(simulator, SubjectKind::Appointment, "YY20260001").find("明天09:30"),
              std::string::npos);
    EXPECT_TRUE(simulator.matches({SubjectKind::Appointment, "13900001001"}, "200001"));
    EXPECT_FALSE(simulator.matches({SubjectKind::Appointment, "13900001002"}, "200001"));
}

TEST(appointments_simulator, documents_become_ready_and_are_told_once) {
    const AppointmentsSimulator simulator({start});
    EXPECT_EQ(said(simulator, SubjectKind::Document, "ZJ20260002"),
              "您尾号0002的普通护照还没有办好，截至10:05。");
    const UtcTime later{start.us + 5 * minute};
    EXPECT_EQ(said(simulator, SubjectKind::Document, "ZJ20260002", later),
              "您尾号0002的普通护照已经办好，请到云汀市政务服务大厅8号窗口领取，截至10:10。");
    ASSERT_EQ(simulator.ready_after(0, start).size(), 1U);
    EXPECT_TRUE(simulator.ready_after(1, start).empty());
    const auto ready = simulator.ready_after(1, later);
    ASSERT_EQ(ready.size(), 1U);
    EXPECT_EQ(ready[0].seq, 2U);
    EXPECT_EQ(ready[0].number, "ZJ20260002");
    EXPECT_EQ(ready[0].phone, "13900001002");
}

}  // namespace
}  // namespace ys::backoffice
