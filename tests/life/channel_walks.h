// SPDX-License-Identifier: Apache-2.0
// One citizen with the same answers on every channel, and what each of them was told there: read
// from what the channel puts out, not from what it was made of.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ivr/flow.h"
#include "knowledge/agent_guide.h"
#include "knowledge/life_chat.h"
#include "knowledge/life_flow.h"
#include "knowledge/sms_checklist.h"

namespace ys::knowledge::testing {

struct SaidService {
    std::string source;  ///< article and version
    std::set<std::string> where;
    std::string cost, period;
    bool operator==(const SaidService&) const = default;
};
struct SaidMaterial {
    std::string count, given_by;
    bool operator==(const SaidMaterial&) const = default;
};
struct SaidPlace {
    std::string address, hours;
    bool operator==(const SaidPlace&) const = default;
};
/// By title.
struct Said {
    std::vector<std::string> order;  ///< of the services
    std::map<std::string, SaidService> services;
    std::map<std::string, SaidMaterial> materials;
    std::map<std::string, SaidPlace> places;
    std::string cost;
    bool operator==(const Said&) const = default;
};
/// What one says otherwise than the other, for a person to read; "" when they agree.
std::string difference(const Said& one, const Said& other);

/// Straight from the graph, by rules written down once more here.
Said by_the_graph(const LifeEvent& event, const LifeAnswers& answers, const ArticlePins& pins);

Said read_chat(const ChatTurn& last);
Said read_guide(const AgentGuide& guide);
Said read_sms(const SmsChecklist& checklist);
/// What was heard, prompt after prompt.
Said read_heard(const std::vector<FlowPrompt>& heard);

/// Answers one question after the other, as the page does; the last turn.
ChatTurn walk_chat(const LifeEvent& event, const LifeAnswers& answers, const ArticlePins& pins);
AgentGuide walk_guide(const LifeEvent& event, const LifeAnswers& answers, const ArticlePins& pins);
/// Presses the keys that the prompts name, by the real interpreter of flows.
std::vector<FlowPrompt> walk_flow(const ivr::Flow& flow, const std::vector<FlowPrompt>& prompts,
                                  const LifeEvent& event, const LifeAnswers& answers);

/// A hotline's own flow around the nodes of life events.
std::string whole_flow(const LifeFlow& life);

}  // namespace ys::knowledge::testing
