// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/policy_file.h"

#include <gtest/gtest.h>

namespace ys::interactions {
namespace {

Setup a_setup() {
    Setup setup;
    setup.skills = {{SkillId{4}, "tibetan", "藏语"}, {SkillId{5}, "billing", "缴费"}};
    setup.queues = {
        {.id = QueueId{1}, .centre = CentreId{2}, .name = "repair", .title = "报\"修\""},
        {.id = QueueId{3},
         .centre = CentreId{2},
         .name = "bills",
         .answer_within = 20s,
         .priority = -2,
         .strategy = routing::Strategy::LeastTalk,
         .skill = SkillId{5},
         .needs = {SkillId{4}},
         .rings = {{.level_min = 6}, {.after = 30s, .also = QueueId{1}}},
         .overflow = QueueId{1},
         .prefer_for = 60s}};
    AgentSetup ann;
    ann.id = AgentId{9};
    ann.centre = CentreId{2};
    ann.work_number = "1009";
    ann.name = "何晓禾";
    ann.queues = {{QueueId{1}, 2}, {QueueId{3}, -1}};
    ann.skills = {{SkillId{4}, 3}};
    setup.agents = {ann};
    return setup;
}

std::string fault_of(std::string_view text) {
    const auto read = read_policy(text, "new.toml");
    return read ? "" : read.error().note;
}

TEST(policy_file, what_is_written_reads_back_as_it_was) {
    const std::string text = policy_text(a_setup());
    const auto read = read_policy(text, "new.toml");
    ASSERT_TRUE(read) << read.error().note << text;
    EXPECT_EQ(policy_text(*read), text);
    EXPECT_EQ(read->queues[1].rings, a_setup().queues[1].rings);
    EXPECT_EQ(read->agents[0].queues, a_setup().agents[0].queues);
    EXPECT_NE(text.find("rings = [{ after_s = 0, level_min = 6, also = 0 }, {"), std::string::npos);
}

TEST(policy_file, faults_are_named) {
    EXPECT_EQ(fault_of("[[queue]]\nid = 1\nname = \"repair\"\nstrateggy = \"x\"\n"),
              "new.toml: nothing is called queue.0.strateggy\n");
    EXPECT_EQ(fault_of("[[queue]]\nid = 1\nname = \"repair\"\nstrategy = \"random\"\n"
                       "needs = [\"uyghur\"]\noverflow = 7\npriority = 99\n"),
              "new.toml: queue repair: priority must be -60 to 60\n"
              "queue repair: no strategy is called random\n"
              "queue repair: there is no skill uyghur\nqueue repair: there is no queue 7");
    EXPECT_EQ(fault_of("[[agent]]\nid = 1\nwork_number = \"1001\"\n"
                       "queues = [{ queue = 2 }]\n"),
              "new.toml: agent 1001: there is no queue 2");
    EXPECT_NE(fault_of("[[queue]\n").find("new.toml line 1"), std::string::npos);
}

}  // namespace
}  // namespace ys::interactions
