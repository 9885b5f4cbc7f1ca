// SPDX-License-Identifier: Apache-2.0
// What the page asks - the last weeks out of the store, played through the rules - against the week
// that then comes, made by a simulation that knows nothing of the dispatcher.
#include "interactions/io/past_weeks.h"

#include <algorithm>
#include <cmath>

#include "base/dice.h"
#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "customers/io/customer_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/rules_store.h"
#include "interactions/io/setup_store.h"
#include "interactions/io/waiting_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::interactions {
namespace {

using sql::testing::must;

const CentreId here{1};
const QueueId repair{1};
constexpr std::int64_t second_us = 1'000'000, day_s = 86'400;
constexpr double ring_s = 3, wrap_s = 20, patience_mean_s = 120;
/// A Monday's midnight in China.
constexpr UtcTime monday{1'767'542'400 * second_us - 8 * 3600 * second_us};

/// A hotline that is open from eight to six with a morning and an afternoon peak; first come, first
/// served; talks lognormal, patience exponential.
struct Hotline {
    std::size_t agents = 8;
    double load = 0.9;  ///< of the busiest quarter hour, per agent
    Dice dice{1};
    std::vector<double> free_at{};  ///< each agent, s from the first Monday
    std::uint64_t calls = 0, soon = 0;

    double rate_per_s(std::int64_t s) const {
        const double hour = static_cast<double>(s % day_s) / 3600;
        const double day = s / day_s % 7 < 5 ? 1 : 0.5;
        const double shape = std::exp(-std::pow((hour - 10) / 2, 2)) +
                             0.8 * std::exp(-std::pow((hour - 15.5) / 2.5, 2));
        const double busiest = load * static_cast<double>(agents) / 200;
        return hour < 8 || hour >= 18 ? 0 : busiest * day * shape;
    }
    /// Nobody begins a call outside the shift.
    static double in_shift(double t) {
        const double of_day = std::fmod(t, static_cast<double>(day_s));
        if (of_day < 8 * 3600) return t - of_day + 8 * 3600;
        return of_day < 18 * 3600 ? t : t - of_day + day_s + 8 * 3600;
    }
    double normal() {
        return std::sqrt(2 * dice.exponential(1)) * std::cos(2 * M_PI * dice.part());
    }

    /// Each call of a week is handed to `keep`.
    template <class Keep>
    void week(std::int64_t number, Keep keep) {
        free_at.resize(agents);
        calls = soon = 0;
        for (std::int64_t s = number * 7 * day_s; s < (number + 1) * 7 * day_s; s += 60) {
            const double gap = rate_per_s(s) > 0 ? 1 / rate_per_s(s) : 1e9;
            for (double t = dice.exponential(gap); t < 60; t += dice.exponential(gap))
                keep(call(static_cast<double>(s) + t));
        }
    }
    CallRow call(double at) {
        auto& agent = *std::ranges::min_element(
            free_at, {}, [&](double f) { return in_shift(std::max(f, at)); });
        const double begin = in_shift(std::max(agent, at));
        const double answer = begin + ring_s, leaves = at + dice.exponential(patience_mean_s);
        const double talk = 180 * std::exp(0.7 * normal() - 0.245);
        const bool is_answered = leaves >= answer;
        if (is_answered)
            agent = answer + talk + wrap_s;
        else if (leaves > begin)
            agent = leaves;
        const double waited = (is_answered ? answer : leaves) - at;
        ++calls;
        soon += is_answered && waited <= 15 ? 1 : 0;
        const auto moment = [](double t) {
            return UtcTime{monday.us + static_cast<std::int64_t>(t * second_us)};
        };
        CallRow row;
        row.centre_id = here;
        row.direction = "in";
        row.queue_id = repair;
        row.arrived_at = moment(at);
        row.queued_at = moment(at);
        if (is_answered) row.connected_at = moment(answer);
        row.ended_at = moment(is_answered ? answer + talk : leaves);
        row.cause = is_answered ? "completed" : "abandoned";
        row.waited_ms = static_cast<std::int64_t>(waited * 1000);
        row.talked_ms = is_answered ? static_cast<std::int64_t>(talk * 1000) : 0;
        return row;
    }
};

Setup rules_of(std::size_t agents) {
    Setup setup;
    setup.queues = {{.id = repair, .centre = here, .name = "repair"}};
    for (std::uint64_t i = 1; i <= agents; ++i) {
        AgentSetup& a = setup.agents.emplace_back();
        a.id = AgentId{i};
        a.centre = here;
        a.queues = {{repair}};
    }
    return setup;
}

class PastWeeksTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), setup_schema(), journal::schema(), customers::schema(),
              cases::schema(), schema(), waiting_schema(), rules_schema()});
    }
    void keep_week(Hotline& hotline, std::int64_t number) {
        std::vector<RowChange> rows;
        hotline.week(number, [&](CallRow row) {
            row.id = InteractionId{++last_};
            rows.emplace_back(PutCall{std::move(row)});
        });
        must(write([&](sql::Transaction& tx) { return CallStore::write(tx, rows); }));
    }
    /// Everybody from eight to six, and one call's moves for ringing and writing up.
    void keep_shifts(std::size_t agents, std::int64_t week) {
        std::vector<facts::Fact> facts;
        const auto moved = [&](double t, std::uint64_t agent, const char* from, const char* to) {
            facts.push_back({UtcTime{monday.us + static_cast<std::int64_t>(t * second_us)},
                             here,
                             {},
                             AgentId{agent},
                             facts::AgentMoved{from, to, "", ""}});
        };
        for (std::int64_t day = 0; day < 7; ++day) {
            const auto midnight = static_cast<double>((week * 7 + day) * day_s);
            for (std::uint64_t i = 1; i <= agents; ++i) {
                moved(midnight + 8 * 3600, i, "LoggedOut", "Ready");
                moved(midnight + 9 * 3600, i, "Ready", "Alerted");
                moved(midnight + 9 * 3600 + ring_s, i, "Alerted", "Busy");
                moved(midnight + 10 * 3600, i, "Busy", "WrapUp");
                moved(midnight + 10 * 3600 + wrap_s, i, "WrapUp", "Ready");
                moved(midnight + 18 * 3600, i, "Ready", "LoggedOut");
            }
        }
        must(write([&](sql::Transaction& tx) { return journal::Journal::append(tx, facts); }));
    }
    std::uint64_t last_ = 0;
};
YS_ON_BOTH_DATABASES(PastWeeksTest);

