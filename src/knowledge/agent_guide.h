// SPDX-License-Identifier: Apache-2.0
// A life event for who has the citizen on the line: what to ask, what to say, what it stands on.
#pragma once

#include <string>
#include <vector>

#include "knowledge/personal_list.h"

namespace ys::knowledge {

struct GuideQuestion {
    std::string code, ask;
    std::vector<LifeChoice> choices;
    std::string answer;  ///< code of a choice; "" not yet answered
};
struct GuideSource {
    std::string service;  ///< title
    std::string matter;
    ArticlePin pin;
};

struct AgentGuide {
    std::string event, title;
    std::vector<GuideQuestion> questions;  ///< asked so far, and the next
    std::vector<std::string> say;          ///< once everything is known
    std::vector<GuideSource> sources;      ///< of what is said
};

AgentGuide agent_guide(const LifeEvent& event, const LifeState& state, const ArticlePins& pins);

}  // namespace ys::knowledge
