// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/article_reminders.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::knowledge {
namespace {

// A version that was approved never changes, so its number is the reminder's, too.
constexpr std::string_view tables = R"(
CREATE TABLE article_reminders_seen (article_id BIGINT NOT NULL, version BIGINT NOT NULL,
  kind TEXT NOT NULL, centre_id BIGINT NOT NULL, by_user BIGINT NOT NULL, seen_at BIGINT NOT NULL);
CREATE UNIQUE INDEX article_reminders_seen_once
  ON article_reminders_seen (article_id, version, kind);
)";

struct SeenReminder {
    ArticleId article_id{};
    std::uint32_t version = 0;
    std::string kind{};
    CentreId centre_id{};
    UserId by_user{};
    UtcTime seen_at{};
};
BOOST_DESCRIBE_STRUCT(SeenReminder, (), (article_id, version, kind, centre_id, by_user, seen_at))

struct IdRow {
    ArticleId id{};
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (id))

UtcTime soon(UtcTime now) { return {now.us + std::chrono::microseconds(reminded_before).count()}; }

/// The version whose turn it is, expired or not.
const ArticleVersion* on_turn(const Article& article, UtcTime now) {
    const auto after = std::ranges::upper_bound(article.turns(), now, {}, &Turn::from);
    if (after == article.turns().begin()) return nullptr;
    const std::uint32_t number = std::prev(after)->number;
    return number == 0 ? nullptr : &article.versions()[number - 1];
}

/// A version to come takes its place in time.
bool is_followed(const Article& article, UtcTime now, UtcTime at) {
    return std::ranges::any_of(
        article.turns(), [&](const Turn& turn) { return turn.from > now && turn.from <= at; });
}

void add_reminders(std::vector<Reminder>& to, const KnownArticle& known, UtcTime now) {
    const ArticleVersion* version = on_turn(known.article, now);
    if (version == nullptr) return;
    const auto add = [&](const char* kind, UtcTime at) {
        to.push_back({known, version->number, kind, at, version->content.owner, {}, {}});
    };
    const auto& until = version->content.valid_until;
    if (until && *until <= now) return add("expired", *until);
    if (until && *until <= soon(now) && !is_followed(known.article, now, *until))
        add("expires", *until);
    const auto& review = version->content.review_by;
    if (review && *review <= soon(now)) add("review", *review);
}

Result<std::vector<KnownArticle>> candidates(sql::Database& db, const Scope& scope, UtcTime now,
                                             std::size_t limit) {
    sql::Where where(scope, "centre_id");
    where.also(
        "EXISTS (SELECT 1 FROM article_versions v WHERE v.article_id = articles.id AND v.number ="
        " COALESCE((SELECT t.number FROM article_turns t WHERE t.article_id = articles.id"
        " AND t.from_at <= ? ORDER BY t.place DESC LIMIT 1), -1)"
        " AND (v.valid_until <= ? OR v.review_by <= ?))",
        now, soon(now), soon(now));
    where.value(limit);
    YS_TRY(const auto rows,
           sql::select_with<IdRow>(db, "FROM articles" + where.text() + " ORDER BY id LIMIT ?",
                                   where.values()));
    if (rows.empty()) return std::vector<KnownArticle>{};
    std::vector<ArticleId> ids;
    for (const IdRow& row : rows) ids.push_back(row.id);
    return ArticleStore::some(db, scope, ids);
}

using Key = std::tuple<ArticleId, std::uint32_t, std::string>;

}  // namespace

const sql::Schema& reminder_schema() {
    static const sql::Schema it{"article_reminders", {sql::for_both(1, tables)}};
    return it;
}

Result<std::vector<Reminder>> reminders(sql::Database& db, const Scope& scope, UtcTime now,
                                        std::size_t limit) {
    YS_TRY(const auto all, candidates(db, scope, now, limit));
    std::vector<Reminder> out;
    std::vector<ArticleId> ids;
    for (const KnownArticle& known : all) {
        add_reminders(out, known, now);
        ids.push_back(known.id);
    }
    if (out.empty()) return out;
    sql::Where where(scope, "centre_id");
    where.among("article_id", ids);
    YS_TRY(const auto rows, sql::select_with<SeenReminder>(
                                db, "FROM article_reminders_seen" + where.text(), where.values()));
    std::map<Key, const SeenReminder*> seen;
    for (const SeenReminder& row : rows) seen[{row.article_id, row.version, row.kind}] = &row;
    for (Reminder& each : out) {
        const auto found = seen.find({each.known.id, each.version, each.kind});
        if (found == seen.end()) continue;
        each.seen_at = found->second->seen_at;
        each.seen_by = found->second->by_user;
    }
    std::ranges::sort(out, {}, [](const Reminder& each) { return each.at; });
    return out;
}

Result<Done> reminder_seen(sql::Transaction& tx, const Scope& scope, ArticleId id,
                           std::uint32_t version, const std::string& kind, UserId by, UtcTime now) {
    YS_TRY(const auto known, ArticleStore::get(tx.db(), scope, id));
    std::vector<Reminder> open;
    if (known) add_reminders(open, *known, now);
    const bool is_open = std::ranges::any_of(
        open, [&](const Reminder& each) { return each.version == version && each.kind == kind; });
    if (!is_open) return Error{sql::errc::not_found, "seeing a reminder"};
    sql::Where where(scope, "centre_id");
    where.also("article_id = ?", id);
    where.also("version = ?", version);
    where.also("kind = ?", kind);
    YS_TRY(const auto there,
           sql::select_with<SeenReminder>(tx.db(), "FROM article_reminders_seen" + where.text(),
                                          where.values()));
    if (!there.empty()) return Done{};
    const SeenReminder row{id, version, kind, known->centre, by, now};
    return sql::insert_soon(tx, "article_reminders_seen", row);
}

}  // namespace ys::knowledge
