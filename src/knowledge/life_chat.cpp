// SPDX-License-Identifier: Apache-2.0
#include "knowledge/life_chat.h"

#include "base/hours_words.h"
#include "knowledge/life_words.h"

namespace ys::knowledge {
namespace {

std::string opening(const PersonalList& list) {
    std::string out = list.title + "，您要办" + std::to_string(list.services.size()) + "项。";
    if (list.materials.empty()) return out + "不用带材料。";
    const std::size_t missing = list.missing();
    if (missing == 0) return out + "材料已经齐了。";
    return out + "还差" + std::to_string(missing) + "样材料，备好一样勾一样。";
}

}  // namespace

ChatTurn chat_turn(const LifeEvent& event, const LifeState& state, const ArticlePins& pins) {
    ChatTurn out;
    if (const LifeQuestion* question = next_question(event, state.answers)) {
        out.says = question_words(*question);
        out.question = question->code;
        out.choices = question->choices;
        return out;
    }
    const PersonalList list = personal_list(event, state, pins);
    out.says = opening(list);
    for (const ListedService& each : list.services)
        out.services.push_back({each.code, each.title, each.output, where_words(list, each),
                                money_words(each.cost_fen), period_words(each), each.queue,
                                each.matter, each.pin});
    for (const ListedMaterial& each : list.materials) {
        const ListedService* giver = list.find(each.given_by);
        out.materials.push_back({each.code, each.title, count_words(each),
                                 purpose_words(list, each),
                                 giver == nullptr ? std::string() : giver->title, each.is_ready});
    }
    for (const ListedPlace& each : list.places)
        out.places.push_back({each.code, each.title, each.address, hours_words(each.hours)});
    out.cost = total_words(list.cost_fen);
    return out;
}

}  // namespace ys::knowledge
