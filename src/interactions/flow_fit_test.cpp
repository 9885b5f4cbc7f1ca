// SPDX-License-Identifier: Apache-2.0
#include "interactions/flow_fit.h"

#include <gtest/gtest.h>

namespace ys::interactions {
namespace {

constexpr const char* good = R"(flow main
must-hear notice
person desk

node desk queue
  say notice
  barge-in no
  queue repair
)";

interactions::Setup house() {
    interactions::Setup s;
    s.queues = {{.id = QueueId{1}, .centre = CentreId{1}, .name = "repair"}};
    s.numbers = {{.number = "6000", .centre = CentreId{1}, .flow = "main"}};
    return s;
}

std::string codes(const std::string& text, const interactions::Setup& setup = house()) {
    const std::map<std::string, std::string> prompts{{"notice", "您的通话将被录音。"}};
    std::string out;
    for (const FlowFault& f : faults_in_house("main", text, {setup, &prompts}))
        out += (out.empty() ? "" : " ") + f.code;
    return out;
}

std::string with(std::string text, const std::string& what, const std::string& by) {
    return text.replace(text.find(what), what.size(), by);
}

TEST(FlowFit, everything_a_flow_names_must_be_there) {
    EXPECT_EQ(codes(good), "");
    EXPECT_EQ(codes(with(good, "queue repair", "queue gas")), "queue-not-there");
    EXPECT_EQ(codes(with(good, "queue repair", "queue repair\n  needs tibetan")),
              "skill-not-there");
    EXPECT_EQ(codes(with(good, "flow main", "flow other")), "name-differs");
    EXPECT_EQ(codes(with(good, "say notice", "say notice hello")), "prompt-unknown");
    EXPECT_EQ(codes("flow main\nnonsense"), "does-not-read");
    EXPECT_EQ(codes(with(good, "barge-in no", "barge-in yes")), "notice-missed");
    EXPECT_EQ(codes(with(good, "node desk queue",
                         "node ask answer\n  say notice\n  -> desk\n\nnode desk queue")),
              "nobody-listens");
    auto setup = house();
    setup.numbers.push_back({.number = "6001", .centre = CentreId{2}, .flow = "main"});
    EXPECT_EQ(codes(good, setup), "queue-not-there") << "of one of its centres";
}

TEST(FlowFit, faults_are_kept_as_text_and_told_in_the_readers_language) {
    const auto setup = house();
    const auto found =
        faults_in_house("main", with(good, "queue repair", "queue gas"), {setup, nullptr});
    const auto kept = faults_from(faults_text(found));
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].node, "desk");
    EXPECT_EQ(kept[0].line, 5);
    EXPECT_EQ(sentence_of(kept[0], "zh"), "用这条流程的热线没有叫“gas”的队列");
    EXPECT_EQ(sentence_of(kept[0], "en"), found[0].text);
    const auto broken = faults_in_house("main", "flow main\nnonsense", {setup, nullptr});
    EXPECT_EQ(sentence_of(broken[0], "zh"), "这里不认识“nonsense”");
    EXPECT_EQ(broken[0].line, 2);
}

}  // namespace
}  // namespace ys::interactions
