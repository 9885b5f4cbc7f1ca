// SPDX-License-Identifier: Apache-2.0
// One hotline's life events, one citizen's answers, all four channels, and whether they agree.
#pragma once

#include <string>
#include <vector>

#include "channel_walks.h"

namespace ys::knowledge::testing {

struct Hotline {
    std::vector<LifeEvent> events;
    ArticlePins pins;
    LifeFlow life;
    ivr::Flow flow;  ///< proved
};
/// errors  what life_flow and ivr::load_flow say
Result<Hotline> make_hotline(std::vector<LifeEvent> events, ArticlePins pins);
/// Ends the test program when that of a scenario cannot be made.
Hotline hotline_of(const std::string& scenario);

/// Everything one citizen gets.
struct Channels {
    ChatTurn chat;
    AgentGuide guide;
    SmsChecklist sms;
    std::vector<FlowPrompt> heard;
};
Channels ask(const Hotline& hotline, const LifeEvent& event, const LifeAnswers& way);

/// "sms: cost …": what each channel says otherwise than the graph; "" when all agree.
std::string disagreement(const Hotline& hotline, const LifeEvent& event, const LifeAnswers& way,
                         const Channels& channels);

}  // namespace ys::knowledge::testing
