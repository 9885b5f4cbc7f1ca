// SPDX-License-Identifier: Apache-2.0
#include "app/scenario.h"

#include <algorithm>
#include <filesystem>
#include <map>
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

TEST(scenario, units_name_who_is_above_them_and_who_is_in_them) {
    EXPECT_EQ(tiny_and("[[unit]]\nname=\"u\"\nsuperior=\"v\"\nmembers=[\"b:unit\",\"a\"]\n"
                       "[[duty]]\ntitle=\"d\"\nunit=\"w\"\n"),
              "scenario.toml: unit u: the unit above, v, must come before it\n"
              "unit u: “b:unit” is no login and its roles (written 0201:unit)\n"
              "unit u: “a” is no login and its roles (written 0201:unit)\n"
              "duty d: no title, or there is no unit “w”\n");
    EXPECT_EQ(tiny_and("[[unit]]\nname=\"u\"\nmembers=[\"a:unit+superior\"]\n"
                       "[[duty]]\ntitle=\"d\"\nunit=\"u\"\n"),
              "");
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
    EXPECT_EQ(tiny_and("[[live]]\nkind=\"Weather\"\nmatters=[\"m\"]\n"),
              "scenario.toml: live: “Weather” is nothing a business system is asked about\n");
    EXPECT_EQ(tiny_and("[[live]]\nkind=\"Stop\"\nmatters=[\"m\"]\n"), "");
    EXPECT_EQ(tiny_and("[[number]]\nnumber=\"1\"\nflow=\"../../etc/passwd\"\n"),
              "number 1: “../../etc/passwd” is no flow's name");
}

TEST(scenario, a_queue_without_hours_has_those_of_its_centre) {
    const std::string centre = "[[centre]]\nname=\"two\"\nhours=[\"mon-fri 08:30-18:00\"]\n";
    const std::string queues =
        "[[queue]]\nname=\"a\"\ncentre=\"two\"\n[[queue]]\nname=\"b\"\n"
        "centre=\"two\"\nhours=[\"daily 08:00-20:00\"]\n";
    std::string text{tiny};
    text.replace(text.find("[[queue]]"), 9, centre + "[[queue]]\ncentre=\"one\"");
    text.replace(text.find("[[user]]"), 8, queues + "[[user]]\ncentre=\"one\"");
    text.replace(text.find("[[number]]"), 10, "[[number]]\ncentre=\"one\"");
    const auto s = parse_scenario(text, 0, one_flow);
    ASSERT_TRUE(s) << s.error().note;
    EXPECT_TRUE(s->queue.at(0).hours.empty());
    EXPECT_EQ(s->queue.at(1).hours.at(0), "mon-fri 08:30-18:00");
    EXPECT_EQ(s->queue.at(2).hours.at(0), "daily 08:00-20:00");
    EXPECT_EQ(tiny_and("[[queue]]\nname=\"b\"\nhours=[\"9-5\"]\n"),
              "scenario.toml: queue one/b: “9-5” is no span like mon-fri 08:30-18:00\n");
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
    EXPECT_EQ(s->queue.size(), 4u);
    EXPECT_EQ(s->customer.size(), 30u);
    std::multiset<std::string> roles, seats;
    for (const auto& u : s->user) {
        for (const auto& r : u.roles) roles.insert(r);
        if (u.roles.at(0) == "agent") seats.insert(u.seat);
    }
    EXPECT_EQ(roles.count("agent"), 9u);
    EXPECT_EQ(roles.count("supervisor"), 3u);
    EXPECT_EQ(roles.count("quality"), 1u);
    EXPECT_EQ(roles.count("disclosure"), 2u);
    EXPECT_EQ(roles.count("knowledge"), 2u);
    EXPECT_EQ(roles.count("admin"), 1u);
    EXPECT_EQ(roles.count("crew"), 13u);
    EXPECT_EQ(s->foreman.size(), 4u);
    EXPECT_EQ(s->repairer.size(), 9u);
    EXPECT_EQ(seats.count("browser"), 7u);
    EXPECT_EQ(seats.count("sip_phone"), 1u);
    EXPECT_EQ(seats.count("outside_number"), 1u);
    std::set<std::string> numbers;
    for (const auto& c : s->customer) numbers.insert(c.numbers.begin(), c.numbers.end());
    EXPECT_GE(numbers.size(), 30u);
    EXPECT_TRUE(std::ranges::any_of(s->customer, [](const auto& c) {
        return std::ranges::find(c.tags, "elder") != c.tags.end();
    }));
}

