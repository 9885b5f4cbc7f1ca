// SPDX-License-Identifier: Apache-2.0
#include "ivr/fault_sentence.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "ivr/checker.h"
#include "ivr/flow_text.h"
#include "ivr/testing/flow_files.h"

namespace ys::ivr {
namespace {

bool is_chinese(const std::string& text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
}

TEST(FaultSentence, every_broken_flow_is_told_in_chinese_with_the_words_it_is_about) {
    for (const auto& file : testing::flow_files("tests/flows/broken")) {
        const auto flow = parse_flow(testing::content(file));
        ASSERT_TRUE(flow) << file;
        for (const Fault& fault : faults(*flow)) {
            const std::string zh = sentence_of(fault, "zh");
            EXPECT_TRUE(is_chinese(zh)) << zh;
            EXPECT_EQ(zh.find('$'), std::string::npos) << zh;
            EXPECT_EQ(zh.find("“”"), std::string::npos) << zh << " from " << fault.text;
            EXPECT_EQ(sentence_of(fault, "en"), fault.text);
            const bool is_of_a_node = fault.line > 0;
            EXPECT_EQ(!node_at(*flow, fault.line).empty(), is_of_a_node) << fault.text;
        }
    }
}

TEST(FaultSentence, the_places_of_a_fault_are_in_it) {
    const auto flow = parse_flow(R"(flow main
person desk
node desk hang-up
  say goodbye
)");
    ASSERT_TRUE(flow);
    const auto found = faults(*flow);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(sentence_of(found.front(), "zh"), "“fallback”必须指向一个队列节点");
}

TEST(FaultSentence, what_does_not_read_is_told_with_its_line) {
    const auto told = [](std::string_view text) {
        const auto flow = parse_flow(text);
        EXPECT_FALSE(flow);
        return flow ? ReadingFault{} : reading_fault(flow.error().note, "zh");
    };
    EXPECT_EQ(told("flow main\nnonsense").sentence, "这里不认识“nonsense”");
    EXPECT_EQ(told("flow main\nnonsense").line, 2);
    EXPECT_EQ(told("node a play\n say x\nnode a play").sentence, "有两个节点都叫“a”");
    EXPECT_EQ(told("node a wrong").sentence, "没有“wrong”这种节点");
    EXPECT_EQ(told("node a choose\n wait 90s").sentence, "等待时间是 1s 到 60s：wait 5s");
    EXPECT_EQ(told("node a digits\n case x").sentence, "“case”后面写 number 或 code");
    EXPECT_EQ(told("node a play\n say A").sentence, "“A”不是名字：只能用 a-z、0-9 和 -");
    EXPECT_EQ(reading_fault("line 2: “x” is there twice", "en").sentence, "“x” is there twice");
}

}  // namespace
}  // namespace ys::ivr
