// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/life_event_book.h"

#include <gtest/gtest.h>

#include "base/panic.h"

namespace ys::knowledge {
namespace {

const CentreId head{1}, other{2};

UtcTime at(int minute) { return {minute * 60'000'000LL}; }

KnownArticle article(std::uint64_t id, const std::string& matter, CentreId centre) {
    const ArticleContent content{.title = matter,
                                 .statement = "说法",
                                 .texts = {"说法", "说法", "说法"},
                                 .source = "《办法》第一条",
                                 .owner = UserId{1}};
    auto made = Article::ready_made(at(1), content);
    YS_ASSERT(made);
    return {ArticleId{id}, centre, matter, 1, at(1), *std::move(made)};
}

LifeEvent event() {
    LifeEvent out{.code = "card", .title = "办卡", .questions = {}};
    out.places = {{"hall", "大厅", "东街1号", "daily 09:00-17:00"}};
    LifeService card{.code = "card", .title = "新卡", .matter = "card"};
    card.output = "卡";
    card.places = {"hall"};
    card.cost_fen = 0;
    card.period_days = 3;
    LifeService letter = card;
    letter.code = "letter";
    letter.title = "来信";
    letter.matter = "letter";
    out.services = {card, letter};
    return out;
}

struct Books {
    AnswerBook answers{{[]() -> Result<Library> { return Library{}; },
                        [](ArticleId) { return Result{std::vector<KnownArticle>{}}; },
                        [](const Error&) {}}};
};

TEST(LifeEventBook, pins_what_is_said_now_and_only_of_ones_own_centre) {
    Books books;
    const auto book = LifeEventBook::make({event()}, {"card", "letter"}, books.answers);
    ASSERT_TRUE(book) << book.error().note;
    const LifeEvent* found = book->find("card");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(book->find("cards"), nullptr);
    EXPECT_FALSE(book->sources(*found, Scope::of(head), at(2))) << "it begins to read them";
    while (!books.answers.is_learnt()) std::this_thread::yield();
    books.answers.take(article(7, "card", head));
    books.answers.take(article(8, "card", head));
    books.answers.take(article(9, "letter", other));
    const auto sources = book->sources(*found, Scope::of(head), at(2));
    ASSERT_TRUE(sources);
    EXPECT_EQ(pins_of(*sources), (ArticlePins{{"card", {ArticleId{7}, 1}}}));
    EXPECT_TRUE(book->sources(*found, Scope::of(head), at(0))->empty()) << "not yet in force";
}

TEST(LifeEventBook, is_not_made_of_events_with_faults_and_names_each) {
    Books books;
    LifeEvent broken = event();
    broken.services[0].places = {"hole"};
    const auto book = LifeEventBook::make({event(), broken}, {"card"}, books.answers);
    ASSERT_FALSE(book);
    for (const char* part : {"two of card", "card services.0.places.0: unknown_place",
                             "card services.1.matter: unknown_matter"})
        EXPECT_NE(book.error().note.find(part), std::string::npos) << book.error().note;
}

}  // namespace
}  // namespace ys::knowledge