TEST(scenario, queues_name_skills_and_each_other_and_every_fault_is_named) {
    const std::string two = "[[centre]]\nname=\"two\"\nparent=\"one\"\n";
    const std::string text =
        std::string(tiny).replace(tiny.find("[[queue]]"), 0, two + "[[skill]]\nname=\"elder\"\n");
    const auto with = [&](std::string more) {
        // The things of `tiny` are the first centre's.
        std::string whole = text;
        for (const std::string_view what : {"[[queue]]\n", "[[user]]\n", "[[number]]\n"})
            whole.insert(whole.find(what) + what.size(), "centre=\"one\"\n");
        return broken(whole + more);
    };
    const std::string queue = "[[queue]]\ncentre=\"two\"\nname=\"repair\"\n";
    EXPECT_EQ(with(queue + "rings=[{after_s=0},{after_s=20,also=\"one/repair\"}]\n"
                           "overflow=\"one/repair\"\nskill=\"elder\"\nneeds=[\"elder\"]\n"
                           "strategy=\"least_talk\"\nprefer_for_s=30\n"
                           "[[user]]\nlogin=\"b\"\ncentre=\"two\"\nroles=[\"agent\"]\n"
                           "queues=[\"repair:3\"]\nskills=[\"elder:9\"]\n"),
              "");
    EXPECT_EQ(with(queue + queue), "scenario.toml: there are two of queue repair in centre two\n");
    EXPECT_EQ(with(queue + "strategy=\"fair\"\nneeds=[\"patience\"]\noverflow=\"repair\"\n"
                           "rings=[{after_s=9,level_min=2},{after_s=3,also=\"one/x\"}]\n"),
              "scenario.toml: queue two/repair: “fair” is no strategy (longest_idle, fewest_calls,"
              " least_talk)\n"
              "queue two/repair: there is no skill “patience”\n"
              "queue two/repair: its overflow is itself\n"
              "queue two/repair: a ring has level_min, but the queue names no skill\n"
              "queue two/repair: a ring opens before the one above it\n"
              "queue two/repair: its ring “one/x” is not there (written centre/queue)\n");
    EXPECT_EQ(with(queue + "[[user]]\nlogin=\"b\"\ncentre=\"two\"\nroles=[\"agent\"]\n"
                           "queues=[\"repair:x\",\"bill\"]\nskills=[\"elder:0\"]\n"),
              "scenario.toml: user b: “repair:x” ends in no number from 0 to 60\n"
              "user b: there is no queue “bill” in centre two\n"
              "user b: “elder:0” ends in no number from 1 to 9\n");
}

TEST(scenario, a_team_is_people_counted_up_and_a_broken_one_is_named) {
    const auto s =
        parse_scenario(std::string(tiny) +
                           "[[team]]\ncentre=\"one\"\nfirst_work_number=2001\n"
                           "names=[\"甲\",\"乙\"]\nroles=[\"agent\"]\nqueues=[\"repair\"]\n",
                       0, one_flow);
    ASSERT_TRUE(s) << s.error().note;
    ASSERT_EQ(s->user.size(), 3u);
    EXPECT_EQ(s->user[2].login, "2002");
    EXPECT_EQ(s->user[2].name, "乙");
    EXPECT_EQ(tiny_and("[[team]]\ncentre=\"one\"\n"),
              "scenario.toml: a team of centre one has no first_work_number or no names\n");
}

TEST(scenario, a_territory_that_contradicts_itself_or_does_not_read_is_named) {
    const std::string places =
        "[[place]]\nname=\"甲\"\ncodes=[\"0931\"]\n[[place]]\nname=\"乙\"\ncodes=[\"0931\"]\n";
    EXPECT_EQ(tiny_and(places), "scenario.toml: place 乙: code “0931” is already that of 甲");
    const auto s = parse_scenario("segments = \"s.csv\"\n" + std::string(tiny), 0,
                                  [](std::string_view file) -> Result<std::string> {
                                      if (file == "s.csv") return std::string("1389310;0931\n");
                                      return one_flow(file);
                                  });
    ASSERT_FALSE(s);
    EXPECT_EQ(s.error().note, "s.csv line 1: “1389310;0931” is not written like 1389310,0931");
}

TEST(scenario, the_etc_hotline_is_one_province_and_twenty_eight_centres_of_300_seats) {
    const auto s = load_scenario(scenarios + "etc", 0);
    ASSERT_TRUE(s) << s.error().note;
    EXPECT_EQ(s->centre.size(), 30u) << "the head, 28 branches and a partner";
    std::map<std::string, int> seats;
    for (const auto& u : s->user)
        if (u.roles.at(0) == "agent") ++seats[u.centre];
    int all = 0;
    for (const auto& [centre, count] : seats)
        if (centre != "bank") all += count;
    EXPECT_EQ(all, 300);
    for (const auto& c : s->centre) EXPECT_GE(seats[c.name], 4) << c.name;
    std::map<std::string, int> hours;
    for (const auto& q : s->queue)
        if (q.name == "service") ++hours[q.hours.empty() ? "" : q.hours.at(0)];
    const std::map<std::string, int> by_size{
        {"", 1}, {"daily 08:00-20:00", 14}, {"mon-fri 08:30-18:00", 14}};
    EXPECT_EQ(hours, by_size) << "the head is always there";
    EXPECT_EQ(s->place.size(), 29u);
    EXPECT_TRUE(s->number.at(0).locates);
    EXPECT_EQ(s->number.at(1).centre, s->number.at(0).centre);
    EXPECT_NE(s->number.at(1).flow, s->number.at(0).flow);
    EXPECT_EQ(s->trunk.at(0).channels, 30u);
    std::vector<routing::Place> places;
    for (const auto& p : s->place)
        places.push_back(
            {CentreId{places.size() + 1}, p.name, p.codes, p.plates, p.accounts, p.said});
    const auto territory = routing::Territory::make(std::move(places), s->segment);
    ASSERT_TRUE(territory);
    for (const auto& [sign, place] : {std::pair{"09312345678", "兰州"},
                                      {"09362345678", "张掖"},
                                      {"09376212345", "嘉峪关"},
                                      {"09378812345", "敦煌"},
                                      {"13909361234", "张掖"},
                                      {"18993112345", "兰州"},
                                      {"19912345678", ""}})
        EXPECT_EQ(territory->locate({.number = sign}).place, place) << sign;
    EXPECT_EQ(territory->locate({.plate = "甘F12345"}).place, "酒泉");
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
