// SPDX-License-Identifier: Apache-2.0
// What can be asked about, and in whose words.
#include <algorithm>

#include "api/answer.h"
#include "api/api.h"
#include "api/article_view.h"
#include "base/text.h"
#include "knowledge/io/answer_book.h"
#include "knowledge/io/matter_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using centres::Action;
using knowledge::AskingId;
using knowledge::AskingRow;
using knowledge::MatterRow;
using knowledge::MatterStore;

constexpr std::size_t code_bytes_max = 60, asking_bytes_max = 300;
/// In a path: what is none of the hotline's business.
constexpr std::string_view nobodys = "none";
/// Several changes after one another are learnt together.
constexpr std::chrono::milliseconds before_learning{500};

struct MatterView {
    std::string code, title, scope;
    bool is_safety = false;
    std::int64_t askings = 0, articles = 0;
};
BOOST_DESCRIBE_STRUCT(MatterView, (), (code, title, scope, is_safety, askings, articles))
struct AskingView {
    AskingId id;
    std::string text;
    std::string added_by;  ///< a name; "" when it came with the hotline
    UtcTime added_at;
};
BOOST_DESCRIBE_STRUCT(AskingView, (), (id, text, added_by, added_at))
struct AskingForm {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(AskingForm, (), (text))

std::string code_in(const Call& call) {
    return cleaned(call.request.param("code"), code_bytes_max);
}

Task<http::Response> matters(Api& api, Call& call) {
    auto query =
        [scope = readable(api, call.user())](sql::Database& db) -> Result<std::vector<MatterView>> {
        YS_TRY(const auto rows, MatterStore::matters(db, scope));
        YS_TRY(const auto counts, MatterStore::counts(db, scope));
        std::vector<MatterView> out;
        for (const MatterRow& row : rows) {
            const auto count = std::ranges::find(counts, row.code, &knowledge::MatterCount::matter);
            MatterView view{row.code, row.title, row.scope, row.is_safety};
            if (count != counts.end()) {
                view.askings = count->askings;
                view.articles = count->articles;
            }
            out.push_back(std::move(view));
        }
        return out;
    };
    YS_CO_TRY(const std::vector<MatterView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

Task<http::Response> askings(Api& api, Call& call) {
    auto query = [scope = readable(api, call.user()),
                  code = code_in(call)](sql::Database& db) -> Result<std::vector<AskingView>> {
        YS_TRY(const auto matter, MatterStore::find(db, scope, code));
        if (!matter) return refused("not_found", RefusedAs::NotFound);
        YS_TRY(const auto rows, MatterStore::askings(db, scope, code));
        YS_TRY(const ArticleNames names, article_names(db, scope));
        std::vector<AskingView> out;
        for (const AskingRow& row : rows) {
            const auto name = names.people.find(row.added_by);
            out.push_back(
                {row.id, row.text, name == names.people.end() ? "" : name->second, row.added_at});
        }
        return out;
    };
    YS_CO_TRY(const std::vector<AskingView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

/// Who changed what the robot understands is a fact.
Result<Done> tell(sql::Transaction& tx, const AskingRow& row, UserId user, const char* action,
                  UtcTime now) {
    const facts::Fact fact{
        now,
        row.centre_id,
        {},
        AgentId{user.value},
        facts::SupervisorActed{user.value, action, row.matter + ": " + row.text}};
    return journal::Journal::append(tx, {&fact, 1});
}

Task<http::Response> add(Api& api, Call& call) {
    YS_CO_TRY(const AskingForm form, body_of<AskingForm>(call));
    YS_CO_TRY(const std::string text, form_text(form.text, asking_bytes_max, "text"));
    if (text.empty()) co_return refused("bad_field:text", RefusedAs::Unfit);
    const SessionUser& user = call.user();
    const Scope edits = api.scope_of(user, Action::ChangeKnowledge);
    auto work = [=, code = code_in(call), id = user.user.id, name = user.name,
                 own = user.user.centre,
                 now = utc_now()](sql::Transaction& tx) -> Result<AskingView> {
        YS_TRY(const auto matter, MatterStore::find(tx.db(), edits, code));
        if (!matter && code != nobodys) return refused("not_found", RefusedAs::NotFound);
        AskingRow row{.centre_id = matter ? matter->centre_id : own,
                      .matter = matter ? code : "",
                      .text = text,
                      .added_by = id,
                      .added_at = now};
        YS_TRY(row, MatterStore::add(tx, row));
        YS_TRY([[maybe_unused]] const Done told, tell(tx, row, id, "add_asking", now));
        return AskingView{row.id, row.text, name, row.added_at};
    };
    YS_CO_TRY(const AskingView view, co_await api.stores().write(work));
    api.ports().answers.learn_in(before_learning);
    co_return answer_with(view, 201);
}

Task<http::Response> remove(Api& api, Call& call) {
    YS_CO_TRY(const AskingId id, id_in_path<AskingId>(call, "id"));
    const Scope edits = api.scope_of(call.user(), Action::ChangeKnowledge);
    auto work = [=, user = call.user().user.id,
                 now = utc_now()](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const AskingRow row, MatterStore::remove(tx, edits, id));
        return tell(tx, row, user, "remove_asking", now);
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(work));
    api.ports().answers.learn_in(before_learning);
    co_return nothing_to_say();
}

}  // namespace

std::vector<Route> matter_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/matters",
         .summary = "What can be asked about, with how many ways of asking and articles.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = matters,
         .gives = page_schema_for<MatterView>},
        {.method = "GET",
         .pattern = "/api/v1/matters/{code}/askings",
         .summary = "The ways of asking that a matter is understood by.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = askings,
         .gives = page_schema_for<AskingView>},
        {.method = "POST",
         .pattern = "/api/v1/matters/{code}/askings",
         .summary = "One more way of asking; the robot learns it within seconds.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = add,
         .takes = schema_for<AskingForm>,
         .gives = schema_for<AskingView>},
        {.method = "DELETE",
         .pattern = "/api/v1/askings/{id}",
         .summary = "A way of asking that misled the robot goes.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = remove},
    };
}

}  // namespace ys::api
