// SPDX-License-Identifier: Apache-2.0
// What is asked, what is needed, and in which order; life_event_faults.cpp checks an event.
#include "knowledge/life_event.h"

#include <algorithm>

namespace ys::knowledge {
namespace {

template <class Range>
auto* find_by_code(const Range& range, std::string_view code) {
    const auto it =
        std::ranges::find_if(range, [code](const auto& each) { return each.code == code; });
    return it == range.end() ? nullptr : &*it;
}

bool needs(const LifeService& service, const std::string& evidence) {
    return !evidence.empty() &&
           std::ranges::find(service.evidence, evidence, &EvidenceNeed::evidence) !=
               service.evidence.end();
}

/// Nothing when it is not asked after `known`, or not answered by a choice there is.
const std::string* answer_to(const LifeQuestion& question, const LifeAnswers& answers,
                             const LifeAnswers& known) {
    const auto answer = answers.find(question.code);
    return answer != answers.end() && holds(question.when, known) &&
                   find_by_code(question.choices, answer->second) != nullptr
               ? &answer->second
               : nullptr;
}

}  // namespace

bool comes_before(const LifeService& one, const LifeService& other) {
    return std::ranges::find(other.after, one.code) != other.after.end() || needs(other, one.gives);
}

bool holds(const When& when, const LifeAnswers& answers) {
    return std::ranges::all_of(when, [&](const AnswerIs& term) {
        const auto answer = answers.find(term.question);
        return answer != answers.end() &&
               std::ranges::find(term.is, answer->second) != term.is.end();
    });
}

LifeAnswers kept(const LifeEvent& event, const LifeAnswers& answers) {
    LifeAnswers out;
    for (const LifeQuestion& question : event.questions)
        if (const std::string* answer = answer_to(question, answers, out))
            out.emplace(question.code, *answer);
    return out;
}

const LifeQuestion* next_question(const LifeEvent& event, const LifeAnswers& answers) {
    // Question by question as kept() goes: what hangs on a later one is asked by neither.
    LifeAnswers known;
    for (const LifeQuestion& question : event.questions) {
        if (!holds(question.when, known)) continue;
        const std::string* answer = answer_to(question, answers, known);
        if (answer == nullptr) return &question;
        known.emplace(question.code, *answer);
    }
    return nullptr;
}

std::vector<LifeAnswers> ways(const LifeEvent& event) {
    std::vector<LifeAnswers> out;
    std::vector<LifeAnswers> open{{}};
    while (!open.empty() && out.size() <= event_ways_max) {
        LifeAnswers way = std::move(open.back());
        open.pop_back();
        const LifeQuestion* question = next_question(event, way);
        if (question == nullptr || question->choices.empty()) {
            out.push_back(std::move(way));
            continue;
        }
        for (std::size_t i = question->choices.size(); i-- > 0;) {
            way[question->code] = question->choices[i].code;
            open.push_back(way);
        }
    }
    return out;
}

std::vector<const LifeService*> services_in_order(const LifeEvent& event,
                                                  const LifeAnswers& answers) {
    const LifeAnswers known = kept(event, answers);
    std::vector<const LifeService*> waiting, out;
    for (const LifeService& service : event.services)
        if (holds(service.when, known)) waiting.push_back(&service);
    while (!waiting.empty()) {
        auto first = std::ranges::find_if(waiting, [&](const LifeService* service) {
            return std::ranges::none_of(waiting, [&](const LifeService* other) {
                return other != service && comes_before(*other, *service);
            });
        });
        if (first == waiting.end()) first = waiting.begin();  // A circle, which faults() names.
        out.push_back(*first);
        waiting.erase(first);
    }
    return out;
}

const LifeEvidence* find_evidence(const LifeEvent& event, std::string_view code) {
    return find_by_code(event.evidence, code);
}

const LifePlace* find_place(const LifeEvent& event, std::string_view code) {
    return find_by_code(event.places, code);
}

}  // namespace ys::knowledge
