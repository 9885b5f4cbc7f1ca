// SPDX-License-Identifier: Apache-2.0
#include "ivr/checker.h"

#include <gtest/gtest.h>

#include "ivr/errc.h"
#include "ivr/flow_text.h"
#include "ivr/testing/flow_files.h"

namespace ys::ivr {
namespace {

/// The faults of a flow whose frame is right, joined by lines.
std::string wrong_with(const std::string& nodes, const std::string& frame =
                                                     "person desk\nmust-hear notice\nstart hi\n"
                                                     "zone +08:00\n") {
    const auto flow = parse_flow(frame + nodes);
    EXPECT_TRUE(flow) << flow.error().note;
    if (!flow) return "does not read";
    const auto done = check(*flow);
    if (done) return "";
    EXPECT_EQ(done.error().code, Errc::FlowBreaksARule);
    return done.error().note;
}

const std::string hi = "node hi play\n  say notice\n  barge-in no\n  -> next\n";
const std::string desk = "node desk queue\n  queue repair\n";

TEST(checker, a_sound_flow_passes) {
    EXPECT_EQ(wrong_with(hi + "node next choose\n  say menu\n  key 1 -> desk\n" + desk), "");
}

TEST(checker, a_name_that_leads_nowhere_is_told) {
    EXPECT_EQ(wrong_with(hi + "node next choose\n  say m\n  key 1 -> gone\n" + desk),
              "line 9: next: there is no node named “gone”");
    EXPECT_EQ(wrong_with("node hi hang-up\n  say bye\n", "person gone\nrecorded no\n"),
              "“person” names no node: gone");
}

TEST(checker, a_dead_end_is_told) {
    EXPECT_EQ(wrong_with(hi + "node next play\n  say news\n" + desk),
              "line 9: next: a dead end: the way on (-> <node>) is missing");
    EXPECT_EQ(wrong_with(hi + "node next branch\n  tag elder -> desk\n" + desk),
              "line 9: next: a dead end: the way on (-> <node>) is missing");
    EXPECT_EQ(wrong_with(hi + "node next wait\n" + desk),
              "line 9: next: it never ends; only a flow for measuring may do so");
}

TEST(checker, zero_must_reach_a_person_from_every_node) {
    EXPECT_EQ(wrong_with(hi + "node next choose\n  say m\n  key 0 -> bye\n  key 1 -> desk\n" +
                         desk + "node bye hang-up\n  say bye\n"),
              "line 9: next: 0 leads to “bye”, and from there to “bye”, which is no person");
    EXPECT_EQ(
        wrong_with(hi + "node next queue\n  queue a\nnode p branch\n  tag x -> q\n  else -> m\n"
                        "node q queue\n  queue b\nnode m voicemail\n  say m\n",
                   "person p\nfallback q\nmust-hear notice\n"),
        "line 10: p: 0 leads to “p”, and from there to “m”, which is no person");
}

TEST(checker, a_case_is_asked_for_without_leaving_anyone_stuck) {
    const std::string code =
        "node next digits\n  say code\n  digits 6-6\n  case code\n  -> status\n";
    EXPECT_EQ(wrong_with(hi + code + "node status progress\n  -> desk\n" + desk),
              "line 9: next: the code would be in recording and journal; it needs: secure yes");
    EXPECT_EQ(wrong_with(hi + "node next progress\n  other -> desk\n" + desk),
              "line 9: next: a dead end: the way on (-> <node>) is missing");
    EXPECT_EQ(wrong_with(hi + "node next progress\n  other -> next\n  -> desk\n" + desk),
              "line 9: next: a caller who presses nothing goes round for ever");
}

TEST(checker, voicemail_counts_as_a_person_only_out_of_hours) {
    EXPECT_EQ(wrong_with(hi + "node next queue\n  queue a\nnode p branch\n  open day -> q\n"
                              "  else -> m\nnode q queue\n  queue b\nnode m voicemail\n  say m\n",
                         "person p\nfallback q\nmust-hear notice\nhours day daily 08:00-20:00\n"),
              "");
}

TEST(checker, a_circle_without_a_key_is_told) {
    EXPECT_EQ(
        wrong_with(hi + "node next choose\n  say m\n  key 1 -> desk\n  nothing -> hi\n" + desk),
        "line 5: hi: a caller who presses nothing goes round for ever\n"
        "line 9: next: a caller who presses nothing goes round for ever");
    // Going round by pressing a key is the caller's own wish.
    EXPECT_EQ(wrong_with(hi + "node next choose\n  say m\n  key 1 -> hi\n" + desk), "");
}

TEST(checker, nobody_reaches_a_recorder_without_having_heard_the_notice) {
    const std::string rest = "node next queue\n  queue a\n" + desk;
    EXPECT_EQ(wrong_with("node hi play\n  say notice\n  -> next\n" + rest),
              "line 8: next: callers can get here without having heard “notice” to its end "
              "(barge-in no)\n"
              "line 10: desk: callers can get here without having heard “notice” to its end "
              "(barge-in no)");
    EXPECT_EQ(wrong_with("node hi branch\n  tag vip -> next\n  else -> said\n"
                         "node said play\n  say notice\n  barge-in no\n  -> next\n" +
                         rest),
              "line 12: next: callers can get here without having heard “notice” to its end "
              "(barge-in no)");
    EXPECT_EQ(wrong_with("node a queue\n  queue q\n", "person a\n"),
              "calls are recorded, so a line “must-hear <prompt>” must name the notice");
}

TEST(checker, a_node_nothing_leads_to_is_told) {
    EXPECT_EQ(
        wrong_with(hi + "node next queue\n  queue a\n" + desk + "node lost hang-up\n  say bye\n"),
        "line 13: lost: nothing leads here");
}

TEST(checker, hours_must_be_written_down) {
    EXPECT_EQ(wrong_with(hi +
                         "node next branch\n  open sunday -> q\n  else -> desk\n"
                         "node q queue\n  queue q\n" +
                         desk),
              "line 9: next: there are no hours named “sunday”");
}

TEST(checker, a_person_is_not_behind_another_menu) {
    EXPECT_EQ(wrong_with(hi + "node next choose\n  say m\n  key 1 -> desk\n  key 0 -> more\n" +
                         desk + "node more choose\n  say m\n  key 1 -> desk\n"),
              "line 9: next: 0 leads to “more”, and from there to “more”, which asks again; 0 is a "
              "person at once");
}

TEST(checker, nobody_is_hung_up_on_who_did_not_choose_it) {
    const std::string bye = "node bye hang-up\n  say bye\n";
    const std::string menu = "node next choose\n  say m\n  key 1 -> desk\n  key 2 -> bye\n";
    EXPECT_EQ(wrong_with(hi + menu + desk + bye), "");
    EXPECT_EQ(wrong_with(hi + menu + "  nothing -> bye\n" + desk + bye),
              "line 9: next: who presses nothing is hung up on at “bye”; lead them to a person");
    EXPECT_EQ(
        wrong_with(hi + menu + "  other -> bye\n" + desk + bye),
        "line 9: next: who presses another key is hung up on at “bye”; lead them to a person");
    EXPECT_EQ(
        wrong_with(hi + "node next progress\n  other -> bye\n  -> desk\n" + desk + bye),
        "line 9: next: whose case is not found is hung up on at “bye”; lead them to a person");
}

TEST(checker, the_ways_below_open_are_for_when_it_is_closed) {
    const std::string hours = "person desk\nmust-hear notice\nhours day daily 08:00-20:00\n";
    const std::string box = "node box voicemail\n  say leave\n";
    EXPECT_EQ(wrong_with(hi +
                             "node next branch\n  open day -> desk\n  tag vip -> desk\n"
                             "  else -> box\n" +
                             desk + box,
                         hours),
              "");
    EXPECT_EQ(wrong_with(hi +
                             "node next branch\n  tag vip -> box\n  open day -> desk\n"
                             "  else -> box\n" +
                             desk + box,
                         hours),
              "line 4: hi: who presses nothing comes to the recorder “box” in working hours; lead "
              "them to a person (or ask “open <hours>” before)");
    EXPECT_EQ(wrong_with(hi + "node next branch\n  holiday -> desk\n  else -> box\n" + desk + box,
                         "person desk\nmust-hear notice\nzone +08:00\n"),
              "line 4: hi: who presses nothing comes to the recorder “box” in working hours; lead "
              "them to a person (or ask “open <hours>” before)");
}

TEST(checker, a_working_week_has_holidays) {
    const std::string nodes = hi + "node next branch\n  open day -> desk\n  else -> q\n" + desk +
                              "node q queue\n  queue q\n";
    const std::string frame = "person desk\nmust-hear notice\n";
    EXPECT_EQ(wrong_with(nodes, frame + "hours day daily 08:00-20:00\n"), "");
    EXPECT_EQ(wrong_with(nodes, frame + "hours day mon-fri 08:00-20:00\n"),
              "hours “day” leave out days of the week, but no holiday is written down (holiday "
              "2026-10-01 国庆节): it would count as open on a holiday");
}

TEST(checker, the_keys_to_a_person_are_counted) {
    const auto keys = [](const std::string& nodes) {
        return keys_to_person(*parse_flow("person desk\nmust-hear notice\n" + nodes));
    };
    using Keys = std::map<std::string, int>;
    EXPECT_EQ(keys(hi + "node next choose\n  say m\n  key 1 -> bye\n" + desk +
                   "node bye hang-up\n  say bye\n"),
              (Keys{{"hi", 0}, {"next", 0}, {"desk", 0}, {"bye", 1}}));
    // 0 is the key of another menu here, and who says nothing is hung up on.
    EXPECT_EQ(keys("node hi choose\n  say m\n  key 0 -> more\n  nothing -> bye\n  other -> bye\n"
                   "node more choose\n  say m\n  key 1 -> desk\n  key 0 -> bye\n"
                   "  nothing -> bye\n" +
                   desk + "node bye hang-up\n"),
              (Keys{{"hi", 2}, {"more", 1}, {"desk", 0}}));
    // A branch decides against the caller.
    EXPECT_EQ(
        keys("node hi branch\n  tag a -> desk\n  else -> bye\n" + desk + "node bye hang-up\n"),
        (Keys{{"desk", 0}}));
}

TEST(checker, the_flows_that_ship_need_one_key_at_most) {
    for (const auto& file : testing::flow_files("scenarios")) {
        const auto flow = load_flow(testing::content(file));
        ASSERT_TRUE(flow) << file << flow.error().note;
        if (flow->measuring) continue;
        const auto keys = keys_to_person(*flow);
        for (const Node& node : flow->nodes) {
            ASSERT_TRUE(keys.contains(node.name)) << file << " " << node.name;
            EXPECT_LE(keys.at(node.name), 1) << file << " " << node.name;
        }
    }
}

TEST(checker, a_flow_for_measuring_needs_no_person) {
    EXPECT_EQ(wrong_with("node silence wait\n", "measuring\n"), "");
    EXPECT_EQ(wrong_with("node p play\n  say x\n  again for-ever\n", "measuring\n"), "");
}

}  // namespace
}  // namespace ys::ivr
