// SPDX-License-Identifier: Apache-2.0
#include "knowledge/article.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "base/dice.h"

namespace ys::knowledge {
namespace {

const UserId editor{1}, reviewer{2}, third{3};
constexpr UtcTime at(std::int64_t minute) { return {minute * 60'000'000}; }

ArticleContent whole(const std::string& statement) {
    return {.title = "报停怎么办",
            .statement = statement,
            .texts = {"坐席看的", "市民看的", "电话里念的"},
            .source = "供热条例第十二条",
            .owner = editor};
}

class ArticleTest : public ::testing::Test {
protected:
    std::error_code on(std::int64_t minute, const ArticleCommand& command) {
        const auto done = article.on(at(minute), command);
        return done ? std::error_code{} : done.error().code;
    }
    void say(std::int64_t minute, const std::string& statement, std::int64_t from) {
        ASSERT_FALSE(on(minute, WriteArticle{editor, whole(statement)}));
        ASSERT_FALSE(on(minute, SubmitArticle{editor}));
        ASSERT_FALSE(on(minute, ApproveArticle{reviewer, at(from)}));
    }
    std::string said(std::int64_t minute) const {
        const ArticleVersion* version = article.in_force(at(minute));
        return version == nullptr ? "" : version->content.statement;
    }
    Article article;
};

TEST_F(ArticleTest, a_changed_statement_takes_effect_at_its_minute_and_the_old_one_stays_provable) {
    say(1, "报停费两成", 5);
    EXPECT_EQ(said(4), "");
    EXPECT_EQ(said(5), "报停费两成");
    say(10, "报停费三成", 20);
    EXPECT_EQ(said(19), "报停费两成");
    EXPECT_EQ(said(20), "报停费三成");
    EXPECT_EQ(said(7), "报停费两成");
    EXPECT_EQ(article.in_force(at(30))->number, 2U);
}

TEST_F(ArticleTest, nobody_approves_what_they_wrote_a_word_of) {
    ASSERT_FALSE(on(1, WriteArticle{editor, whole("一")}));
    ASSERT_FALSE(on(1, WriteArticle{third, whole("二")}));
    ASSERT_FALSE(on(1, SubmitArticle{editor}));
    EXPECT_EQ(on(2, ApproveArticle{editor, at(2)}), Errc::NeedsSecondPerson);
    EXPECT_EQ(on(2, ApproveArticle{third, at(2)}), Errc::NeedsSecondPerson);
    EXPECT_FALSE(on(2, ApproveArticle{reviewer, at(2)}));
}

TEST_F(ArticleTest, what_is_read_is_not_written_and_what_is_sent_back_says_why) {
    EXPECT_EQ(on(1, SubmitArticle{editor}), Errc::NothingOpen);
    ASSERT_FALSE(on(1, WriteArticle{editor, whole("一")}));
    EXPECT_EQ(on(1, ApproveArticle{reviewer, at(1)}), Errc::NotNow);
    ASSERT_FALSE(on(1, SubmitArticle{editor}));
    EXPECT_EQ(on(1, WriteArticle{editor, whole("二")}), Errc::NotNow);
    EXPECT_EQ(on(2, SendArticleBack{reviewer, " "}), Errc::NeedsWords);
    ASSERT_FALSE(on(2, SendArticleBack{reviewer, "没有写依据"}));
    EXPECT_EQ(article.open()->words, "没有写依据");
    EXPECT_FALSE(on(3, WriteArticle{editor, whole("二")}));
    EXPECT_EQ(article.versions().size(), 1U);
}

TEST_F(ArticleTest, a_draft_may_want_parts_and_what_is_submitted_may_not) {
    struct Want {
        const char* part;
        std::function<void(ArticleContent&)> take;
    };
    const std::vector<Want> wants{
        {"statement", [](ArticleContent& c) { c.statement = "  "; }},
        {"texts.agent", [](ArticleContent& c) { c.texts[0].clear(); }},
        {"texts.citizen", [](ArticleContent& c) { c.texts[1].clear(); }},
        {"texts.voice", [](ArticleContent& c) { c.texts[2].clear(); }},
        {"source", [](ArticleContent& c) { c.source.clear(); }},
        {"owner", [](ArticleContent& c) { c.owner = {}; }},
    };
    for (const Want& want : wants) {
        ArticleContent content = whole("一");
        want.take(content);
        ASSERT_FALSE(on(1, WriteArticle{editor, content}));
        const auto done = article.on(at(1), SubmitArticle{editor});
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, Errc::PartMissing);
        EXPECT_EQ(done.error().note, want.part);
    }
    ArticleContent content = whole("一");
    content.title.clear();
    EXPECT_EQ(on(1, WriteArticle{editor, content}), Errc::PartMissing);
    content = whole("一");
    content.steps.assign(101, "一步");
    EXPECT_EQ(on(1, WriteArticle{editor, content}), Errc::PartTooLong);
    content = whole(std::string(2'001, 'x'));
    EXPECT_EQ(on(1, WriteArticle{editor, content}), Errc::PartTooLong);
}

TEST_F(ArticleTest, it_is_said_no_more_when_it_has_expired) {
    ArticleContent content = whole("今年采暖季");
    content.valid_until = at(50);
    content.review_by = at(40);
    ASSERT_FALSE(on(1, WriteArticle{editor, content}));
    EXPECT_EQ(on(60, SubmitArticle{editor}), Errc::AlreadyExpired);
    ASSERT_FALSE(on(2, SubmitArticle{editor}));
    EXPECT_EQ(on(3, ApproveArticle{reviewer, at(50)}), Errc::AlreadyExpired);
    ASSERT_FALSE(on(3, ApproveArticle{reviewer, at(4)}));
    EXPECT_EQ(said(49), "今年采暖季");
    EXPECT_EQ(said(50), "");
    EXPECT_FALSE(article.is_review_due(at(39)));
    EXPECT_TRUE(article.is_review_due(at(40)));
    EXPECT_FALSE(article.is_review_due(at(50)));
    EXPECT_EQ(on(55, RollArticleBack{reviewer, 1, at(55), "再用一年"}), Errc::AlreadyExpired);
}

TEST_F(ArticleTest, one_key_brings_back_what_was_approved_once) {
    say(1, "一", 1);
    say(2, "二", 2);
    EXPECT_EQ(on(3, RollArticleBack{reviewer, 9, at(3), "错了"}), Errc::NoSuchVersion);
    EXPECT_EQ(on(3, RollArticleBack{reviewer, 1, at(2), "错了"}), Errc::NotInThePast);
    EXPECT_EQ(on(3, RollArticleBack{reviewer, 1, at(3), ""}), Errc::NeedsWords);
    ASSERT_FALSE(on(3, RollArticleBack{reviewer, 1, at(3), "金额写错"}));
    EXPECT_EQ(said(3), "一");
    EXPECT_EQ(article.in_force(at(3))->number, 3U);
    EXPECT_EQ(said(2), "二");
}

TEST_F(ArticleTest, what_is_scheduled_can_be_dropped_and_what_was_said_cannot) {
    say(1, "一", 1);
    say(2, "二", 10);
    EXPECT_EQ(on(3, DropVersion{reviewer, 1, "不要"}), Errc::InForceAlready);
    EXPECT_EQ(on(3, DropVersion{reviewer, 7, "不要"}), Errc::NoSuchVersion);
    ASSERT_FALSE(on(3, DropVersion{reviewer, 2, "政策推迟"}));
    EXPECT_EQ(said(11), "一");
    EXPECT_EQ(on(12, RollArticleBack{reviewer, 2, at(12), "再来"}), Errc::NotNow);
}

TEST_F(ArticleTest, retired_it_says_nothing_until_something_is_approved_again) {
    EXPECT_EQ(on(1, RetireArticle{reviewer, at(1), "没有了"}), Errc::NothingSaid);
    say(1, "一", 1);
    EXPECT_EQ(on(5, RetireArticle{reviewer, at(4), "停办"}), Errc::NotInThePast);
    ASSERT_FALSE(on(2, RetireArticle{third, at(4), "停办"}));
    EXPECT_EQ(on(3, KeepArticle{reviewer, ""}), Errc::NeedsWords);
    ASSERT_FALSE(on(3, KeepArticle{reviewer, "继续办"}));
    EXPECT_EQ(on(3, KeepArticle{reviewer, "继续办"}), Errc::NotRetiring);
    EXPECT_EQ(said(4), "一");
    ASSERT_FALSE(on(5, RetireArticle{reviewer, at(6), "停办"}));
    EXPECT_EQ(article.turns().back().by, reviewer);
    EXPECT_EQ(article.turns().back().why, "停办");
    EXPECT_EQ(on(7, KeepArticle{reviewer, "继续办"}), Errc::NotRetiring);
    EXPECT_EQ(said(5), "一");
    EXPECT_EQ(said(6), "");
    ASSERT_FALSE(on(8, RollArticleBack{reviewer, 1, at(9), "恢复办理"}));
    EXPECT_EQ(said(9), "一");
    EXPECT_EQ(said(7), "");
}

TEST_F(ArticleTest, differing_parts_are_named) {
    ArticleContent one = whole("一"), other = one;
    EXPECT_TRUE(differing_parts(one, other).empty());
    other.statement = "二";
    other.texts[2] = "念别的";
    other.valid_until = at(9);
    EXPECT_EQ(differing_parts(one, other),
              (std::vector<std::string>{"statement", "texts.voice", "valid_until"}));
}

/// Whatever is done, an answer of the past stays what it was.
TEST(ArticleRandom, what_was_said_at_a_minute_that_has_passed_never_changes) {
    int minutes_said = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Dice dice{seed};
        Article article;
        std::vector<std::uint32_t> said;  // by minute
        for (std::int64_t now = 0; now < 60; ++now) {
            for (std::uint64_t n = dice.below(4); n > 0; --n) {
                const UserId by{1 + dice.below(3)};
                const UtcTime from = at(now - 2 + static_cast<std::int64_t>(dice.below(8)));
                const auto number = static_cast<std::uint32_t>(dice.below(9));
                ArticleContent content = whole(std::to_string(dice.below(1'000)));
                if (dice.below(3) == 0)
                    content.valid_until = at(now + static_cast<std::int64_t>(dice.below(20)));
                const std::array<ArticleCommand, 8> commands{
                    WriteArticle{by, content},       SubmitArticle{by},
                    ApproveArticle{by, from},        SendArticleBack{by, "改"},
                    DropVersion{by, number, "不要"}, RollArticleBack{by, number, from, "退回"},
                    RetireArticle{by, from, "停办"}, KeepArticle{by, "不停"},
                };
                const auto done = article.on(at(now), commands[dice.below(commands.size())]);
                if (!done) {
                    EXPECT_FALSE(word_of(done.error().code).empty());
                }
            }
            for (std::int64_t minute = 0; minute < now; ++minute) {
                const ArticleVersion* version = article.in_force(at(minute));
                EXPECT_EQ(version == nullptr ? 0 : version->number,
                          said[static_cast<std::size_t>(minute)])
                    << "seed " << seed;
            }
            const ArticleVersion* version = article.in_force(at(now));
            said.push_back(version == nullptr ? 0 : version->number);
            if (version != nullptr) {
                ++minutes_said;
                EXPECT_EQ(version->state, VersionState::Approved);
                EXPECT_EQ(std::ranges::count(version->writers, version->approved_by), 0)
                    << "seed " << seed;
            }
        }
    }
    EXPECT_GT(minutes_said, 1'500);
}

}  // namespace
}  // namespace ys::knowledge
