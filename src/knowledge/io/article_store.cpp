// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/article_store.h"

#include <array>
#include <map>

#include "base/overloaded.h"
#include "base/text.h"
#include "knowledge/io/article_text.h"
#include "platform/journal/journal.h"
#include "platform/json/described_json.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::knowledge {
namespace {

// `title`, `open_version` and `open_state` repeat what the versions say: lists ask for them.
constexpr std::string_view tables = R"(
CREATE TABLE articles (id ID_KEY, centre_id BIGINT NOT NULL, matter TEXT NOT NULL,
  title TEXT NOT NULL, open_version BIGINT NOT NULL, open_state TEXT NOT NULL,
  revision BIGINT NOT NULL, changed_at BIGINT NOT NULL);
CREATE INDEX articles_by_change ON articles (centre_id, changed_at);
CREATE INDEX articles_by_matter ON articles (centre_id, matter);
CREATE TABLE article_versions (article_id BIGINT NOT NULL, number BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, writers TEXT NOT NULL,
  approved_by BIGINT NOT NULL, brought_back_by BIGINT NOT NULL, from_at BIGINT,
  words TEXT NOT NULL, valid_until BIGINT, review_by BIGINT);
CREATE UNIQUE INDEX article_versions_by_number ON article_versions (article_id, number);
CREATE TABLE article_turns (article_id BIGINT NOT NULL, place BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, from_at BIGINT NOT NULL, number BIGINT NOT NULL,
  by_user BIGINT NOT NULL, why TEXT NOT NULL);
CREATE UNIQUE INDEX article_turns_by_place ON article_turns (article_id, place);
)";

struct ArticleRow {
    ArticleId id{};
    CentreId centre_id{};
    std::string matter{}, title{};
    std::uint32_t open_version = 0;
    std::string open_state{};
    std::uint64_t revision = 0;
    UtcTime changed_at{};
};
BOOST_DESCRIBE_STRUCT(ArticleRow, (),
                      (id, centre_id, matter, title, open_version, open_state, revision,
                       changed_at))
struct VersionRow {
    ArticleId article_id{};
    std::uint32_t number = 0;
    CentreId centre_id{};
    std::string state{}, body{}, writers{};
    UserId approved_by{}, brought_back_by{};
    std::optional<UtcTime> from_at{};
    std::string words{};
    std::optional<UtcTime> valid_until{}, review_by{};
};
BOOST_DESCRIBE_STRUCT(VersionRow, (),
                      (article_id, number, centre_id, state, body, writers, approved_by,
                       brought_back_by, from_at, words, valid_until, review_by))
struct TurnRow {
    ArticleId article_id{};
    std::uint32_t place = 0;
    CentreId centre_id{};
    UtcTime from_at{};
    std::uint32_t number = 0;
    UserId by_user{};
    std::string why{};
};
BOOST_DESCRIBE_STRUCT(TurnRow, (), (article_id, place, centre_id, from_at, number, by_user, why))

VersionState state_of(std::string_view text) {
    for (const VersionState each :
         {VersionState::Draft, VersionState::InReview, VersionState::Approved})
        if (word(each) == text) return each;
    return VersionState::Dropped;
}

std::string joined(const std::vector<UserId>& users) {
    std::string out;
    for (const UserId each : users) out += (out.empty() ? "" : ",") + std::to_string(each.value);
    return out;
}

std::vector<UserId> users_in(std::string_view list) {
    std::vector<UserId> out;
    for (const std::string_view each : split(list, ','))
        if (const auto id = parse_number(each)) out.push_back(UserId{*id});
    return out;
}

Result<ArticleVersion> version_of(const VersionRow& row) {
    YS_TRY(const ContentText text, json::from_json<ContentText>(row.body));
    return ArticleVersion{.number = row.number,
                          .state = state_of(row.state),
                          .content = content_of(text),
                          .writers = users_in(row.writers),
                          .approved_by = row.approved_by,
                          .brought_back_by = row.brought_back_by,
                          .from = row.from_at,
                          .words = row.words};
}

VersionRow row_of(const KnownArticle& known, const ArticleVersion& version) {
    return {.article_id = known.id,
            .number = version.number,
            .centre_id = known.centre,
            .state = std::string(word(version.state)),
            .body = json::to_json(text_of(version.content)),
            .writers = joined(version.writers),
            .approved_by = version.approved_by,
            .brought_back_by = version.brought_back_by,
            .from_at = version.from,
            .words = version.words,
            .valid_until = version.content.valid_until,
            .review_by = version.content.review_by};
}

/// What it is called: as it is said, else as it is being written.
std::string title_of(const Article& article, UtcTime now) {
    if (const ArticleVersion* said = article.in_force(now)) return said->content.title;
    return article.versions().empty() ? "" : article.versions().back().content.title;
}

