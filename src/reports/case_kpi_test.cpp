// SPDX-License-Identifier: Apache-2.0
#include "reports/case_kpi.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "reports/formulas.h"
#include "reports/testing/sixty_cases.h"

namespace ys::reports {
namespace {

using facts::Fact;
using testing::HandCounted;
using testing::SixtyCases;

const CustomersServed served{{CentreId{1}, 350'000}};

CaseKpi counted(const std::vector<Fact>& facts, Window window, UtcTime until) {
    CaseKpi kpi(window, until);
    for (const Fact& fact : facts) kpi.on(fact);
    return kpi;
}

std::string mark_of(const CaseVerdict* verdict) {
    if (verdict == nullptr) return "none";
    if (verdict->counted == Counted::Apart) return "-";
    if (verdict->counted == Counted::No) return "N";
    return verdict->figure == CaseFigure::DispatchTime ? std::to_string(verdict->parts / 60'000)
                                                       : "Y";
}

const CaseRate* rate_in(const std::vector<CaseRow>& rows, const std::string& kind, std::uint64_t id,
                        const std::string& figure) {
    for (const CaseRow& row : rows) {
        const std::uint64_t own = kind == "centre" ? row.centre.value
                                  : kind == "unit" ? row.unit
                                                   : row.agent.value;
        if (own != id) continue;
        for (const CaseRate& rate : row.figures)
            if (rate.figure == figure) return &rate;
    }
    return nullptr;
}

std::vector<Fact> shuffled(std::vector<Fact> facts, const std::vector<std::uint32_t>& keys) {
    for (std::size_t i = facts.size(); i > 1; --i)
        std::swap(facts[i - 1], facts[keys[(facts.size() - i) % keys.size()] % i]);
    return facts;
}

TEST(CaseKpi_, sixty_cases_count_as_they_were_counted_by_hand) {
    const SixtyCases hand = testing::sixty_cases();
    ASSERT_EQ(hand.cases.size(), 60U);
    const auto cases = counted(hand.facts(), hand.window, hand.window.to).cases();
    for (const HandCounted& each : hand.cases) {
        const auto found = std::ranges::find(cases, each.case_id, &CountedCase::case_id);
        const bool is_inside = each.marks[0] != "x";
        ASSERT_EQ(found != cases.end(), is_inside) << each.line;
        for (std::size_t i = 0; is_inside && i < testing::columns.size(); ++i)
            EXPECT_EQ(mark_of(verdict_of(*found, testing::columns[i], 0)), each.marks[i])
                << word(testing::columns[i]) << " of " << each.line;
    }
}

TEST(CaseKpi_, the_sums_of_sixty_cases_are_those_added_up_by_hand) {
    const SixtyCases hand = testing::sixty_cases();
    const CaseReport report = counted(hand.facts(), hand.window, hand.window.to).report(served);
    ASSERT_GT(hand.sums.size(), 25U);
    for (const auto& [key, sum] : hand.sums) {
        const auto first = key.find(' '), second = key.rfind(' ');
        const std::string kind = key.substr(0, first);
        const auto& rows = kind == "centre" ? report.centres
                           : kind == "unit" ? report.units
                                            : report.agents;
        const CaseRate* rate =
            rate_in(rows, kind, std::stoull(key.substr(first + 1, second - first - 1)),
                    key.substr(second + 1));
        ASSERT_NE(rate, nullptr) << key;
        EXPECT_EQ(std::pair(rate->numerator, rate->denominator), sum) << key;
    }
    const CaseRate* complaints = rate_in(report.centres, "centre", 1, "complaints_per_million");
    EXPECT_DOUBLE_EQ(complaints->value.value(), 80);
    EXPECT_FALSE(rate_in(report.centres, "centre", 2, "complaints_per_million")->value)
        << "nobody knows how many customers centre 2 serves";
}

TEST(CaseKpi_, the_order_in_which_facts_are_read_does_not_matter) {
    const SixtyCases hand = testing::sixty_cases();
    const auto expected = counted(hand.facts(), hand.window, hand.window.to).cases();
    rc::check([&] {
        const auto keys = *rc::gen::container<std::vector<std::uint32_t>>(
            64, rc::gen::arbitrary<std::uint32_t>());
        RC_ASSERT(counted(shuffled(hand.facts(), keys), hand.window, hand.window.to).cases() ==
                  expected);
    });
}

void add(CaseReport& to, const CaseReport& more) {
    const auto merge = [](std::vector<CaseRow>& rows, const std::vector<CaseRow>& others) {
        for (const CaseRow& other : others) {
            const auto same = std::ranges::find_if(rows, [&](const CaseRow& row) {
                return row.centre == other.centre && row.unit == other.unit &&
                       row.agent == other.agent;
            });
            if (same == rows.end()) {
                rows.push_back(other);
                continue;
            }
            same->cases += other.cases;
            for (std::size_t i = 0; i < other.figures.size(); ++i) {
                same->figures[i].numerator += other.figures[i].numerator;
                same->figures[i].apart += other.figures[i].apart;
                if (same->figures[i].measure != "per_million")
                    same->figures[i].denominator += other.figures[i].denominator;
            }
        }
    };
    merge(to.centres, more.centres);
    merge(to.units, more.units);
    merge(to.agents, more.agents);
}

TEST(CaseKpi_, windows_side_by_side_add_up_to_the_whole) {
    const SixtyCases hand = testing::sixty_cases();
    const UtcTime until{hand.window.to.us + 5 * 86'400'000'000};
    const CaseReport whole = counted(hand.facts(), hand.window, until).report(served);
    rc::check([&] {
        const UtcTime middle{*rc::gen::inRange(hand.window.from.us, hand.window.to.us)};
        CaseReport parts = counted(hand.facts(), {hand.window.from, middle}, until).report(served);
        add(parts, counted(hand.facts(), {middle, hand.window.to}, until).report(served));
        const auto same = [](const std::vector<CaseRow>& a, const std::vector<CaseRow>& b) {
            RC_ASSERT(a.size() == b.size());
            for (const CaseRow& row : a) {
                const auto other = std::ranges::find_if(b, [&](const CaseRow& r) {
                    return r.centre == row.centre && r.unit == row.unit && r.agent == row.agent;
                });
                RC_ASSERT(other != b.end());
                RC_ASSERT(row.cases == other->cases);
                for (std::size_t i = 0; i < row.figures.size(); ++i) {
                    RC_ASSERT(row.figures[i].numerator == other->figures[i].numerator);
                    RC_ASSERT(row.figures[i].denominator == other->figures[i].denominator);
                    RC_ASSERT(row.figures[i].apart == other->figures[i].apart);
                }
            }
        };
        same(whole.centres, parts.centres);
        same(whole.units, parts.units);
        same(whole.agents, parts.agents);
    });
}

TEST(CaseKpi_, what_happens_after_the_window_is_seen_when_it_is_followed_on) {
    const SixtyCases hand = testing::sixty_cases();
    const UtcTime later{hand.window.to.us + 5 * 86'400'000'000};
    const auto closing_of_five = [&](UtcTime until) {
        const auto cases = counted(hand.facts(), hand.window, until).cases();
        return *verdict_of(*std::ranges::find(cases, 5U, &CountedCase::case_id),
                           CaseFigure::Closing, 0);
    };
    EXPECT_EQ(closing_of_five(hand.window.to).why, "still_open");
    EXPECT_EQ(closing_of_five(later).why, "closed");
}

TEST(CaseKpi_, a_unit_whose_work_was_objected_to_keeps_the_citizens_word_on_it) {
    const SixtyCases hand = testing::sixty_cases();
    const auto cases = counted(hand.facts(), hand.window, hand.window.to).cases();
    const auto twelve = std::ranges::find(cases, 12U, &CountedCase::case_id);
    EXPECT_EQ(verdict_of(*twelve, CaseFigure::Solved, 1)->counted, Counted::No);
    EXPECT_EQ(verdict_of(*twelve, CaseFigure::Solved, 3)->counted, Counted::Yes);
    EXPECT_EQ(verdict_of(*twelve, CaseFigure::Solved, 0)->unit, 3U);
}

TEST(CaseKpi_, every_figure_has_a_formula_and_every_why_its_words) {
    std::set<std::string> figures, reasons;
    for (const Formula& each : case_formulas()) {
        figures.insert(each.figure);
        EXPECT_FALSE(each.zh.empty() || each.en.empty()) << each.figure;
    }
    for (const CaseFigure figure : case_figures) {
        EXPECT_TRUE(figures.contains(std::string(word(figure))));
        EXPECT_EQ(case_figure_from(word(figure)), figure);
    }
    EXPECT_EQ(figures.size(), case_figures.size());
    for (const Reason& each : case_reasons()) reasons.insert(each.why);
    const SixtyCases hand = testing::sixty_cases();
    std::set<std::string> used;
    for (const CountedCase& one : counted(hand.facts(), hand.window, hand.window.to).cases())
        for (const CaseVerdict& verdict : one.verdicts) used.insert(std::string(verdict.why));
    EXPECT_EQ(used, reasons) << "the sixty cases show every reason there is";
}

}  // namespace
}  // namespace ys::reports
