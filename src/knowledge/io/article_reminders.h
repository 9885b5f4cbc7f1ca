// SPDX-License-Identifier: Apache-2.0
// What the owner of an article is reminded of: it is soon said no more, it is said no more already,
// or somebody was to look at it again. The articles themselves say so, at whatever moment they are
// asked: a reminder is never lost or made twice, whoever was down. That somebody has seen one is
// kept.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "knowledge/io/article_store.h"
#include "platform/sql/migration.h"

namespace ys::knowledge {

const sql::Schema& reminder_schema();

inline constexpr std::chrono::days reminded_before{14};

struct Reminder {
    KnownArticle known;
    std::uint32_t version = 0;
    std::string kind;  ///< "expires" "expired" "review"
    UtcTime at;        ///< when it expires or was to be looked at
    UserId owner, seen_by{};
    std::optional<UtcTime> seen_at{};
};

/// Of articles that are said, or would be if they had not expired; the most urgent first.
/// `limit` articles at most.
Result<std::vector<Reminder>> reminders(sql::Database& db, const Scope& scope, UtcTime now,
                                        std::size_t limit);

/// Seen once is seen: a second time changes nothing.
/// errors  not_found: nobody is reminded of this now
Result<Done> reminder_seen(sql::Transaction& tx, const Scope& scope, ArticleId id,
                           std::uint32_t version, const std::string& kind, UserId by, UtcTime now);

}  // namespace ys::knowledge
