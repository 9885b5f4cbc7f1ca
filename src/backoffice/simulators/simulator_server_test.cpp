// SPDX-License-Identifier: Apache-2.0
// Every simulator over real HTTP, asked through the adapter: right, slow, wrong, down, and the
// breaker opening and closing again. The adapter's clock is told the time, so nothing waits for it.
#include "backoffice/simulators/simulator_server.h"

#include <gtest/gtest.h>

#include "backoffice/http_business_system.h"
#include "backoffice/said_answer.h"
#include "backoffice/simulators/appointments_simulator.h"
#include "backoffice/simulators/bus_simulator.h"
#include "backoffice/simulators/quota_simulator.h"
#include "platform/clock.h"

namespace ys::backoffice {
namespace {

using State = CircuitBreaker::State;

std::unique_ptr<const Simulator> bus() {
    const auto folder =
        std::filesystem::path(__FILE__).parent_path() / "../../../scenarios/bus/gtfs";
    const auto files = read_gtfs(folder);
    EXPECT_TRUE(files) << files.error().note;
    auto timetable = Timetable::build(*files);
    EXPECT_TRUE(timetable) << timetable.error().note;
    return std::make_unique<BusSimulator>(*std::move(timetable), files->changed_at);
}

class AskedOverHttp : public ::testing::Test {
protected:
    void start(std::unique_ptr<const Simulator> simulator) {
        auto server = SimulatorServer::start(std::move(simulator), "127.0.0.1", 0);
        ASSERT_TRUE(server) << server.error().note;
        server_ = *std::move(server);
        system_ = adapter({"127.0.0.0/8"});
        ASSERT_TRUE(system_);
    }
    std::unique_ptr<HttpBusinessSystem> adapter(std::vector<std::string> allow) {
        auto built = HttpBusinessSystem::build(
            {.name = "simulated",
             .url = "http://127.0.0.1:" + std::to_string(server_->port()) + "/",
             .key = Secret<std::string>("key of the operator"),
             .allow = std::move(allow),
             .breaker = {.failures_max = 3, .opens_for = 30s}},
            registry_, [this] {
                return Now{mono_, utc_now()};
            });
        return built ? *std::move(built) : nullptr;
    }
    static Question about(SubjectKind kind, const char* name, const char* route = "") {
        return *Question::about_place(kind, name, route);
    }
    Question about_person(SubjectKind kind, const char* number, const char* digits) {
        const auto tried = gate_.try_digits({kind, number}, digits, *system_, utc_now());
        EXPECT_EQ(tried.outcome, CheckOutcome::Passed) << number;
        return *Question::about_person(*tried.identity, utc_now());
    }
    std::string said(const Looked& looked) {
        return said_answer(looked, utc_now(), Language::Chinese).text;
    }
    /// Nothing when it was answered.
    static std::optional<Trouble> trouble(const Looked& looked) {
        const auto* trouble = std::get_if<Trouble>(&looked);
        return trouble ? std::optional(*trouble) : std::nullopt;
    }
    void expect_faults_told_apart(const Question& question) {
        const std::string sentence = "现在查不到，可以请人工帮您。";
        EXPECT_EQ(trouble(system_->look(question, Instant::max())), std::nullopt);
        // It would answer after three seconds, and rightly: only the limit makes this trouble.
        server_->set({.is_slow = true});
        Looked looked = system_->look(question, Instant::max());
        EXPECT_EQ(trouble(looked), Trouble::Slow);
        EXPECT_EQ(said(looked), sentence);

        server_->set({.down_every = 1});
        looked = system_->look(question, Instant::max());
        EXPECT_EQ(trouble(looked), Trouble::Down);
        EXPECT_EQ(said(looked), sentence);

        // Each turn another: a page, half an answer, nothing, too much, a redirect, other fields.
        server_->set({.is_wrong = true});
        for (int i = 0; i < 6; ++i) {
            mono_ += 31s;  // The breaker lets a probe through.
            looked = system_->look(question, Instant::max());
            EXPECT_EQ(trouble(looked), Trouble::Wrong) << i;
            EXPECT_EQ(said(looked), sentence);
        }
        EXPECT_EQ(system_->breaker_state(), State::Open);
        mono_ += 31s;
        server_->set({});
        EXPECT_EQ(trouble(system_->look(question, Instant::max())), std::nullopt);
        EXPECT_EQ(counted("slow"), 1U);
        EXPECT_EQ(counted("down"), 1U);
        EXPECT_EQ(counted("wrong"), 6U);
    }
    std::size_t counted(const char* outcome) {
        const std::string text = registry_.text();
        const auto line = text.find("outcome=\"" + std::string(outcome) + "\"} ");
        return line == std::string::npos ? 0 : std::stoul(text.substr(text.find("} ", line) + 2));
    }

