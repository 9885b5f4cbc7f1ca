// SPDX-License-Identifier: Apache-2.0
// The cases behind a figure: what counts, what does not, and why.
#include "api/answer.h"
#include "api/api.h"
#include "api/case_sight.h"
#include "cases/handbook.h"
#include "platform/clock.h"
#include "reports/case_list.h"
#include "reports/formulas.h"
#include "reports/io/case_reading.h"

namespace ys::api {
namespace {

using centres::Action;
using reports::ListedCase;

struct ListedView {
    CaseId case_id;
    std::string number, kind;
    std::uint64_t unit = 0;
    AgentId agent;
    UtcTime filed_at;
    std::string counted, why_zh, why_en;
};
BOOST_DESCRIBE_STRUCT(ListedView, (),
                      (case_id, number, kind, unit, agent, filed_at, counted, why_zh, why_en))

struct FiguresView {
    reports::CaseReport report;
    std::vector<reports::Formula> formulas;
};
BOOST_DESCRIBE_STRUCT(FiguresView, (), (report, formulas))

struct Wanted {
    CaseSeer seer;
    reports::Window window;
    UtcTime until;
    reports::ListOf of;
    CaseId after;
    std::size_t limit = 50;
};

/// A case that is kept from somebody counts and is not named to them.
Result<bool> may_see(sql::Database& db, const CaseSight& sight, const ListedCase& one) {
    if (!sight.is_own_only && !cases::is_confidential(one.kind, one.nature)) return true;
    YS_TRY(const auto stored, cases::CaseFileStore::get(db, sight.scope, one.case_id));
    return stored && sight.sees(stored->file);
}

Result<std::vector<ListedView>> listed(sql::Database& db, const Wanted& wanted) {
    YS_TRY(const CaseSight sight, sight_of(db, wanted.seer));
    YS_TRY(const reports::CaseKpi kpi,
           reports::read_cases(db, wanted.seer.scope, wanted.window, wanted.until));
    const auto reasons = reports::case_reasons();
    std::vector<ListedView> out;
    for (const ListedCase& each : reports::list_of(kpi.cases(), wanted.of)) {
        if (each.case_id <= wanted.after) continue;
        YS_TRY(const bool is_seen, may_see(db, sight, each));
        if (!is_seen) continue;
        const auto reason = std::ranges::find(reasons, each.why, &reports::Reason::why);
        out.push_back({each.case_id, each.number, each.kind, each.unit, each.agent, each.filed_at,
                       each.counted, reason->zh, reason->en});
        if (out.size() == wanted.limit) break;
    }
    return out;
}

/// Who sees figures and no cases (an administrator) gets an empty list.
Task<http::Response> list(Api& api, Call& call) {
    const auto figure = reports::case_figure_from(call.request.argument("figure"));
    if (!figure) co_return refused("bad_field:figure", RefusedAs::Unfit);
    YS_CO_TRY(const std::optional<UtcTime> from, time_argument(call, "from"));
    YS_CO_TRY(const std::optional<UtcTime> to, time_argument(call, "to"));
    if (!from) co_return refused("bad_field:from", RefusedAs::Unfit);
    Wanted wanted{.seer = seer_of(api, call.user()),
                  .window = {*from, to.value_or(UtcTime{INT64_MAX})},
                  .until = utc_now(),
                  .of = {.figure = *figure},
                  .after = {}};
    YS_CO_TRY(wanted.of.centre.value, number_argument(call, "centre"));
    YS_CO_TRY(wanted.of.unit, number_argument(call, "unit"));
    YS_CO_TRY(wanted.of.agent.value, number_argument(call, "agent"));
    YS_CO_TRY(wanted.after.value, number_argument(call, "after"));
    YS_CO_TRY(wanted.limit, limit_of(call));
    if (api.is_own_only(call.user(), Action::SeeKpi))
        wanted.of.agent = AgentId{call.user().user.id.value};
    auto query = [wanted](sql::Database& db) { return listed(db, wanted); };
    YS_CO_TRY(const std::vector<ListedView> items, co_await api.stores().read(query));
    const bool has_more = items.size() == wanted.limit;
    co_return answer_with_page(items, has_more ? std::to_string(items.back().case_id.value) : "");
}

/// From facts of cases alone: light enough for a page that is always open.
Task<http::Response> figures(Api& api, Call& call) {
    YS_CO_TRY(const std::optional<UtcTime> from, time_argument(call, "from"));
    YS_CO_TRY(const std::optional<UtcTime> to, time_argument(call, "to"));
    if (!from) co_return refused("bad_field:from", RefusedAs::Unfit);
    const reports::Window window{*from, to.value_or(UtcTime{INT64_MAX})};
    const Scope scope = api.scope_of(call.user(), Action::SeeKpi);
    auto query = [scope, window, until = utc_now()](sql::Database& db) -> Result<FiguresView> {
        YS_TRY(const reports::CaseKpi kpi, reports::read_cases(db, scope, window, until));
        YS_TRY(const reports::CustomersServed served, reports::customers_served(db, scope));
        return FiguresView{kpi.report(served), reports::case_formulas()};
    };
    YS_CO_TRY(FiguresView view, co_await api.stores().read(query));
    if (api.is_own_only(call.user(), Action::SeeKpi)) {
        const AgentId own{call.user().user.id.value};
        view.report.centres.clear();
        view.report.units.clear();
        std::erase_if(view.report.agents, [own](const auto& row) { return row.agent != own; });
    }
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> kpi_case_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/kpi/case-figures",
         .summary = "The figures of cases of a time, per centre, unit and agent, with formulas.",
         .access = Access::Right,
         .action = Action::SeeKpi,
         .handler = figures,
         .query = {"from", "to"},
         .gives = schema_for<FiguresView>},
        {.method = "GET",
         .pattern = "/api/v1/kpi/cases",
         .summary = "The cases behind a figure of cases: which count, which do not, and why.",
         .access = Access::Right,
         .action = Action::SeeKpi,
         .handler = list,
         .query = {"figure", "from", "to", "centre", "unit", "agent", "limit", "after"},
         .gives = page_schema_for<ListedView>}};
}

}  // namespace ys::api
