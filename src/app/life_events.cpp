// SPDX-License-Identifier: Apache-2.0
#include "app/life_events.h"

#include "app/scenario_file.h"
#include "app/scenario_knowledge.h"
#include "knowledge/io/life_event_file.h"

namespace ys::app {

Result<std::unique_ptr<knowledge::LifeEventBook>> life_events_of(const std::string& scenario,
                                                                 knowledge::AnswerBook& answers) {
    constexpr std::string_view name = "life_events.toml";
    YS_TRY(const std::string text, scenario_file(scenario, name));
    YS_TRY(auto events, knowledge::read_life_events(text, name));
    std::set<std::string> matters;
    if (!events.empty()) {
        YS_TRY(const ScenarioKnowledge known, knowledge_of(scenario));
        for (const knowledge::MatterRow& matter : known.matters) matters.insert(matter.code);
    }
    auto book = knowledge::LifeEventBook::make(std::move(events), matters, answers);
    if (!book)
        return Error{std::errc::invalid_argument, std::string(name) + ": " + book.error().note};
    return std::make_unique<knowledge::LifeEventBook>(*std::move(book));
}

}  // namespace ys::app