    metrics::Registry registry_;
    Instant mono_{1000s};
    IdentityGate gate_;
    std::unique_ptr<SimulatorServer> server_;
    std::unique_ptr<HttpBusinessSystem> system_;
};

TEST_F(AskedOverHttp, an_application_after_its_check) {
    start(std::make_unique<QuotaSimulator>(SimulatedClock{utc_now()}));
    EXPECT_EQ(
        gate_.try_digits({SubjectKind::Application, "QT20260002"}, "999999", *system_, utc_now())
            .outcome,
        CheckOutcome::WrongDigits);
    const Looked looked = system_->look(
        about_person(SubjectKind::Application, "QT20260002", "100002"), Instant::max());
    EXPECT_TRUE(said(looked).starts_with("您尾号0002的小客车指标申请现在到第2步复审，共3步，截至"))
        << said(looked);
    EXPECT_EQ(counted("answered"), 3U);
}

TEST_F(AskedOverHttp, departures_by_timetable) {
    start(bus());
    const Looked looked =
        system_->look(about(SubjectKind::Stop, "文化路口站", "12"), Instant::max());
    ASSERT_FALSE(trouble(looked));
    const auto& answer = std::get<LiveAnswer>(looked);
    EXPECT_TRUE(answer.is_timetable());
    EXPECT_EQ(answer.stop->departures.size(), 6U);
    for (const Departure& each : answer.stop->departures) EXPECT_EQ(each.route, "12路");
    EXPECT_NE(said(looked).find("以上是时刻表时间，不是实时到站"), std::string::npos);
    EXPECT_EQ(trouble(system_->look(about(SubjectKind::Stop, "月亮湾"), Instant::max())),
              std::nullopt);
}

TEST_F(AskedOverHttp, halls_bookings_and_documents_that_become_ready) {
    start(std::make_unique<AppointmentsSimulator>(SimulatedClock{utc_now()}));
    EXPECT_TRUE(said(system_->look(about(SubjectKind::Hall, "云汀市政务服务大厅"), Instant::max()))
                    .starts_with("云汀市政务服务大厅现在"));
    EXPECT_NE(said(system_->look(about_person(SubjectKind::Appointment, "13900001001", "200001"),
                                 Instant::max()))
                  .find("居民身份证换领"),
              std::string::npos);
    EXPECT_NE(said(system_->look(about_person(SubjectKind::Document, "ZJ20260001", "300001"),
                                 Instant::max()))
                  .find("已经办好"),
              std::string::npos);
    const auto ready = system_->ready_after(0);
    ASSERT_TRUE(std::holds_alternative<std::vector<DocumentReady>>(ready));
    ASSERT_EQ(std::get<0>(ready).size(), 1U);
    EXPECT_EQ(std::get<0>(ready)[0].number, "ZJ20260001");
    EXPECT_TRUE(std::get<0>(system_->ready_after(1)).empty());
}

TEST_F(AskedOverHttp, quota_slow_down_and_wrong_are_told_apart_by_operators_alone) {
    start(std::make_unique<QuotaSimulator>(SimulatedClock{utc_now()}));
    expect_faults_told_apart(about_person(SubjectKind::Application, "QT20260002", "100002"));
}

TEST_F(AskedOverHttp, bus_slow_down_and_wrong_are_told_apart_by_operators_alone) {
    start(bus());
    expect_faults_told_apart(about(SubjectKind::Stop, "文化路口"));
}

TEST_F(AskedOverHttp, appointments_slow_down_and_wrong_are_told_apart_by_operators_alone) {
    start(std::make_unique<AppointmentsSimulator>(SimulatedClock{utc_now()}));
    expect_faults_told_apart(about(SubjectKind::Hall, "北桥区便民服务中心"));
}

TEST_F(AskedOverHttp, the_breaker_opens_and_closes_again) {
    start(std::make_unique<AppointmentsSimulator>(SimulatedClock{utc_now()}));
    const Question question = about(SubjectKind::Hall, "北桥区便民服务中心");
    server_->set({.down_every = 1});
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(trouble(system_->look(question, Instant::max())), Trouble::Down);
    EXPECT_EQ(system_->breaker_state(), State::Open);
    server_->set({});
    EXPECT_EQ(trouble(system_->look(question, Instant::max())), Trouble::Resting)
        << "it works again, not asked";
    EXPECT_EQ(gate_.try_digits({SubjectKind::Document, "ZJ20260001"}, "300001", *system_, utc_now())
                  .outcome,
              CheckOutcome::CannotCheck);
    mono_ += 30s;
    EXPECT_EQ(system_->breaker_state(), State::HalfOpen);
    EXPECT_EQ(trouble(system_->look(question, Instant::max())), std::nullopt);
    EXPECT_EQ(system_->breaker_state(), State::Closed);
    EXPECT_EQ(counted("resting"), 2U);
}

TEST_F(AskedOverHttp, a_system_that_is_gone_is_down_and_one_that_lags_is_stale) {
    start(std::make_unique<AppointmentsSimulator>(SimulatedClock{utc_now(), Seconds{10 * 60}}));
    const Question question = about(SubjectKind::Hall, "北桥区便民服务中心");
    EXPECT_EQ(trouble(system_->look(question, Instant::max())), Trouble::Stale);
    EXPECT_EQ(system_->breaker_state(), State::Closed);
    server_.reset();
    EXPECT_EQ(trouble(system_->look(question, Instant::max())), Trouble::Down);
}

TEST_F(AskedOverHttp, loopback_is_asked_only_where_the_operator_allows_it) {
    start(std::make_unique<AppointmentsSimulator>(SimulatedClock{utc_now()}));
    const auto guarded = adapter({});
    ASSERT_TRUE(guarded);
    EXPECT_EQ(
        trouble(guarded->look(about(SubjectKind::Hall, "北桥区便民服务中心"), Instant::max())),
        Trouble::Down);
    EXPECT_FALSE(HttpBusinessSystem::build({.name = "x", .url = "file:///etc/passwd"}, registry_,
                                           [] { return now(); }));
}

}  // namespace
}  // namespace ys::backoffice
