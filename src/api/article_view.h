// SPDX-License-Identifier: Apache-2.0
// An article as people are shown it: editors in all its versions, others what is or was said.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/api.h"
#include "knowledge/io/article_store.h"
#include "knowledge/io/article_text.h"

namespace ys::api {

struct ArticleLine {
    knowledge::ArticleId id;
    CentreId centre_id;
    std::string matter, matter_title, title, statement;
    std::string state;               ///< "new" "said" "scheduled" "expired" "retired"
    std::uint32_t version = 0;       ///< in force now; 0 for none
    std::uint32_t open_version = 0;  ///< being written or read; 0 for none
    std::string open_state;          ///< "draft" "in_review" or ""
    UtcTime changed_at;
    std::optional<UtcTime> valid_until;
    bool is_review_due = false;
};
BOOST_DESCRIBE_STRUCT(ArticleLine, (),
                      (id, centre_id, matter, matter_title, title, statement, state, version,
                       open_version, open_state, changed_at, valid_until, is_review_due))
struct VersionView {
    std::uint32_t number = 0;
    std::string state;  ///< "draft" "in_review" "approved" "dropped"
    knowledge::ContentText content;
    std::vector<std::string> writers;
    std::string approved_by, brought_back_by;  ///< names; "" for nobody
    std::optional<UtcTime> from;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(VersionView, (),
                      (number, state, content, writers, approved_by, brought_back_by, from, words))
struct TurnView {
    UtcTime from;
    std::uint32_t number = 0;  ///< 0: nothing is said from here on
    std::string by, why;
};
BOOST_DESCRIBE_STRUCT(TurnView, (), (from, number, by, why))
struct ArticleView {
    ArticleLine line;
    std::vector<VersionView> versions;  ///< the newest first
    std::vector<TurnView> turns;
    std::vector<std::string> can;  ///< verbs that the user could do now
};
BOOST_DESCRIBE_STRUCT(ArticleView, (), (line, versions, turns, can))

/// Whose articles the user may read: of the centres of their right and of those above their own,
/// whose words hold for every branch.
Scope readable(const Api& api, const SessionUser& user);

/// What articles call things: matters by code, people by id.
struct ArticleNames {
    std::map<std::string, std::string> matters;
    std::map<UserId, std::string> people;
};
Result<ArticleNames> article_names(sql::Database& db, const Scope& scope);

ArticleLine line_of(const knowledge::KnownArticle& known, const ArticleNames& names, UtcTime now);
/// editor  none for who only reads: what was never said is not shown to them
ArticleView view_of(const knowledge::KnownArticle& known, const ArticleNames& names, UserId editor,
                    UtcTime now);

}  // namespace ys::api
