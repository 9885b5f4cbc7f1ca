// SPDX-License-Identifier: Apache-2.0
#include "app/business_systems.h"

#include <array>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "backoffice/simulators/quota_simulator.h"
#include "backoffice/simulators/simulator_server.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/postgres_server.h"

namespace ys::app {
namespace {

using backoffice::SubjectKind;
const std::string cannot = "现在查不到，可以请人工帮您。";

/// The real thing between a simulator behind HTTP and a journal on disk; the loop on its own
/// thread.
class BusinessSystemsTest : public ::testing::Test {
protected:
    BusinessSystemsTest() {
        auto simulator = std::make_unique<backoffice::QuotaSimulator>(
            backoffice::SimulatedClock{utc_now(), Seconds{0}});
        auto started = backoffice::SimulatorServer::start(std::move(simulator), "127.0.0.1", 0);
        EXPECT_TRUE(started);
        server_ = *std::move(started);
        const std::string url = "sqlite:" + folder_.path() + "/test.db";
        auto db = sql::Database::open(url);
        const std::array schemas{journal::schema()};
        EXPECT_TRUE(db && sql::migrate(*db, schemas));
        writer_ = std::make_unique<sql::Writer>(*std::move(db), sql::Writer::Limits{},
                                                [](const Error&) {});
        loop_ = std::make_unique<ControlLoop>(metrics_);
        systems_ = made({quota()});
        thread_ = std::thread([this] { loop_->run(); });
        on_loop([] { return 0; });  // It runs: what ends it comes after its beginning.
    }
    ~BusinessSystemsTest() override {
        on_loop([this] {
            systems_->stop();
            loop_->finish();
            return 0;
        });
        thread_.join();
    }
    config::BusinessSystem quota() const {
        return {.name = "quota",
                .url = "http://127.0.0.1:" + std::to_string(server_->port()),
                .kinds = {"Application"},
                .allow = {"127.0.0.0/8"}};
    }
    std::unique_ptr<BusinessSystems> made(const std::vector<config::BusinessSystem>& settings) {
        auto out = BusinessSystems::make(
            {.loop = *loop_,
             .writer = *writer_,
             .metrics = metrics_,
             .call_of = [](UserId user) { return InteractionId{user.value == 7 ? 42U : 0U}; },
             .kinds_of = {{"result", SubjectKind::Application}, {"bus", SubjectKind::Stop}}},
            settings);
        EXPECT_TRUE(out);
        return *std::move(out);
    }
    std::string refusal_of(std::vector<config::BusinessSystem> settings) {
        auto out = BusinessSystems::make({.loop = *loop_, .writer = *writer_, .metrics = metrics_},
                                         settings);
        return out ? "" : out.error().note;
    }
    /// The promise outlives the call that sets it, whoever returns first.
    template <class Work, class R = std::invoke_result_t<Work&>>
    R on_loop(Work work) {
        auto done = std::make_shared<std::promise<R>>();
        auto result = done->get_future();
        loop_->post([done, &work] { done->set_value(work()); });
        return result.get();
    }
    static api::LiveAsk ask(std::string number, std::string digits) {
        api::LiveAsk out;
        out.centre = CentreId{1};
        out.kind = SubjectKind::Application;
        out.number = std::move(number);
        out.digits = Secret<std::string>{std::move(digits)};
        out.channel = "keys";
        return out;
    }
    std::future<api::LiveReply> asked(api::LiveAsk what) {
        auto done = std::make_shared<std::promise<api::LiveReply>>();
        on_loop([&] {
            systems_->look(std::move(what),
                           [done](api::LiveReply reply) { done->set_value(std::move(reply)); });
            return 0;
        });
        return done->get_future();
    }
    std::vector<facts::LiveLookedUp> looks() {
        std::vector<facts::LiveLookedUp> out;
        EXPECT_TRUE(writer_->submit_and_wait([&](sql::Transaction& tx) -> Result<Done> {
            return journal::Journal::replay(tx.db(), 0, [&](const journal::Entry& entry) {
                if (const auto* look = std::get_if<facts::LiveLookedUp>(&entry.fact.body))
                    out.push_back(*look);
            });
        }));
        return out;
    }

