// SPDX-License-Identifier: Apache-2.0
// Subject, applicant and contact of a case: read and named by the desk, and by the citizen with the
// case's pass.
#include "api/answer.h"
#include "api/api.h"
#include "api/case_people.h"
#include "api/private_need.h"
#include "api/route_lists.h"
#include "api/wanted_version.h"
#include "base/text.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;

struct CasePeopleForm {
    std::optional<std::int64_t> version;  ///< of the case; refused as stale when it is another now
    std::vector<CasePersonForm> people;   ///< who is not in it any more is taken out
};
BOOST_DESCRIBE_STRUCT(CasePeopleForm, (), (version, people))
struct CasePeopleView {
    std::int64_t version = 1;  ///< of the case
    std::vector<CasePersonView> people;
};
BOOST_DESCRIBE_STRUCT(CasePeopleView, (), (version, people))

Result<CasePeopleView> view(sql::Database& db, const cases::CaseRow& row, PeopleShown shown) {
    YS_TRY(const auto people, cases::CasePeople::of(db, Scope::of(row.centre_id), row.id));
    return CasePeopleView{row.version, view_of(people, shown)};
}

PeopleShown shown_to(const SeenRow& seen) {
    return seen.is_whole ? PeopleShown::Whole : PeopleShown::Masked;
}

http::Response answer_with_people(const CasePeopleView& people) {
    auto response = answer_with(people);
    response.with("ETag", "\"" + std::to_string(people.version) + "\"");
    return response;
}

Task<http::Response> people(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [seer, id](sql::Database& db) -> Result<CasePeopleView> {
        YS_TRY(const SeenRow seen, seen_row(db, seer, id));
        return view(db, seen.row, shown_to(seen));
    };
    YS_CO_TRY(const CasePeopleView found, co_await api.stores().read(query));
    co_return answer_with_people(found);
}

Task<http::Response> name(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(const CasePeopleForm form, body_of<CasePeopleForm>(call));
    YS_CO_TRY(const std::optional<std::int64_t> version, wanted_version(call, form.version));
    CaseSeer seer = seer_of(api, call.user());
    seer.scope = api.scope_of(call.user(), Action::ChangeCases);
    auto work = [seer, id, form, version,
                 now = utc_now()](sql::Transaction& tx) -> Result<CasePeopleView> {
        YS_TRY(const SeenRow seen, seen_row(tx.db(), seer, id));
        cases::CaseRow row = seen.row;
        if (version) row.version = *version;
        const PeopleChange change{form.people, shown_to(seen), "spoken"};
        YS_TRY(row, keep_people(tx, row, change, {.user = seer.user, .now = now}));
        return view(tx.db(), row, shown_to(seen));
    };
    YS_CO_TRY(const CasePeopleView kept, co_await api.stores().write(work));
    co_return answer_with_people(kept);
}

/// By who has the case's pass; what they read is masked as everything about numbers is there.
Task<http::Response> name_by_citizen(Api& api, Call& call) {
    YS_CO_TRY(const CasePeopleForm form, body_of<CasePeopleForm>(call));
    auto work = [pass = call.citizen(), form,
                 now = utc_now()](sql::Transaction& tx) -> Result<CasePeopleView> {
        YS_TRY(auto row, cases::CaseStore::get(tx.db(), Scope::of(pass.centre_id), pass.case_id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        if (form.version) row->version = *form.version;
        const PeopleChange change{form.people, PeopleShown::Masked, "page"};
        YS_TRY(*row, keep_people(tx, *row, change, {.now = now}));
        return view(tx.db(), *row, PeopleShown::Masked);
    };
    YS_CO_TRY(const CasePeopleView kept, co_await api.stores().write(work));
    co_return answer_with(kept).with("Cache-Control", "no-store");
}

}  // namespace

std::vector<Route> case_people_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}/people",
         .summary = "For whom the case is, who applied, whom to go back to; the case's version.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = people,
         .gives = schema_for<CasePeopleView>},
        {.method = "PUT",
         .pattern = "/api/v1/cases/{id}/people",
         .summary = "These people and nobody else; If-Match or `version` guards against another's.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = name,
         .takes = schema_for<CasePeopleForm>,
         .gives = schema_for<CasePeopleView>},
        {.method = "PUT",
         .pattern = "/api/v1/citizen/people",
         .summary = "For whom the citizen asks, and whether they agreed; it can be taken back.",
         .access = Access::Citizen,
         .handler = name_by_citizen,
         .takes = schema_for<CasePeopleForm>,
         .gives = schema_for<CasePeopleView>},
    };
}

}  // namespace ys::api
