// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/answer_book.h"

#include <atomic>

#include <gtest/gtest.h>

#include "platform/sql/testing/both_databases.h"

namespace ys::knowledge {
namespace {

using sql::testing::must;

const CentreId head{1}, other{2};
const Scope ours = Scope::of(head);

UtcTime at(int minute) { return {minute * 60'000'000LL}; }

KnownArticle article(std::uint64_t id, const std::string& matter, const std::string& title,
                     const std::string& words, int minute, CentreId centre = head) {
    const ArticleContent content{.title = title,
                                 .statement = words,
                                 .texts = {words, words, words},
                                 .source = "《办法》第一条",
                                 .owner = UserId{1}};
    return {ArticleId{id}, centre,
            matter,        1,
            at(minute),    must(Article::ready_made(at(minute), content))};
}

Library library() {
    Library out;
    out.matters = {{MatterId{1}, head, "cold", "室温不达标", "家里暖气不热的报修", false},
                   {MatterId{2}, head, "refund", "退费办理", "停热以后退还热费", false},
                   {MatterId{3}, head, "leak", "管道漏水", "暖气管道漏水喷水", true}};
    const auto add = [&](const char* matter, std::initializer_list<const char*> texts) {
        for (const char* text : texts) {
            AskingRow row{.centre_id = head, .matter = matter, .text = text};
            row.id = AskingId{out.askings.size() + 1};
            out.askings.push_back(row);
        }
    };
    add("cold", {"家里不热", "暖气冰凉", "屋里温度太低", "暖气片不热了", "室温只有十五度"});
    add("refund", {"热费怎么退", "交了钱想退", "退暖气费", "停热了退不退钱", "退费要什么材料"});
    add("leak", {"暖气漏水了", "管子喷水", "家里跑水", "暖气片漏水怎么办", "水管爆了"});
    add("", {"今天天气怎么样", "给我讲个笑话", "股票涨了吗", "附近有什么好吃的"});
    return out;
}

class AnswerBookTest : public ::testing::Test {
protected:
    AnswerBook::Sources sources() {
        return {[this]() -> Result<Library> {
                    if (fails.exchange(false)) return Error{std::errc::io_error, "the test's disk"};
                    const std::scoped_lock lock(mutex);
                    return books;
                },
                [](ArticleId after) -> Result<std::vector<KnownArticle>> {
                    if (after) return std::vector<KnownArticle>{};
                    return std::vector{
                        article(1, "cold", "家里不热怎么办", "室温低于18度请报修。", 1),
                        article(2, "refund", "停热以后退热费", "按天退还。", 1),
                        article(3, "cold", "别家的室温", "另一家的规定。", 1, other)};
                },
                [this](const Error&) { ++failures; }};
    }
    void learn() {
        const auto before = book.lessons();
        book.learn_in(std::chrono::milliseconds{0});
        while (book.lessons() == before) std::this_thread::yield();
    }
    std::mutex mutex;
    Library books = library();
    std::atomic<bool> fails = false;
    std::atomic<int> failures = 0;
    AnswerBook book{sources()};
};

std::string codes(const Heard& heard) {
    std::string out;
    for (const MatterRow& each : heard.choices) out += each.code + " ";
    return out;
}
std::string ids(const std::vector<Said>& all) {
    std::string out;
    for (const Said& each : all)
        out += std::to_string(each.id.value) + "." + std::to_string(each.version.number) + " ";
    return out;
}

TEST_F(AnswerBookTest, says_that_it_is_learning_and_then_understands) {
    EXPECT_FALSE(book.hear("家里不热", ours).is_learnt) << "nothing waits for it";
    while (!book.is_learnt()) std::this_thread::yield();
    EXPECT_EQ(codes(book.hear("我家暖气不热", ours)).substr(0, 5), "cold ");
    EXPECT_EQ(book.hear("给我讲个笑话吧", ours).certainty, Certainty::Unknown);
    EXPECT_EQ(codes(book.hear("我家暖气不热", Scope::of(other))), "") << "not their matter";
}

TEST_F(AnswerBookTest, finds_by_words_only_what_is_said_now_and_here) {
    learn();
    EXPECT_EQ(ids(book.find("室温", ours, at(2), 5)), "1.1 ");
    EXPECT_EQ(ids(book.find("停热退费", ours, at(2), 5)).substr(0, 4), "2.1 ");
    EXPECT_EQ(ids(book.find("室温", ours, at(0), 5)), "") << "not said yet";
    EXPECT_EQ(ids(book.about("cold", ours, at(2))), "1.1 ");
    EXPECT_EQ(ids(book.about("leak", ours, at(2))), "");
}

TEST_F(AnswerBookTest, a_changed_article_is_found_at_once_and_said_from_its_minute) {
    learn();
    KnownArticle known = article(1, "cold", "家里不热怎么办", "室温低于18度请报修。", 1);
    ArticleContent changed = known.article.versions()[0].content;
    changed.statement = "室温低于20度就可以报修，阀门先别动。";
    must(known.article.on(at(5), WriteArticle{UserId{1}, changed}));
    must(known.article.on(at(5), SubmitArticle{UserId{1}}));
    must(known.article.on(at(5), ApproveArticle{UserId{2}, at(10)}));
    known.revision = 4;
    known.changed_at = at(5);
    book.take(known);
    EXPECT_EQ(ids(book.find("阀门", ours, at(9), 5)), "");
    EXPECT_EQ(ids(book.find("阀门", ours, at(10), 5)), "1.2 ");
    EXPECT_EQ(ids(book.about("cold", ours, at(9))), "1.1 ");
    EXPECT_EQ(ids(book.about("cold", ours, at(10))), "1.2 ");
    book.take(article(1, "cold", "旧的", "旧的。", 1));
    EXPECT_EQ(ids(book.about("cold", ours, at(10))), "1.2 ") << "an older revision comes too late";
}

TEST(EmptyAnswerBook, understands_nothing_until_its_first_article_is_there) {
    AnswerBook book({[] { return Result<Library>(Library{}); },
                     [](ArticleId) { return Result<std::vector<KnownArticle>>({}); },
                     [](const Error&) {}});
    book.learn_in(std::chrono::milliseconds{0});
    while (book.lessons() == 0) std::this_thread::yield();
    EXPECT_EQ(book.hear("家里不热", ours).certainty, Certainty::Unknown);
    EXPECT_EQ(ids(book.find("室温", ours, at(2), 5)), "");
    book.take(article(1, "cold", "室温", "低于18度请报修。", 1));
    while (book.lessons() == 1) std::this_thread::yield();
    EXPECT_EQ(ids(book.find("室温", ours, at(2), 5)), "1.1 ");
}

TEST_F(AnswerBookTest, learns_new_ways_of_asking_and_goes_on_when_it_could_not) {
    learn();
    fails = true;
    book.learn_in(std::chrono::milliseconds{0});
    while (failures == 0) std::this_thread::yield();
    EXPECT_EQ(codes(book.hear("我家暖气不热", ours)).substr(0, 5), "cold ") << "what it knew stays";
    {
        const std::scoped_lock lock(mutex);
        for (const char* text : {"铁疙瘩摸着拔手", "铁疙瘩拔凉拔凉的"}) {
            AskingRow row{.centre_id = head, .matter = "cold", .text = text};
            row.id = AskingId{books.askings.size() + 1};
            books.askings.push_back(row);
        }
    }
    learn();
    EXPECT_EQ(codes(book.hear("铁疙瘩拔凉", ours)).substr(0, 5), "cold ");
}

}  // namespace
}  // namespace ys::knowledge