/// Versions are only added or changed, turns may also go.
Result<Done> keep(sql::Transaction& tx, const KnownArticle& now, const Article& before) {
    const ArticleVersion* open = now.article.open();
    const ArticleRow row{.id = now.id,
                         .centre_id = now.centre,
                         .matter = now.matter,
                         .title = title_of(now.article, now.changed_at),
                         .open_version = open == nullptr ? 0 : open->number,
                         .open_state = open == nullptr ? "" : std::string(word(open->state)),
                         .revision = now.revision,
                         .changed_at = now.changed_at};
    YS_TRY(Done done, sql::put_soon(tx, "articles", row));
    const auto& versions = now.article.versions();
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (i < before.versions().size() && versions[i] == before.versions()[i]) continue;
        YS_TRY(done, sql::put_soon(tx, "article_versions", row_of(now, versions[i]),
                                   "article_id, number"));
    }
    if (now.article.turns() == before.turns()) return Done{};
    YS_TRY(done, tx.db().run_soon("DELETE FROM article_turns WHERE article_id = ?", now.id));
    std::uint32_t place = 0;
    for (const Turn& turn : now.article.turns()) {
        const TurnRow kept{now.id, place++, now.centre, turn.from, turn.number, turn.by, turn.why};
        YS_TRY(done, sql::insert_soon(tx, "article_turns", kept));
    }
    return Done{};
}

/// The version that a command was about, or that it made.
std::uint32_t version_meant(const ArticleCommand& command, const Article& before,
                            const Article& after, UtcTime now) {
    const auto number_of = [](const ArticleVersion* version) {
        return version == nullptr ? 0 : version->number;
    };
    const auto of_open = [&](const auto&) { return number_of(before.open()); };
    const auto of_said = [&](const auto&) { return number_of(before.in_force(now)); };
    return std::visit(overloaded{[&](const WriteArticle&) { return number_of(after.open()); },
                                 [&](const SubmitArticle& c) { return of_open(c); },
                                 [&](const SendArticleBack& c) { return of_open(c); },
                                 [&](const ApproveArticle& c) { return of_open(c); },
                                 [&](const DropVersion& c) { return c.number; },
                                 [&](const RollArticleBack&) {
                                     return static_cast<std::uint32_t>(after.versions().size());
                                 },
                                 [&](const RetireArticle& c) { return of_said(c); },
                                 [&](const KeepArticle& c) { return of_said(c); }},
                      command);
}

std::string words_of(const ArticleCommand& command) {
    return std::visit(
        [](const auto& c) -> std::string {
            if constexpr (requires { c.why; }) return c.why;
            return {};
        },
        command);
}

Result<Done> tell(sql::Transaction& tx, const KnownArticle& known, facts::ArticleMoved moved) {
    const facts::Fact fact{
        known.changed_at, known.centre, {}, AgentId{moved.user}, std::move(moved)};
    return journal::Journal::append(tx, {&fact, 1});
}

UserId who(const ArticleCommand& command) {
    return std::visit([](const auto& c) { return c.by; }, command);
}

Result<std::vector<KnownArticle>> known(sql::Database& db, std::vector<ArticleRow> rows) {
    std::vector<ArticleId> ids;
    for (const ArticleRow& row : rows) ids.push_back(row.id);
    sql::Where where = sql::Where::of_all();
    where.among("article_id", ids);
    YS_TRY(const auto version_rows,
           sql::select_with<VersionRow>(
               db, "FROM article_versions" + where.text() + " ORDER BY article_id, number",
               where.values()));
    YS_TRY(const auto turn_rows,
           sql::select_with<TurnRow>(
               db, "FROM article_turns" + where.text() + " ORDER BY article_id, place",
               where.values()));
    std::map<ArticleId, std::vector<ArticleVersion>> versions;
    for (const VersionRow& row : version_rows) {
        YS_TRY(versions[row.article_id].emplace_back(), version_of(row));
    }
    std::map<ArticleId, std::vector<Turn>> turns;
    for (const TurnRow& row : turn_rows)
        turns[row.article_id].push_back({row.from_at, row.number, row.by_user, row.why});
    std::vector<KnownArticle> out;
    for (ArticleRow& row : rows) {
        YS_TRY(Article article,
               Article::kept(std::move(versions[row.id]), std::move(turns[row.id])));
        out.push_back({row.id, row.centre_id, std::move(row.matter), row.revision, row.changed_at,
                       std::move(article)});
    }
    return out;
}

Result<std::vector<KnownArticle>> known_where(sql::Database& db, const sql::Where& where,
                                              std::string_view order) {
    YS_TRY(std::vector<ArticleRow> rows,
           sql::select_with<ArticleRow>(db, "FROM articles" + where.text() + std::string(order),
                                        where.values()));
    return known(db, std::move(rows));
}

constexpr std::string_view number_now =
    "COALESCE((SELECT t.number FROM article_turns t WHERE t.article_id = articles.id"
    " AND t.from_at <= ? ORDER BY t.place DESC LIMIT 1), -1)";

