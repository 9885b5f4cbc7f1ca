// SPDX-License-Identifier: Apache-2.0
#include "knowledge/agent_guide.h"

#include "knowledge/life_words.h"

namespace ys::knowledge {

AgentGuide agent_guide(const LifeEvent& event, const LifeState& state, const ArticlePins& pins) {
    AgentGuide out{
        .event = event.code, .title = event.title, .questions = {}, .say = {}, .sources = {}};
    const LifeAnswers known = kept(event, state.answers);
    const LifeQuestion* next = next_question(event, known);
    for (const LifeQuestion& question : event.questions) {
        const auto answer = known.find(question.code);
        if (answer == known.end() && &question != next) continue;
        out.questions.push_back({question.code, "请问，" + question_words(question),
                                 question.choices,
                                 answer == known.end() ? std::string() : answer->second});
    }
    if (next != nullptr) return out;
    const PersonalList list = personal_list(event, state, pins);
    for (Sentence& sentence : sentences(list)) {
        if (sentence.service != nullptr)
            out.sources.push_back(
                {sentence.service->title, sentence.service->matter, sentence.service->pin});
        out.say.push_back(std::move(sentence.text));
    }
    return out;
}

}  // namespace ys::knowledge
