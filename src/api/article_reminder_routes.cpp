// SPDX-License-Identifier: Apache-2.0
// What editors are reminded of, and that they have seen it.
#include "api/answer.h"
#include "api/api.h"
#include "api/article_view.h"
#include "base/text.h"
#include "knowledge/io/article_reminders.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;

constexpr std::size_t reminded_max = 200, kind_bytes_max = 20;

struct ReminderView {
    knowledge::ArticleId article_id;
    std::uint32_t version = 0;
    std::string title, matter_title;
    std::string kind;  ///< "expires" "expired" "review"
    UtcTime at;
    UserId owner_id;
    std::string owner;           ///< "" for nobody, or one who is no more
    bool is_mine = false;        ///< of the user's own, and of what has no owner
    std::uint32_t open_version;  ///< somebody is at the next version already; 0 nobody
    std::optional<UtcTime> seen_at;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(ReminderView, (),
                      (article_id, version, title, matter_title, kind, at, owner_id, owner, is_mine,
                       open_version, seen_at, seen_by))
struct SeenForm {
    knowledge::ArticleId article_id;
    std::uint32_t version = 0;
    std::string kind;
};
BOOST_DESCRIBE_STRUCT(SeenForm, (), (article_id, version, kind))

std::string name_of(const ArticleNames& names, UserId id) {
    const auto found = names.people.find(id);
    return found == names.people.end() ? "" : found->second;
}

ReminderView view_of(const knowledge::Reminder& of, const ArticleNames& names, UserId me) {
    const auto& article = of.known.article;
    const auto matter = names.matters.find(of.known.matter);
    const auto* open = article.open();
    ReminderView out;
    out.article_id = of.known.id;
    out.version = of.version;
    out.title = article.versions()[of.version - 1].content.title;
    out.matter_title = matter == names.matters.end() ? of.known.matter : matter->second;
    out.kind = of.kind;
    out.at = of.at;
    out.owner_id = of.owner;
    out.owner = name_of(names, of.owner);
    // What nobody would be told of otherwise is everybody's.
    out.is_mine = of.owner == me || out.owner.empty();
    out.open_version = open == nullptr ? 0 : open->number;
    out.seen_at = of.seen_at;
    out.seen_by = name_of(names, of.seen_by);
    return out;
}

Task<http::Response> list(Api& api, Call& call) {
    const UserId me = call.user().user.id;
    const Scope edits = api.scope_of(call.user(), Action::ChangeKnowledge);
    const Scope reads = readable(api, call.user());
    auto query = [=, now = utc_now()](sql::Database& db) -> Result<std::vector<ReminderView>> {
        YS_TRY(const auto all, knowledge::reminders(db, edits, now, reminded_max));
        YS_TRY(const ArticleNames names, article_names(db, reads));
        std::vector<ReminderView> out;
        for (const knowledge::Reminder& each : all) out.push_back(view_of(each, names, me));
        return out;
    };
    YS_CO_TRY(const std::vector<ReminderView> views, co_await api.stores().read(query));
    co_return answer_with_page(views);
}

Task<http::Response> seen(Api& api, Call& call) {
    YS_CO_TRY(const SeenForm form, body_of<SeenForm>(call));
    const UserId me = call.user().user.id;
    const Scope edits = api.scope_of(call.user(), Action::ChangeKnowledge);
    auto work = [=, kind = cleaned(form.kind, kind_bytes_max),
                 now = utc_now()](sql::Transaction& tx) {
        return knowledge::reminder_seen(tx, edits, form.article_id, form.version, kind, me, now);
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(work));
    co_return nothing_to_say();
}

}  // namespace

std::vector<Route> article_reminder_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/article-reminders",
         .summary = "Articles that expire within 14 days, have expired, or are to be looked at.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = list,
         .gives = page_schema_for<ReminderView>},
        {.method = "POST",
         .pattern = "/api/v1/article-reminders/seen",
         .summary = "A reminder has been seen; it is counted no more.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = seen,
         .takes = schema_for<SeenForm>},
    };
}

}  // namespace ys::api