void add_condition(sql::Where& where, Show show, UtcTime now) {
    const std::string said =
        "EXISTS (SELECT 1 FROM article_versions v WHERE v.article_id = articles.id AND v.number "
        "= " +
        std::string(number_now) + " AND (v.valid_until IS NULL OR v.valid_until > ?)";
    switch (show) {
        case Show::All:
            break;
        case Show::Open:
            where.also("open_version > 0");
            break;
        case Show::Review:
            where.also("open_state = 'in_review'");
            break;
        case Show::Said:
            where.also(said + ")", now, now);
            break;
        case Show::Due:
            where.also(said + " AND v.review_by <= ?)", now, now, now);
            break;
        case Show::Retired:
            where.also(std::string(number_now) + " = 0", now);
            break;
    }
}

}  // namespace

const sql::Schema& article_schema() {
    static const sql::Schema it{"articles", {sql::for_both(1, tables)}};
    return it;
}

std::optional<Show> show_of(std::string_view text) {
    constexpr std::array words{"all", "open", "review", "said", "retired", "due"};
    for (std::size_t i = 0; i < words.size(); ++i)
        if (text == words[i]) return static_cast<Show>(i);
    return std::nullopt;
}

Result<KnownArticle> ArticleStore::add(sql::Transaction& tx, CentreId centre, std::string matter,
                                       const WriteArticle& written, UtcTime now) {
    KnownArticle made{{}, centre, std::move(matter), 1, now, {}};
    YS_TRY([[maybe_unused]] Done done, made.article.on(now, written));
    YS_TRY(const std::uint64_t id, sql::next_number(tx, "articles"));
    made.id = ArticleId{id};
    YS_TRY(done, keep(tx, made, {}));
    YS_TRY(done, tell(tx, made, {id, 1, "write", written.by.value, {}}));
    return made;
}

Result<KnownArticle> ArticleStore::add_ready_made(sql::Transaction& tx, CentreId centre,
                                                  std::string matter, ArticleContent content,
                                                  UtcTime now) {
    KnownArticle made{{}, centre, std::move(matter), 1, now, {}};
    YS_TRY(made.article, Article::ready_made(now, std::move(content)));
    YS_TRY(const std::uint64_t id, sql::next_number(tx, "articles"));
    made.id = ArticleId{id};
    YS_TRY([[maybe_unused]] const Done done, keep(tx, made, {}));
    return made;
}

Result<KnownArticle> ArticleStore::act(sql::Transaction& tx, const Scope& scope, ArticleId id,
                                       const ArticleCommand& command, UtcTime now) {
    YS_TRY(auto there, get(tx.db(), scope, id));
    if (!there) return Error{sql::errc::not_found, "changing an article"};
    const Article before = there->article;
    YS_TRY([[maybe_unused]] Done done, there->article.on(now, command));
    ++there->revision;
    there->changed_at = now;
    YS_TRY(done, keep(tx, *there, before));
    facts::ArticleMoved moved{id.value, version_meant(command, before, there->article, now),
                              std::string(verb_of(command)), who(command).value, words_of(command)};
    YS_TRY(done, tell(tx, *there, std::move(moved)));
    return *std::move(there);
}

Result<std::optional<KnownArticle>> ArticleStore::get(sql::Database& db, const Scope& scope,
                                                      ArticleId id) {
    YS_TRY(std::vector<KnownArticle> found, some(db, scope, {id}));
    if (found.empty()) return std::optional<KnownArticle>{};
    return std::optional(std::move(found.front()));
}

Result<std::vector<KnownArticle>> ArticleStore::some(sql::Database& db, const Scope& scope,
                                                     const std::vector<ArticleId>& ids) {
    sql::Where where(scope, "centre_id");
    where.among("id", ids);
    return known_where(db, where, "");
}

Result<std::vector<KnownArticle>> ArticleStore::list(sql::Database& db, const Scope& scope,
                                                     const ArticleWish& wish, UtcTime now) {
    sql::Where where(scope, "centre_id");
    if (!wish.matter.empty()) where.also("matter = ?", wish.matter);
    if (!wish.title_has.empty())
        where.also("title LIKE ? ESCAPE '!'", sql::containing(wish.title_has));
    if (wish.among) where.among("id", *wish.among);
    add_condition(where, wish.show, now);
    where.value(wish.limit);
    return known_where(db, where, " ORDER BY changed_at DESC, id DESC LIMIT ?");
}

Result<std::vector<KnownArticle>> ArticleStore::page(sql::Database& db, ArticleId after,
                                                     std::size_t n) {
    sql::Where where = sql::Where::of_all();
    where.also("id > ?", after);
    where.value(n);
    return known_where(db, where, " ORDER BY id LIMIT ?");
}

}  // namespace ys::knowledge
