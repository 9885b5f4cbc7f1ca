// SPDX-License-Identifier: Apache-2.0
// What a hotline can answer from the start: matters, ways of asking and articles, as the files
// beside its scenario.toml have them.
#pragma once

#include <string>
#include <vector>

#include "knowledge/article.h"
#include "knowledge/io/matter_store.h"
#include "platform/sql/writer.h"

namespace ys::app {

struct ScenarioArticle {
    std::string matter;
    knowledge::ArticleContent content;
};
struct ScenarioKnowledge {
    std::vector<knowledge::MatterRow> matters;
    std::vector<knowledge::AskingRow> askings;
    std::vector<knowledge::SynonymRow> synonyms;
    std::vector<ScenarioArticle> articles;
};

/// scenario  one of the scenarios in the program, or a folder (with a slash in it); one without
///           matters.tsv knows nothing
/// errors    invalid_argument with every fault and its place; io_error
Result<ScenarioKnowledge> knowledge_of(const std::string& scenario);

/// For the head centre when it has none yet; what was changed meanwhile stays. Articles are of the
/// first who may change them.
Result<Done> seed_knowledge(sql::Writer& writer, const ScenarioKnowledge& knowledge, UtcTime now);

}  // namespace ys::app
