// SPDX-License-Identifier: Apache-2.0
// The shipped events as the shipped flow of 6301, and the sound of what it says.
#include "app/life_line.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "app/life_events.h"
#include "app/scenario_file.h"
#include "ivr/checker.h"
#include "platform/sql/testing/postgres_server.h"

namespace ys::app {
namespace {

knowledge::AnswerBook::Sources nothing() {
    return {[]() -> Result<knowledge::Library> { return knowledge::Library{}; },
            [](knowledge::ArticleId) -> Result<std::vector<knowledge::KnownArticle>> {
                return std::vector<knowledge::KnownArticle>{};
            },
            [](const Error&) {}};
}

class LifeLineTest : public testing::Test {
protected:
    const std::vector<knowledge::LifeEvent>& events() const { return (*book_)->events(); }
    knowledge::AnswerBook answers_{nothing()};
    Result<std::unique_ptr<knowledge::LifeEventBook>> book_ =
        life_events_of("certificates", answers_);
    std::string frame_ = *scenario_file("certificates", "life.flow");
};

TEST_F(LifeLineTest, what_is_written_is_a_flow_that_passes_and_keeps_its_head) {
    ASSERT_TRUE(has_life_node(frame_));
    ASSERT_TRUE(ivr::load_flow(frame_)) << "a person answers until it is written";
    const auto made = life_text(frame_, events(), {});
    ASSERT_TRUE(made) << made.error().note;
    const auto flow = ivr::load_flow(made->text);
    ASSERT_TRUE(flow) << flow.error().note;
    EXPECT_GT(flow->nodes.size(), 20U);
    const std::string head = frame_.substr(0, frame_.find("\nnode life-menu"));
    EXPECT_TRUE(made->text.starts_with(head));
    std::set<std::string> said;
    for (const auto& prompt : made->prompts) said.insert(prompt.name);
    for (const ivr::Node& node : flow->nodes)
        for (const std::string& name : node.say)
            EXPECT_TRUE(!name.starts_with("life-") || said.contains(name)) << name;
}

TEST_F(LifeLineTest, written_again_it_is_the_same_until_an_article_changes) {
    const auto first = life_text(frame_, events(), {});
    ASSERT_TRUE(first);
    EXPECT_EQ(life_text(first->text, events(), {})->text, first->text);
    const knowledge::ArticlePins pins{
        {events().front().services.front().matter, {knowledge::ArticleId{7}, 2}}};
    const auto second = life_text(first->text, events(), pins);
    ASSERT_TRUE(second);
    EXPECT_NE(second->text, first->text);
    EXPECT_EQ(life_text(second->text, events(), {})->text, first->text);
}

TEST_F(LifeLineTest, one_event_alone_needs_no_menu) {
    const auto made = life_text(frame_, {events().front()}, {});
    ASSERT_TRUE(made);
    EXPECT_TRUE(has_life_node(made->text));
    EXPECT_TRUE(ivr::load_flow(made->text));
}

TEST_F(LifeLineTest, a_flow_without_its_place_is_refused) {
    EXPECT_FALSE(has_life_node("flow main\n"));
    EXPECT_FALSE(life_text("flow main\n", events(), {}));
    EXPECT_FALSE(life_text("flow main\n\nnode life-menu branch\n  what\n", events(), {}));
}

TEST(LifePrompts, what_is_missing_is_spoken_and_what_is_there_stays) {
    const sql::testing::TemporaryFolder folder;
    const std::string own = folder.path() + "/prompts";
    std::filesystem::create_directory(own);
    std::ofstream(own + "/life-a-1.wav") << "somebody's voice";
    const std::atomic<bool> go_on{false}, is_over{true};
    const auto done = speak_prompts({{.name = "life-a-1", .text = "您要办哪件事？"},
                                     {.name = "life-b-2", .text = "居民户口簿一份。"}},
                                    own, go_on);
    ASSERT_TRUE(done) << done.error().note;
    EXPECT_EQ(std::filesystem::file_size(own + "/life-a-1.wav"), 16U);
    EXPECT_GT(std::filesystem::file_size(own + "/life-b-2.wav"), 5000U);
    EXPECT_FALSE(speak_prompts({{.name = "life-c-3", .text = "好"}}, own, is_over));
    EXPECT_FALSE(std::filesystem::exists(own + "/life-c-3.wav"));
    EXPECT_FALSE(speak_prompts({{.name = "life-c-3", .text = "好"}}, own + "/life-a-1.wav", go_on));
}

}  // namespace
}  // namespace ys::app
