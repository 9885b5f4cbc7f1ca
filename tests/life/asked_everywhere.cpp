// SPDX-License-Identifier: Apache-2.0
#include "asked_everywhere.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "ivr/checker.h"
#include "life_files.h"

namespace ys::knowledge::testing {

Result<Hotline> make_hotline(std::vector<LifeEvent> events, ArticlePins pins) {
    std::vector<const LifeEvent*> menu;
    for (const LifeEvent& event : events) menu.push_back(&event);
    YS_TRY(LifeFlow life, life_flow(menu, pins, {.person = "staff"}));
    YS_TRY(ivr::Flow flow, ivr::load_flow(whole_flow(life)));
    return Hotline{std::move(events), std::move(pins), std::move(life), std::move(flow)};
}

Hotline hotline_of(const std::string& scenario) {
    auto hotline = make_hotline(events_of(scenario), pins_of(scenario));
    if (!hotline) {
        std::fprintf(stderr, "%s: %s\n", scenario.c_str(), hotline.error().note.c_str());
        std::abort();
    }
    return *std::move(hotline);
}

Channels ask(const Hotline& hotline, const LifeEvent& event, const LifeAnswers& way) {
    const PersonalList list = personal_list(event, {.answers = way, .ready = {}}, hotline.pins);
    return {.chat = walk_chat(event, way, hotline.pins),
            .guide = walk_guide(event, way, hotline.pins),
            .sms = sms_checklist(list),
            .heard = walk_flow(hotline.flow, hotline.life.prompts, event, way)};
}

std::string disagreement(const Hotline& hotline, const LifeEvent& event, const LifeAnswers& way,
                         const Channels& channels) {
    Said graph = by_the_graph(event, way, hotline.pins);
    const Said chat = read_chat(channels.chat);
    graph.order = chat.order;  // The graph allows more than one; the channels must have the same.
    std::string out;
    const auto compare = [&](const char* channel, const Said& said) {
        const std::string what = difference(graph, said);
        if (!what.empty()) out += std::string(channel) + ": " + what;
    };
    compare("chat", chat);
    compare("guide", read_guide(channels.guide));
    compare("sms", read_sms(channels.sms));
    compare("voice", read_heard(channels.heard));
    return out;
}

}  // namespace ys::knowledge::testing
