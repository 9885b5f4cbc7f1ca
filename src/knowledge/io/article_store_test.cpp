// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/article_store.h"

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::knowledge {
namespace {

using sql::testing::must;

const CentreId head{1}, other{2};
const UserId writer{7}, reader{8};

UtcTime at(int minute) { return {minute * 60'000'000LL}; }

ArticleContent whole(const std::string& title) {
    return {.title = title,
            .statement = "室温低于18℃可以报修。",
            .texts = {"问清室温和时间。", "请您先看阀门。", "室温不到18度可以报修。"},
            .materials = {"户号"},
            .steps = {"报修", "上门"},
            .source = "《供热办法》第三条",
            .valid_until = at(1'000),
            .owner = writer};
}

class ArticleStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), article_schema()}); }
    KnownArticle add(const ArticleContent& content, int minute) {
        return make<KnownArticle>([&](sql::Transaction& tx) {
            return ArticleStore::add(tx, head, "cold", {writer, content}, at(minute));
        });
    }
    Result<KnownArticle> act(ArticleId id, const ArticleCommand& command, int minute,
                             CentreId centre = head) {
        std::optional<Result<KnownArticle>> out;
        [[maybe_unused]] const auto done = write([&](sql::Transaction& tx) -> Result<Done> {
            out.emplace(ArticleStore::act(tx, Scope::of(centre), id, command, at(minute)));
            if (!*out) return out->error();
            return Done{};
        });
        return *std::move(out);
    }
    KnownArticle said(const std::string& title, int minute) {
        const KnownArticle made = add(whole(title), minute);
        must(act(made.id, SubmitArticle{writer}, minute));
        return must(act(made.id, ApproveArticle{reader, at(minute)}, minute));
    }
    std::string listed(Show show, int minute) {
        std::string out;
        for (const KnownArticle& each :
             must(ArticleStore::list(db(), Scope::of(head), {.show = show}, at(minute))))
            out += std::to_string(each.id.value) + " ";
        return out;
    }
};
YS_ON_BOTH_DATABASES(ArticleStoreTest);

TEST_P(ArticleStoreTest, what_was_done_to_an_article_is_there_when_it_is_read_again) {
    const KnownArticle made = said("室温不够", 1);
    ArticleContent changed = whole("室温不达标");
    changed.texts[2] = "第二版。";
    changed.review_by = at(50);
    must(act(made.id, WriteArticle{writer, changed}, 2));
    must(act(made.id, SubmitArticle{writer}, 3));
    must(act(made.id, SendArticleBack{reader, "写清楚"}, 4));
    must(act(made.id, SubmitArticle{writer}, 5));
    const KnownArticle last = must(act(made.id, ApproveArticle{reader, at(9)}, 6));
    must(act(made.id, RetireArticle{reader, at(20), "换新办法"}, 7));
    const KnownArticle kept = must(act(made.id, KeepArticle{reader, "不换了"}, 8));
    const auto there = must(ArticleStore::get(db(), Scope::of(head), made.id));
    ASSERT_TRUE(there);
    EXPECT_EQ(there->article.versions(), kept.article.versions());
    EXPECT_EQ(there->article.turns(), kept.article.turns());
    EXPECT_EQ(there->revision, 10U);
    EXPECT_EQ(there->article.in_force(at(8))->number, 1U);
    EXPECT_EQ(there->article.in_force(at(9))->content, last.article.versions()[1].content);
}

TEST_P(ArticleStoreTest, each_change_is_a_fact_and_a_refused_one_leaves_nothing) {
    const KnownArticle made = add(whole("室温"), 1);
    EXPECT_EQ(act(made.id, ApproveArticle{reader, at(2)}, 2).error().code,
              make_error_code(Errc::NotNow));
    must(act(made.id, SubmitArticle{writer}, 3));
    EXPECT_EQ(act(made.id, ApproveArticle{writer, at(4)}, 4).error().code,
              make_error_code(Errc::NeedsSecondPerson));
    must(act(made.id, SendArticleBack{reader, "写清楚"}, 5));
    std::string told;
    must(journal::Journal::replay(db(), 0, [&](const journal::Entry& entry) {
        const auto& moved = std::get<facts::ArticleMoved>(entry.fact.body);
        told += moved.verb + std::to_string(moved.version) + moved.why + " ";
    }));
    EXPECT_EQ(told, "write1 submit1 send_back1写清楚 ");
}

TEST_P(ArticleStoreTest, the_fact_names_the_version_it_was_about_and_not_a_draft_beside_it) {
    const KnownArticle made = said("室温", 1);
    must(act(made.id, WriteArticle{writer, whole("室温二")}, 2));
    must(act(made.id, RollArticleBack{reader, 1, at(3), "再用"}, 3));
    must(act(made.id, RetireArticle{reader, at(9), "废止"}, 4));
    must(act(made.id, DropVersion{reader, 2, "不要了"}, 5));
    std::string told;
    must(journal::Journal::replay(db(), 0, [&](const journal::Entry& entry) {
        const auto& moved = std::get<facts::ArticleMoved>(entry.fact.body);
        told += moved.verb + std::to_string(moved.version) + " ";
    }));
    EXPECT_EQ(told, "write1 submit1 approve1 write2 roll_back3 retire3 drop2 ");
}

TEST_P(ArticleStoreTest, lists_say_what_is_open_said_due_and_retired_at_this_minute) {
    const KnownArticle one = said("一", 1);
    ArticleContent due = whole("二");
    due.review_by = at(30);
    const KnownArticle two = add(due, 2);
    must(act(two.id, SubmitArticle{writer}, 3));
    EXPECT_EQ(listed(Show::Review, 4), "2 ");
    must(act(two.id, ApproveArticle{reader, at(10)}, 4));
    const KnownArticle three = add(whole("三"), 5);
    EXPECT_EQ(listed(Show::All, 6), "3 2 1 ");
    EXPECT_EQ(listed(Show::Open, 6), "3 ");
    EXPECT_EQ(listed(Show::Said, 6), "1 ") << "the second only from its minute on";
    EXPECT_EQ(listed(Show::Said, 10), "2 1 ");
    EXPECT_EQ(listed(Show::Due, 29), "");
    EXPECT_EQ(listed(Show::Due, 30), "2 ");
    EXPECT_EQ(listed(Show::Said, 1'000), "") << "both have expired";
    must(act(one.id, RetireArticle{reader, at(40), "旧了"}, 35));
    EXPECT_EQ(listed(Show::Retired, 39), "");
    EXPECT_EQ(listed(Show::Retired, 40), "1 ");
}

TEST_P(ArticleStoreTest, another_centre_sees_and_changes_nothing) {
    const KnownArticle made = said("室温", 1);
    EXPECT_FALSE(must(ArticleStore::get(db(), Scope::of(other), made.id)));
    EXPECT_EQ(act(made.id, RetireArticle{reader, at(9), "x"}, 2, other).error().code,
              make_error_code(sql::errc::not_found));
    EXPECT_TRUE(must(ArticleStore::list(db(), Scope::of(other), {}, at(3))).empty());
    EXPECT_EQ(must(ArticleStore::page(db(), {}, 10)).size(), 1U);
    EXPECT_TRUE(must(ArticleStore::page(db(), made.id, 10)).empty());
}

}  // namespace
}  // namespace ys::knowledge
