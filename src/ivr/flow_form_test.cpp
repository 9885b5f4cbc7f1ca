// SPDX-License-Identifier: Apache-2.0
#include "ivr/flow_form.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "ivr/flow_difference.h"
#include "ivr/flow_text.h"
#include "ivr/testing/flow_files.h"

namespace ys::ivr {
namespace {

/// Through the editor's form and back: the same flow with the same comments.
void expect_round_trip(const std::string& text, const std::string& name) {
    const auto flow = parse_flow(text);
    ASSERT_TRUE(flow) << name;
    const std::string written = text_of(form_of(*flow, comments_of(text)));
    const auto again = parse_flow(written);
    ASSERT_TRUE(again) << name << ": " << again.error().note << "\n" << written;
    EXPECT_TRUE(flow_difference(*flow, *again).empty()) << name << "\n" << written;
    for (const Node& node : flow->nodes)
        EXPECT_EQ(comments_of(written).text_of(node.name), comments_of(text).text_of(node.name))
            << name;
    EXPECT_EQ(text_of(form_of(*again, comments_of(written))), written) << name;
}

TEST(FlowForm, every_shipped_flow_goes_through_it_unchanged) {
    for (const auto& file : testing::flow_files("scenarios"))
        expect_round_trip(testing::content(file), file.string());
}

TEST(FlowForm, flows_with_a_fault_can_be_edited_too) {
    for (const auto& file : testing::flow_files("tests/flows/broken"))
        expect_round_trip(testing::content(file), file.string());
}

TEST(FlowForm, what_is_typed_into_a_field_stays_in_its_line) {
    FlowForm form;
    form.name = "main\nmeasuring";
    form.comment = "one\ntwo";
    NodeForm& node = form.nodes.emplace_back();
    node.name = "a";
    node.kind = "queue";
    node.queue = "x\n  territory head";
    EXPECT_FALSE(parse_flow(text_of(form)));
    form.name = "main";
    node.queue = "x";
    const auto flow = parse_flow(text_of(form));
    ASSERT_TRUE(flow);
    EXPECT_EQ(comments_of(text_of(form)).text_of(""), "one\ntwo");
    node.queue = "x\n  territory head";
    EXPECT_FALSE(parse_flow(text_of(form)));
}

TEST(FlowForm, ways_are_drawn_with_those_no_line_says) {
    const auto flow = parse_flow(R"(flow main
person desk
node menu choose
  say menu
  key 1 -> card
  other -> nowhere
node card digits
  say card
  -> desk
node desk queue
  queue q
)");
    ASSERT_TRUE(flow);
    const auto ways = ways_of(*flow);
    const auto has = [&](const char* from, const char* to, const char* how, bool implied) {
        return std::ranges::any_of(ways, [&](const Way& w) {
            return w.from == from && w.to == to && w.how == how && w.implied == implied;
        });
    };
    EXPECT_TRUE(has("menu", "card", "key", false));
    EXPECT_TRUE(has("menu", "nowhere", "other", false));
    EXPECT_TRUE(has("menu", "desk", "nothing", true));
    EXPECT_TRUE(has("menu", "desk", "person", true));
    EXPECT_TRUE(has("card", "desk", "on", false));
    EXPECT_FALSE(has("desk", "desk", "person", true));
}

}  // namespace
}  // namespace ys::ivr
