// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/life_event_file.h"

#include <gtest/gtest.h>

namespace ys::knowledge {
namespace {

constexpr std::string_view file = R"(
evidence = [
  {code = "id", title = "身份证"},
  {code = "photo", title = "照片", copy_word = "照片", unit = "张"},
  {code = "other", title = "别的事件用的"},
]
place = [{code = "hall", title = "大厅", address = "东街1号", hours = "daily 09:00-17:00"}]

[[event]]
code = "card"
title = "办卡"
evidence = [{code = "id", title = "本人身份证"}]

[[event.questions]]
code = "lost"
title = "旧卡丢了吗"
choices = [{code = "yes", title = "丢了"}, {code = "no", title = "没有丢"}]

[[event.services]]
code = "card"
title = "新卡"
matter = "card"
evidence = [
  {evidence = "id", original = true},
  {evidence = "photo", copies = 2, when = [{question = "lost", is = ["yes"]}]},
]
output = "卡"
places = ["hall"]
cost_fen = 0
period_days = 3
)";

TEST(LifeEventFile, gives_an_event_what_it_names_and_its_own_before_what_is_shared) {
    const auto events = read_life_events(file, "life_events.toml");
    ASSERT_TRUE(events) << events.error().note;
    ASSERT_EQ(events->size(), 1U);
    const LifeEvent& event = events->front();
    EXPECT_EQ(faults(event, {"card"}), std::vector<LifeFault>{});
    ASSERT_EQ(event.evidence.size(), 2U);
    EXPECT_EQ(event.evidence[0].title, "本人身份证");
    EXPECT_EQ(event.evidence[0].copy_word, "复印件");
    EXPECT_EQ(event.evidence[1].unit, "张");
    EXPECT_EQ(event.places.size(), 1U);
    EXPECT_EQ(event.services[0].cost_fen, 0);
    EXPECT_TRUE(event.services[0].counts_working_days);
    EXPECT_EQ(event.services[0].evidence[1].when[0].is, std::vector<std::string>{"yes"});
}

TEST(LifeEventFile, names_what_is_missing_by_the_checker_and_what_it_does_not_know_itself) {
    std::string text(file);
    const auto at = text.find("cost_fen");
    text.replace(at, 8, "cost_yuan");
    const auto strange = read_life_events(text, "life_events.toml");
    ASSERT_FALSE(strange);
    EXPECT_NE(strange.error().note.find("cost_yuan"), std::string::npos) << strange.error().note;
    text.erase(at, std::string_view("cost_yuan = 0\n").size());
    const auto missing = read_life_events(text, "life_events.toml");
    ASSERT_TRUE(missing) << missing.error().note;
    EXPECT_EQ(faults(missing->front(), {"card"}),
              (std::vector<LifeFault>{{"services.0.cost_fen", "need_cost"}}));
}

}  // namespace
}  // namespace ys::knowledge
