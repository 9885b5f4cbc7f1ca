// SPDX-License-Identifier: Apache-2.0
// The five ready-made hotlines: each starts, and each has something to say about every matter.
#include "app/scenario_knowledge.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "app/scenario.h"
#include "app/seed.h"
#include "base/text.h"
#include "centres/io/user_store.h"
#include "knowledge/io/article_store.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::app {
namespace {

using knowledge::Audience;
using sql::testing::must;

constexpr std::array hotlines{"heating", "bus", "etc", "car-quota", "certificates"};

/// Runs of ASCII digits, with a point among them: amounts, periods, numbers.
std::set<std::string> figures(std::string_view text) {
    std::set<std::string> out;
    std::string run;
    for (const char c : std::string(text) + " ") {
        if (c >= '0' && c <= '9') {
            run += c;
        } else if (c == '.' && !run.empty()) {
            run += c;
        } else if (!run.empty()) {
            if (run.back() == '.') run.pop_back();
            out.insert(std::exchange(run, {}));
        }
    }
    return out;
}

std::string_view text_for(const knowledge::ArticleContent& c, Audience audience) {
    return c.texts[static_cast<std::size_t>(audience)];
}

TEST(ScenarioKnowledge, each_hotline_has_an_article_and_askings_for_every_matter) {
    for (const char* name : hotlines) {
        const auto known = must(knowledge_of(name));
        EXPECT_GE(known.matters.size(), 60U) << name;
        for (const knowledge::MatterRow& matter : known.matters) {
            EXPECT_EQ(std::ranges::count(known.articles, matter.code, &ScenarioArticle::matter), 1)
                << name << " " << matter.code;
            EXPECT_GE(std::ranges::count(known.askings, matter.code, &knowledge::AskingRow::matter),
                      5)
                << name << " " << matter.code;
        }
    }
    EXPECT_TRUE(must(knowledge_of("bench")).matters.empty());
}

TEST(ScenarioKnowledge, what_is_said_in_one_word_is_said_to_everybody) {
    for (const char* name : hotlines)
        for (const ScenarioArticle& each : must(knowledge_of(name)).articles) {
            const knowledge::ArticleContent& c = each.content;
            std::string citizen = c.statement + std::string(text_for(c, Audience::Citizen));
            for (const auto* list : {&c.materials, &c.steps})
                for (const std::string& part : *list) citizen += " " + part;
            citizen += " " + c.transfer;
            const auto told = figures(citizen);
            for (const std::string& figure : figures(text_for(c, Audience::Voice)))
                EXPECT_TRUE(told.contains(figure))
                    << name << " " << each.matter << ": only the voice says " << figure;
            for (const std::string& figure : figures(c.statement))
                for (const Audience audience :
                     {Audience::Agent, Audience::Citizen, Audience::Voice})
                    EXPECT_TRUE(figures(text_for(c, audience)).contains(figure))
                        << name << " " << each.matter << ": not everybody is told " << figure;
        }
}

TEST(ScenarioKnowledge, each_hotline_starts_and_two_people_can_change_what_it_says) {
    for (const char* name : hotlines) {
        const auto scenario = find_scenario(name, 0);
        ASSERT_TRUE(scenario) << name << ": " << scenario.error().note;
        std::size_t editors = 0;
        for (const ScenarioUser& user : scenario->user)
            editors += std::ranges::count(user.roles, "knowledge");
        EXPECT_GE(editors, 2U) << name << ": nobody approves what they wrote";
        EXPECT_TRUE(scenario->flows.contains("main")) << name;
    }
}

TEST(ScenarioKnowledge, a_line_that_does_not_read_is_named) {
    const sql::testing::TemporaryFolder folder;
    const auto write = [&](const char* file, std::string_view text) {
        std::ofstream(std::filesystem::path(folder.path()) / file) << text;
    };
    const auto fault = [&] { return knowledge_of(folder.path() + "/").error().note; };
    write("matters.tsv", "# 事项\ncold\t室温\n");
    EXPECT_EQ(fault(), "matters.tsv:2: 3 fields wanted");
    write("matters.tsv", "cold\t室温\t不热\t\ncold\t又一个\t不热\n");
    EXPECT_EQ(fault(), "matters.tsv: two of cold");
    write("matters.tsv", "cold\t室温\t不热\n");
    write("askings.tsv", "hot\t太热\n");
    EXPECT_EQ(fault(), "askings.tsv: there is no matter hot");
    write("askings.tsv", "cold\t不热\n");
    write("articles.toml", "[[article]]\nmatter = \"hot\"\n");
    EXPECT_EQ(fault(), "articles.toml: there is no matter hot");
    write("articles.toml", "[[article]]\nmater = \"cold\"\n");
    EXPECT_NE(fault().find("mater"), std::string::npos);
}

class SeededKnowledge : public sql::testing::StoreTest {};
YS_ON_BOTH_DATABASES(SeededKnowledge);

TEST_P(SeededKnowledge, comes_once_and_leaves_alone_what_was_changed) {
    open({});
    must(migrate_all(db()));
    must(write([](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const CentreId head, centres::UserStore::put_centre(tx, {.name = "热线"}));
        centres::UserRow editor{.centre_id = head, .login = "0410", .roles = "knowledge"};
        YS_TRY([[maybe_unused]] const auto id, centres::UserStore::put_user(tx, editor));
        return Done{};
    }));
    auto writer = std::make_unique<sql::Writer>(must(sql::Database::open(url())),
                                                sql::Writer::Limits{}, [](const Error&) {});
    const auto known = must(knowledge_of("heating"));
    must(seed_knowledge(*writer, known, UtcTime{5}));
    const Scope all = Scope::of(CentreId{1});
    EXPECT_EQ(must(knowledge::MatterStore::matters(db(), all)).size(), known.matters.size());
    const auto articles = must(knowledge::ArticleStore::list(
        db(), all, {.show = knowledge::Show::Said, .limit = 500}, UtcTime{5}));
    EXPECT_EQ(articles.size(), known.articles.size());
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        const knowledge::RetireArticle retire{UserId{1}, UtcTime{6}, "换了"};
        YS_TRY([[maybe_unused]] const auto done,
               knowledge::ArticleStore::act(tx, all, articles[0].id, retire, UtcTime{6}));
        return Done{};
    }));
    must(seed_knowledge(*writer, known, UtcTime{7}));
    EXPECT_EQ(must(knowledge::ArticleStore::list(
                       db(), all, {.show = knowledge::Show::Said, .limit = 500}, UtcTime{8}))
                  .size(),
              known.articles.size() - 1);
    writer->stop();
}

}  // namespace
}  // namespace ys::app
