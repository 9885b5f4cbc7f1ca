// SPDX-License-Identifier: Apache-2.0
// Articles: found, read, and changed by the rules of knowledge/article.h.
#include <algorithm>

#include "api/answer.h"
#include "api/api.h"
#include "api/article_view.h"
#include "base/text.h"
#include "knowledge/io/answer_book.h"
#include "knowledge/io/matter_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using knowledge::ArticleCommand;
using knowledge::ArticleId;
using knowledge::ArticleStore;
using knowledge::ArticleWish;
using knowledge::KnownArticle;

constexpr std::size_t code_bytes_max = 60, typed_bytes_max = 200, why_bytes_max = 2'000;

struct NewArticleForm {
    std::string matter;
    knowledge::ContentText content;
};
BOOST_DESCRIBE_STRUCT(NewArticleForm, (), (matter, content))
struct ArticleActForm {
    std::string
        verb;  ///< "write" "submit" "send_back" "approve" "drop" "roll_back" "retire" "keep"
    std::optional<knowledge::ContentText> content;  ///< to write
    std::uint32_t number = 0;                       ///< to drop or to bring back
    std::optional<UtcTime> from;                    ///< none: from now on
    std::string why;
};
BOOST_DESCRIBE_STRUCT(ArticleActForm, (), (verb, content, number, from, why))

struct Asked {
    ArticleWish wish;
    std::string text;
};

/// errors  bad_field
Result<Asked> asked_in(const Call& call) {
    Asked out;
    const std::string show = cleaned(call.request.argument("show"), code_bytes_max);
    const auto known = knowledge::show_of(show.empty() ? "all" : show);
    if (!known) return refused("bad_field:show", RefusedAs::Unfit);
    out.wish.show = *known;
    out.wish.matter = cleaned(call.request.argument("matter"), code_bytes_max);
    YS_TRY(out.wish.limit, limit_of(call));
    out.text = std::string(trimmed(cleaned(call.request.argument("q"), typed_bytes_max)));
    return out;
}

/// Those that have the words, best first, then those whose title has the text as it stands: what
/// is not said yet is in no index.
Result<std::vector<KnownArticle>> found(sql::Database& db, const Scope& scope, const Asked& asked,
                                        const std::vector<knowledge::Said>& hits, UtcTime now) {
    ArticleWish wish = asked.wish;
    wish.title_has = asked.text;
    YS_TRY(std::vector<KnownArticle> by_title, ArticleStore::list(db, scope, wish, now));
    if (asked.text.empty()) return by_title;
    std::vector<ArticleId> ids;
    for (const knowledge::Said& each : hits) ids.push_back(each.id);
    wish.title_has.clear();
    wish.among = ids;
    YS_TRY(std::vector<KnownArticle> out, ArticleStore::list(db, scope, wish, now));
    const auto place = [&](const KnownArticle& known) {
        return std::ranges::find(ids, known.id) - ids.begin();
    };
    std::ranges::sort(out, {}, place);
    for (KnownArticle& each : by_title)
        if (out.size() < wish.limit && std::ranges::find(ids, each.id) == ids.end())
            out.push_back(std::move(each));
    return out;
}

Task<http::Response> articles(Api& api, Call& call) {
    YS_CO_TRY(const Asked asked, asked_in(call));
    const Scope scope = readable(api, call.user());
    const Scope edits = api.scope_of(call.user(), Action::ChangeKnowledge);
    const UtcTime now = utc_now();
    std::vector<knowledge::Said> hits;
    auto look = [&api, asked, scope, now] {
        return api.ports().answers.find(asked.text, scope, now, asked.wish.limit);
    };
    if (!asked.text.empty()) hits = co_await api.ports().pool.run(look);
    auto query =
        [=, user = call.user().user.id](sql::Database& db) -> Result<std::vector<ArticleLine>> {
        YS_TRY(const auto all, found(db, scope, asked, hits, now));
        YS_TRY(const ArticleNames names, article_names(db, scope));
        std::vector<ArticleLine> out;
        for (const KnownArticle& each : all) {
            const UserId editor = edits.contains(each.centre) ? user : UserId{};
            ArticleView view = view_of(each, names, editor, now);
            // Nobody else learns of what was never said.
            if (editor || !view.versions.empty()) out.push_back(std::move(view.line));
        }
        return out;
    };
    YS_CO_TRY(const std::vector<ArticleLine> lines, co_await api.stores().read(query));
    co_return answer_with_page(lines);
}

