// SPDX-License-Identifier: Apache-2.0
// Life events as nodes of a voice flow (the text that src/ivr/README.md describes) and the prompts
// those nodes say. The hotline's own flow has them at its end and leads to `entry`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "knowledge/personal_list.h"

namespace ys::knowledge {

/// One piece of speech. A name never gets another text: it carries a digest of it, so what was
/// recorded or synthesised for an older version is not played for a newer one.
struct FlowPrompt {
    std::string name, text;
    std::string matter{};  ///< that the text stands on; "" for turns of speech
    ArticlePin pin{};
};

struct LifeFlow {
    std::string nodes;  ///< to be appended to a flow
    std::string entry;  ///< name of the first node; of several events the menu
    std::map<std::string, std::string> entries;  ///< by code of the event
    std::vector<FlowPrompt> prompts;             ///< by name
};

inline constexpr std::size_t menu_events_max = 5;

struct LifeFlowSetting {
    /// The node of the hotline's people: who has heard the list and stays on the line, and who
    /// would have to be asked more than the menus left.
    std::string person;
    /// Choices a caller makes on the way, "which event?" among them; a flow may have three in all.
    /// When an event has more questions, several are asked at once, if that makes five keys at
    /// most.
    int menus_max = 3;
    std::size_t nodes_max = 150;
    std::size_t bytes_max = 48 * 1024;  ///< a flow has 64 kB
};

/// events  at least one, not more than menu_events_max; without faults
/// errors  value_too_large: more events, nodes or text than a flow may have
Result<LifeFlow> life_flow(const std::vector<const LifeEvent*>& events, const ArticlePins& pins,
                           const LifeFlowSetting& setting);

}  // namespace ys::knowledge
