// SPDX-License-Identifier: Apache-2.0
#include "api/article_view.h"

#include <algorithm>

#include "centres/io/user_store.h"
#include "knowledge/io/matter_store.h"

namespace ys::api {
namespace {

using knowledge::Article;
using knowledge::ArticleVersion;
using knowledge::KnownArticle;
using knowledge::Turn;
using knowledge::VersionState;

std::string name_in(const ArticleNames& names, UserId id) {
    const auto name = names.people.find(id);
    return name == names.people.end() ? "" : name->second;
}

std::string state_of(const Article& article, UtcTime now) {
    if (article.in_force(now) != nullptr) return "said";
    const auto& turns = article.turns();
    const auto after = std::ranges::upper_bound(turns, now, {}, &Turn::from);
    if (after != turns.begin()) return std::prev(after)->number == 0 ? "retired" : "expired";
    return turns.empty() ? "new" : "scheduled";
}

/// What a list shows of it: what is said, else the last that was written.
const ArticleVersion* shown(const Article& article, UtcTime now) {
    if (const ArticleVersion* said = article.in_force(now)) return said;
    return article.versions().empty() ? nullptr : &article.versions().back();
}

bool was_said(const ArticleVersion& version, UtcTime now) {
    return version.state == VersionState::Approved && version.from && *version.from <= now;
}

bool is_scheduled(const ArticleVersion& version, UtcTime now) {
    return version.state == VersionState::Approved && version.from && *version.from > now;
}

std::vector<std::string> verbs(const Article& article, UserId editor, UtcTime now) {
    std::vector<std::string> out;
    const auto may = [&](bool is_possible, const char* verb) {
        if (is_possible) out.emplace_back(verb);
    };
    const ArticleVersion* open = article.open();
    const bool is_draft = open != nullptr && open->state == VersionState::Draft;
    const bool is_read = open != nullptr && open->state == VersionState::InReview;
    const bool wrote =
        open != nullptr && std::ranges::find(open->writers, editor) != open->writers.end();
    const auto any = [&](auto is) {
        return std::ranges::any_of(article.versions(), [&](const auto& v) { return is(v, now); });
    };
    const bool retires = std::ranges::any_of(
        article.turns(), [&](const Turn& turn) { return turn.number == 0 && turn.from > now; });
    may(open == nullptr || is_draft, "write");
    may(is_draft, "submit");
    may(is_read, "send_back");
    may(is_read && !wrote, "approve");
    may(open != nullptr || any(is_scheduled), "drop");
    may(any(was_said), "roll_back");
    may(article.in_force(now) != nullptr && !retires, "retire");
    may(retires, "keep");
    return out;
}

VersionView view_of(const ArticleVersion& version, const ArticleNames& names) {
    VersionView out{.number = version.number,
                    .state = std::string(word(version.state)),
                    .content = text_of(version.content),
                    .writers = {},
                    .approved_by = name_in(names, version.approved_by),
                    .brought_back_by = name_in(names, version.brought_back_by),
                    .from = version.from,
                    .words = version.words};
    for (const UserId each : version.writers) out.writers.push_back(name_in(names, each));
    return out;
}

}  // namespace

Scope readable(const Api& api, const SessionUser& user) {
    Scope out = api.scope_of(user, centres::Action::SeeKnowledge);
    if (out.centres.empty()) return out;
    for (const CentreId above : api.tree().lineage(user.user.centre))
        if (!out.contains(above)) out.centres.push_back(above);
    return out;
}

Result<ArticleNames> article_names(sql::Database& db, const Scope& scope) {
    ArticleNames out;
    YS_TRY(const auto matters, knowledge::MatterStore::matters(db, scope));
    for (const knowledge::MatterRow& each : matters) out.matters[each.code] = each.title;
    YS_TRY(const auto users, centres::UserStore::users(db, scope));
    for (const centres::UserRow& each : users) out.people[each.id] = each.name;
    return out;
}

ArticleLine line_of(const KnownArticle& known, const ArticleNames& names, UtcTime now) {
    const Article& article = known.article;
    const ArticleVersion* said = article.in_force(now);
    const ArticleVersion* open = article.open();
    ArticleLine out;
    out.id = known.id;
    out.centre_id = known.centre;
    out.matter = known.matter;
    if (const auto matter = names.matters.find(known.matter); matter != names.matters.end())
        out.matter_title = matter->second;
    if (const ArticleVersion* version = shown(article, now)) {
        out.title = version->content.title;
        out.statement = version->content.statement;
        out.valid_until = version->content.valid_until;
    }
    out.state = state_of(article, now);
    out.version = said == nullptr ? 0 : said->number;
    out.open_version = open == nullptr ? 0 : open->number;
    out.open_state = open == nullptr ? "" : std::string(word(open->state));
    out.changed_at = known.changed_at;
    out.is_review_due = article.is_review_due(now);
    return out;
}

ArticleView view_of(const KnownArticle& known, const ArticleNames& names, UserId editor,
                    UtcTime now) {
    ArticleView out{.line = line_of(known, names, now), .versions = {}, .turns = {}, .can = {}};
    for (const ArticleVersion& version : known.article.versions())
        if (editor || was_said(version, now))
            out.versions.insert(out.versions.begin(), view_of(version, names));
    for (const Turn& turn : known.article.turns())
        if (editor || turn.from <= now)
            out.turns.push_back({turn.from, turn.number, name_in(names, turn.by), turn.why});
    if (editor) {
        out.can = verbs(known.article, editor, now);
    } else {
        out.line.open_version = 0;
        out.line.open_state.clear();
    }
    return out;
}

}  // namespace ys::api
