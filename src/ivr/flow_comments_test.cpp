// SPDX-License-Identifier: Apache-2.0
#include "ivr/flow_comments.h"

#include <gtest/gtest.h>

#include "ivr/flow_difference.h"
#include "ivr/flow_text.h"
#include "ivr/testing/flow_files.h"

namespace ys::ivr {
namespace {

constexpr std::string_view text = R"(# 市政热线
# 第二行
flow main
# 国务院办公厅通知
holiday 2026-10-01   国庆节
person desk

# 先问年纪
node known branch
  # 档案里的标签
  tag elder   -> desk
  else -> desk

node desk queue
  queue household
  # no priority on purpose
# 完
)";

std::size_t comment_lines(std::string_view of) {
    std::size_t n = 0;
    for (const auto& [node, comments] : comments_of(of).of) n += comments.size();
    return n + comments_of(of).last.size();
}

TEST(FlowComments, stand_above_the_same_lines_in_the_canonical_text) {
    const auto flow = parse_flow(text);
    ASSERT_TRUE(flow);
    EXPECT_EQ(to_text(*flow, comments_of(text)), R"(# 市政热线
# 第二行
flow main
zone +08:00
# 国务院办公厅通知
holiday 2026-10-01 国庆节
start known
person desk
fallback desk

# 先问年纪
node known branch
  # 档案里的标签
  tag elder -> desk
  else -> desk

node desk queue
  queue household

# no priority on purpose
# 完
)");
}

TEST(FlowComments, of_a_line_that_is_gone_stand_above_its_node) {
    auto flow = parse_flow(text);
    ASSERT_TRUE(flow);
    flow->nodes.front().rules.clear();
    const std::string written = to_text(*flow, comments_of(text));
    EXPECT_NE(written.find("# 先问年纪\n# 档案里的标签\nnode known branch\n  else"),
              std::string::npos)
        << written;
}

TEST(FlowComments, of_every_shipped_flow_are_kept_and_nothing_else_changes) {
    for (const auto& file : testing::flow_files("scenarios")) {
        const std::string before = testing::content(file);
        const auto flow = parse_flow(before);
        ASSERT_TRUE(flow) << file;
        const std::string after = to_text(*flow, comments_of(before));
        const auto again = parse_flow(after);
        ASSERT_TRUE(again) << file << "\n" << after;
        EXPECT_TRUE(flow_difference(*flow, *again).empty()) << file;
        EXPECT_EQ(comment_lines(after), comment_lines(before)) << file << "\n" << after;
        EXPECT_EQ(to_text(*again, comments_of(after)), after) << "written twice: " << file;
    }
}

}  // namespace
}  // namespace ys::ivr
