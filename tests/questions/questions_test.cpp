// SPDX-License-Identifier: Apache-2.0
// How often the right matter is found: what citizens asked who had not seen what was learnt.
#include <algorithm>
#include <cstdio>
#include <numeric>

#include <gtest/gtest.h>

#include "exam.h"

namespace ys::knowledge::testing {
namespace {

constexpr std::size_t folds = 5;

struct Tally {
    int asked = 0, first = 0, third = 0;
    double top1() const { return static_cast<double>(first) / asked; }
    double top3() const { return static_cast<double>(third) / asked; }
    void add(const std::vector<Meant>& ranked, std::uint32_t matter) {
        ++asked;
        first += ranked[0].matter == matter;
        for (std::size_t i = 0; i < QuestionMatcher::choices_max; ++i)
            third += ranked[i].matter == matter;
    }
    Tally& operator+=(const Tally& other) {
        asked += other.asked;
        first += other.first;
        third += other.third;
        return *this;
    }
};

/// One of what was answered, asked back or given up.
struct Outcome {
    int in_domain = 0, answered = 0, right = 0, kept = 0;
    int out_of_domain = 0, rejected = 0, unasked_safety = 0;
};

class Questions : public ::testing::Test {
protected:
    static const std::vector<std::unique_ptr<Exam>>& exams() {
        static const auto it = [] {
            std::vector<std::unique_ptr<Exam>> out;
            for (const char* name : hotlines) out.push_back(std::make_unique<Exam>(name));
            return out;
        }();
        return it;
    }
    static Tally found(unsigned misheard_share) {
        Tally all;
        for (const auto& exam : exams()) {
            std::array<Tally, folds> parts;  // How far a fifth of the questions lies from all.
            std::uint64_t seed = 1;
            for (const HeldOut& each : exam->hotline().held_out) {
                ++seed;
                parts[seed % folds].add(exam->ranked(misheard(each.question, misheard_share, seed)),
                                        each.matter);
            }
            Tally its;
            for (const Tally& part : parts) its += part;
            const auto [low, high] = std::ranges::minmax(parts, {}, &Tally::top1);
            std::printf(
                "%-13s %3u%% misheard, %d questions: top-1 %.3f (fifths %.3f to %.3f), top-3 "
                "%.3f\n",
                exam->hotline().name.c_str(), misheard_share, its.asked, its.top1(), low.top1(),
                high.top1(), its.top3());
            all += its;
        }
        std::printf("%-13s %3u%% misheard, %d questions: top-1 %.3f, top-3 %.3f\n", "all",
                    misheard_share, all.asked, all.top1(), all.top3());
        return all;
    }
};

TEST_F(Questions, the_right_matter_is_found) {
    const Tally all = found(0);
    EXPECT_GE(all.top1(), 0.837);  // Floors: the best of three runs less 0.02.
    EXPECT_GE(all.top3(), 0.938);
}

TEST_F(Questions, it_is_found_among_words_misheard) {
    const Tally all = found(30);
    EXPECT_GE(all.top1(), 0.791);
    EXPECT_GE(all.top3(), 0.929);
}

TEST_F(Questions, what_it_answers_by_itself_is_right_and_what_is_nobodys_is_left) {
    Outcome all;
    const auto strangers = out_of_domain();
    for (const auto& exam : exams()) {
        for (const HeldOut& each : exam->hotline().held_out) {
            const Understood said = exam->understood(each.question);
            const bool answers =
                said.certainty == Certainty::Sure || said.certainty == Certainty::Confirm;
            ++all.in_domain;
            all.kept += said.certainty != Certainty::Unknown;
            all.answered += answers;
            all.right += answers && said.choices[0].matter == each.matter;
        }
        for (const OutOfDomain& each : strangers) {
            const Understood said = exam->understood(each.line);
            ++all.out_of_domain;
            all.rejected += said.certainty == Certainty::Unknown;
            all.unasked_safety += said.certainty == Certainty::Sure &&
                                  exam->hotline().matters[said.choices[0].matter].is_safety;
        }
    }
    const double precision = static_cast<double>(all.right) / all.answered;
    const double coverage = static_cast<double>(all.answered) / all.in_domain;
    const double kept = static_cast<double>(all.kept) / all.in_domain;
    const double rejected = static_cast<double>(all.rejected) / all.out_of_domain;
    std::printf(
        "answered by itself %.3f of all, %.3f of those right; kept %.3f; of %d strangers'"
        " lines %.3f rejected\n",
        coverage, precision, kept, all.out_of_domain, rejected);
    EXPECT_GE(precision, 0.95);
    EXPECT_GE(coverage, 0.61);
    EXPECT_GE(kept, 0.87);
    EXPECT_GE(rejected, 0.90);
    EXPECT_EQ(all.unasked_safety, 0);
}

/// A question that was understood: how sure, and whether it would have been answered rightly.
struct Trial {
    std::size_t hotline = 0;
    float sureness = 0;
    bool is_right = false;
};

/// From which sureness on these would have been answered rightly often enough.
float limit_of(std::vector<Trial> trials) {
    std::ranges::sort(trials, std::ranges::greater{}, &Trial::sureness);
    float limit = trials.front().sureness;
    for (std::size_t n = 1, right = 0; n <= trials.size(); ++n) {
        right += trials[n - 1].is_right;
        if (static_cast<double>(right) >= 0.955 * static_cast<double>(n))
            limit = trials[n - 1].sureness;
    }
    return limit;
}

TEST_F(Questions, a_limit_found_on_four_fifths_of_the_questions_holds_on_the_fifth) {
    std::array<std::vector<Trial>, folds> trials;
    std::size_t asked = 0;
    for (std::size_t hotline = 0; hotline < exams().size(); ++hotline)
        for (const HeldOut& each : exams()[hotline]->hotline().held_out) {
            const Understood said = exams()[hotline]->understood(each.question);
            auto& fold = trials[asked++ % folds];
            if (said.certainty == Certainty::Unknown) continue;
            fold.push_back({hotline, said.sureness, said.choices[0].matter == each.matter});
        }
    std::vector<int> answered(exams().size()), right(exams().size());
    for (std::size_t left_out = 0; left_out < folds; ++left_out) {
        std::vector<Trial> others;
        for (std::size_t fold = 0; fold < folds; ++fold)
            if (fold != left_out)
                others.insert(others.end(), trials[fold].begin(), trials[fold].end());
        const float limit = limit_of(std::move(others));
        for (const Trial& trial : trials[left_out]) {
            answered[trial.hotline] += trial.sureness >= limit;
            right[trial.hotline] += trial.sureness >= limit && trial.is_right;
        }
    }
    const auto tell = [](const char* of, int told, int rightly, std::size_t of_all) {
        std::printf("%-13s five-fold: answered by itself %.3f of all, %.3f of those right\n", of,
                    static_cast<double>(told) / static_cast<double>(of_all),
                    static_cast<double>(rightly) / told);
    };
    for (std::size_t i = 0; i < exams().size(); ++i) {
        const Hotline& its = exams()[i]->hotline();
        tell(its.name.c_str(), answered[i], right[i], its.held_out.size());
    }
    const int all = std::accumulate(answered.begin(), answered.end(), 0);
    const int rightly = std::accumulate(right.begin(), right.end(), 0);
    tell("all", all, rightly, asked);
    EXPECT_GE(static_cast<double>(rightly) / all, 0.93);
    EXPECT_GE(static_cast<double>(all) / static_cast<double>(asked), 0.60);
}

TEST_F(Questions, who_asks_about_danger_is_never_sent_away_with_something_harmless) {
    int asked = 0, confirmed = 0, offered = 0;
    for (const auto& exam : exams()) {
        const auto is_safety = [&](const Meant& each) {
            return exam->hotline().matters[each.matter].is_safety;
        };
        for (const HeldOut& each : exam->hotline().held_out) {
            if (!exam->hotline().matters[each.matter].is_safety) continue;
            const Understood said = exam->understood(each.question);
            ++asked;
            confirmed += said.certainty == Certainty::Confirm;
            offered += std::ranges::any_of(said.choices, is_safety);
            EXPECT_NE(said.certainty, Certainty::Sure)
                << each.question << " -> " << exam->hotline().matters[said.choices[0].matter].title;
        }
    }
    std::printf("of %d questions about danger %d are confirmed, %d offer a matter of safety\n",
                asked, confirmed, offered);
    EXPECT_GE(offered, asked * 85 / 100);
}

}  // namespace
}  // namespace ys::knowledge::testing
