// SPDX-License-Identifier: Apache-2.0
// A life event as a conversation in writing: a question with choices at a time, then the list.
#pragma once

#include <string>
#include <vector>

#include "knowledge/personal_list.h"

namespace ys::knowledge {

struct ChatService {
    std::string code, title, output, where, cost, period, queue;
    std::string matter;
    ArticlePin pin;
};
struct ChatMaterial {
    std::string code, title, count, purpose;
    std::string given_by;  ///< title of the service one has it from on the way
    bool is_ready = false;
};
struct ChatPlace {
    std::string code, title, address, hours;
};

/// What is shown next. With a question the list is empty.
struct ChatTurn {
    std::string says;
    std::string question;  ///< its code; "" when everything was asked
    std::vector<LifeChoice> choices;
    std::vector<ChatService> services;
    std::vector<ChatMaterial> materials;
    std::vector<ChatPlace> places;
    std::string cost;  ///< of all
};

ChatTurn chat_turn(const LifeEvent& event, const LifeState& state, const ArticlePins& pins);

}  // namespace ys::knowledge
