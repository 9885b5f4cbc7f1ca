// SPDX-License-Identifier: Apache-2.0
#include "knowledge/question_matcher.h"

#include <algorithm>
#include <cmath>

#include "base/panic.h"

namespace ys::knowledge {
namespace {

float mean_length(std::size_t words, std::size_t documents) {
    return static_cast<float>(words) / static_cast<float>(std::max<std::size_t>(1, documents));
}

}  // namespace

QuestionMatcher::QuestionMatcher(std::vector<bool> is_safety, const std::vector<Asking>& askings,
                                 Opinions opinions, Limits limits)
    : is_safety_(std::move(is_safety)), opinions_(opinions), limits_(limits) {
    for (const Asking& asking : askings) YS_ASSERT(asking.matter <= is_safety_.size());
    views_.push_back(view_of(&QuestionWords::characters, opinions.characters, askings));
    views_.push_back(view_of(&QuestionWords::words, opinions.words, askings));
    views_.push_back(view_of(&QuestionWords::sounds, opinions.sounds, askings));
}

QuestionMatcher::View QuestionMatcher::view_of(Reading reading, float counts,
                                               const std::vector<Asking>& askings) const {
    std::vector<std::vector<std::string>> together(is_safety_.size() + 1);
    std::size_t words = 0;
    for (const Asking& asking : askings) {
        const auto& its = asking.words.*reading;
        words += its.size();
        auto& all = together[asking.matter];
        all.insert(all.end(), its.begin(), its.end());
    }
    View view{reading, counts, WordIndex(mean_length(words, together.size()))};
    for (const auto& all : together) view.index.put(all);
    return view;
}

void QuestionMatcher::add_opinion(const View& view, const QuestionWords& question,
                                  std::vector<float>& scores) const {
    const auto& words = question.*view.reading;
    const float most = view.index.weight_of(words);
    if (most <= 0) return;
    for (const Hit& hit : view.index.best(words, scores.size()))
        scores[hit.document] += view.counts * hit.score / most;
}

std::vector<Meant> QuestionMatcher::ranked(const QuestionWords& question,
                                           const std::vector<Guess>& guesses) const {
    std::vector<float> scores(is_safety_.size() + 1, 0.0F);
    float counts = opinions_.learnt;
    for (const View& view : views_) {
        counts += view.counts;
        add_opinion(view, question, scores);
    }
    for (const Guess& guess : guesses)
        if (guess.matter < scores.size())
            scores[guess.matter] += opinions_.learnt * std::sqrt(guess.chance);
    std::vector<Meant> out;
    for (std::uint32_t i = 0; i < scores.size(); ++i) out.push_back({i, scores[i] / counts});
    std::ranges::stable_sort(out, std::ranges::greater{}, &Meant::score);
    return out;
}

bool QuestionMatcher::is_danger_near(const std::vector<Meant>& ranked) const {
    const auto end = ranked.begin() + std::min<std::ptrdiff_t>(std::ssize(ranked), choices_max);
    return std::any_of(ranked.begin() + 1, end, [&](const Meant& each) {
        return is_safety_[each.matter] && each.score >= limits_.danger * ranked[0].score;
    });
}

Understood QuestionMatcher::understood(const QuestionWords& question,
                                       const std::vector<Guess>& guesses) const {
    if (question.characters.empty()) return {};
    auto all = ranked(question, guesses);
    const auto nobodys = std::ranges::find(all, is_safety_.size(), &Meant::matter);
    const float taken_off = limits_.nobodys * nobodys->score;
    all.erase(nobodys);
    if (all.empty() || all[0].score - taken_off < limits_.understood) return {};
    const float second = all.size() > 1 ? all[1].score : 0;
    Understood out{.sureness = all[0].score + 2 * (all[0].score - second)};
    const bool is_safety = is_safety_[all[0].matter];
    if (out.sureness >= limits_.sure && (is_safety || !is_danger_near(all))) {
        out.certainty = is_safety ? Certainty::Confirm : Certainty::Sure;
        out.choices = {all[0]};
        return out;
    }
    out.certainty = Certainty::Choose;
    for (const Meant& each : all)
        if (out.choices.size() < choices_max && each.score >= limits_.worth_asking * all[0].score)
            out.choices.push_back(each);
    return out;
}

}  // namespace ys::knowledge
