// SPDX-License-Identifier: Apache-2.0
// Why somebody had to get in touch: named by one key at wrap-up, or on the page of a case.
#include "api/answer.h"
#include "api/api.h"
#include "api/private_need.h"
#include "base/text.h"
#include "cases/io/case_store.h"
#include "cases/io/cause_store.h"
#include "cases/io/incident_store.h"
#include "cases/io/unit_store.h"
#include "interactions/io/call_store.h"
#include "platform/clock.h"
#include "platform/sql/errc.h"

namespace ys::api {
namespace {

using cases::CauseRow;
using cases::CauseStore;
using cases::NamedCauseRow;
using centres::Action;
using interactions::CallStore;

constexpr std::size_t code_bytes_max = 40, where_bytes_max = 120;

struct CauseView {
    std::string code, title, title_en, kind;
    std::string key;   ///< names it at wrap-up
    std::string asks;  ///< "" "route" "place"
    bool is_offered = true;
};
BOOST_DESCRIBE_STRUCT(CauseView, (), (code, title, title_en, kind, key, asks, is_offered))

/// Of one contact; every text "" while nobody named one.
struct NamedCauseView {
    std::string cause, route, place;
    std::optional<UtcTime> at;
};
BOOST_DESCRIBE_STRUCT(NamedCauseView, (), (cause, route, place, at))

struct CauseForm {
    std::string cause;  ///< "" takes back what was named
    std::string route, place;
};
BOOST_DESCRIBE_STRUCT(CauseForm, (), (cause, route, place))

NamedCauseView view_of(const std::optional<NamedCauseRow>& row) {
    if (!row) return {};
    return {row->cause, row->route, row->place, row->at};
}

Result<CauseForm> form_in(const Call& call) {
    YS_TRY(CauseForm form, body_of<CauseForm>(call));
    YS_TRY(form.cause, form_text(form.cause, code_bytes_max, "cause"));
    YS_TRY(form.route, form_text(form.route, where_bytes_max, "route"));
    YS_TRY(form.place, form_text(form.place, where_bytes_max, "place"));
    form.route = trimmed(form.route);
    form.place = trimmed(form.place);
    return form;
}

Task<http::Response> list(Api& api, Call& call) {
    auto query = [centre = call.user().user.centre](sql::Database& db) {
        return CauseStore::list(db, centre);
    };
    YS_CO_TRY(const std::vector<CauseRow> rows, co_await api.stores().read(query));
    std::vector<CauseView> out;
    for (const CauseRow& row : rows)
        out.push_back(
            {row.code, row.title, row.title_en, row.kind, row.hot_key, row.asks, row.is_offered});
    co_return answer_with_page(out);
}

/// What the case says of itself; one told in confidence says nothing to a board.
Result<Done> take_case(sql::Database& db, const cases::CaseRow& from, NamedCauseRow& row) {
    row.case_id = from.id;
    if (from.is_confidential) return Done{};
    row.type = from.kind;
    if (!row.place.empty()) return Done{};
    YS_TRY(const auto units, cases::UnitStore::load(db, from.centre_id));
    const auto rules = units ? units->duties.rules() : std::vector<cases::DutyRule>{};
    row.place = cases::path_text(cases::area_of(from.address, rules));
    return Done{};
}

Result<NamedCauseRow> row_of_call(sql::Database& db, const Scope& scope, InteractionId id) {
    NamedCauseRow row{.interaction_id = id};
    YS_TRY(const auto ended, CallStore::get(db, scope, id));
    if (ended) {
        row.centre_id = ended->centre_id;
    } else {
        YS_TRY(const auto up, CallStore::live(db, scope, id));
        if (!up) return refused("not_found", RefusedAs::NotFound);
        row.centre_id = up->centre_id;
    }
    return row;
}

/// Written as one contact; the codes of another list are no cause here.
Result<NamedCauseView> name(sql::Transaction& tx, NamedCauseRow row, UtcTime now) {
    const auto named = CauseStore::name(tx, std::move(row), now);
    if (!named && named.error().code == make_error_code(sql::errc::not_found))
        return refused("bad_field:cause", RefusedAs::Unfit);
    if (!named) return named.error();
    if (named->cause.empty()) return NamedCauseView{};
    return view_of(*named);
}

Task<http::Response> name_of_call(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    YS_CO_TRY(const InteractionId id, id_in_path<InteractionId>(call, "id"));
    YS_CO_TRY(const CauseForm form, form_in(call));
    const UserId user = call.user().user.id;
    auto work = [=, now = utc_now()](sql::Transaction& tx) -> Result<NamedCauseView> {
        YS_TRY(NamedCauseRow row, row_of_call(tx.db(), scope, id));
        row.cause = form.cause;
        row.route = form.route;
        row.place = form.place;
        row.user_id = user;
        cases::CaseSearch taken;
        taken.interaction = id;
        taken.disclosures.all = true;
        taken.limit = 1;
        YS_TRY(const auto found, cases::CaseStore::search(tx.db(), scope, taken));
        if (!found.empty()) {
            YS_TRY([[maybe_unused]] const Done took, take_case(tx.db(), found.front(), row));
        }
        return name(tx, std::move(row), now);
    };
    YS_CO_TRY(const NamedCauseView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

Task<http::Response> of_call(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    YS_CO_TRY(const InteractionId id, id_in_path<InteractionId>(call, "id"));
    auto query = [=](sql::Database& db) -> Result<NamedCauseView> {
        YS_TRY([[maybe_unused]] const auto row, row_of_call(db, scope, id));
        YS_TRY(const auto named, CauseStore::of_call(db, scope, id));
        return view_of(named);
    };
    YS_CO_TRY(const NamedCauseView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

Task<http::Response> name_of_case(Api& api, Call& call) {
    const CaseSeer seer = seer_of(api, call.user());
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(const CauseForm form, form_in(call));
    const Scope may_change = api.scope_of(call.user(), Action::ChangeCases);
    auto work = [=, user = call.user().user.id,
                 now = utc_now()](sql::Transaction& tx) -> Result<NamedCauseView> {
        YS_TRY(const SeenRow seen, seen_row(tx.db(), seer, id));
        const cases::CaseRow& about = seen.row;
        if (!may_change.contains(about.centre_id)) return refused("not_found", RefusedAs::NotFound);
        NamedCauseRow row{.centre_id = about.centre_id,
                          .interaction_id = about.interaction_id,
                          .cause = form.cause,
                          .place = form.place,
                          .route = form.route,
                          .user_id = user};
        YS_TRY([[maybe_unused]] const Done took, take_case(tx.db(), about, row));
        return name(tx, std::move(row), now);
    };
    YS_CO_TRY(const NamedCauseView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

Task<http::Response> of_case(Api& api, Call& call) {
    const CaseSeer seer = seer_of(api, call.user());
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    auto query = [=](sql::Database& db) -> Result<NamedCauseView> {
        YS_TRY(const SeenRow seen, seen_row(db, seer, id));
        YS_TRY(auto named, CauseStore::of_case(db, seer.scope, id));
        // Named in the call, before there was a case.
        if (!named && seen.row.interaction_id) {
            YS_TRY(named, CauseStore::of_call(db, seer.scope, seen.row.interaction_id));
        }
        return view_of(named);
    };
    YS_CO_TRY(const NamedCauseView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> cause_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/causes",
         .summary = "Causes of contacts, in the order of their keys; also those of before.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = list,
         .gives = page_schema_for<CauseView>},
        {.method = "GET",
         .pattern = "/api/v1/calls/{id}/cause",
         .summary = "The cause of one call; every text empty while nobody named one.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = of_call,
         .gives = schema_for<NamedCauseView>},
        {.method = "PUT",
         .pattern = "/api/v1/calls/{id}/cause",
         .summary = "Names the cause of a call and of the case taken in it; \"\" takes it back.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = name_of_call,
         .takes = schema_for<CauseForm>,
         .gives = schema_for<NamedCauseView>},
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}/cause",
         .summary = "The cause of one case; every text empty while nobody named one.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = of_case,
         .gives = schema_for<NamedCauseView>},
        {.method = "PUT",
         .pattern = "/api/v1/cases/{id}/cause",
         .summary = "Names the cause of a case and of the call it was taken in.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = name_of_case,
         .takes = schema_for<CauseForm>,
         .gives = schema_for<NamedCauseView>},
    };
}

}  // namespace ys::api