Task<http::Response> article(Api& api, Call& call) {
    YS_CO_TRY(const ArticleId id, id_in_path<ArticleId>(call, "id"));
    const Scope scope = readable(api, call.user());
    const Scope edits = api.scope_of(call.user(), Action::ChangeKnowledge);
    auto query = [=, user = call.user().user.id](sql::Database& db) -> Result<ArticleView> {
        YS_TRY(const auto known, ArticleStore::get(db, scope, id));
        if (!known) return refused("not_found", RefusedAs::NotFound);
        YS_TRY(const ArticleNames names, article_names(db, scope));
        const UserId editor = edits.contains(known->centre) ? user : UserId{};
        ArticleView view = view_of(*known, names, editor, utc_now());
        if (!editor && view.versions.empty()) return refused("not_found", RefusedAs::NotFound);
        return view;
    };
    YS_CO_TRY(const ArticleView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

struct Changed {
    KnownArticle known;
    ArticleView view;
};

/// Told when it is on disk and every channel says it.
Task<http::Response> taken(Api& api, Result<Changed> changed, int status) {
    if (!changed) co_return changed.error();
    auto take = [&api, &changed] {
        api.ports().answers.take(changed->known);
        return true;
    };
    co_await api.ports().pool.run(take);
    co_return answer_with(changed->view, status);
}

Task<http::Response> add(Api& api, Call& call) {
    YS_CO_TRY(const NewArticleForm form, body_of<NewArticleForm>(call));
    const SessionUser& user = call.user();
    const UserId writer = user.user.id;
    const Scope scope = readable(api, user);
    const knowledge::WriteArticle written{writer, knowledge::content_of(form.content)};
    auto work = [=, matter = cleaned(form.matter, code_bytes_max), centre = user.user.centre,
                 now = utc_now()](sql::Transaction& tx) -> Result<Changed> {
        YS_TRY(const auto known, knowledge::MatterStore::find(tx.db(), scope, matter));
        if (!known) return refused("bad_field:matter", RefusedAs::Unfit);
        YS_TRY(KnownArticle made, ArticleStore::add(tx, centre, matter, written, now));
        YS_TRY(const ArticleNames names, article_names(tx.db(), scope));
        ArticleView view = view_of(made, names, writer, now);
        return Changed{std::move(made), std::move(view)};
    };
    Result<Changed> changed = co_await api.stores().write(work);
    co_return co_await taken(api, std::move(changed), 201);
}

/// errors  bad_field, too_long
Result<ArticleCommand> command_in(const Call& call, UserId by, UtcTime now) {
    YS_TRY(const ArticleActForm form, body_of<ArticleActForm>(call));
    YS_TRY(const std::string why, form_text(form.why, why_bytes_max, "why", Lines::Many));
    const UtcTime from = form.from.value_or(now);
    if (form.verb == "write") {
        if (!form.content) return refused("bad_field:content", RefusedAs::Unfit);
        return ArticleCommand{knowledge::WriteArticle{by, knowledge::content_of(*form.content)}};
    }
    if (form.verb == "submit") return ArticleCommand{knowledge::SubmitArticle{by}};
    if (form.verb == "send_back") return ArticleCommand{knowledge::SendArticleBack{by, why}};
    if (form.verb == "approve") return ArticleCommand{knowledge::ApproveArticle{by, from}};
    if (form.verb == "drop") return ArticleCommand{knowledge::DropVersion{by, form.number, why}};
    if (form.verb == "roll_back")
        return ArticleCommand{knowledge::RollArticleBack{by, form.number, from, why}};
    if (form.verb == "retire") return ArticleCommand{knowledge::RetireArticle{by, from, why}};
    if (form.verb == "keep") return ArticleCommand{knowledge::KeepArticle{by, why}};
    return refused("bad_field:verb", RefusedAs::Unfit);
}

Task<http::Response> act(Api& api, Call& call) {
    YS_CO_TRY(const ArticleId id, id_in_path<ArticleId>(call, "id"));
    const UtcTime now = utc_now();
    const UserId editor = call.user().user.id;
    const Scope scope = readable(api, call.user());
    const Scope edits = api.scope_of(call.user(), Action::ChangeKnowledge);
    YS_CO_TRY(const ArticleCommand command, command_in(call, editor, now));
    auto work = [=](sql::Transaction& tx) -> Result<Changed> {
        YS_TRY(KnownArticle known, ArticleStore::act(tx, edits, id, command, now));
        YS_TRY(const ArticleNames names, article_names(tx.db(), scope));
        ArticleView view = view_of(known, names, editor, now);
        return Changed{std::move(known), std::move(view)};
    };
    Result<Changed> changed = co_await api.stores().write(work);
    co_return co_await taken(api, std::move(changed), 200);
}

}  // namespace

std::vector<Route> article_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/articles",
         .summary = "Articles by words, matter and state; editors also see what is not said yet.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = articles,
         .query = {"q", "matter", "show", "limit"},
         .gives = page_schema_for<ArticleLine>},
        {.method = "POST",
         .pattern = "/api/v1/articles",
         .summary = "A new article with its first draft.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = add,
         .takes = schema_for<NewArticleForm>,
         .gives = schema_for<ArticleView>},
        {.method = "GET",
         .pattern = "/api/v1/articles/{id}",
         .summary = "An article with its versions, and when each was said.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = article,
         .gives = schema_for<ArticleView>},
        {.method = "POST",
         .pattern = "/api/v1/articles/{id}/acts",
         .summary = "Writes, submits, approves, rolls back or retires an article.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = act,
         .takes = schema_for<ArticleActForm>,
         .gives = schema_for<ArticleView>},
    };
}

}  // namespace ys::api