TEST_P(PastWeeksTest, an_empty_store_has_no_weeks) {
    const PastWeeks past = must(past_weeks(db(), Scope::of(here), monday));
    EXPECT_EQ(past.weeks, 0);
    EXPECT_TRUE(past.demands.empty());
}

TEST_P(PastWeeksTest, who_called_when_and_who_was_at_work) {
    Hotline hotline{.agents = 4, .load = 0.5, .dice = Dice{3}};
    keep_week(hotline, 0);
    keep_shifts(4, 0);
    const UtcTime until{monday.us + 7 * day_s * second_us};
    const PastWeeks past = must(past_weeks(db(), Scope::of(here), until));
    EXPECT_EQ(past.weeks, 1);
    EXPECT_EQ(past.calls, hotline.calls);
    ASSERT_EQ(past.demands.size(), 1u);
    const routing::Demand& d = past.demands.front();
    ASSERT_EQ(d.per_quarter.size(), quarters_of_week);
    EXPECT_EQ(d.per_quarter[7 * 4], 0) << "before eight";
    EXPECT_GT(d.per_quarter[10 * 4], 0);
    EXPECT_NEAR(static_cast<double>(d.handling_mean.count()), 180'000, 15'000);
    EXPECT_NEAR(*d.handling_sigma, 0.7, 0.1);
    EXPECT_EQ(past.shifts.size(), 4u * 7u);
    EXPECT_EQ(past.shifts.front().to - past.shifts.front().from, 10h);
    EXPECT_EQ(past.wrap_up, 20s);
    EXPECT_EQ(past.rings_for, 3s);
    EXPECT_EQ(must(past_weeks(db(), Scope::of(CentreId{2}), until)).weeks, 0);
}

TEST_P(PastWeeksTest, more_people_answer_more_and_who_never_worked_works_as_a_colleague) {
    Hotline hotline{.agents = 4, .load = 1.1, .dice = Dice{5}};
    keep_week(hotline, 0);
    keep_shifts(4, 0);
    const PastWeeks past =
        must(past_weeks(db(), Scope::of(here), UtcTime{monday.us + 7 * day_s * second_us}));
    const RulesPreview four = preview_of(rules_of(4), here, past, 1);
    const RulesPreview six = preview_of(rules_of(6), here, past, 1);
    EXPECT_EQ(four.total.agents, 4u);
    EXPECT_GT(*six.total.level, *four.total.level + 0.1);
    EXPECT_GT(*four.queues.front().people_needed, 4u);
    EXPECT_LE(*four.total.level_low, *four.total.level);
    EXPECT_GE(*four.total.level_high, *four.total.level);
}

TEST_P(PastWeeksTest, within_5_points_of_the_week_that_then_comes_over_20_cases) {
    if (GetParam() != sql::Engine::Sqlite) GTEST_SKIP() << "one database is enough";
    constexpr std::int64_t weeks = 3;
    std::size_t cases = 0;
    double worst = 0;
    for (const std::size_t agents : {6, 9, 12, 15})
        for (const double load : {0.6, 0.75, 0.9, 1.0, 1.1}) {
            must(write([](sql::Transaction& tx) -> Result<Done> {
                YS_TRY([[maybe_unused]] auto n, tx.db().run("DELETE FROM calls"));
                YS_TRY(n, tx.db().run("DELETE FROM facts"));
                return Done{};
            }));
            Hotline hotline{.agents = agents, .load = load, .dice = Dice{100 + cases}};
            for (std::int64_t week = 0; week < weeks; ++week) keep_week(hotline, week);
            keep_shifts(agents, weeks - 1);
            const UtcTime until{monday.us + weeks * 7 * day_s * second_us};
            const PastWeeks past = must(past_weeks(db(), Scope::of(here), until));
            ASSERT_EQ(past.weeks, weeks);
            const RulesPreview promised = preview_of(rules_of(agents), here, past, 1);
            hotline.week(weeks, [](const CallRow&) {});
            const double came =
                static_cast<double>(hotline.soon) / static_cast<double>(hotline.calls);
            EXPECT_NEAR(*promised.total.level, came, 0.05) << agents << " agents, load " << load;
            worst = std::max(worst, std::abs(*promised.total.level - came));
            ++cases;
        }
    EXPECT_EQ(cases, 20u);
    std::printf("20 weeks: the preview was off by at most %.1f points\n", 100 * worst);
}

}  // namespace
}  // namespace ys::interactions
