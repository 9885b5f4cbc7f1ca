// SPDX-License-Identifier: Apache-2.0
// The same question on every channel: article, version, amounts, hours, places and materials must
// be the same (G10). That the test can fail is tested, too.
#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "asked_everywhere.h"
#include "life_files.h"

namespace ys::knowledge::testing {
namespace {

TEST(Agreement, every_way_through_every_event_is_answered_the_same_on_all_channels) {
    std::size_t asked = 0;
    for (const std::string& scenario : scenarios_with_events()) {
        const Hotline hotline = hotline_of(scenario);
        for (const LifeEvent& event : hotline.events)
            for (const LifeAnswers& way : ways(event)) {
                ++asked;
                EXPECT_EQ(disagreement(hotline, event, way, ask(hotline, event, way)), "")
                    << event.code;
            }
    }
    std::printf("%zu combinations of answers, four channels each\n", asked);
    EXPECT_GE(asked, 50U);
}

TEST(Agreement, a_service_never_comes_before_what_it_waits_for) {
    for (const std::string& scenario : scenarios_with_events())
        for (const LifeEvent& event : events_of(scenario))
            for (const LifeAnswers& way : ways(event)) {
                const auto order = services_in_order(event, way);
                for (std::size_t i = 0; i < order.size(); ++i)
                    for (std::size_t j = i + 1; j < order.size(); ++j)
                        EXPECT_FALSE(comes_before(*order[j], *order[i])) << order[i]->code;
            }
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    ASSERT_NE(at, text.npos) << from;
    text.replace(at, from.size(), to);
}

/// A channel that says something else must be found out, whatever and wherever it is.
TEST(Agreement, a_channel_that_says_something_else_is_named) {
    const Hotline hotline = hotline_of("certificates");
    const LifeEvent& event = hotline.events.front();
    const LifeAnswers way = ways(event).front();
    const Channels honest = ask(hotline, event, way);
    ASSERT_EQ(disagreement(hotline, event, way, honest), "");
    struct Lie {
        const char* channel;
        std::function<void(Channels&)> tell;
    };
    const auto heard = [](Channels& c, std::string_view from, std::string_view to) {
        for (FlowPrompt& each : c.heard)
            if (each.text.find(from) != std::string::npos) return replace(each.text, from, to);
        FAIL() << from;
    };
    const std::vector<Lie> lies{
        {"chat", [](Channels& c) { c.chat.cost = "5元"; }},
        {"chat", [](Channels& c) { c.chat.services.back().pin.version += 1; }},
        {"chat", [](Channels& c) { c.chat.services.front().pin.article = ArticleId{9999}; }},
        {"chat", [](Channels& c) { c.chat.services.pop_back(); }},
        {"chat", [](Channels& c) { c.chat.places.front().hours = "每天09:00到17:00"; }},
        {"chat", [](Channels& c) { c.chat.materials.front().count += "、复印件9份"; }},
        {"chat", [](Channels& c) { c.chat.materials.pop_back(); }},
        {"guide", [](Channels& c) { replace(c.guide.say[1], "免费", "10元"); }},
        {"guide", [](Channels& c) { c.guide.sources.front().pin.version += 1; }},
        {"guide", [](Channels& c) { c.guide.say.erase(c.guide.say.end() - 2); }},
        {"guide", [](Channels& c) { std::swap(c.guide.say[1], c.guide.say[2]); }},
        {"sms", [](Channels& c) { replace(c.sms.parts[0], "当场办结", "3个工作日"); }},
        {"sms", [](Channels& c) { replace(c.sms.parts[0], "依据1", "依据2"); }},
        {"sms", [](Channels& c) { replace(c.sms.parts.back(), "费用合计4", "费用合计5"); }},
        {"sms", [](Channels& c) { c.sms.parts.pop_back(); }},
        {"voice", [&](Channels& c) { heard(c, "08:00到", "09:00到"); }},
        {"voice", [&](Channels& c) { heard(c, "400元", "380元"); }},
        {"voice", [&](Channels& c) { heard(c, "原件", "复印件1份"); }},
        {"voice", [&](Channels& c) { c.heard[1].pin.version += 1; }},
        {"voice", [&](Channels& c) { c.heard.erase(c.heard.begin() + 2); }},
        {"voice", [&](Channels& c) { c.heard.clear(); }},
    };
    for (std::size_t i = 0; i < lies.size(); ++i) {
        Channels lying = honest;
        lies[i].tell(lying);
        const std::string found = disagreement(hotline, event, way, lying);
        EXPECT_EQ(found.substr(0, found.find(':')), lies[i].channel)
            << "lie " << i << ": " << found;
    }
}

TEST(Agreement, a_flow_whose_keys_lead_elsewhere_is_found_out) {
    Hotline hotline = hotline_of("certificates");
    const LifeEvent& event = hotline.events.front();
    const std::string node = hotline.life.entries.at(event.code);
    for (ivr::Node& each : hotline.flow.nodes)
        if (each.name == node) std::swap(each.keys.at('1'), each.keys.at('2'));
    std::size_t found = 0;
    for (const LifeAnswers& way : ways(event))
        found += !disagreement(hotline, event, way, ask(hotline, event, way)).empty();
    EXPECT_EQ(found, ways(event).size() / 2) << "two of the menu's four keys";
}

TEST(Agreement, a_prompt_made_for_an_older_version_has_another_name) {
    const Hotline hotline = hotline_of("certificates");
    ArticlePins newer = hotline.pins;
    for (auto& [matter, pin] : newer) ++pin.version;
    std::set<std::string> names;
    for (const FlowPrompt& each : hotline.life.prompts) names.insert(each.name);
    const auto life = life_flow({&hotline.events.front()}, newer, {.person = "staff"});
    ASSERT_TRUE(life);
    std::size_t pinned = 0;
    for (const FlowPrompt& each : life->prompts) {
        if (each.matter.empty()) continue;
        ++pinned;
        EXPECT_FALSE(names.contains(each.name)) << each.name;
    }
    EXPECT_GE(pinned, 5U);
}

}  // namespace
}  // namespace ys::knowledge::testing
