// SPDX-License-Identifier: Apache-2.0
// Articles with all their versions, kept for ever. Whoever changes one does it through the rules of
// article.h, and a fact says so.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/article.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::knowledge {

const sql::Schema& article_schema();

using ArticleId = Id<struct ArticleTag>;

struct KnownArticle {
    ArticleId id;
    CentreId centre;
    std::string matter;          ///< what it answers
    std::uint64_t revision = 0;  ///< one more with each change
    UtcTime changed_at;
    Article article;
};

/// Which articles of a list are wanted.
enum class Show : std::uint8_t {
    All,
    Open,     ///< being written or read
    Review,   ///< waiting for a second person
    Said,     ///< in force now
    Retired,  ///< said once, and no more
    Due       ///< in force, and somebody was to look at it again
};
/// "all" "open" "review" "said" "retired" "due"; nothing for another word.
std::optional<Show> show_of(std::string_view word);

struct ArticleWish {
    Show show = Show::All;
    std::string matter{};     ///< "": of any
    std::string title_has{};  ///< "": whatever it is called
    std::optional<std::vector<ArticleId>> among{};
    std::size_t limit = 50;
};

class ArticleStore {
public:
    /// A new article with its first draft.
    /// errors  as Article::on
    static Result<KnownArticle> add(sql::Transaction& tx, CentreId centre, std::string matter,
                                    const WriteArticle& written, UtcTime now);
    /// One that came with the hotline: said from now on.
    static Result<KnownArticle> add_ready_made(sql::Transaction& tx, CentreId centre,
                                               std::string matter, ArticleContent content,
                                               UtcTime now);
    /// errors  not_found; as Article::on
    static Result<KnownArticle> act(sql::Transaction& tx, const Scope& scope, ArticleId id,
                                    const ArticleCommand& command, UtcTime now);

    static Result<std::optional<KnownArticle>> get(sql::Database& db, const Scope& scope,
                                                   ArticleId id);
    /// Those of `ids` that are there, in no order.
    static Result<std::vector<KnownArticle>> some(sql::Database& db, const Scope& scope,
                                                  const std::vector<ArticleId>& ids);
    /// The last changed first.
    static Result<std::vector<KnownArticle>> list(sql::Database& db, const Scope& scope,
                                                  const ArticleWish& wish, UtcTime now);
    /// Every one of every centre, `n` at most from behind `after` on, by id: to learn from.
    static Result<std::vector<KnownArticle>> page(sql::Database& db, ArticleId after,
                                                  std::size_t n);
};

}  // namespace ys::knowledge
