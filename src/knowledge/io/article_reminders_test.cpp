// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/article_reminders.h"

#include <gtest/gtest.h>

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::knowledge {
namespace {

using sql::testing::must;

const CentreId head{1}, other{2};
const UserId writer{7}, reader{8};

UtcTime day(int n) { return {n * 86'400'000'000LL}; }

class ArticleRemindersTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), article_schema(), reminder_schema()}); }
    ArticleId said(const std::string& title, std::optional<UtcTime> until,
                   std::optional<UtcTime> review = {}) {
        ArticleContent content{.title = title,
                               .statement = "四小时内联系。",
                               .texts = {"一", "二", "三"},
                               .source = "第三条",
                               .valid_until = until,
                               .review_by = review,
                               .owner = writer};
        const KnownArticle made = make<KnownArticle>([&](sql::Transaction& tx) {
            return ArticleStore::add(tx, head, "cold", {writer, content}, day(0));
        });
        act(made.id, SubmitArticle{writer}, 0);
        act(made.id, ApproveArticle{reader, day(0)}, 0);
        return made.id;
    }
    void act(ArticleId id, const ArticleCommand& command, int n) {
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const KnownArticle known,
                   ArticleStore::act(tx, Scope::of(head), id, command, day(n)));
            return Done{};
        }));
    }
    std::string listed(int n, CentreId centre = head) {
        std::string out;
        for (const Reminder& each : must(reminders(db(), Scope::of(centre), day(n), 50)))
            out += each.known.article.versions()[each.version - 1].content.title + ":" + each.kind +
                   (each.seen_at ? "*" : "") + " ";
        return out;
    }
    bool see(ArticleId id, std::uint32_t version, const char* kind, int n, CentreId centre = head) {
        return bool(write([&](sql::Transaction& tx) {
            return reminder_seen(tx, Scope::of(centre), id, version, kind, writer, day(n));
        }));
    }
};
YS_ON_BOTH_DATABASES(ArticleRemindersTest);

TEST_P(ArticleRemindersTest, its_owner_is_reminded_before_it_expires_and_again_when_it_has) {
    said("甲", day(100));
    said("乙", {}, day(50));
    said("丙", {});
    EXPECT_EQ(listed(10), "");
    EXPECT_EQ(listed(36), "乙:review ");
    EXPECT_EQ(listed(60), "乙:review ");
    EXPECT_EQ(listed(86), "乙:review 甲:expires ");
    EXPECT_EQ(listed(100), "乙:review 甲:expired ");
    EXPECT_EQ(listed(100, other), "");
}

TEST_P(ArticleRemindersTest, what_was_seen_stays_seen_until_there_is_something_new) {
    const ArticleId id = said("甲", day(100));
    EXPECT_FALSE(see(id, 1, "expires", 10)) << "nobody is reminded yet";
    EXPECT_FALSE(see(id, 1, "expires", 90, other)) << "another centre's";
    EXPECT_TRUE(see(id, 1, "expires", 90));
    EXPECT_TRUE(see(id, 1, "expires", 91));
    EXPECT_EQ(listed(95), "甲:expires* ");
    EXPECT_EQ(must(reminders(db(), Scope::of(head), day(95), 50))[0].seen_at, day(90));
    EXPECT_EQ(listed(101), "甲:expired ");
}

TEST_P(ArticleRemindersTest, who_has_done_something_about_it_is_reminded_no_more) {
    const ArticleId id = said("甲", day(100));
    ArticleContent longer =
        must(ArticleStore::get(db(), Scope::of(head), id))->article.versions()[0].content;
    longer.valid_until = day(500);
    act(id, WriteArticle{writer, longer}, 90);
    EXPECT_EQ(listed(90), "甲:expires ") << "a draft is no answer yet";
    act(id, SubmitArticle{writer}, 91);
    act(id, ApproveArticle{reader, day(99)}, 92);
    EXPECT_EQ(listed(93), "") << "another version takes its place in time";
    EXPECT_EQ(listed(100), "");
    const ArticleId gone = said("乙", day(120));
    act(gone, RetireArticle{reader, day(110), "换新办法"}, 107);
    EXPECT_EQ(listed(108), "");
    EXPECT_EQ(listed(130), "");
}

}  // namespace
}  // namespace ys::knowledge
