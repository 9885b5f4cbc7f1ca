// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "channel_walks.h"
#include "ivr/checker.h"
#include "knowledge/life_words.h"
#include "life_files.h"

namespace ys::knowledge::testing {
namespace {

TEST(ShippedEvents, have_no_faults_and_each_is_there_once) {
    std::set<std::string> codes;
    std::size_t events = 0;
    for (const std::string& scenario : scenarios_with_events())
        for (const LifeEvent& event : events_of(scenario)) {
            ++events;
            EXPECT_TRUE(codes.insert(scenario + "/" + event.code).second) << event.code;
            for (const LifeFault& fault : faults(event, matters_of(scenario)))
                ADD_FAILURE() << scenario << " " << event.code << ": " << fault.field << " "
                              << fault.code;
        }
    EXPECT_GE(events, 5U);
}

TEST(ShippedEvents, become_a_flow_that_loads_each_alone_and_all_of_a_hotline_in_one) {
    for (const std::string& scenario : scenarios_with_events()) {
        const std::vector<LifeEvent> events = events_of(scenario);
        const ArticlePins pins = pins_of(scenario);
        std::vector<std::vector<const LifeEvent*>> menus(1);
        for (const LifeEvent& event : events) {
            menus.front().push_back(&event);
            menus.push_back({&event});
        }
        for (const auto& menu : menus) {
            const auto life = life_flow(menu, pins, {.person = "staff"});
            ASSERT_TRUE(life) << life.error().note;
            const auto flow = ivr::load_flow(whole_flow(*life));
            ASSERT_TRUE(flow) << flow.error().note;
            std::printf("%s, %zu events: %zu nodes, %zu bytes, %zu prompts\n", scenario.c_str(),
                        menu.size(), flow->nodes.size(), life->nodes.size(), life->prompts.size());
        }
    }
}

/// What the article of a matter says, all its texts together; "" when the scenario has none.
std::string article_words(const std::string& scenario, const std::string& matter) {
    static std::map<std::string, std::map<std::string, std::string>> read;
    if (!read.contains(scenario)) read[scenario] = articles_of(scenario);
    return read[scenario][matter];
}

/// Their articles name a day of the year, or nothing, where the graph says how long it takes.
const std::set<std::string> without_period{"talent_review", "points_review", "collective_move",
                                           "school_papers"};

TEST(ShippedEvents, cost_and_take_what_their_articles_say) {
    std::size_t compared = 0;
    for (const std::string& scenario : scenarios_with_events())
        for (const LifeEvent& event : events_of(scenario))
            for (const LifeService& service : event.services) {
                const std::string words = article_words(scenario, service.matter);
                if (words.empty()) continue;
                ++compared;
                if (*service.cost_fen != 0) {
                    EXPECT_NE(words.find(money_words(*service.cost_fen)), words.npos)
                        << service.code << " " << money_words(*service.cost_fen);
                }
                const std::string days = std::to_string(*service.period_days);
                const bool is_said =
                    words.find(days + "个工作日") != words.npos ||
                    words.find(days + "日") != words.npos ||
                    (*service.period_days % 30 == 0 &&
                     words.find(std::to_string(*service.period_days / 30) + "个月") != words.npos);
                EXPECT_TRUE(*service.period_days == 0 || is_said ||
                            without_period.contains(service.code))
                    << service.code << " " << days;
            }
    std::printf("%zu services compared with their articles\n", compared);
}

TEST(ShippedEvents, fit_whole_into_four_short_messages) {
    for (const std::string& scenario : scenarios_with_events())
        for (const LifeEvent& event : events_of(scenario))
            for (const LifeAnswers& way : ways(event)) {
                const auto sms = sms_checklist(
                    personal_list(event, {.answers = way, .ready = {}}, pins_of(scenario)));
                EXPECT_TRUE(sms.is_whole) << event.code;
            }
}

}  // namespace
}  // namespace ys::knowledge::testing
