// SPDX-License-Identifier: Apache-2.0
#include "app/scenario_knowledge.h"

#include <algorithm>
#include <set>

#include "app/embedded_text.h"
#include "app/scenario_file.h"
#include "base/text.h"
#include "centres/io/user_store.h"
#include "knowledge/io/article_store.h"
#include "knowledge/io/article_text.h"
#include "platform/config/toml_text.h"

namespace ys::app {
namespace {

constexpr std::string_view others_file = "other_askings.tsv";  ///< beside the scenarios

struct ArticleText {
    std::string matter, title, statement, agent, citizen, voice;
    std::vector<std::string> materials, steps, regions;
    std::string transfer, source;
};
BOOST_DESCRIBE_STRUCT(ArticleText, (),
                      (matter, title, statement, agent, citizen, voice, materials, steps, regions,
                       transfer, source))
struct ArticleFile {
    std::vector<ArticleText> article;
};
BOOST_DESCRIBE_STRUCT(ArticleFile, (), (article))

using Fields = std::vector<std::string_view>;

/// Lines of a table: fields between tabs, "#" begins a comment.
/// errors  invalid_argument when a line has fewer than `n` or more than `most`
Result<std::vector<Fields>> table(std::string_view text, std::string_view file, std::size_t n,
                                  std::size_t most) {
    std::vector<Fields> out;
    std::size_t line = 0;
    for (const std::string_view each : split(text, '\n')) {
        ++line;
        if (trimmed(each).empty() || each.starts_with('#')) continue;
        Fields fields = split(each, '\t');
        if (fields.size() < n || fields.size() > most)
            return Error{std::errc::invalid_argument, std::string(file) + ":" +
                                                          std::to_string(line) + ": " +
                                                          std::to_string(n) + " fields wanted"};
        out.push_back(std::move(fields));
    }
    return out;
}

Result<Done> read_matters(const std::string& text, ScenarioKnowledge& out) {
    YS_TRY(const auto rows, table(text, "matters.tsv", 3, 4));
    for (const Fields& row : rows) {
        knowledge::MatterRow matter;
        matter.code = row[0];
        matter.title = row[1];
        matter.scope = row[2];
        matter.is_safety = row.size() > 3 && trimmed(row[3]) == "safety";
        const auto same = std::ranges::find(out.matters, matter.code, &knowledge::MatterRow::code);
        if (same != out.matters.end())
            return Error{std::errc::invalid_argument, "matters.tsv: two of " + matter.code};
        out.matters.push_back(std::move(matter));
    }
    return Done{};
}

bool has_matter(const ScenarioKnowledge& knowledge, std::string_view code) {
    return std::ranges::find(knowledge.matters, code, &knowledge::MatterRow::code) !=
           knowledge.matters.end();
}

Result<Done> read_askings(const std::string& text, ScenarioKnowledge& out) {
    YS_TRY(const auto rows, table(text, "askings.tsv", 2, 2));
    std::set<std::pair<std::string_view, std::string_view>> there;
    for (const Fields& row : rows) {
        if (!has_matter(out, row[0]))
            return Error{std::errc::invalid_argument,
                         "askings.tsv: there is no matter " + std::string(row[0])};
        if (!there.insert({row[0], row[1]}).second) continue;
        knowledge::AskingRow asking;
        asking.matter = row[0];
        asking.text = row[1];
        out.askings.push_back(std::move(asking));
    }
    YS_TRY(const auto others, table(embedded_text(others_file).value_or(""), others_file, 1, 1));
    for (const Fields& row : others)
        if (there.insert({"", row[0]}).second) out.askings.emplace_back().text = row[0];
    return Done{};
}

Result<Done> read_articles(const std::string& text, ScenarioKnowledge& out) {
    YS_TRY(ArticleFile file, config::read_toml<ArticleFile>(text, "articles.toml"));
    for (ArticleText& each : file.article) {
        if (!has_matter(out, each.matter))
            return Error{std::errc::invalid_argument,
                         "articles.toml: there is no matter " + each.matter};
        out.articles.push_back(
            {each.matter, knowledge::content_of({.title = each.title,
                                                 .statement = each.statement,
                                                 .texts = {each.agent, each.citizen, each.voice},
                                                 .materials = each.materials,
                                                 .steps = each.steps,
                                                 .regions = each.regions,
                                                 .transfer = each.transfer,
                                                 .source = each.source,
                                                 .valid_until = {},
                                                 .review_by = {},
                                                 .owner_id = {}})});
    }
    return Done{};
}

/// None when nobody of the centre may.
Result<UserId> first_editor(sql::Database& db, CentreId centre) {
    YS_TRY(const auto users, centres::UserStore::users(db, Scope::of(centre)));
    for (const centres::UserRow& user : users)
        for (const std::string_view role : split(user.roles, ','))
            if (role == "knowledge") return user.id;
    return UserId{};
}

Result<Done> seed_centre(sql::Transaction& tx, CentreId centre, const ScenarioKnowledge& knowledge,
                         UtcTime now) {
    YS_TRY(const auto there, knowledge::MatterStore::matters(tx.db(), Scope::of(centre)));
    if (!there.empty()) return Done{};
    for (knowledge::MatterRow row : knowledge.matters) {
        row.centre_id = centre;
        YS_TRY([[maybe_unused]] const Done done, knowledge::MatterStore::add(tx, std::move(row)));
    }
    for (knowledge::SynonymRow row : knowledge.synonyms) {
        row.centre_id = centre;
        YS_TRY([[maybe_unused]] const Done done, knowledge::MatterStore::add(tx, std::move(row)));
    }
    YS_TRY([[maybe_unused]] const Done kept,
           knowledge::MatterStore::add_ready_made(tx, centre, knowledge.askings, now));
    YS_TRY(const UserId editor, first_editor(tx.db(), centre));
    if (!editor) return Done{};
    for (const ScenarioArticle& each : knowledge.articles) {
        knowledge::ArticleContent content = each.content;
        content.owner = editor;
        auto made = knowledge::ArticleStore::add_ready_made(tx, centre, each.matter,
                                                            std::move(content), now);
        if (!made)
            return Error{std::errc::invalid_argument, "articles.toml: " + each.matter + ": " +
                                                          made.error().code.message() + " " +
                                                          made.error().note};
    }
    return Done{};
}

}  // namespace

Result<ScenarioKnowledge> knowledge_of(const std::string& scenario) {
    ScenarioKnowledge out;
    YS_TRY(const std::string matters, scenario_file(scenario, "matters.tsv"));
    if (matters.empty()) return out;
    YS_TRY(Done done, read_matters(matters, out));
    YS_TRY(const std::string askings, scenario_file(scenario, "askings.tsv"));
    YS_TRY(done, read_askings(askings, out));
    YS_TRY(const std::string synonyms, scenario_file(scenario, "synonyms.tsv"));
    YS_TRY(const auto rows, table(synonyms, "synonyms.tsv", 2, 2));
    for (const Fields& row : rows) {
        knowledge::SynonymRow synonym;
        synonym.said = row[0];
        synonym.meant = row[1];
        out.synonyms.push_back(std::move(synonym));
    }
    YS_TRY(const std::string articles, scenario_file(scenario, "articles.toml"));
    YS_TRY(done, read_articles(articles, out));
    return out;
}

Result<Done> seed_knowledge(sql::Writer& writer, const ScenarioKnowledge& knowledge, UtcTime now) {
    if (knowledge.matters.empty()) return Done{};
    return writer.submit_and_wait([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto centres, centres::UserStore::all_centres(tx.db()));
        for (const centres::CentreRow& centre : centres) {
            if (centre.parent_id) continue;
            YS_TRY([[maybe_unused]] const Done done, seed_centre(tx, centre.id, knowledge, now));
        }
        return Done{};
    });
}

}  // namespace ys::app
