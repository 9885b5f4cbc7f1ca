// SPDX-License-Identifier: Apache-2.0
// Abusive callers: who talked with them asks, another person confirms, and it is over by itself.
#include "api/answer.h"
#include "api/api.h"
#include "base/phone_number.h"
#include "customers/io/barred_store.h"
#include "platform/clock.h"
#include "platform/sql/errc.h"

namespace ys::api {
namespace {

using centres::Action;
using customers::BarredId;
using customers::BarredListRow;
using customers::BarredRow;
using customers::BarredStore;

constexpr std::int64_t days_max = 90;
constexpr std::size_t reason_bytes_max = 500;
/// 110, 12345 and their kind are no private person's.
constexpr std::size_t service_digits_max = 6;

struct BarredForm {
    std::string number;
    std::string reason;
    std::int64_t days = 7;
};
BOOST_DESCRIBE_STRUCT(BarredForm, (), (number, reason, days))

struct BarredView {
    BarredId id;
    std::string number, reason;
    std::string state;  ///< "asked" "in_force" "ended" "lifted"
    UtcTime until_at;
    UserId asked_by;
    std::string asked_by_name;
    UtcTime asked_at;
    std::string confirmed_by_name;
    std::optional<UtcTime> confirmed_at;
    std::string lifted_by_name;
    std::optional<UtcTime> lifted_at;
};
BOOST_DESCRIBE_STRUCT(BarredView, (),
                      (id, number, reason, state, until_at, asked_by, asked_by_name, asked_at,
                       confirmed_by_name, confirmed_at, lifted_by_name, lifted_at))

struct Asked {
    BarredId id;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (id))

Result<BarredRow> row_of(const Call& call, const BarredForm& form, UtcTime now) {
    constexpr std::int64_t day_us = 86'400'000'000;
    BarredRow row;
    const auto number = normalise(form.number, "");
    if (!number || number->digits.size() <= service_digits_max)
        return refused("bad_number:number", RefusedAs::Unfit);
    row.number = number->digits;
    YS_TRY(row.reason, form_text(form.reason, reason_bytes_max, "reason"));
    if (row.reason.empty()) return refused("reason_needed:reason", RefusedAs::Unfit);
    if (form.days < 1 || form.days > days_max) return refused("bad_field:days", RefusedAs::Unfit);
    row.centre_id = call.user().user.centre;
    row.until_at = UtcTime{now.us + form.days * day_us};
    row.asked_by = call.user().user.id;
    return row;
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::BarCallers);
    auto query = [=](sql::Database& db) { return BarredStore::list(db, scope); };
    YS_CO_TRY(const std::vector<BarredListRow> rows, co_await api.stores().read(query));
    const UtcTime now = utc_now();
    std::vector<BarredView> items;
    for (const BarredListRow& row : rows)
        items.push_back({row.id, row.number, row.reason, row.state(now), row.until_at, row.asked_by,
                         row.asked_by_name, row.asked_at, row.confirmed_by_name, row.confirmed_at,
                         row.lifted_by_name, row.lifted_at});
    co_return answer_with_page(items);
}

Task<http::Response> ask(Api& api, Call& call) {
    YS_CO_TRY(const BarredForm form, body_of<BarredForm>(call));
    const UtcTime now = utc_now();
    YS_CO_TRY(const BarredRow row, row_of(call, form, now));
    auto work = [=](sql::Transaction& tx) { return BarredStore::ask(tx, row, now); };
    YS_CO_TRY(const BarredId id, co_await api.stores().write(work));
    co_return answer_with(Asked{id}, 201);
}

Task<http::Response> confirm(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::BarCallers);
    YS_CO_TRY(const BarredId id, id_in_path<BarredId>(call, "id"));
    const UserId user = call.user().user.id;
    const UtcTime now = utc_now();
    auto work = [=](sql::Transaction& tx) {
        return BarredStore::confirm(tx, scope, id, user, now);
    };
    const Result<Done> confirmed = co_await api.stores().write(work);
    if (!confirmed && confirmed.error().code == sql::errc::unique_violation)
        co_return refused("another_person");
    YS_CO_TRY([[maybe_unused]] const Done done, confirmed);
    co_return nothing_to_say();
}

Task<http::Response> lift(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::BarCallers);
    YS_CO_TRY(const BarredId id, id_in_path<BarredId>(call, "id"));
    const UserId user = call.user().user.id;
    const UtcTime now = utc_now();
    auto work = [=](sql::Transaction& tx) { return BarredStore::lift(tx, scope, id, user, now); };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(work));
    co_return nothing_to_say();
}

}  // namespace

std::vector<Route> barred_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/barred_callers",
         .summary = "Abusive callers: asked for, in force and over, the newest first.",
         .access = Access::Right,
         .action = Action::BarCallers,
         .handler = list,
         .gives = page_schema_for<BarredView>},
        {.method = "POST",
         .pattern = "/api/v1/barred_callers",
         .summary = "This caller is abusive; in force once another person confirms.",
         .access = Access::Right,
         .action = Action::ChangeCustomers,
         .handler = ask,
         .takes = schema_for<BarredForm>,
         .gives = schema_for<Asked>},
        {.method = "POST",
         .pattern = "/api/v1/barred_callers/{id}/confirm",
         .summary = "The second person's yes.",
         .access = Access::Right,
         .action = Action::BarCallers,
         .handler = confirm},
        {.method = "POST",
         .pattern = "/api/v1/barred_callers/{id}/lift",
         .summary = "Over before its time, or not granted.",
         .access = Access::Right,
         .action = Action::BarCallers,
         .handler = lift},
    };
}

}  // namespace ys::api
