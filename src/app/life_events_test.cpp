// SPDX-License-Identifier: Apache-2.0
#include "app/life_events.h"

#include <fstream>

#include <gtest/gtest.h>

#include "platform/sql/testing/postgres_server.h"

namespace ys::app {
namespace {

knowledge::AnswerBook::Sources nothing() {
    return {[]() -> Result<knowledge::Library> { return knowledge::Library{}; },
            [](knowledge::ArticleId) -> Result<std::vector<knowledge::KnownArticle>> {
                return std::vector<knowledge::KnownArticle>{};
            },
            [](const Error&) {}};
}

TEST(LifeEvents, come_with_the_certificates_hotline_and_with_no_other) {
    knowledge::AnswerBook answers{nothing()};
    const auto book = life_events_of("certificates", answers);
    ASSERT_TRUE(book) << book.error().note;
    EXPECT_EQ((*book)->events().size(), 5U);
    EXPECT_NE((*book)->find("newborn"), nullptr);
    const auto none = life_events_of("bus", answers);
    ASSERT_TRUE(none) << none.error().note;
    EXPECT_TRUE((*none)->events().empty());
}

TEST(LifeEvents, with_a_fault_stop_the_start_with_its_place) {
    knowledge::AnswerBook answers{nothing()};
    const sql::testing::TemporaryFolder folder;
    const std::string scenario = folder.path() + "/";
    std::ofstream(folder.path() + "/matters.tsv") << "card\t办卡\t办一张卡\n";
    std::ofstream(folder.path() + "/life_events.toml")
        << "[[event]]\ncode = \"card\"\ntitle = \"办卡\"\n"
           "[[event.services]]\ncode = \"card\"\ntitle = \"新卡\"\nmatter = \"other\"\n";
    const auto book = life_events_of(scenario, answers);
    ASSERT_FALSE(book);
    EXPECT_NE(book.error().note.find("life_events.toml: card services.0.matter: unknown_matter"),
              std::string::npos)
        << book.error().note;
}

}  // namespace
}  // namespace ys::app
