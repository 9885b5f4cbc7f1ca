// SPDX-License-Identifier: Apache-2.0
// A user's own named filters of the case list.
#include "api/answer.h"
#include "api/api.h"
#include "cases/io/view_store.h"

namespace ys::api {
namespace {

using cases::ViewId;
using cases::ViewRow;
using cases::ViewStore;
using centres::Action;

constexpr std::size_t name_bytes_max = 60, query_bytes_max = 1'000;

struct ViewForm {
    std::string name, query;
};
BOOST_DESCRIBE_STRUCT(ViewForm, (), (name, query))
struct ViewView {
    ViewId id;
    std::string name, query;
};
BOOST_DESCRIBE_STRUCT(ViewView, (), (id, name, query))

Task<http::Response> list(Api& api, Call& call) {
    const UserId user = call.user().user.id;
    auto query = [user](sql::Database& db) { return ViewStore::of(db, user); };
    YS_CO_TRY(const std::vector<ViewRow> rows, co_await api.stores().read(query));
    std::vector<ViewView> items;
    for (const ViewRow& row : rows) items.push_back({row.id, row.name, row.query});
    co_return answer_with_page(items);
}

Task<http::Response> put(Api& api, Call& call) {
    YS_CO_TRY(const ViewForm form, body_of<ViewForm>(call));
    ViewRow row{.user_id = call.user().user.id};
    YS_CO_TRY(row.name, form_text(form.name, name_bytes_max, "name"));
    YS_CO_TRY(row.query, form_text(form.query, query_bytes_max, "query"));
    if (row.name.empty()) co_return refused("bad_field:name", RefusedAs::Unfit);
    auto work = [row](sql::Transaction& tx) -> Result<ViewRow> {
        auto saved = ViewStore::put(tx, row);
        if (!saved && saved.error().code == std::errc::result_out_of_range)
            return refused("too_long:name", RefusedAs::Unfit);
        return saved;
    };
    YS_CO_TRY(const ViewRow saved, co_await api.stores().write(work));
    co_return answer_with(ViewView{saved.id, saved.name, saved.query});
}

Task<http::Response> drop(Api& api, Call& call) {
    YS_CO_TRY(const ViewId id, id_in_path<ViewId>(call, "id"));
    auto work = [id, user = call.user().user.id](sql::Transaction& tx) {
        return ViewStore::drop(tx, user, id);
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(work));
    co_return nothing_to_say();
}

}  // namespace

std::vector<Route> case_view_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/case-views",
         .summary = "The user's own named filters of the case list.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = list,
         .gives = page_schema_for<ViewView>},
        {.method = "PUT",
         .pattern = "/api/v1/case-views",
         .summary = "Keeps filters under a name; the name there is gets the new ones.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = put,
         .takes = schema_for<ViewForm>,
         .gives = schema_for<ViewView>},
        {.method = "DELETE",
         .pattern = "/api/v1/case-views/{id}",
         .summary = "Drops named filters.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = drop},
    };
}

}  // namespace ys::api
