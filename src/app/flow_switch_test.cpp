// SPDX-License-Identifier: Apache-2.0
// Versions of flows come into force: at once, at their minute, or not.
#include "app/flow_switch.h"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "app/flow_start.h"
#include "app/seed.h"
#include "centres/io/user_store.h"
#include "interactions/io/setup_store.h"
#include "platform/clock.h"
#include "platform/sql/testing/postgres_server.h"

namespace ys::app {
namespace {

using interactions::FlowStore;

const CentreId head{1}, branch{2};
constexpr std::int64_t minute = 60'000'000;
constexpr const char* good =
    "flow main\nperson desk\nrecorded no\n\nnode desk queue\n"
    "  queue repair\n";

class FlowSwitchTest : public testing::Test {
protected:
    FlowSwitchTest() : url_("sqlite:" + folder_.path() + "/t.db"), now_{100 * minute} {
        auto db = sql::Database::open(url_);
        EXPECT_TRUE(db && migrate_all(*db));
        writer_ = std::make_unique<sql::Writer>(*std::move(db), sql::Writer::Limits{},
                                                [](const Error&) { std::abort(); });
        readers_ = *sql::Readers::open(url_, 1);
        write([](sql::Transaction& tx) -> Result<Done> {
            for (const CentreId centre : {head, branch}) {
                YS_TRY([[maybe_unused]] const auto id,
                       centres::UserStore::put_centre(
                           tx, {.id = centre,
                                .parent_id = centre == head ? CentreId{} : head,
                                .name = "c" + std::to_string(centre.value)}));
                YS_TRY([[maybe_unused]] const auto queue,
                       interactions::SetupStore::put_queue(
                           tx, {.centre_id = centre, .name = "repair", .title = "报修"}));
                YS_TRY([[maybe_unused]] const Done put,
                       interactions::SetupStore::put_number(
                           tx, {.number = "600" + std::to_string(centre.value),
                                .centre_id = centre,
                                .flow = "main"}));
            }
            return Done{};
        });
        settle(good);
        switch_ = std::make_unique<FlowSwitch>(
            FlowSwitch::Ports{.loop = loop_,
                              .readers = *readers_,
                              .writer = *writer_,
                              .may_become = [this](const interactions::Setup&) -> Result<Done> {
                                  if (refusal_.empty()) return Done{};
                                  return Error{std::errc::invalid_argument, refusal_};
                              },
                              .change =
                                  [this](interactions::ChangeRules c) {
                                      taken_.push_back(c.rules->flows.at("main"));
                                  },
                              .now = [this] { return now_; },
                              .prompts = {}});
    }
    ~FlowSwitchTest() override {
        switch_->stop();
        writer_->stop();
        readers_->stop();
    }
    void write(const sql::Writer::Work& work) {
        const auto done = writer_->submit_and_wait(work);
        EXPECT_TRUE(done) << done.error().note;
    }
    std::map<std::string, std::string> settle(const std::string& file) {
        std::map<std::string, std::string> flows{{"main", file}};
        EXPECT_TRUE(settle_flows(*writer_, flows, now_));
        return flows;
    }
    void publish(const std::string& text, std::uint32_t based_on, UtcTime at) {
        write([&](sql::Transaction& tx) -> Result<Done> {
            const interactions::FlowStep step{UserId{5}, "because", now_};
            const Scope scope = Scope::of(head);
            YS_TRY(const auto v, FlowStore::write(tx, scope, "main", text, based_on, step));
            return FlowStore::publish(tx, scope, "main", v.number, at, step);
        });
    }
    void look() {
        bool is_done = false;
        boost::asio::co_spawn(
            loop_,
            [](FlowSwitch* it, bool* done) -> boost::asio::awaitable<void> {
                const auto switched = co_await it->switch_due();
                EXPECT_TRUE(switched) << switched.error().note;
                *done = true;
            }(switch_.get(), &is_done),
            boost::asio::detached);
        run_until([&] { return is_done; });
    }
    void run_until(const std::function<bool()>& is_there) {
        auto guard = boost::asio::make_work_guard(loop_);
        loop_.restart();
        while (!is_there()) loop_.run_one();
    }
    std::vector<interactions::FlowVersionRow> versions() {
        std::vector<interactions::FlowVersionRow> out;
        EXPECT_TRUE(readers_->read_and_wait([&](sql::Database& db) {
            if (auto all = FlowStore::versions(db, Scope::of(head), "main")) out = *std::move(all);
        }));
        return out;
    }
    std::string states() {
        std::string out;
        for (const auto& v : versions())
            out += (out.empty() ? "" : " ") + std::to_string(v.number) + v.state;
        return out;
    }

    sql::testing::TemporaryFolder folder_;
    std::string url_;
    UtcTime now_;
    boost::asio::io_context loop_;
    std::unique_ptr<sql::Writer> writer_;
    std::unique_ptr<sql::Readers> readers_;
    std::unique_ptr<FlowSwitch> switch_;
    std::string refusal_;
    std::vector<std::string> taken_;
};

TEST_F(FlowSwitchTest, a_version_comes_into_force_at_its_minute_and_not_before) {
    const std::string two = std::string("# two\n") + good;
    publish(two, 1, UtcTime{110 * minute});
    look();
    EXPECT_EQ(states(), "2scheduled 1in_force");
    EXPECT_TRUE(taken_.empty());
    now_ = UtcTime{110 * minute};
    look();
    look();
    EXPECT_EQ(taken_, std::vector{two});
    EXPECT_EQ(states(), "2in_force 1past");
}

TEST_F(FlowSwitchTest, one_whose_minute_came_while_nobody_was_there_does_so_at_the_start) {
    publish(good, 1, UtcTime{101 * minute});
    publish(std::string("# three\n") + good, 2, UtcTime{102 * minute});
    now_ = UtcTime{500 * minute};
    switch_->look();
    run_until([&] { return !taken_.empty(); });
    EXPECT_EQ(states(), "3in_force 2dropped 1past");
}

TEST_F(FlowSwitchTest, it_waits_for_the_minute_by_itself) {
    now_ = utc_now();
    publish(good, 1, UtcTime{now_.us + 50'000});
    look();
    EXPECT_TRUE(taken_.empty());
    now_.us += 60'000;
    run_until([&] { return !taken_.empty(); });
    EXPECT_EQ(states(), "2in_force 1past");
}

TEST_F(FlowSwitchTest, what_does_not_fit_the_house_any_more_is_a_draft_again_and_says_why) {
    publish("flow main\nperson desk\nrecorded no\n\nnode desk queue\n  queue gas\n", 1, now_);
    refusal_ = "the centre has no queue gas";
    look();
    EXPECT_TRUE(taken_.empty());
    EXPECT_EQ(states(), "2draft 1in_force");
    EXPECT_EQ(versions().front().refused.substr(0, 16), "queue-not-there\t");
}

TEST_F(FlowSwitchTest, a_start_goes_by_what_is_in_force_and_not_by_the_file) {
    EXPECT_EQ(versions().front().centre_id, head) << "two centres use it";
    const std::string mine = std::string("# mine\n") + good;
    publish(mine, 1, now_);
    look();
    EXPECT_EQ(settle(good).at("main"), mine);
    EXPECT_EQ(settle(std::string("# newer\n") + good).at("main"), mine);
    EXPECT_EQ(states(), "3draft 2in_force 1past");
    // A later program may prove more.
    publish("flow main\nnonsense", 3, now_);
    look();
    EXPECT_EQ(settle(good).at("main"), good);
    EXPECT_EQ(versions().front().state, "in_force");
}

}  // namespace
}  // namespace ys::app
