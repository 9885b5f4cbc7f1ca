// SPDX-License-Identifier: Apache-2.0
#include "app/scenario.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "ivr/errc.h"

namespace ys::app {
namespace {

// src/app/scenario_test.cpp -> scenarios/
const std::string scenarios =
    (std::filesystem::path(__FILE__).parent_path() / "../../scenarios/").string();

constexpr std::string_view tiny = R"(
name = "tiny"
password = "demo-pass"
[[centre]]
name = "one"
[[queue]]
name = "repair"
[[user]]
login = "a"
roles = ["agent"]
queues = ["repair"]
[[number]]
number = "6000"
flow = "main"
)";

Result<std::string> one_flow(std::string_view) {
    return std::string("measuring\nnode q queue\n  queue repair\n");
}

std::string broken(std::string text) {
    const auto s = parse_scenario(text, 0, one_flow);
    return s ? "" : s.error().note;
}
std::string tiny_and(const std::string& more) { return broken(std::string(tiny) + more); }

TEST(scenario, a_small_one_is_read_with_its_defaults) {
    const auto s = parse_scenario(tiny, 0, one_flow);
    ASSERT_TRUE(s) << s.error().note;
    EXPECT_EQ(s->queue.at(0).centre, "one");
    EXPECT_EQ(s->queue.at(0).answer_within_s, 15u);
    EXPECT_EQ(s->user.at(0).password, "demo-pass");
    EXPECT_EQ(*seat_of(s->user.at(0)), Seat{});
    EXPECT_EQ(s->flows.count("main"), 1u);
}

TEST(scenario, what_refers_to_nothing_is_named) {
    EXPECT_EQ(tiny_and("[[user]]\nlogin=\"b\"\nroles=[\"boss\"]\nqueues=[\"x\"]\n"),
              "scenario.toml: user b: there is no role “boss”\n"
              "user b: there is no queue “x”\n");
    EXPECT_EQ(tiny_and("[[phone]]\nuser=\"p\"\ncentre=\"two\"\n"),
              "scenario.toml: phone p: there is no centre “two”\n");
    EXPECT_EQ(tiny_and("[[user]]\nlogin=\"a\"\nroles=[\"agent\"]\nseat=\"sip_phone\"\n"),
              "scenario.toml: there are two of login a\n"
              "user a: “sip_phone” with address “” is no seat\n");
    EXPECT_EQ(tiny_and("[[customer]]\nname=\"c\"\nnumbers=[\"abc\"]\n"),
              "scenario.toml: customer c: “abc” is no telephone number\n");
    EXPECT_EQ(tiny_and("[[number]]\nnumber=\"1\"\nflow=\"../../etc/passwd\"\n"),
              "number 1: “../../etc/passwd” is no flow's name");
}

TEST(scenario, a_word_nobody_knows_and_broken_toml_are_named) {
    EXPECT_EQ(tiny_and("[[trunk]]\nhots = \"x\"\n"),
              "scenario.toml: nothing is called trunk.0.hots\n");
    EXPECT_NE(broken("name = [").find("scenario.toml line 1"), std::string::npos);
    EXPECT_EQ(broken("password = 7\n"), "scenario.toml: expected text at password");
}

TEST(scenario, a_flow_that_is_not_proved_stops_it) {
    const auto s = parse_scenario(tiny, 0, [](std::string_view) -> Result<std::string> {
        return std::string("person q\nmust-hear n\nnode q queue\n  queue repair\n");
    });
    ASSERT_FALSE(s);
    EXPECT_EQ(s.error().code, ivr::Errc::FlowBreaksARule);
    const auto t = parse_scenario(tiny, 0, [](std::string_view) -> Result<std::string> {
        return std::string("measuring\nnode q queue\n  queue nowhere\n");
    });
    ASSERT_FALSE(t);
    EXPECT_EQ(t.error().note, "main.flow line 2: there is no queue “nowhere”");
}

TEST(scenario, the_heating_hotline_has_what_the_demo_promises) {
    const auto s = load_scenario(scenarios + "heating", 0);
    ASSERT_TRUE(s) << s.error().note;
    EXPECT_EQ(s->number.at(0).number, "6000");
    EXPECT_EQ(s->queue.size(), 3u);
    EXPECT_EQ(s->customer.size(), 30u);
    std::multiset<std::string> roles, seats;
    for (const auto& u : s->user) {
        for (const auto& r : u.roles) roles.insert(r);
        if (u.roles.at(0) == "agent") seats.insert(u.seat);
    }
    EXPECT_EQ(roles.count("agent"), 8u);
    EXPECT_EQ(roles.count("supervisor"), 2u);
    EXPECT_EQ(roles.count("quality"), 1u);
    EXPECT_EQ(roles.count("knowledge"), 1u);
    EXPECT_EQ(roles.count("admin"), 1u);
    EXPECT_EQ(seats.count("browser"), 6u);
    EXPECT_EQ(seats.count("sip_phone"), 1u);
    EXPECT_EQ(seats.count("outside_number"), 1u);
    std::set<std::string> numbers;
    for (const auto& c : s->customer) numbers.insert(c.numbers.begin(), c.numbers.end());
    EXPECT_GE(numbers.size(), 30u);
    EXPECT_TRUE(std::ranges::any_of(s->customer, [](const auto& c) {
        return std::ranges::find(c.tags, "elder") != c.tags.end();
    }));
}

TEST(scenario, the_bench_makes_as_many_agents_as_asked) {
    const auto s = load_scenario(scenarios + "bench", 300);
    ASSERT_TRUE(s) << s.error().note;
    ASSERT_EQ(s->user.size(), 300u);
    EXPECT_EQ(s->user[299].seat_address, "sip:a299@127.0.7.3:5080");
    EXPECT_EQ(s->user[299].wrap_up_max_s, 0u);
    EXPECT_TRUE(s->user[0].starts_ready);
    EXPECT_EQ(s->queue.at(0).answer_within_s, 30u);
    std::set<std::string> numbers;
    for (const auto& n : s->number) numbers.insert(n.number);
    EXPECT_EQ(numbers, (std::set<std::string>{"1000", "1001", "1002", "2000", "3000", "7000",
                                              "7001", "7002", "7003"}));
    EXPECT_EQ(load_scenario(scenarios + "bench", 0)->user.size(), 10u);
}

}  // namespace
}  // namespace ys::app
