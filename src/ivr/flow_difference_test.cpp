// SPDX-License-Identifier: Apache-2.0
#include "ivr/flow_difference.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "ivr/flow_text.h"
#include "ivr/testing/flow_files.h"

namespace ys::ivr {
namespace {

using Line = LineChange::Kind;
using Kind = NodeChange::Kind;

Flow flow_of(std::string_view text) {
    auto flow = parse_flow(text);
    EXPECT_TRUE(flow) << flow.error().note;
    return *std::move(flow);
}

const std::string before = R"(flow main
must-hear notice
person desk

node hello play
  say notice
  barge-in no
  -> menu

node menu choose
  say menu
  key 1 -> news
  key 2 -> desk

node news play
  say news
  -> desk

node desk queue
  queue repair
)";

std::string with(std::string text, const std::string& old, const std::string& now) {
    const auto at = text.find(old);
    EXPECT_NE(at, text.npos) << old;
    return text.replace(at, old.size(), now);
}

FlowDifference difference(const std::string& after) {
    return flow_difference(flow_of(before), flow_of(after));
}

TEST(flow_difference, spelling_comments_and_the_order_of_nodes_are_none) {
    EXPECT_TRUE(difference(before).empty());
    EXPECT_TRUE(difference("# a comment\n" + with(before, "  say menu", "\tsay   menu")).empty());
    EXPECT_TRUE(difference(with(with(before, "node desk queue\n  queue repair\n", ""), "node menu",
                                "node desk queue\n  queue repair\n\nnode menu"))
                    .empty());
}

TEST(flow_difference, a_changed_node_shows_the_lines_that_changed) {
    EXPECT_EQ(difference(with(before, "  key 1 -> news", "  key 1 -> desk\n  key 3 -> news")),
              (FlowDifference{{},
                              {{Kind::Changed,
                                "menu",
                                10,
                                10,
                                {{Line::Removed, "key 1 -> news"},
                                 {Line::Added, "key 1 -> desk"},
                                 {Line::Added, "key 3 -> news"}}}}}));
}

TEST(flow_difference, a_node_of_another_kind_is_the_same_node_changed) {
    const auto found = difference(
        with(before, "node news play\n  say news\n  -> desk", "node news hang-up\n  say news"));
    EXPECT_EQ(found, (FlowDifference{{},
                                     {{Kind::Changed,
                                       "news",
                                       15,
                                       15,
                                       {{Line::Removed, "node news play"},
                                        {Line::Added, "node news hang-up"},
                                        {Line::Removed, "-> desk"}}}}}));
}

TEST(flow_difference, added_and_removed_nodes_show_all_their_lines) {
    const auto found = difference(with(before, "node news play\n  say news\n  -> desk",
                                       "node rates play\n  say rates\n  -> desk"));
    EXPECT_EQ(found, (FlowDifference{{},
                                     {{Kind::Added,
                                       "rates",
                                       0,
                                       15,
                                       {{Line::Added, "node rates play"},
                                        {Line::Added, "say rates"},
                                        {Line::Added, "-> desk"}}},
                                      {Kind::Removed,
                                       "news",
                                       15,
                                       0,
                                       {{Line::Removed, "node news play"},
                                        {Line::Removed, "say news"},
                                        {Line::Removed, "-> desk"}}}}}));
}

TEST(flow_difference, lines_about_the_whole_flow_are_told_apart_from_nodes) {
    const auto found =
        difference(with(before, "person desk", "holiday 2026-10-01 国庆节\nperson menu"));
    EXPECT_EQ(found.head, (std::vector<LineChange>{{Line::Added, "holiday 2026-10-01 国庆节"},
                                                   {Line::Removed, "person desk"},
                                                   {Line::Removed, "fallback desk"},
                                                   {Line::Added, "person menu"},
                                                   {Line::Added, "fallback menu"}}));
    EXPECT_TRUE(found.nodes.empty());
}

/// Carrying out a difference on the lines of one flow must give the other: no change is left out.
TEST(flow_difference, from_any_flow_to_any_other_nothing_is_left_out) {
    const auto files = testing::flow_files("scenarios");
    for (const auto& from : files)
        for (const auto& to : files) {
            const Flow a = flow_of(testing::content(from)), b = flow_of(testing::content(to));
            const auto there = flow_difference(a, b), back = flow_difference(b, a);
            EXPECT_EQ(there.empty(), to_text(a) == to_text(b)) << from << " " << to;
            const auto count = [](const FlowDifference& d, Line kind) {
                auto n = std::ranges::count(d.head, kind, &LineChange::kind);
                for (const NodeChange& node : d.nodes)
                    n += std::ranges::count(node.lines, kind, &LineChange::kind);
                return n;
            };
            const auto lines = [](const Flow& flow) {
                const std::string text = to_text(flow);
                std::ptrdiff_t n = 0;
                for (std::size_t i = 0; i < text.size(); ++i)
                    n += text[i] == '\n' && (i == 0 || text[i - 1] != '\n') ? 1 : 0;
                return n;
            };
            EXPECT_EQ(lines(a) - count(there, Line::Removed) + count(there, Line::Added), lines(b));
            EXPECT_EQ(count(there, Line::Added), count(back, Line::Removed));
        }
}

}  // namespace
}  // namespace ys::ivr
