// SPDX-License-Identifier: Apache-2.0
// The list of lost calls (呼损): who asked for a person, was not served, and is to be called back.
#include <algorithm>
#include <array>

#include "api/answer.h"
#include "api/api.h"
#include "base/phone_number.h"
#include "interactions/io/waiting_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using interactions::LostCallListRow;
using interactions::WaitingStore;

constexpr std::size_t shown_max = 200;

struct LostCallView {
    InteractionId id;
    std::string number;  ///< masked for agents until they take the call
    std::string queue_title, cause;
    UtcTime arrived_at;
    std::int64_t waited_ms = 0, attempts = 0;
    std::optional<UtcTime> tried_at;
    AgentId taken_by;
    std::string taken_by_name;
    std::optional<UtcTime> taken_at;
    std::string outcome;
    std::optional<UtcTime> closed_at;
};
BOOST_DESCRIBE_STRUCT(LostCallView, (),
                      (id, number, queue_title, cause, arrived_at, waited_ms, attempts, tried_at,
                       taken_by, taken_by_name, taken_at, outcome, closed_at))

struct ClosingForm {
    std::string outcome;  ///< "done" "unreachable"
};
BOOST_DESCRIBE_STRUCT(ClosingForm, (), (outcome))

enum class Number { Whole, Masked };

LostCallView view_of(const LostCallListRow& row, Number number) {
    return {row.id,          number == Number::Whole ? std::string(row.number) : masked(row.number),
            row.queue_title, row.cause,
            row.arrived_at,  row.waited_ms,
            row.attempts,    row.tried_at,
            row.taken_by,    row.taken_by_name,
            row.taken_at,    row.outcome,
            row.closed_at};
}

/// Supervisors see whole numbers; who is to call sees one at a time, when they take it.
Number number_for(const Call& call) {
    const bool is_supervisor = call.user().user.roles.has(centres::Role::Supervisor);
    return is_supervisor ? Number::Whole : Number::Masked;
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCustomers);
    const bool is_open = call.request.argument("state") != "closed";
    const Number number = number_for(call);
    auto query = [=](sql::Database& db) {
        return WaitingStore::lost(db, scope, is_open, shown_max);
    };
    YS_CO_TRY(const std::vector<LostCallListRow> rows, co_await api.stores().read(query));
    std::vector<LostCallView> items;
    for (const LostCallListRow& row : rows) items.push_back(view_of(row, number));
    co_return answer_with_page(items);
}

Task<http::Response> take(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCustomers);
    YS_CO_TRY(const InteractionId id, id_in_path<InteractionId>(call, "id"));
    const AgentId agent{call.user().user.id.value};
    const UtcTime now = utc_now();
    auto work = [=](sql::Transaction& tx) -> Result<LostCallView> {
        YS_TRY([[maybe_unused]] const auto taken, WaitingStore::take(tx, scope, id, agent, now));
        YS_TRY(const auto row, WaitingStore::lost_one(tx.db(), scope, id));
        return view_of(*row, Number::Whole);
    };
    YS_CO_TRY(const LostCallView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

Task<http::Response> close(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCustomers);
    YS_CO_TRY(const InteractionId id, id_in_path<InteractionId>(call, "id"));
    YS_CO_TRY(const ClosingForm form, body_of<ClosingForm>(call));
    constexpr std::array<std::string_view, 2> outcomes{"done", "unreachable"};
    if (std::ranges::find(outcomes, form.outcome) == outcomes.end())
        co_return refused("bad_field:outcome", RefusedAs::Unfit);
    const UtcTime now = utc_now();
    const Number number = number_for(call);
    auto work = [=](sql::Transaction& tx) -> Result<LostCallView> {
        YS_TRY([[maybe_unused]] const auto closed,
               WaitingStore::close(tx, scope, id, form.outcome, now));
        YS_TRY(const auto row, WaitingStore::lost_one(tx.db(), scope, id));
        return view_of(*row, number);
    };
    YS_CO_TRY(const LostCallView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> lost_call_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/lost_calls",
         .summary = "Citizens who were not served and are to be called back, the oldest first.",
         .access = Access::Right,
         .action = Action::ChangeCustomers,
         .handler = list,
         .query = {"state"},
         .gives = page_schema_for<LostCallView>},
        {.method = "POST",
         .pattern = "/api/v1/lost_calls/{id}/take",
         .summary = "I call them back: the whole number, nobody else's for ten minutes.",
         .access = Access::Right,
         .action = Action::ChangeCustomers,
         .handler = take,
         .gives = schema_for<LostCallView>},
        {.method = "POST",
         .pattern = "/api/v1/lost_calls/{id}/close",
         .summary = "Settled without a call, or given up.",
         .access = Access::Right,
         .action = Action::ChangeCustomers,
         .handler = close,
         .takes = schema_for<ClosingForm>,
         .gives = schema_for<LostCallView>},
    };
}

}  // namespace ys::api
