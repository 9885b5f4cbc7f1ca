// SPDX-License-Identifier: Apache-2.0
// Sixteen questions counted by hand, and what the figures make of them.
#include "reports/survey_kpi.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/later.h"
#include "reports/formulas.h"
#include "reports/kpi.h"

namespace ys::reports {
namespace {

using namespace std::chrono_literals;

constexpr CentreId heating{1}, bus{2};
constexpr AgentId ann{11}, bob{12};
constexpr UtcTime morning{1'795'000'000'000'000};
constexpr Window day{morning, later(morning, 24h)};

struct Question {
    CentreId centre;
    AgentId agent;
    const char* about;
    const char* channel;
    int hour;            ///< asked, of the day
    int answered_hour;   ///< -1: never
    const char* solved;  ///< links only
    std::int32_t score;
};
// clang-format off
const std::vector<Question> table{
    // centre   agent about   channel  asked answered solved score
    {heating, ann, "call", "keys",   1,   1, "",    5},
    {heating, ann, "call", "keys",   2,   2, "",    5},
    {heating, ann, "call", "keys",   3,  -1, "",    0},  // hung up at the question
    {heating, bob, "call", "keys",   4,   4, "",    2},
    {heating, bob, "call", "keys",  25,  25, "",    1},  // the next day
    {heating, ann, "call", "sms",    1,   2, "yes", 4},
    {heating, ann, "call", "sms",    2, 140, "no",  1},  // six days later: still of this day
    {heating, ann, "call", "sms",    3,  -1, "",    0},
    {heating, bob, "call", "sms",    4,  -1, "",    0},
    {heating, bob, "call", "sms",    5,  30, "yes", 3},
    {heating, bob, "call", "mail",   6,  -1, "",    0},
    {heating, bob, "call", "sms",   -2,   1, "no",  1},  // asked the day before
    {heating, {},  "case", "sms",    7,   9, "yes", 5},
    {heating, {},  "case", "sms",    8,  10, "no",  2},
    {heating, {},  "case", "sms",    9,  -1, "",    0},
    {bus,     {},  "case", "mail",   9,  11, "yes", 4},
};
// clang-format on

UtcTime at(int hour) { return later(morning, std::chrono::hours{hour}); }

std::vector<facts::Fact> facts_of_table() {
    std::vector<facts::Fact> out;
    std::uint64_t n = 100;
    for (const Question& q : table) {
        ++n;
        const InteractionId call{q.about == std::string_view("call") ? n : 0};
        const std::uint64_t case_id = call ? 0 : n;
        const bool is_keys = q.channel == std::string_view("keys");
        if (is_keys)
            out.push_back({at(q.hour), q.centre, call, q.agent, facts::SurveyBegan{}});
        else
            out.push_back({at(q.hour), q.centre, call, q.agent,
                           facts::SurveyAsked{n, case_id, 3, q.channel}});
        if (q.answered_hour < 0) continue;
        if (is_keys)
            out.push_back({at(q.answered_hour), q.centre, call, {}, facts::SurveyScored{q.score}});
        else
            out.push_back(
                {at(q.answered_hour), q.centre, call, q.agent,
                 facts::SurveyAnswered{n, case_id, 3, q.channel, at(q.hour), q.solved, q.score}});
    }
    std::ranges::stable_sort(out, {}, &facts::Fact::at);
    return out;
}

SurveyKpi counted() {
    SurveyKpi kpi(day);
    for (const facts::Fact& fact : facts_of_table()) kpi.on(fact);
    return kpi;
}

const SurveyRow& row_of(const std::vector<SurveyRow>& rows, std::uint64_t whose,
                        std::string_view about, std::string_view channel) {
    static const SurveyRow none;
    for (const SurveyRow& row : rows)
        if ((row.agent ? row.agent.value : row.centre.value) == whose && row.about == about &&
            row.channel == channel)
            return row;
    ADD_FAILURE() << "no row of " << whose << " " << about << " " << channel;
    return none;
}

TEST(SurveyKpi, the_table_counted_by_hand_gives_the_same_figures) {
    const SurveyReport report = counted().report();
    const SurveyRow& keys = row_of(report.centres, 1, "call", "keys");
    EXPECT_EQ(keys.asked, 4U);
    EXPECT_EQ(keys.answered, 3U);
    EXPECT_DOUBLE_EQ(*keys.response_rate, 0.75);
    EXPECT_DOUBLE_EQ(*keys.score_mean, 4.0);
    EXPECT_DOUBLE_EQ(*keys.satisfied_rate, 2.0 / 3);
    EXPECT_FALSE(keys.solved_rate) << "not asked on the keys";
    const SurveyRow& sms = row_of(report.centres, 1, "call", "sms");
    EXPECT_EQ(sms.asked, 5U);
    EXPECT_EQ(sms.answered, 3U);
    EXPECT_DOUBLE_EQ(*sms.response_rate, 0.6);
    EXPECT_DOUBLE_EQ(*sms.score_mean, 8.0 / 3);
    EXPECT_DOUBLE_EQ(*sms.solved_rate, 2.0 / 3);
    EXPECT_EQ(sms.satisfied, 2U);
    const SurveyRow& mail = row_of(report.centres, 1, "call", "mail");
    EXPECT_DOUBLE_EQ(*mail.response_rate, 0);
    EXPECT_FALSE(mail.score_mean);
    const SurveyRow& all = row_of(report.centres, 1, "call", "all");
    EXPECT_EQ(all.asked, 10U);
    EXPECT_EQ(all.answered, 6U);
    EXPECT_DOUBLE_EQ(*all.score_mean, 20.0 / 6);
    const SurveyRow& cases = row_of(report.centres, 1, "case", "sms");
    EXPECT_EQ(cases.asked, 3U);
    EXPECT_EQ(cases.solved_yes, 1U);
    EXPECT_EQ(cases.solved_no, 1U);
    EXPECT_DOUBLE_EQ(*row_of(report.centres, 2, "case", "mail").score_mean, 4);
    EXPECT_DOUBLE_EQ(*row_of(report.agents, 11, "call", "all").score_mean, 15.0 / 4);
    EXPECT_DOUBLE_EQ(*row_of(report.agents, 12, "call", "keys").score_mean, 2);
}

TEST(SurveyKpi, the_list_names_as_many_as_the_figures_count) {
    const SurveyKpi kpi = counted();
    std::uint64_t asked = 0, answered = 0;
    for (const SurveyRow& row : kpi.report().centres) {
        if (row.channel == "all") continue;
        asked += row.asked;
        answered += row.answered;
    }
    EXPECT_EQ(kpi.list().size(), asked);
    EXPECT_EQ(static_cast<std::uint64_t>(
                  std::ranges::count_if(kpi.list(), [](const auto& one) { return one.score > 0; })),
              answered);
    EXPECT_EQ(asked, 14U) << "sixteen less one asked the day before and one the next day";
}

TEST(SurveyKpi, a_score_by_link_joins_the_score_of_the_calls_by_when_it_was_asked) {
    Kpi kpi(day);
    kpi.on({at(4), heating, InteractionId{1}, {}, facts::CallArrived{.direction = "in"}});
    kpi.on({at(4), heating, InteractionId{1}, {}, facts::SurveyScored{5}});
    for (const facts::Fact& fact : facts_of_table())
        if (std::holds_alternative<facts::SurveyAnswered>(fact.body)) kpi.on(fact);
    EXPECT_EQ(kpi.centre(heating).scored, 4U) << "one on the keys, three by link about calls";
    EXPECT_DOUBLE_EQ(*kpi.centre(heating).score_mean, 13.0 / 4);
    EXPECT_EQ(kpi.queue(QueueId{3}).scored, 3U);
    EXPECT_EQ(kpi.centre(bus).scored, 0U) << "a case is no call";
}

TEST(SurveyKpi, every_figure_of_a_row_has_its_formula) {
    std::vector<std::string> named;
    for (const Formula& formula : survey_formulas()) {
        named.push_back(formula.figure);
        EXPECT_FALSE(formula.zh.empty() || formula.en.empty() || formula.window.empty());
    }
    EXPECT_EQ(named, (std::vector<std::string>{"asked", "answered", "solved_yes", "solved_no",
                                               "satisfied", "response_rate", "score_mean",
                                               "satisfied_rate", "solved_rate"}));
}

}  // namespace
}  // namespace ys::reports
