// SPDX-License-Identifier: Apache-2.0
#include "ivr/flow_text.h"

#include <gtest/gtest.h>

#include "ivr/checker.h"
#include "ivr/errc.h"

namespace ys::ivr {
namespace {

constexpr std::string_view full = R"(# a comment
flow demo
zone -03:30
hours office mon-fri 08:30-17:30
hours office sat 09:00-12:00
hours night daily 22:00-06:00
holiday 2026-10-01 国庆节 第一天
workday 2026-10-10
must-hear notice
start hello
person desk
fallback desk

node hello play
  say hi notice
  barge-in no
  -> which

node which branch
  tag 银发 -> desk
  number 138 -> menu
  withheld -> desk
  open office -> menu
  holiday -> closed
  time sat,sun 00:00-24:00 -> closed
  open night -> desk
  else -> menu

node menu choose
  say menu
  again 2
  key 1 -> card
  key 2 -> status
  key 0 -> desk
  other -> desk
  wait 7s

node card digits
  say card-please
  digits 4-11
  secure yes
  nothing -> desk
  -> desk

node closed voicemail
  say leave-word

node number digits
  say number-please
  digits 8-8
  case number
  -> code

node code digits
  say code-please
  digits 6-6
  secure yes
  case code
  -> status

node status progress
  other -> number
  nothing -> desk
  wait 4s
  -> hall

node hall live
  about Hall
  prefix H
  place 政务大厅
  other -> number
  nothing -> desk
  wait 6s
  -> desk

node desk queue
  queue 供暖报修
  priority 3
  needs tibetan elder-care
)";

std::string broken(std::string_view text) {
    const auto flow = parse_flow(text);
    if (flow) return "";
    EXPECT_EQ(flow.error().code, Errc::FlowDoesNotRead);
    return flow.error().note;
}

TEST(flow_text, reads_every_kind_of_line) {
    const auto flow = parse_flow(full);
    ASSERT_TRUE(flow) << flow.error().note;
    EXPECT_EQ(flow->name, "demo");
    EXPECT_EQ(flow->calendar.zone_minutes, -210);
    EXPECT_EQ(flow->calendar.hours.at("office").size(), 2u);
    EXPECT_EQ((flow->calendar.holidays.at(Day{2026, 10, 1})), "国庆节 第一天");
    ASSERT_EQ(flow->nodes.size(), 10u);
    const Node* menu = flow->find("menu");
    ASSERT_NE(menu, nullptr);
    EXPECT_EQ(menu->keys.at('1'), "card");
    EXPECT_EQ(menu->wait, 7s);
    EXPECT_EQ(menu->again, 2);
    EXPECT_TRUE(flow->find("card")->secure);
    EXPECT_EQ(flow->find("number")->piece, CasePiece::Number);
    EXPECT_EQ(flow->find("code")->piece, CasePiece::Code);
    EXPECT_EQ(flow->find("status")->other, "number");
    EXPECT_EQ(flow->find("hall")->about, "Hall");
    EXPECT_EQ(flow->find("hall")->prefix, "H");
    EXPECT_EQ(flow->find("hall")->place, "政务大厅");
    EXPECT_EQ(flow->find("desk")->queue, "供暖报修");
    EXPECT_EQ(flow->find("which")->rules.size(), 7u);
    EXPECT_TRUE(check(*flow)) << check(*flow).error().note;
}

TEST(flow_text, a_holiday_whose_name_is_cut_at_a_space_reads_back_as_it_was) {
    const std::string text = "holiday 2026-10-01 " + std::string(59, 'x') + " y\nnode a hang-up\n";
    const auto flow = parse_flow(text);
    ASSERT_TRUE(flow) << flow.error().note;
    EXPECT_EQ((flow->calendar.holidays.at(Day{2026, 10, 1})), std::string(59, 'x'));
    const auto again = parse_flow(to_text(*flow));
    ASSERT_TRUE(again) << again.error().note;
    EXPECT_EQ(to_text(*again), to_text(*flow));
}

TEST(flow_text, writes_what_it_reads) {
    const auto flow = parse_flow(full);
    ASSERT_TRUE(flow);
    const std::string once = to_text(*flow);
    const auto again = parse_flow(once);
    ASSERT_TRUE(again) << again.error().note << "\n" << once;
    EXPECT_EQ(to_text(*again), once);
    EXPECT_NE(once.find("  time sat,sun 00:00-24:00 -> closed\n"), std::string::npos) << once;
    EXPECT_NE(once.find("zone -03:30\n"), std::string::npos);
}

TEST(flow_text, errors_name_the_line_in_plain_words) {
    EXPECT_EQ(broken("flow a\nnode x dance\n"), "line 2: there is no kind of node called “dance”");
    EXPECT_EQ(broken("node a play\nnode a play\n"), "line 2: there are two nodes named “a”");
    EXPECT_EQ(broken("  say hello\n"), "line 1: this line belongs to no node");
    EXPECT_EQ(broken("node a choose\n  say x\n  key 12 -> a\n"),
              "line 3: a key is written: key 1 -> <node>");
    EXPECT_EQ(broken("node a choose\n  wait 5\n"),
              "line 2: a wait is written in seconds from 1s to 60s: wait 5s");
    EXPECT_EQ(broken("node a play\n  say Loud\n"), "line 2: “Loud” is no name of a-z, 0-9 and -");
    EXPECT_EQ(broken("holiday 2026-02-30\n"), "line 1: “2026-02-30” is no day like 2026-10-01");
    EXPECT_EQ(broken("hours a mon 08:00-25:00\n"),
              "line 1: “08:00-25:00” is no time of day like 08:30-17:30");
    EXPECT_EQ(
        broken("node a queue\n  say x\nqueue b\n"),
        "line 3: a line of a node begins with a space; lines about the whole flow come before "
        "the first node");
    EXPECT_EQ(broken("node a digits\n  digits 9-2\n"),
              "line 2: the number of digits is written: digits 4-11 (at most 40)");
    EXPECT_EQ(broken(""), "line 1: there is no node");
}

TEST(flow_text, a_text_beyond_its_limits_does_not_read) {
    EXPECT_NE(broken(std::string(flow_bytes_max + 1, '#')), "");
    std::string many;
    for (int i = 0; i < 201; ++i) many += "node n" + std::to_string(i) + " hang-up\n";
    EXPECT_EQ(broken(many), "line 201: there are more than 200 nodes");
    std::string prompts = "node a play\n  say";
    for (int i = 0; i < 21; ++i) prompts += " p";
    EXPECT_NE(broken(prompts), "");
    EXPECT_NE(broken("node a live\n  about Weather\n"), "");
    EXPECT_NE(broken("node a live\n  place two words\n"), "");
    EXPECT_NE(broken("node a progress\n  about Hall\n"), "");
}

TEST(flow_text, hostile_bytes_are_answered_not_trusted) {
    EXPECT_NE(broken(std::string("node \0 play\n", 12)), "");
    EXPECT_NE(broken("node a queue\n  queue \xff\xfe\n"), "");
    EXPECT_NE(broken("node a queue\n  queue \xe2\x80\xae"
                     "evil\n"),
              "");  // right-to-left override
    EXPECT_EQ(broken("flow a\r\nnode a hang-up\r\n"), "");
}

}  // namespace
}  // namespace ys::ivr
