// SPDX-License-Identifier: Apache-2.0
// What is done to a case after it was saved: where it stands, its clocks, and one route for acts.
#include "api/answer.h"
#include "api/api.h"
#include "api/case_act.h"
#include "api/case_progress_view.h"
#include "api/private_need.h"
#include "base/text.h"
#include "cases/case_engine.h"
#include "cases/errc.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using cases::CaseActor;
using centres::Action;

struct StretchView {
    UtcTime from, until;
    std::int64_t length_s = 0;
    bool counts = false;
    std::string because, note;
};
BOOST_DESCRIBE_STRUCT(StretchView, (), (from, until, length_s, counts, because, note))
struct CaseClockAccount {
    std::string clock;
    std::optional<UtcTime> deadline;
    std::vector<StretchView> lines;
};
BOOST_DESCRIBE_STRUCT(CaseClockAccount, (), (clock, deadline, lines))

struct CaseUnitView {
    cases::UnitId id;
    std::string name;
    cases::UnitId superior_id;
    CentreId centre_id;
    bool is_fallback = false;
    std::vector<std::string> my_roles;  ///< of the user who asks; empty when not in it
};
BOOST_DESCRIBE_STRUCT(CaseUnitView, (), (id, name, superior_id, centre_id, is_fallback, my_roles))
struct CaseApprover {
    UserId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(CaseApprover, (), (id, name))
struct CaseUnitsView {
    std::vector<CaseUnitView> items;
    std::vector<CaseApprover> approvers;  ///< who may approve what needs a second person
};
BOOST_DESCRIBE_STRUCT(CaseUnitsView, (), (items, approvers))

Task<http::Response> progress(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [&api, user = call.user(), seer, id, now = utc_now()](sql::Database& db) {
        return progress_view(db, api, user, seer, id, now);
    };
    YS_CO_TRY(const CaseProgressView view, co_await api.stores().read(query));
    if (view.is_confidential) {
        YS_CO_TRY([[maybe_unused]] const Done noted,
                  co_await note_case_seen(api, call, id, "progress"));
    }
    co_return answer_with(view);
}

Task<http::Response> clock(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const auto name = cases::clock_name_from(call.request.param("clock"));
    if (!name) co_return refused("not_found", RefusedAs::NotFound);
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [&api, seer, id, name = *name,
                  now = utc_now()](sql::Database& db) -> Result<CaseClockAccount> {
        YS_TRY(const SeenCase seen, seen_case(db, seer, id));
        const auto& found = seen.stored.file.clock(name);
        if (!found) return refused("not_found", RefusedAs::NotFound);
        const Calendar& calendar = api.handbook()->calendar();
        CaseClockAccount out{
            std::string(cases::word(name)), cases::deadline(found->clock, calendar), {}};
        const UtcTime until = std::max(now, out.deadline.value_or(now));
        for (const auto& line : cases::explain(found->clock, calendar, until))
            out.lines.push_back({line.from, line.until, line.length_us() / 1'000'000, line.counts,
                                 std::string(cases::word(line.because)), line.note});
        return out;
    };
    YS_CO_TRY(const CaseClockAccount account, co_await api.stores().read(query));
    co_return answer_with(account);
}

/// None when the action needs nobody else.
std::optional<UserId> approver_of(const cases::CaseAction& action) {
    return std::visit(
        [](const auto& what) -> std::optional<UserId> {
            if constexpr (requires { what.approver; }) return what.approver;
            return std::nullopt;
        },
        action);
}

centres::User as_user(const centres::UserRow& row) {
    return {row.id, row.centre_id, roles_of(row.roles), !row.is_active};
}

/// Somebody of the centre who may review, and not the one who asks.
Result<Done> check_approver(sql::Database& db, const Api& api, const Scope& scope, CentreId centre,
                            const cases::CaseAction& action) {
    const auto approver = approver_of(action);
    if (!approver) return Done{};
    YS_TRY(const auto row, centres::UserStore::user(db, scope, *approver));
    const bool may = row && centres::is_allowed(as_user(*row), Action::ReviewCases,
                                                {centre, *approver}, api.tree());
    if (!may) return Error(cases::Errc::NeedsSecondPerson, "approver");
    return Done{};
}

Task<http::Response> act(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(const CaseActForm form, body_of<CaseActForm>(call));
    YS_CO_TRY(const cases::CaseAction action, action_of(form));
    const CaseSeer seer = seer_of(api, call.user());
    auto work = [&api, user = call.user(), seer, id, action, version = form.version,
                 now = utc_now()](sql::Transaction& tx) -> Result<CaseProgressView> {
        YS_TRY(const SeenCase seen, seen_case(tx.db(), seer, id));
        const CentreId centre = seen.stored.centre_id;
        if (version && *version != seen.stored.version)
            return refused("stale", RefusedAs::Conflict);
        YS_TRY([[maybe_unused]] const Done approved,
               check_approver(tx.db(), api, seer.scope, centre, action));
        const auto& file = seen.stored.file;
        const cases::CaseRules rules = api.handbook()->rules(file, seen.units.tree);
        YS_TRY(const CaseActor by, hat_for(actors_for(case_rights(api, user, centre), seen.sight,
                                                      centre, seen.units.tree, file),
                                           rules, file, now, action));
        YS_TRY([[maybe_unused]] const auto done,
               cases::CaseFileStore::act(tx, *api.handbook(), seer.scope, id,
                                         {now, {by, action}, version}));
        return progress_view(tx.db(), api, user, seer, id, now);
    };
    YS_CO_TRY(const CaseProgressView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

Task<http::Response> units(Api& api, Call& call) {
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [&api, seer](sql::Database& db) -> Result<CaseUnitsView> {
        YS_TRY(const auto rows, cases::UnitStore::units(db, seer.scope));
        YS_TRY(const auto mine, cases::UnitStore::units_of(db, seer.scope, seer.user));
        CaseUnitsView out;
        for (const auto& row : rows) {
            CaseUnitView view{
                row.id, row.name, row.superior_id, row.centre_id, row.fallback_rank > 0, {}};
            for (const auto& member : mine)
                for (const std::string_view role : split(member.roles, ','))
                    if (member.unit_id == row.id) view.my_roles.emplace_back(role);
            out.items.push_back(std::move(view));
        }
        YS_TRY(const auto users, centres::UserStore::users(db, seer.scope));
        for (const auto& row : users)
            if (row.id != seer.user && centres::is_allowed(as_user(row), Action::ReviewCases,
                                                           {row.centre_id, row.id}, api.tree()))
                out.approvers.push_back({row.id, row.name});
        return out;
    };
    YS_CO_TRY(const CaseUnitsView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> case_file_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}/progress",
         .summary = "Where a case stands, what this user may do now, and its history.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = progress,
         .gives = schema_for<CaseProgressView>},
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}/clocks/{clock}",
         .summary = "The account of every second of one clock.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = clock,
         .gives = schema_for<CaseClockAccount>},
        {.method = "POST",
         .pattern = "/api/v1/cases/{id}/acts",
         .summary = "Does `verb` to a case; `version` is that of the progress shown.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = act,
         .takes = schema_for<CaseActForm>,
         .gives = schema_for<CaseProgressView>},
        {.method = "GET",
         .pattern = "/api/v1/case-units",
         .summary = "Units that handle cases, and who may approve.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = units,
         .gives = schema_for<CaseUnitsView>},
    };
}

}  // namespace ys::api