    sql::testing::TemporaryFolder folder_;
    metrics::Registry metrics_;
    std::unique_ptr<backoffice::SimulatorServer> server_;
    std::unique_ptr<sql::Writer> writer_;
    std::unique_ptr<ControlLoop> loop_;
    std::unique_ptr<BusinessSystems> systems_;
    std::thread thread_;
};

TEST_F(BusinessSystemsTest, what_is_told_is_a_fact_before) {
    const auto reply = asked(ask("qt20260002", "100002")).get();
    EXPECT_NE(reply.sentence.find("复审"), std::string::npos) << reply.sentence;
    ASSERT_TRUE(reply.answer);
    EXPECT_EQ(reply.answer->subject.number, "0002");
    const auto facts = looks();
    ASSERT_EQ(facts.size(), 1u);
    EXPECT_EQ(facts[0].kind, "Application");
    EXPECT_EQ(facts[0].number, Private("QT20260002"));
    EXPECT_EQ(facts[0].outcome, "known");
    EXPECT_EQ(asked(ask("QT20260002", "100003")).get().outcome, "not_checked");
    EXPECT_EQ(looks().back().outcome, "not_checked");
}

TEST_F(BusinessSystemsTest, who_takes_the_call_asks_again_and_nobody_else) {
    api::LiveAsk by_caller = ask("QT20260002", "100002");
    by_caller.call = InteractionId{42};
    const std::string said = asked(std::move(by_caller)).get().sentence;
    const auto again = [&](UserId user) {
        auto done = std::make_shared<std::promise<api::LiveReply>>();
        api::LiveAsk agent;
        agent.centre = CentreId{1};
        agent.user = user;
        agent.channel = "desk";
        const bool is_there = on_loop([&] {
            return systems_->look_again(std::move(agent), [done](api::LiveReply reply) {
                done->set_value(std::move(reply));
            });
        });
        return is_there ? done->get_future().get().sentence : std::string("nothing");
    };
    EXPECT_EQ(again(UserId{7}).substr(0, 30), said.substr(0, 30));
    EXPECT_EQ(again(UserId{8}), "nothing");
    EXPECT_EQ(looks().back().user, 7u);
}

TEST_F(BusinessSystemsTest, a_slow_system_takes_two_seconds_and_no_more_and_a_full_queue_none) {
    server_->set({.is_slow = true});
    const Instant began = mono_now();
    std::vector<std::future<api::LiveReply>> all;
    for (int i = 0; i < BusinessSystems::under_way_max + 4; ++i)
        all.push_back(asked(ask("QT20260002", "100002")));
    int resting = 0;
    for (auto& each : all) {
        const auto reply = each.get();
        EXPECT_EQ(reply.sentence.substr(0, 9), cannot.substr(0, 9)) << reply.sentence;
        EXPECT_TRUE(reply.is_person_offered);
        resting += reply.outcome == "resting" ? 1 : 0;
    }
    EXPECT_GE(resting, 4);
    EXPECT_LT(mono_now() - began, Seconds{4});
}

TEST_F(BusinessSystemsTest, what_nobody_has_is_said_so) {
    api::LiveAsk stop = ask("文化路口", "");
    stop.kind = SubjectKind::Stop;
    const auto reply = asked(std::move(stop)).get();
    EXPECT_EQ(reply.sentence, cannot);
    EXPECT_EQ(reply.outcome, "not_set_up");
    EXPECT_EQ(systems_->kinds(), std::vector{SubjectKind::Application});
    EXPECT_EQ(systems_->kind_for("result"), SubjectKind::Application);
    EXPECT_EQ(systems_->kind_for("bus"), SubjectKind::None);
}

TEST_F(BusinessSystemsTest, one_address_asks_so_often_and_another_is_not_in_its_way) {
    for (int i = 0; i < BusinessSystems::asked_per_minute; ++i)
        EXPECT_TRUE(systems_->may_ask("192.0.2.1"));
    EXPECT_FALSE(systems_->may_ask("192.0.2.1"));
    EXPECT_TRUE(systems_->may_ask("192.0.2.2"));
}

TEST_F(BusinessSystemsTest, settings_that_cannot_work_are_named) {
    config::BusinessSystem twice = quota(), odd = quota(), keyless = quota(), nowhere = quota();
    twice.name = "other";
    odd.kinds = {"Weather"};
    keyless.key_file = "/nothing";
    nowhere.url = "quota.example";
    EXPECT_NE(refusal_of({quota(), twice}).find("has \"Application\" already"), std::string::npos);
    EXPECT_NE(refusal_of({quota(), quota()}).find("name of its own"), std::string::npos);
    EXPECT_NE(refusal_of({odd}).find("Weather"), std::string::npos);
    EXPECT_NE(refusal_of({keyless}).find("holds no key"), std::string::npos);
    EXPECT_NE(refusal_of({nowhere}).find("URL"), std::string::npos);
}

}  // namespace
}  // namespace ys::app
